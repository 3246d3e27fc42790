/** How often something is asked of things, so that a test can tell work that grows with them from work that grows with their square. */
export function counted(): { readonly seen: <T extends object>(one: T) => T; readonly looks: () => number } {
  let looks = 0;
  return {
    seen: (one) =>
      new Proxy(one, {
        get: (target, key) => {
          looks += 1;
          return Reflect.get(target, key) as unknown;
        },
      }),
    looks: () => looks,
  };
}
