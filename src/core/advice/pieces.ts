/** Sentences that name commands, taken apart: what is said, and each command whole, as it is typed. Pure. */
import { visible } from '../visible.ts';

export interface Piece {
  readonly kind: 'said' | 'command';
  readonly text: string;
}

/** What stands around a command within a sentence, and would be copied with it or stand alone behind it. */
const BEFORE = /[\s“„"(]+$/u;
const BEHIND = /^(?:[.,;:)”“"]+\s*|\s+)/u;

/**
 * @param commands as they stand in the text once it is visible; where one begins with another, the longer one is meant
 * @returns the text in order, made visible; no piece is empty
 */
export function inPieces(text: string, commands: readonly string[]): readonly Piece[] {
  const longest = commands.filter((command) => command !== '').toSorted((a, b) => b.length - a.length);
  const pieces: Piece[] = [];
  let rest = visible(text);
  for (let next = first(rest, longest); next !== null; next = first(rest, longest)) {
    const before = rest.slice(0, next.at).replace(BEFORE, '');
    if (before !== '') pieces.push({ kind: 'said', text: before });
    pieces.push({ kind: 'command', text: next.command });
    rest = rest.slice(next.at + next.command.length).replace(BEHIND, '');
  }
  return rest === '' ? pieces : [...pieces, { kind: 'said', text: rest }];
}

/** The first command that stands there as a whole: no part of a longer word or path. */
function first(text: string, longest: readonly string[]): { readonly at: number; readonly command: string } | null {
  let found: { readonly at: number; readonly command: string } | null = null;
  for (const command of longest) {
    for (let at = text.indexOf(command); at !== -1; at = text.indexOf(command, at + 1)) {
      if (!whole(text, at, command)) continue;
      if (found === null || at < found.at) found = { at, command };
      break;
    }
  }
  return found;
}

const whole = (text: string, at: number, command: string): boolean =>
  (at === 0 || /[\s“„"(]/u.test(text.charAt(at - 1))) &&
  /^(?:$|[\s;,)”“"]|[.:](?:\s|$))/u.test(text.slice(at + command.length));
