/**
 * The whole of user.rules or user6.rules as ufw writes it: header, tuples with their rules, logging, rate limiting.
 * Source: ufw 0.36.2, backend_iptables.py `_write_rules` and `_get_logging_rules`.
 */
import type { Family, Policy, UfwTuple } from '../../model.ts';
import { prefixOf, ruleLines } from './rule-lines.ts';
import { TUPLE_MARK } from './tuple.ts';

export type LogLevel = 'off' | 'low' | 'medium' | 'high' | 'full';
const LEVELS: readonly LogLevel[] = ['off', 'low', 'medium', 'high', 'full'];

export interface Logging {
  readonly level: LogLevel;
  readonly inbound: Policy;
  readonly outbound: Policy;
  readonly routed: Policy;
}

export const logLevel = (text: string | null): LogLevel | null => LEVELS.find((level) => level === text) ?? null;

const LIMIT = ' -m limit --limit 3/min --limit-burst 10';

/** What ufw puts into its logging chains at a level. Chains `after` log what the policy decides, `misc` what it calls. */
function loggingLines(prefix: string, logging: Logging): readonly string[] {
  const rank = LEVELS.indexOf(logging.level);
  const places = ['input', 'output', 'forward'] as const;
  if (logging.level === 'off') return places.map((place) => `-I ${prefix}-user-logging-${place} -j RETURN`);
  const policy = { input: logging.inbound, output: logging.outbound, forward: logging.routed };
  const limit = rank < LEVELS.indexOf('high') ? LIMIT : '';
  const after = places.flatMap((place) => {
    const chain = `${prefix}-after-logging-${place}`;
    if (policy[place] !== 'allow') return [`-A ${chain} -j LOG --log-prefix "[UFW BLOCK] "${limit}`];
    return rank >= LEVELS.indexOf('medium') ? [`-A ${chain} -j LOG --log-prefix "[UFW ALLOW] "${limit}`] : [];
  });
  const invalid =
    rank < LEVELS.indexOf('medium')
      ? `-I ${prefix}-logging-deny -m conntrack --ctstate INVALID -j RETURN${limit}`
      : `-A ${prefix}-logging-deny -m conntrack --ctstate INVALID -j LOG --log-prefix "[UFW AUDIT INVALID] "${limit}`;
  const misc = [
    invalid,
    `-A ${prefix}-logging-deny -j LOG --log-prefix "[UFW BLOCK] "${limit}`,
    `-A ${prefix}-logging-allow -j LOG --log-prefix "[UFW ALLOW] "${limit}`,
  ];
  const audit = {
    off: null,
    low: null,
    medium: ` -m conntrack --ctstate NEW${LIMIT}`,
    high: LIMIT,
    full: '',
  }[logging.level];
  const before =
    audit === null
      ? []
      : places.map((place) => `-I ${prefix}-before-logging-${place} -j LOG --log-prefix "[UFW AUDIT] "${audit}`);
  return [...after, ...misc, ...before];
}

/**
 * The file's text. `logging` null: ufw does not use this family (`IPV6=no`) and writes the frame alone.
 */
export function printUserRules(family: Family, tuples: readonly UfwTuple[], logging: Logging | null): string {
  const prefix = prefixOf(family);
  const places = ['input', 'output', 'forward'];
  const chains = [
    ...['user', 'before-logging', 'user-logging', 'after-logging'].flatMap((kind) =>
      places.map((place) => `${kind}-${place}`),
    ),
    'logging-deny',
    'logging-allow',
    ...(logging === null ? [] : ['user-limit', 'user-limit-accept']),
  ];
  const limiting =
    logging === null
      ? []
      : [
          '',
          '### RATE LIMITING ###',
          ...(logging.level === 'off'
            ? []
            : [`-A ${prefix}-user-limit -m limit --limit 3/minute -j LOG --log-prefix "[UFW LIMIT BLOCK] "`]),
          `-A ${prefix}-user-limit -j REJECT`,
          `-A ${prefix}-user-limit-accept -j ACCEPT`,
          '### END RATE LIMITING ###',
        ];
  return [
    '*filter',
    ...chains.map((chain) => `:${prefix}-${chain} - [0:0]`),
    '### RULES ###',
    ...tuples.flatMap((tuple) => ['', TUPLE_MARK + tuple.line, ...ruleLines(tuple)]),
    '',
    '### END RULES ###',
    '',
    '### LOGGING ###',
    ...(logging === null ? [] : loggingLines(prefix, logging)),
    '### END LOGGING ###',
    ...limiting,
    'COMMIT',
    '',
  ].join('\n');
}
