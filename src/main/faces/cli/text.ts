/** Laying out text: styles, widths as a terminal counts them, wrapping, columns. */

export type Style = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue', (text: string) => string>>;

const paint =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export const COLOURS: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
  blue: paint(34, 39),
};

const same = (text: string): string => text;
export const PLAIN: Style = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same };

// oxlint-disable-next-line no-control-regex -- the styles above, which take no room
const STYLES = /\u001b\[\d+m/g;
const NARROW = /^[\u0020-\u02ff]*$/;
const NO_ROOM = /^\p{M}$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a text takes on a terminal. Only for text that went through `visible`, and styles. */
export function width(text: string): number {
  const bare = text.replace(STYLES, '');
  if (NARROW.test(bare)) return bare.length;
  let columns = 0;
  for (const char of bare) columns += NO_ROOM.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

/** Shorten to so many columns, with an ellipsis where something is missing. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const char of text) {
    const next = width(char);
    if (used + next > columns - 1) break;
    kept += char;
    used += next;
  }
  return `${kept}…`;
}

/** Lines of at most so many columns; a word that is longer than a line stands alone on one. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A paragraph with every line indented. */
export const paragraph = (text: string, indent: number, columns: number): string =>
  wrap(text, columns - indent)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n');

/**
 * Rows in columns two blanks apart. What does not fit is taken from the widest column, so that every row stays one line.
 * @param style of the first row, where it is a heading
 */
export function table(
  rows: readonly (readonly string[])[],
  columns: number,
  heading?: (text: string) => string,
): string {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const room = columns - 2 * (count - 1);
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 8) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(clip(cell, widths[column] ?? 0), widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((row, index) => (index === 0 && heading ? heading(line(row)) : line(row))).join('\n');
}

/** Two columns, the second wrapped: a list of words and what they mean. */
export function definitions(rows: readonly (readonly [string, string])[], columns: number, indent = 2): string {
  const first = Math.max(...rows.map(([word]) => width(word)));
  return rows
    .map(([word, meaning]) => {
      const [head = '', ...rest] = wrap(meaning, columns - indent - first - 2);
      return [pad(word, first) + '  ' + head, ...rest.map((line) => ' '.repeat(first + 2) + line)]
        .map((line) => ' '.repeat(indent) + line.trimEnd())
        .join('\n');
    })
    .join('\n');
}
