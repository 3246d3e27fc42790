/** Why the firewall cannot close a port, as the plan that closes it ahead of the firewall carries it to the helper. */
import { problemWords } from '../problem-words/index.ts';
import type { AheadWhy, ProblemMeaning } from '../problem.ts';
import { visible } from '../visible.ts';

const KINDS: Readonly<Record<AheadWhy['kind'], true>> = {
  'rules-unknown': true,
  'no-firewall': true,
  'mac-unchanged': true,
  'mac-exact': true,
  'nftables-missing': true,
  'foreign-lines': true,
  'ufw-not-loaded': true,
  'ufw-ipv6-lost': true,
  'nobody-reaches': true,
  'firewalld-governs': true,
  'led-to': true,
  'leads-on': true,
  'way-by-hand': true,
  'closing-unknown': true,
  'still-let-in': true,
  'would-not-open': true,
  'would-let-in': true,
  'must-stay-open': true,
  'also-changes': true,
  'also-changes-one': true,
  'shuts-nobody-out': true,
  'comes-by-others': true,
  'would-not-close': true,
  'opens-for-all': true,
  'blocked-otherwise': true,
  'blocked-already': true,
  'no-such-block': true,
  'state-lost': true,
  'open-already': true,
  'no-rule-alone': true,
  'firewall-on-already': true,
  'firewalld-stopped': true,
  'firewalld-panic': true,
  'zone-slows': true,
  'zones-untold': true,
  'zone-lets-in': true,
  'zone-shuts-out': true,
  unforeseen: true,
  'saved-not-read': true,
};

const isAhead = (means: ProblemMeaning): means is AheadWhy => Object.hasOwn(KINDS, means.kind);

/** Characters that are kept of a text, and of one in which something would not have shown. */
const [LONGEST, SHORT] = [8000, 200];

function readable(text: string): string {
  const shown = visible(text);
  return shown.slice(0, shown === text ? LONGEST : SHORT);
}

/**
 * Without the other ways, which name programs as these call themselves: the helper would have to refuse what steers in
 * them, and a program could keep its port from being closed. What else is foreign is made visible.
 */
export function aheadOf(means: ProblemMeaning): AheadWhy | string {
  if (!isAhead(means)) return readable(problemWords(means)[0]);
  const bare = 'ways' in means ? { ...means, ways: [] } : means;
  return JSON.parse(JSON.stringify(bare), (_, value: unknown) =>
    typeof value === 'string' ? readable(value) : value,
  ) as AheadWhy;
}
