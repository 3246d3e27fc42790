/** Fields of which the code knows each value. */
const FIXED = ['kind', 'is', 'of', 'by', 'back', 'protocol', 'because', 'part', 'hook'];

/** The same with somebody’s text in every other field. */
export function spoilt(value: unknown, nasty: string): unknown {
  if (Array.isArray(value)) return value.map((one) => spoilt(one, nasty));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      typeof one === 'string' && !FIXED.includes(key) ? nasty : spoilt(one, nasty),
    ]),
  );
}
