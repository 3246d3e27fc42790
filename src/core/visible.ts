/** Text of foreign origin (program names, rule comments, paths) made safe to show. */

/**
 * Everything that steers a terminal or reorders text instead of showing: C0 and C1 controls, bidi marks, embeddings and
 * isolates, zero-width characters, line and paragraph separators, lone surrogates.
 */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- finding exactly these is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

/** One line in which nothing is hidden: what would not show is written as `\u{1b}`. Idempotent. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
