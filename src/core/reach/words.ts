/** Rules in the words of the firewall that made them. */
import { split } from '../firewalls/netfilter/iptables-save.ts';
import type { Deciding } from '../model.ts';
import type { Flow, Passed } from './flow.ts';
import type { Outcome } from './path.ts';
import { firewallOf, toolWords } from './tools.ts';

/** Steps in the order in which they were passed. */
export function stepsOf(flow: Flow): readonly Passed[] {
  const steps: Passed[] = [];
  for (let step = flow.passed; step !== null; step = step.before) steps.push(step);
  return steps.reverse();
}

/** What becomes of a packet that is let through, but to another socket or computer. */
export const ELSEWHERE = 'goes elsewhere';

/** What pf does without asking its filter. Source: pf.conf(5), TRANSLATION. */
const LET_BY = 'rdr pass';

const NO_RULES: Deciding = { firewall: 'kernel', rule: 'no firewall rule stands in the way' };

/**
 * The rules that decided. Blocked: the one that dropped it. Open: every rule that let it pass by name; where none did, the
 * policies; where there are no chains at all, the kernel's own default.
 */
export function decidedBy(outcomes: readonly Outcome[]): readonly Deciding[] {
  const out = new Map<string, Deciding>();
  for (const outcome of outcomes) {
    for (const deciding of decidingOf(outcome)) out.set(`${deciding.firewall} ${deciding.rule}`, deciding);
  }
  return [...out.values()];
}

function decidingOf(outcome: Outcome): readonly Deciding[] {
  const steps = stepsOf(outcome.flow);
  const chosen = decidingSteps(outcome, steps);
  if (chosen.length === 0) return outcome.verdict === 'open' ? [NO_RULES] : [];
  const words = chosen.map((at) => wordsFor(steps, at, outcome.flow));
  // What publishes a port lets it through as well: that goes without saying.
  const publishers = new Set(words.filter(({ rule }) => rule.startsWith('publishes ')).map(({ firewall }) => firewall));
  // A rule of pf that leads on and lets by at once is one rule, and two steps.
  const ledBy = words.some(({ rule }) => rule.startsWith(`${LET_BY} `));
  return words.filter(
    ({ firewall, rule }) => (!publishers.has(firewall) || !rule.startsWith('lets ')) && !(ledBy && rule === LET_BY),
  );
}

/** Which of the steps decided, by their place in the list. */
export function decidingSteps({ verdict }: Outcome, steps: readonly Passed[]): readonly number[] {
  const finals = steps.flatMap((step, at) => (isFinal(step) ? [at] : []));
  if (verdict !== 'open') return finals.slice(-1);
  const named = finals.filter((at) => steps[at]?.rule.startsWith('policy ') === false);
  return named.length > 0 ? named : finals;
}

/** Does the step end the packet's way through its base chain? */
export const isFinal = ({ effect }: Passed): boolean => FINAL.has(effect);

const FINAL: ReadonlySet<string> = new Set([
  'accept',
  'drop',
  'reject',
  'redirect',
  'dnat',
  'may do anything',
  ELSEWHERE,
]);

/** Chains of the rules that people give to ufw. */
const USERS: ReadonlySet<string> = new Set([
  'ufw-user-input',
  'ufw6-user-input',
  'ufw-user-forward',
  'ufw6-user-forward',
]);

/** The step itself, or the rule of the user's that led to it. */
export function wordsFor(steps: readonly Passed[], at: number, flow: Flow): Deciding {
  const step = steps[at] as Passed;
  if (step.named !== null) return step.named;
  const fromUser = steps.findLast((before, i) => i <= at && before.hook === step.hook && USERS.has(before.chain));
  if (fromUser !== undefined && fromUser.effect !== 'return') return { firewall: 'ufw', rule: ufwWords(fromUser.rule) };
  const traffic = step.hook === 'forward' ? 'routed' : 'incoming';
  if (step.rule.startsWith('policy ') && step.usedByUfw) {
    return { firewall: 'ufw', rule: `default ${step.effect === 'accept' ? 'allow' : 'deny'} (${traffic})` };
  }
  if (/^ufw6?-(skip-to-policy|reject|track)-/.test(step.chain)) {
    return {
      firewall: 'ufw',
      rule: `default ${step.effect === 'accept' ? 'allow' : step.effect === 'reject' ? 'reject' : 'deny'} (${traffic})`,
    };
  }
  const firewall = firewallOf(step.chainKey, step.chain, step.rule);
  const own = step.rule.startsWith('policy ') ? `${step.chain} ${step.rule}` : step.rule;
  return { firewall, rule: toolWords(firewall, step, flow) ?? own };
}

const ACTIONS: Readonly<Record<string, string>> = {
  ACCEPT: 'allow',
  DROP: 'deny',
  REJECT: 'reject',
  'ufw-user-limit-accept': 'limit',
  'ufw6-user-limit-accept': 'limit',
  'ufw-user-limit': 'limit',
  'ufw6-user-limit': 'limit',
};

/** The same few rules decide for many ports and addresses. */
const MOST_KNOWN = 10_000;
const known = new Map<string, string>();

function ufwWords(rule: string): string {
  const found = known.get(rule);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const words = sayUfwRule(rule);
  known.set(rule, words);
  return words;
}

/** `-A ufw-user-input -p tcp -m tcp --dport 3000 -j ACCEPT` -> `allow 3000/tcp`. */
function sayUfwRule(rule: string): string {
  const words = split(rule) ?? [];
  const value = (...names: string[]): string | undefined => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? undefined : words[at + 1];
  };
  const action = ACTIONS[value('-j') ?? ''];
  if (action === undefined) return rule;
  const protocol = value('-p');
  const port = value('--dport', '--dports');
  const what = port === undefined ? (protocol ?? 'anything') : `${port}${protocol === undefined ? '' : `/${protocol}`}`;
  const bare = (address: string): string => address.replace(/\/(32|128)$/, '');
  const extras: [string, string | undefined][] = [
    ['in on', value('-i')],
    ['from', value('-s')],
    ['source port', value('--sport', '--sports')],
    ['to', value('-d')],
  ];
  return [action, what, ...extras.flatMap(([name, text]) => (text === undefined ? [] : [name, bare(text)]))].join(' ');
}
