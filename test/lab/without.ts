/**
 * Kinds that never hold for a first packet, or that only change it: no rule that has them is on the way. They are left out
 * of what was read, and where that alters the engine's answer, the kind has decided.
 */
import type { Snapshot } from '../../src/core/model.ts';
import { withOutput } from '../../src/core/transcripts.ts';

interface Without {
  readonly kind: string;
  /** Of lines that iptables-save printed; null: the line is gone. */
  readonly line?: (line: string) => string | null;
  /** Does this part of a rule of `nft -j` have it? */
  readonly part?: (json: string) => boolean;
  /** The whole rule goes, not the part alone. */
  readonly whole?: true;
}

const words =
  (pattern: RegExp) =>
  (line: string): string =>
    line.startsWith('-A') ? line.replace(pattern, '') : line;
const rule =
  (pattern: RegExp) =>
  (line: string): string | null =>
    pattern.test(line) ? null : line;
const header =
  (name: string, field: string) =>
  (json: string): boolean =>
    json.includes(`"payload": {"protocol": "${name}", "field": "${field}"}`) ||
    json.includes(`"payload":{"protocol":"${name}","field":"${field}"}`);

export const WITHOUT: readonly Without[] = [
  { kind: '-f', line: words(/ -f(?= )/) },
  { kind: '-m helper', line: words(/ -m helper --helper \S+/) },
  { kind: '-m rt', line: words(/ -m rt --rt-type \d+/) },
  { kind: '-m frag', line: words(/ -m frag --fragid \d+/) },
  { kind: '-m icmp', line: words(/ -p (ipv6-)?icmp -m icmp6? --icmp(v6)?-type \d+/) },
  { kind: '-j CT --zone', line: rule(/-j CT --zone/) },
  { kind: '-j CT --helper', line: rule(/-j CT --helper/) },
  { kind: '-j MARK', line: rule(/-j MARK /) },
  { kind: '-j CONNMARK', line: rule(/-j CONNMARK /) },
  ...(['ah', 'esp'] as const).map((name) => ({ kind: `${name} spi`, part: header(name, 'spi') })),
  ...(['dccp', 'sctp'] as const).map((name) => ({ kind: `${name} dport`, part: header(name, 'dport') })),
  ...(['type', 'code'] as const).map((field) => ({ kind: `icmp ${field}`, part: header('icmp', field) })),
  { kind: 'icmpv6 type', part: header('icmpv6', 'type') },
  { kind: 'ct helper', part: (json) => /"match".*"ct": ?\{"key": ?"helper"/.test(json) },
  { kind: 'ct zone set', part: (json) => /"mangle".*"key": ?"zone"/.test(json), whole: true },
  { kind: 'ct mark set', part: (json) => /"mangle": ?\{"key": ?\{"ct": ?\{"key": ?"mark"/.test(json), whole: true },
  { kind: 'meta mark set', part: (json) => /"mangle": ?\{"key": ?\{"meta": ?\{"key": ?"mark"/.test(json), whole: true },
  {
    kind: 'mark set from a map',
    part: (json) => /"mangle": ?\{"key": ?\{"(meta|ct)": ?\{"key": ?"mark"\}\}, ?"value": ?\{"map"/.test(json),
    whole: true,
  },
];

/** The snapshot without that kind; null: it has none. */
export function without(snapshot: Snapshot, { line, part, whole }: Without): Snapshot | null {
  let less = snapshot;
  for (const { id, argv, stdout } of snapshot.transcripts) {
    const text =
      line !== undefined && /tables(-legacy)?-save$/.test(id)
        ? stdout
            .split('\n')
            .flatMap((one) => line(one) ?? [])
            .join('\n')
        : part !== undefined && id === 'nft'
          ? withoutPart(stdout, part, whole === true)
          : stdout;
    if (text !== stdout) less = withOutput(less, id, argv, text);
  }
  return less === snapshot ? null : less;
}

interface Entry {
  readonly rule?: { readonly expr: readonly unknown[] };
}

function withoutPart(text: string, has: (json: string) => boolean, whole: boolean): string {
  if (!has(text)) return text;
  const { nftables } = JSON.parse(text) as { nftables: readonly Entry[] };
  const hasIt = (part: unknown): boolean => has(JSON.stringify(part));
  const left = nftables.flatMap((entry): readonly Entry[] => {
    if (entry.rule === undefined || !entry.rule.expr.some(hasIt)) return [entry];
    return whole ? [] : [{ ...entry, rule: { ...entry.rule, expr: entry.rule.expr.filter((part) => !hasIt(part)) } }];
  });
  return JSON.stringify({ nftables: left });
}
