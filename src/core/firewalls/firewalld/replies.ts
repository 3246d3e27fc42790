/**
 * What `busctl --json=short call` prints -> plain values.
 *
 * `{"type":"a{sv}","data":[{"services":{"type":"as","data":["ssh"]}}]}`: the reply's arguments stand in `data`, and so does
 * each value of a dictionary of variants. Source: busctl(1), seen with systemd 252.
 */

export type Dictionary = Readonly<Record<string, unknown>>;

/** The first argument of a reply, variants unwrapped; undefined when it is not such a reply. */
export function replyOf(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isDictionary(parsed) || !Array.isArray(parsed['data'])) return undefined;
  return unwrap(parsed['data'][0]);
}

export const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unwrap(value: unknown): unknown {
  if (!isDictionary(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [
    key,
    isDictionary(entry) && typeof entry['type'] === 'string' && 'data' in entry ? entry['data'] : entry,
  ]);
  return Object.fromEntries(entries);
}

/** Strings of a list; anything else in it is left out. */
export const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];

/** Rows of strings, `[["3000","tcp"]]`. */
export const rowsOf = (value: unknown): readonly (readonly string[])[] =>
  Array.isArray(value) ? value.map(stringsOf) : [];

/** The same reply about a zone with other rich rules; firewalld says nothing of them where there are none. */
export function withRules(text: string, rules: readonly string[]): string {
  const reply = JSON.parse(text) as { readonly type: string; readonly data: readonly [Dictionary] };
  const { rules_str: _, ...rest } = reply.data[0];
  const data = rules.length === 0 ? rest : { ...rest, rules_str: { type: 'as', data: rules } };
  return `${JSON.stringify({ ...reply, data: [data] })}\n`;
}
