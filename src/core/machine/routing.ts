/** `ip -j route show table all` and `ip -j rule` -> routing as the kernel does it: tables, and which packet asks which. */
import * as is from '../shape.ts';
import type { Family, PolicyRule, RouteEntry, Routing, Snapshot } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';
import { tryJson } from './json-lines.ts';

const hopSchema = is.object({ dev: is.optional(is.string) });
const entrySchema = is.object({
  type: is.optional(is.string),
  dst: is.string,
  dev: is.optional(is.string),
  table: is.optional(is.string),
  metric: is.optional(is.number),
  from: is.optional(is.unknown),
  tos: is.optional(is.unknown),
  flags: is.optional(is.array(is.string)),
  nexthops: is.optional(is.array(hopSchema)),
});
const text = is.optional(is.string);
const ruleSchema = is.object({
  priority: is.int(0),
  not: is.optional(is.unknown),
  src: text,
  srclen: is.optional(is.int(0, 128)),
  dst: text,
  dstlen: is.optional(is.int(0, 128)),
  fwmark: text,
  fwmask: text,
  iif: text,
  oif: text,
  table: text,
  suppress_prefixlen: is.optional(is.int()),
  goto: is.optional(is.int()),
  action: text,
});

/**
 * Every entry of every table, and the rules. What cannot be understood is left out of the entries (`readRoutes` says so),
 * and makes the rules null. Shapes: iproute2 6, ip/iproute.c `print_route`, ip/iprule.c `print_rule`.
 */
export function readRouting(snapshot: Snapshot): Routing {
  const entries = ([4, 6] as const).flatMap((family) => entriesOf(snapshot, family));
  return { entries, rules: { 4: rulesOf(snapshot, 4), 6: rulesOf(snapshot, 6) } };
}

function jsonList(snapshot: Snapshot, id: string): readonly unknown[] | null {
  const transcript = find(snapshot, id);
  if (transcript === undefined || whyNot(transcript) !== null) return null;
  const parsed = is.array(is.unknown).safeParse(tryJson(transcript.stdout));
  return parsed.success ? parsed.data : null;
}

function entriesOf(snapshot: Snapshot, family: Family): readonly RouteEntry[] {
  return (jsonList(snapshot, `ip.route${family}`) ?? []).flatMap((json): readonly RouteEntry[] => {
    const parsed = entrySchema.safeParse(json);
    if (!parsed.success) return [];
    const { type = 'unicast', dst, table = 'main', metric = 0, from, tos, flags = [], nexthops = [] } = parsed.data;
    if (flags.includes('dead')) return [];
    const interfaces = [parsed.data, ...nexthops].flatMap(({ dev }) => (dev === undefined ? [] : [dev]));
    const partial = from !== undefined || tos !== undefined;
    return [{ family, table, type, destination: cidr(dst, family), metric, interfaces, partial }];
  });
}

export function cidr(dst: string, family: Family): string {
  if (dst === 'default') return family === 4 ? '0.0.0.0/0' : '::/0';
  return dst.includes('/') ? dst : `${dst}/${family === 4 ? 32 : 128}`;
}

function rulesOf(snapshot: Snapshot, family: Family): readonly PolicyRule[] | null {
  const list = jsonList(snapshot, `ip.rule${family}`);
  if (list === null) return null;
  const rules = list.map((json) => readRule(json, family));
  return rules.includes(null) ? null : (rules as readonly PolicyRule[]);
}

/** Everything that a rule is known to be printed with; more is a condition that is not understood. */
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(ruleSchema.fields), 'protocol']);

function readRule(json: unknown, family: Family): PolicyRule | null {
  const parsed = ruleSchema.safeParse(json);
  if (!parsed.success || typeof json !== 'object' || json === null) return null;
  const { priority, src = 'all', srclen, dst = 'all', dstlen, fwmark, fwmask = '0xffffffff', iif, oif } = parsed.data;
  const range = (address: string, length: number | undefined): string | null =>
    address === 'all' ? null : length === undefined ? cidr(address, family) : `${address}/${length}`;
  const mark = fwmark === undefined ? null : { value: Number(fwmark) >>> 0, mask: Number(fwmask) >>> 0 };
  return {
    priority,
    not: parsed.data.not !== undefined,
    from: range(src, srclen),
    to: range(dst, dstlen),
    mark,
    inInterface: iif ?? null,
    outInterface: oif ?? null,
    more: Object.keys(json).some((key) => !KNOWN.has(key)),
    action: actionOf(parsed.data),
  };
}

function actionOf({
  table,
  goto,
  action,
  suppress_prefixlen: shorter = -1,
}: is.Output<typeof ruleSchema>): PolicyRule['action'] {
  if (table !== undefined) return { do: 'lookup', table, suppress: shorter < 0 ? null : shorter };
  if (goto !== undefined) return { do: 'goto', priority: goto };
  if (action === 'nop') return { do: 'pass' };
  return { do: action === 'blackhole' || action === 'unreachable' || action === 'prohibit' ? 'refuse' : 'unknown' };
}
