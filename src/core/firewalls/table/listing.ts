/** The table as `nft -j list ruleset` prints it. Format: libnftables-json(5). */
import { type Door, exceptOf, TABLE } from './door.ts';

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };
/** One entry of the listing: `{"rule": {…}}`. */
export type Entry = Readonly<Record<string, { readonly [key: string]: Json } | undefined>>;

/** Null: it is not what nft prints. */
export function entriesOf(stdout: string): readonly Entry[] | null {
  try {
    const parsed = JSON.parse(stdout) as { readonly nftables?: unknown } | null;
    const list: unknown = parsed?.nftables;
    const isEntry = (entry: unknown): entry is Entry => typeof entry === 'object' && entry !== null;
    return Array.isArray(list) && list.every(isEntry) ? list : null;
  } catch {
    return null;
  }
}

const match = (left: Json, right: Json, op: '==' | '!=' | 'in' = '=='): Json => ({ match: { op, left, right } });
const payload = (protocol: string, field: string): Json => ({ payload: { protocol, field } });

const TRACKED = match({ ct: { key: 'state' } }, ['new', 'untracked'], 'in');

/** A rule's expressions as nft prints them. */
function expressionsOf(door: Door): readonly (readonly Json[])[] {
  const { protocol, port, except } = door;
  const type: Json = { fib: { result: 'type', flags: ['daddr'] } };
  const tail: readonly Json[] = [
    match({ meta: { key: 'iif' } }, 'lo', '!='),
    ...(protocol === 'tcp'
      ? [match(type, 'local'), match({ '&': [payload('tcp', 'flags'), ['fin', 'syn', 'rst', 'ack']] }, 'syn')]
      : [match(type, { set: ['local', 'anycast', 'broadcast', 'multicast'] }), TRACKED]),
    match(payload(protocol, 'dport'), port),
    { drop: null },
  ];
  if (except.length === 0) return [tail];
  return ([4, 6] as const).map((family) => {
    const networks = exceptOf(door, family);
    const first =
      networks.length === 0
        ? match({ meta: { key: 'nfproto' } }, family === 4 ? 'ipv4' : 'ipv6')
        : match(payload(family === 4 ? 'ip' : 'ip6', 'saddr'), { set: networks.map(prefix) }, '!=');
    return [first, ...tail];
  });
}

function prefix(network: string): Json {
  const [addr = '', len] = network.split('/');
  return len === undefined ? addr : { prefix: { addr, len: Number(len) } };
}

/** Does the kernel's table hold what these doors make, and nothing of somebody else's? null: there is no such table. */
export function holdsOnly(entries: readonly Entry[], doors: readonly Door[]): boolean | null {
  const ours = entries.filter(isOurs);
  if (ours.length === 0) return null;
  return gist(ours) === gist(doors.length === 0 ? [] : tableEntries(doors));
}

/** What each entry is for, without the ways of writing it that differ between the versions of nft. */
const gist = (entries: readonly Entry[]): string =>
  entries.map((entry) => Object.keys(entry).join() + gistOf(JSON.stringify(entry['rule']?.['expr'] ?? ''))).join('\n');

function gistOf(expressions: string): string {
  const port = /"protocol":"(tcp|udp)","field":"dport"\}\},"right":(\d+)\}/.exec(expressions);
  const verdict = /"(drop|accept|reject|jump|goto|return|queue)"/.exec(expressions);
  return ` ${port?.[1] ?? ''} ${port?.[2] ?? ''} ${verdict?.[1] ?? ''}`;
}

export function tableEntries(doors: readonly Door[]): readonly Entry[] {
  const { family, name: table, chain, priority } = TABLE;
  const place = { family, table, chain };
  return [
    { table: { family, name: table, handle: 0 } },
    {
      chain: {
        family,
        table,
        name: chain,
        handle: 0,
        type: 'filter',
        hook: 'prerouting',
        prio: priority,
        policy: 'accept',
      },
    },
    { rule: { ...place, handle: 0, expr: [TRACKED] } },
    ...doors.flatMap(expressionsOf).map((expr): Entry => ({ rule: { ...place, handle: 0, expr } })),
  ];
}

/** Does an entry of nft's list belong to Portcullis's table? */
export function isOurs(entry: Entry): boolean {
  return Object.entries(entry).some(
    ([kind, body]) =>
      body?.['family'] === TABLE.family && (kind === 'table' ? body['name'] : body['table']) === TABLE.name,
  );
}
