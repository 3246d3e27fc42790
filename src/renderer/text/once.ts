/** For what takes long to make, as all of `Intl` does: made when it is first needed, and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
