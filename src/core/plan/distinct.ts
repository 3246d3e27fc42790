/** Each once: what says the same is the same. */
export function distinct<T>(items: readonly T[], says: (item: T) => string): readonly T[] {
  const said = new Set<string>();
  return items.filter((item) => {
    const text = says(item);
    return !said.has(text) && said.add(text);
  });
}
