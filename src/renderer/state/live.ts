/** A pushed report beside the one that is shown: where its rows stand, which have changed, and what is said of it. Pure. */
import { compare, type LiveEvent, seenIn } from '../../core/live/index.ts';
import type { Report } from '../../core/model.ts';

/** Rows in the order in which they stood; what is new stands behind whatever it would follow in its own order. */
export function steady<Row>(
  before: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Row[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const stood = before.filter((key) => byKey.has(key));
  const known = new Set(stood);
  if (known.size === 0) return rows;
  /** New rows behind the row with that key; null: ahead of all. */
  const behind = new Map<string | null, Row[]>();
  let last: string | null = null;
  for (const row of rows) {
    const key = keyOf(row);
    if (known.has(key)) last = key;
    else behind.set(last, [...(behind.get(last) ?? []), row]);
  }
  return [null, ...known].flatMap((key) => {
    const row = key === null ? undefined : byKey.get(key);
    return [...(row === undefined ? [] : [row]), ...(behind.get(key) ?? [])];
  });
}

/** Listeners and findings that are new, or that say something else than before, by their ids. */
export function changedIn(before: Report, now: Report): ReadonlySet<string> {
  const gist = (report: Report): ReadonlyMap<string, string> =>
    new Map([
      ...report.listeners.map(({ id, owner, identity, addresses, exposure, exposureComplete, places }) => {
        const says = [owner.program, identity.name, addresses, exposure, exposureComplete, places];
        return [id, JSON.stringify(says)] as const;
      }),
      ...report.findings.map(({ id, title, why, severity }) => [id, JSON.stringify([title, why, severity])] as const),
    ]);
  const old = gist(before);
  return new Set([...gist(now)].flatMap(([id, says]) => (old.get(id) === says ? [] : [id])));
}

/** The ports to which somebody newly gets, or no longer. */
export const newlyIn = (before: Report, now: Report): readonly LiveEvent[] =>
  compare(seenIn(before), now).events.filter(({ kind }) => kind !== 'unknown');

/** The pushed report with its findings where they stood. */
export const inPlace = (before: Report, now: Report): Report => ({
  ...now,
  findings: steady(
    before.findings.map(({ id }) => id),
    now.findings,
    ({ id }) => id,
  ),
});
