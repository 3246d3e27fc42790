/**
 * What `nft -j list ruleset` prints -> tables, chains and sets, rules still as JSON expressions.
 * Format: libnftables-json(5), nftables 1.0.6 to 1.1.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface NftChain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook: string | null;
  readonly type: string | null;
  readonly priority: number;
  readonly policy: string | null;
  readonly rules: readonly { readonly expressions: readonly Json[]; readonly comment: string | null }[];
}

export interface NftSet {
  readonly elements: readonly Json[];
  /** Rules change it as packets come: they add what they see, or take away as well. Null: none does. */
  readonly grows: 'adds' | 'changes' | null;
  /** It holds as many elements as it may: a rule that adds to it ends there. */
  readonly full: boolean;
}

export interface NftRuleset {
  /** dormant: its chains are not asked. Null: not known, nft 1.0.6 prints a random word for the flags. */
  readonly tables: readonly { readonly family: string; readonly name: string; readonly dormant: boolean | null }[];
  readonly chains: readonly NftChain[];
  /** Key: `family table name`. Sets and maps. */
  readonly sets: ReadonlyMap<string, NftSet>;
}

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** A string, number or truth value as text; anything else is no word. */
export const scalar = (json: Json | undefined): string => (typeof json === 'object' ? '' : String(json ?? ''));

const text = (json: Json | undefined): string => (typeof json === 'string' ? json : '');

const TABLE_FLAGS: ReadonlySet<Json> = new Set(['dormant', 'owner', 'persist']);

function isDormant(flags: Json | undefined): boolean | null {
  const list: readonly Json[] = Array.isArray(flags) ? (flags as readonly Json[]) : flags === undefined ? [] : [flags];
  return list.includes('dormant') || (list.every((flag) => TABLE_FLAGS.has(flag)) ? false : null);
}

/** Null: it is not what nft prints (garbage, half a line). */
export function parseNft(stdout: string): NftRuleset | null {
  let parsed: Json;
  try {
    parsed = JSON.parse(stdout) as Json;
  } catch {
    return null;
  }
  const list = isObject(parsed) ? parsed['nftables'] : undefined;
  if (!Array.isArray(list)) return null;
  const tables: NftRuleset['tables'][number][] = [];
  const chains = new Map<string, NftChain & { rules: { expressions: readonly Json[]; comment: string | null }[] }>();
  const sets = new Map<string, NftSet>();
  for (const entry of list as readonly Json[]) {
    if (!isObject(entry)) return null;
    const [kind] = Object.keys(entry);
    const body = entry[kind ?? ''];
    if (!isObject(body)) return null;
    const place = `${text(body['family'])} ${text(body['table'])}`;
    if (kind === 'table') {
      tables.push({ family: text(body['family']), name: text(body['name']), dormant: isDormant(body['flags']) });
    } else if (kind === 'chain') {
      chains.set(`${place} ${text(body['name'])}`, {
        family: text(body['family']),
        table: text(body['table']),
        name: text(body['name']),
        hook: body['hook'] === undefined ? null : text(body['hook']),
        type: body['type'] === undefined ? null : text(body['type']),
        priority: typeof body['prio'] === 'number' ? body['prio'] : Number.NaN,
        policy: body['policy'] === undefined ? null : text(body['policy']),
        rules: [],
      });
    } else if (kind === 'rule') {
      const chain = chains.get(`${place} ${text(body['chain'])}`);
      if (chain === undefined || !Array.isArray(body['expr'])) return null;
      const comment = typeof body['comment'] === 'string' ? body['comment'] : null;
      chain.rules.push({ expressions: body['expr'] as readonly Json[], comment });
    } else if (kind === 'set' || kind === 'map') {
      const elements = Array.isArray(body['elem']) ? (body['elem'] as readonly Json[]) : [];
      const size = body['size'];
      const full = typeof size === 'number' && elements.length >= size;
      sets.set(`${place} ${text(body['name'])}`, { elements, grows: null, full });
    }
  }
  for (const [key, grows] of grown([...chains.values()])) {
    const set = sets.get(key);
    if (set !== undefined && set.grows !== 'changes') sets.set(key, { ...set, grows });
  }
  return { tables, chains: [...chains.values()], sets };
}

/** Keys of the sets and maps that rules write to: `add @seen { ip saddr }`. */
function grown(chains: readonly NftChain[]): readonly (readonly [key: string, grows: 'adds' | 'changes'])[] {
  return chains.flatMap(({ family, table, rules }) =>
    rules.flatMap(({ expressions }) =>
      expressions.flatMap((expression) => {
        const written = isObject(expression) ? (expression['set'] ?? expression['map']) : undefined;
        const name = isObject(written) ? (written['set'] ?? written['map']) : undefined;
        if (!isObject(written) || typeof name !== 'string') return [];
        const grows = written['op'] === 'add' || written['op'] === 'update' ? 'adds' : 'changes';
        return [[`${family} ${table} ${name.replace(/^@/, '')}`, grows] as const];
      }),
    ),
  );
}
