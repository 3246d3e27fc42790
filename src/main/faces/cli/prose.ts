/** Sentences that name commands: the sentences wrapped, each command whole on a line of its own, as it is typed. */
import { paragraph } from './text.ts';

/** What stands around a command within a sentence, and would be copied with it or stand alone behind it. */
const BEFORE = /[\s“"(]+$/u;
const BEHIND = /^(?:[.,;:)”"]+\s*|\s+)/u;

/**
 * @param commands as they stand in the text; where one begins with another, the longer one is meant
 * @param indent of the sentences, in columns; commands stand two further in
 */
export function prose(text: string, commands: readonly string[], indent: number, columns: number): string {
  const longest = commands.filter((command) => command !== '').toSorted((a, b) => b.length - a.length);
  const lines: string[] = [];
  const say = (sentences: string): void => {
    if (sentences !== '') lines.push(paragraph(sentences, indent, columns));
  };
  let rest = text;
  for (let next = first(rest, longest); next !== null; next = first(rest, longest)) {
    say(rest.slice(0, next.at).replace(BEFORE, ''));
    lines.push(' '.repeat(indent + 2) + next.command);
    rest = rest.slice(next.at + next.command.length).replace(BEHIND, '');
  }
  say(rest);
  return lines.join('\n');
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
  (at === 0 || /[\s“"(]/u.test(text.charAt(at - 1))) &&
  /^(?:$|[\s;,)”"]|[.:](?:\s|$))/u.test(text.slice(at + command.length));
