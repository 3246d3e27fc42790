/** A small seeded generator of random choices, so that every run can be repeated from the number that it prints. */
export interface Random {
  readonly seed: number;
  /** 0 <= n < below */
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Each value with its weight. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  /** `count` different values in the order of the list. */
  some<T>(from: readonly T[], count: number): T[];
  shuffled<T>(from: readonly T[]): T[];
}

/** mulberry32 (public domain, Tommy Ettinger). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const shuffled = <T>(from: readonly T[]): T[] =>
    from
      .map((value) => [next(), value] as const)
      .sort(([a], [b]) => a - b)
      .map(([, value]) => value);
  return {
    seed,
    below,
    shuffled,
    chance: (probability) => next() < probability,
    pick: (from) => from[below(from.length)]!,
    weighted: (from) => {
      let rest = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of from) if ((rest -= weight) < 0) return value;
      return from.at(-1)![0];
    },
    some: (from, count) => {
      const chosen = new Set(shuffled(from.map((_, index) => index)).slice(0, count));
      return from.filter((_, index) => chosen.has(index));
    },
  };
}

export const freshSeed = (): number => Math.floor(Math.random() * 0x7fffffff);
