/** Rules that do nothing, in words. */
import type { RuleFault } from '../hygiene/index.ts';
import { visible } from '../visible.ts';
import { joined } from './audience.ts';

export const DELETING = 'Deleting such a rule changes nothing for anybody, as long as the other rules stay.';

const LONGEST = 120;
const short = (text: string): string => {
  const safe = visible(text);
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1)}…` : safe;
};

/** `The ufw rule “deny 8080/tcp”`, with the family where it is so for one only of two. */
export const ruleName = ({ rule, families }: RuleFault): string =>
  `The ${rule.firewall} rule “${short(rule.text)}”${families.length === 1 ? ` (IPv${families[0]})` : ''}`;

/** A key that stays the same as long as the rule does. */
export const named = ({ rule, families }: RuleFault): string =>
  `${rule.firewall}-${families.join('-')}-${rule.text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** One sentence: why it does nothing. */
export function reasonOf({ kind, rule, by, against }: RuleFault): string {
  const names = by.map(
    (one) => `“${short(one.rule)}”${one.firewall === rule.firewall ? '' : ` (${visible(one.firewall)})`}`,
  );
  const others = joined(names.length === 0 ? ['another rule'] : names);
  const letIn = rule.action === 'deny' ? 'lets in' : 'keeps out';
  switch (kind) {
    case 'shadowed':
      if (names.length === 0) return 'No packet can come to it that it would match.';
      return against
        ? `No packet comes to it: what it is about meets ${others} first, which ${letIn} all of it.`
        : `No packet comes to it: ${others} decides before it.`;
    case 'redundant':
      return against
        ? `It decides nothing: ${others} lets some in before it, and the rest is kept out without it as well.`
        : `It decides nothing: without it, ${others} does the same.`;
    case 'overridden':
      return rule.action === 'allow'
        ? `Nobody gets in through it: ${others} keeps out all that it lets in.`
        : `Packets do not come to it: ${others} takes them elsewhere before it is asked.`;
  }
}

/** A sentence with the command that deletes it; empty where there is none, or where it still does something. */
export function deletion({ kind, rule, families }: RuleFault): string {
  if (kind === 'overridden' || rule.removal.length === 0) return '';
  const plain = rule.firewall === 'ufw' && families.length === 2 && /^[\w./:, -]+$/.test(rule.text);
  const command = plain ? ['ufw', 'delete', ...rule.text.split(' ')] : rule.removal;
  return ` To delete it: sudo ${command.map(quoted).join(' ')}.`;
}

/** A word of a command as a shell takes it. */
export const quoted = (word: string): string => {
  const safe = visible(word);
  return /^[\w./:,=+@%-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
};
