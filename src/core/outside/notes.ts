/** The transcript `outside` (see gather/outside.ts) -> its notes by kind. */
import { type BesidePart, type GapHow, type GapMeaning, type GapWhat, gap } from '../gaps/index.ts';
import { readLines } from '../machine/json-lines.ts';
import type { Gap, Snapshot } from '../model.ts';
import * as is from '../shape.ts';
import { find } from '../transcripts.ts';

const WHAT: GapWhat = { kind: 'beside', part: null };
const HOW: GapHow = { kind: 'install-perl' };

const filterSchema = is.object({ filters: is.string, ifindex: is.int(), hook: is.oneOf('ingress', 'egress') });
const programSchema = is.object({
  bpf: is.oneOf('tcx-ingress', 'tcx-egress', 'sk-lookup', 'netfilter', 'cgroup-ingress', 'cgroup-egress'),
  programs: is.array(is.string),
  ifindex: is.optional(is.int()),
  cgroup: is.optional(is.string),
  /** PF_INET 2, PF_INET6 10. */
  family: is.optional(is.int()),
  /** NF_INET_PRE_ROUTING 0 to NF_INET_POST_ROUTING 4. */
  hook: is.optional(is.int()),
});
const policySchema = is.object({
  policy: is.oneOf('allow', 'block'),
  direction: is.oneOf('in', 'forward'),
  family: is.int(4, 6),
  from: is.string,
  to: is.string,
  ifindex: is.int(),
  protocol: is.int(),
  port: is.nullable(is.int()),
  protects: is.boolean,
});
const tableSchema = is.object({ table: is.string, family: is.int(), flags: is.int() });
const chainSchema = is.object({ chain: is.string, table: is.string, family: is.int(), devices: is.array(is.string) });
const unreadSchema = is.object({ unread: is.string, why: is.string });
const lineSchema = is.either(
  is.either(is.either(filterSchema, programSchema), policySchema),
  is.either(is.either(is.either(chainSchema, tableSchema), unreadSchema), is.object({ done: is.boolean })),
);

export interface Notes {
  readonly filters: readonly is.Output<typeof filterSchema>[];
  readonly programs: readonly is.Output<typeof programSchema>[];
  readonly policies: readonly is.Output<typeof policySchema>[];
  /** Devices that chains of nftables hang on. */
  readonly chains: readonly is.Output<typeof chainSchema>[];
  readonly tables: readonly is.Output<typeof tableSchema>[];
  readonly gaps: readonly Gap[];
}

const NOTHING: Notes = { filters: [], programs: [], policies: [], chains: [], tables: [], gaps: [] };

/** What was noted, and what was not. Cut short or garbled: a gap, and what could be read. */
export function readNotes(snapshot: Snapshot): Notes {
  const transcript = find(snapshot, 'outside');
  // Who may not read it may not read the rules either: then nothing is known of them, and that is said already.
  if (transcript === undefined || transcript.failure === 'refused') return NOTHING;
  const { items, gaps } = readLines(transcript, lineSchema, WHAT, HOW);
  const notes = {
    filters: [] as is.Output<typeof filterSchema>[],
    programs: [] as is.Output<typeof programSchema>[],
    policies: [] as is.Output<typeof policySchema>[],
    chains: [] as is.Output<typeof chainSchema>[],
    tables: [] as is.Output<typeof tableSchema>[],
    gaps: [...gaps],
  };
  let whole = false;
  for (const item of items) {
    if ('filters' in item) notes.filters.push(item);
    else if ('bpf' in item) notes.programs.push(item);
    else if ('policy' in item) notes.policies.push(item);
    else if ('chain' in item) notes.chains.push(item);
    else if ('table' in item) notes.tables.push(item);
    else if ('unread' in item) notes.gaps.push(gap(partUnread(item)));
    else whole = true;
  }
  if (!whole && gaps.length === 0)
    notes.gaps.push(gap({ what: WHAT, why: { kind: 'ended-early' }, how: { kind: 'scan-again' } }));
  return notes;
}

/** Parts as the collector names them. */
const PARTS: Readonly<Record<string, BesidePart>> = {
  'traffic control': { kind: 'traffic-control' },
  'IPsec policies': { kind: 'ipsec' },
  nftables: { kind: 'nftables' },
  'BPF programs': { kind: 'bpf' },
};

function partUnread({ unread, why }: is.Output<typeof unreadSchema>): GapMeaning {
  const part = Object.hasOwn(PARTS, unread) ? PARTS[unread] : undefined;
  return {
    what: { kind: 'beside', part: part ?? { kind: 'named', name: unread } },
    why: { kind: 'message', said: why },
    how: { kind: 'exact-outside' },
  };
}
