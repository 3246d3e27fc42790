/** The word that somebody probably meant. */

/** The nearest of some words by edits (insert, remove, replace, swap), or null where none is near. */
export function nearest(text: string, words: readonly string[]): string | null {
  const wanted = text.slice(0, 40).toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of words) {
    const distance = word.startsWith(wanted) && wanted.length >= 2 ? 1 : edits(wanted, word);
    if (distance < least) [best, least] = [word, distance];
  }
  return best;
}

/** Optimal string alignment distance. */
function edits(a: string, b: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replace = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swap =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? (before[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replace, swap, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    [before, above] = [above, current];
  }
  return above[b.length] ?? 0;
}
