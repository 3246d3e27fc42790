/** Reading collected transcripts: one JSON value a line. */
import type { Shape } from '../shape.ts';
import { type GapHow, type GapWhat, gap } from '../gaps/index.ts';
import type { Gap, Transcript } from '../model.ts';
import { gapOf } from '../transcripts.ts';

interface Lines<T> {
  readonly items: readonly T[];
  /** Lines that are no JSON, or not of the shape that was asked for. */
  readonly bad: number;
}

/** The lines of `text` that fit the schema, and how many do not. An unfinished last line counts as bad. */
export function jsonLines<T>(text: string, schema: Shape<T>): Lines<T> {
  const items: T[] = [];
  let bad = text === '' || text.endsWith('\n') ? 0 : 1;
  for (const line of wholeLines(text)) {
    const parsed = schema.safeParse(tryJson(line));
    if (parsed.success) items.push(parsed.data);
    else bad++;
  }
  return { items, bad };
}

/** The lines that end with a line break, without it; empty ones are left out. */
export function wholeLines(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
}

/** What the text says as JSON; undefined when it is none. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A collected transcript as items, with the gap that a failed, forbidden or garbled one leaves. */
export function readLines<T>(
  transcript: Transcript | undefined,
  schema: Shape<T>,
  what: GapWhat,
  how: GapHow,
): { readonly items: readonly T[]; readonly gaps: readonly Gap[] } {
  const failed = gapOf(transcript, what, how);
  const { items, bad } = jsonLines(transcript?.stdout ?? '', schema);
  const gaps = failed === null ? [] : [failed];
  if (bad > 0) gaps.push(gap({ what, why: { kind: 'lines-garbled', count: bad, of: null }, how }));
  return { items, gaps };
}
