/** A script, readable: comments stand back, strings and options stand out. Only text; nothing in it is ever run. */
import { useMemo } from 'react';
import type { ExportFormat } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { join } from '../../parts/join.ts';

type Kind = 'comment' | 'string' | 'option' | 'plain';

const LOOK: Record<Kind, string> = {
  comment: 'text-faint',
  string: 'text-doubt',
  option: 'text-shut',
  plain: '',
};

/** Enough to read by: whole-line comments, quoted strings, variables and options. */
const SHELL =
  /(?<comment>(?<=^|\s)#.*$)|(?<string>'[^']*'|"(?:[^"\\]|\\.)*")|(?<option>(?<=\s)--?[\w-]+|\$\{?\w+\}?)/gm;

const PIECES: Record<ExportFormat, RegExp> = {
  ufw: SHELL,
  pf: SHELL,
  alf: SHELL,
  windows: /(?<comment>(?<=^|\s)#.*$)|(?<string>'(?:[^']|'')*'|"(?:[^"`]|`.)*")|(?<option>(?<=\s)-\w+|\$\w+)/gm,
  netsh: /(?<comment>^rem .*$)|(?<string>"[^"]*")|(?<option>(?<=\s)\w+=|%\w+%)/gm,
};

interface Piece {
  readonly kind: Kind;
  readonly text: string;
}

function pieces(line: string, format: ExportFormat): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(PIECES[format])) {
    if (match.index > at) found.push({ kind: 'plain', text: line.slice(at, match.index) });
    const kind = (['comment', 'string', 'option'] as const).find((one) => match.groups?.[one] !== undefined) ?? 'plain';
    found.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < line.length) found.push({ kind: 'plain', text: line.slice(at) });
  return found;
}

export function Code({
  format,
  text,
  label,
}: {
  readonly format: ExportFormat;
  readonly text: string;
  readonly label: string;
}) {
  const lines = useMemo(
    () =>
      text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map((line) => pieces(line.split('\t').map(visible).join('  '), format)),
    [format, text],
  );
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard
      tabIndex={0}
      role="region"
      aria-label={label}
      className="numbers max-h-[60vh] overflow-auto px-4 py-3 font-mono text-xs leading-5 text-ink focus-visible:-outline-offset-2"
      data-scroll
    >
      {lines.map((line, index) => (
        // A file's lines have no names but their places.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="min-h-5 pl-4 -indent-4 whitespace-pre-wrap wrap-anywhere">
          {line.map(({ kind, text: piece }, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} className={join(LOOK[kind])}>
              {piece}
            </span>
          ))}
        </div>
      ))}
    </pre>
  );
}
