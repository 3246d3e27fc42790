/**
 * Reads Markdown as far as Portcullis writes it, after CommonMark and GFM: rows are split at `|` that has no backslash before
 * anything else is read; then a code span ends at a run of as many backticks as it began with; then a backslash takes the
 * next character out of play.
 */
export interface ReadLine {
  /** What is markup in it, in order; text and the content of code are left out. */
  readonly markup: string;
  /** What a reader sees of it. */
  readonly text: string;
}

export const readMarkdown = (markdown: string): readonly ReadLine[] => markdown.split('\n').map(readLine);

function readLine(line: string): ReadLine {
  if (!line.startsWith('|')) return inline(line);
  const cells = line.slice(1).split(/(?<!(?<!\\)(?:\\\\)*\\)\|/);
  const read = cells.map((cell) => inline(cell.replaceAll('\\|', '|'), true));
  return { markup: read.map(({ markup }) => markup).join('|'), text: read.map(({ text }) => text).join('|') };
}

/** Where markup begins, in a line that is no table. */
const BLOCK = /^\s*(?:#{1,6}(?= |$)|[-+*](?= |$)|\d+[.)](?= |$)|>|={2,}|-{3,}|~{3,}|`{3,})/;

/** What may begin here, and what it is; tried in this order. */
const PIECES =
  /(?<run>`+)|\\(?<escaped>[!-/:-@[-`{-~])|(?<at>@)<!-- -->|(?<dot>&#46;)|(?<tag><(?:br|\/?code|https:[^<>\s]*)>)|(?<auto>https?:\/\/|www\.)|(?<special>[*_[\]<>|~&`])|(?<plain>\w+@\w|[^\\`@&<>*_[\]|~hHwW]+|[^])/y;

function inline(line: string, inCell = false): ReadLine {
  const block = inCell ? '' : (BLOCK.exec(line)?.[0] ?? '');
  let markup = block.replace(/\d+/, '1');
  let text = '';
  PIECES.lastIndex = block.length;
  for (let at = block.length; at < line.length; at = PIECES.lastIndex) {
    PIECES.lastIndex = at;
    const { run, escaped, at: sign, dot, tag, auto, special, plain } = PIECES.exec(line)?.groups ?? {};
    if (run !== undefined) {
      const from = at + run.length;
      const end = new RegExp(`(?<!\`)${run}(?!\`)`, 'g');
      end.lastIndex = from;
      const found = end.exec(line);
      if (found === null) throw new Error(`code that does not end: ${line.slice(at, at + 80)}`);
      const inside = line.slice(from, found.index);
      text += /^ .* $/.test(inside) ? inside.slice(1, -1) : inside;
      markup += 'code';
      PIECES.lastIndex = found.index + run.length;
    } else if (auto !== undefined || (plain !== undefined && /^\w+@\w/.test(plain))) {
      throw new Error(`would be linked: ${line.slice(at, at + 80)}`);
    } else if (tag !== undefined) {
      markup += { '<br>': tag, '<code>': 'code', '</code>': '' }[tag] ?? '<link>';
    } else if (special !== undefined && !(inCell && special === '|')) {
      markup += special;
    } else {
      text += escaped ?? sign ?? (dot === undefined ? (special ?? plain ?? '') : '.');
    }
  }
  return { markup, text };
}
