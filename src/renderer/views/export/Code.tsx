/** A script, readable: comments stand back, strings and options stand out. Only text; nothing in it is ever run. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { ExportFormat } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { Button } from '../../parts/Button.tsx';
import { join } from '../../parts/join.ts';
import { words } from '../../text/words.ts';

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
const YAML =
  /(?<comment>(?<=^|\s)#.*$)|(?<string>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?<option>(?<=^[\s-]*)[\w.]+(?=:))/gm;
const PIECES: Record<ExportFormat, RegExp> = {
  ufw: SHELL,
  firewalld: SHELL,
  iptables: SHELL,
  nftables: /(?<comment>(?<=^|\s)#.*$)|(?<string>"[^"]*")|(?<option>\b(?:drop|accept)\b)/gm,
  'firewalld-xml': /(?<comment><!--|-->|^ {2}#.*$)|(?<string>"[^"]*")|(?<option><\/?[\w-]+|\/?>)/gm,
  ansible: YAML,
  windows: /(?<comment>(?<=^|\s)#.*$)|(?<string>'(?:[^']|'')*'|"(?:[^"`]|`.)*")|(?<option>(?<=\s)-\w+|\$\w+)/gm,
  netsh: /(?<comment>^rem .*$)|(?<string>"[^"]*")|(?<option>(?<=\s)\w+=|%\w+%)/gm,
  pf: SHELL,
  alf: SHELL,
  intent: /(?<option>"(?:[^"\\]|\\.)*"(?=:))|(?<string>"(?:[^"\\]|\\.)*")|(?<comment>(?!))/gm,
};

/** Lines that are shown before somebody asks for more: a file for a thousand ports has many thousands. */
const FIRST = 400;
/** Lines that are laid out together: a block that is not in sight costs nothing until it is scrolled to. */
const BLOCK = 100;

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
  // A long file is coloured when there is time: what was there before stays until then.
  const shown = useDeferredValue(text);
  const [whole, setWhole] = useState<string | null>(null);
  const all = useMemo(() => shown.replace(/\r?\n$/, '').split(/\r?\n/), [shown]);
  const more = whole === shown ? 0 : Math.max(0, all.length - FIRST);
  const blocks = useMemo(() => {
    const lines = more === 0 ? all : all.slice(0, FIRST);
    return Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, at) =>
      lines.slice(at * BLOCK, (at + 1) * BLOCK).map((line) => pieces(line.split('\t').map(visible).join('  '), format)),
    );
  }, [format, all, more]);
  return (
    <>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard
        tabIndex={0}
        role="region"
        aria-label={label}
        className="numbers max-h-[60vh] overflow-auto px-4 py-3 font-mono text-xs leading-5 text-ink focus-visible:-outline-offset-2"
        data-scroll
      >
        {blocks.map((lines, block) => (
          // Blocks and lines have no names but their places.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={block} className="[contain-intrinsic-size:auto_2000px] [content-visibility:auto]">
            {lines.map((line, index) => (
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
          </div>
        ))}
      </pre>
      {more === 0 ? null : (
        <div className="border-t border-line px-3 py-2">
          <Button kind="quiet" small onClick={() => setWhole(shown)}>
            {words.exportView.moreLines(more)}
          </Button>
        </div>
      )}
    </>
  );
}
