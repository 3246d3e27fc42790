/** Which machines: how many, and the first of them by name. What is kept of a group never grows beyond that. */

/** One machine as people find it again. */
export interface Name {
  /** The computer's own name, as its snapshot says it. */
  readonly host: string;
  /** The file that it comes from; of a file with several machines the host after a `#`. */
  readonly from: string;
}

export interface Who {
  readonly count: number;
  /** At most `NAMED`, in order of their names. */
  readonly first: readonly Name[];
}

/** How many machines of a group are kept by name. */
export const NAMED = 20;

export const NOBODY: Who = { count: 0, first: [] };

/** Both together: no machine is in both. Which names are kept depends on the names alone, not on who came first. */
export function both(a: Who, b: Who): Who {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  return { count: a.count + b.count, first: firstOf(a.first, b.first) };
}

/** One more machine. */
export function including(who: Who, name: Name): Who {
  const last = who.first.at(-1);
  if (who.first.length === NAMED && last !== undefined && compareNames(last, name) <= 0)
    return { count: who.count + 1, first: who.first };
  return { count: who.count + 1, first: firstOf(who.first, [name]) };
}

const firstOf = (a: readonly Name[], b: readonly Name[]): readonly Name[] =>
  [...a, ...b].sort(compareNames).slice(0, NAMED);

/** By host, then by file; by their characters' numbers, so that every computer has the same order. */
export const compareNames = (a: Name, b: Name): number => compareText(a.host, b.host) || compareText(a.from, b.from);

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
