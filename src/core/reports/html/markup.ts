/** Text that cannot become markup. */
import { inPieces } from '../../advice/pieces.ts';
import { visible } from '../../visible.ts';

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For the content of an element and for a quoted attribute (HTML Living Standard, 13.1.2.3 and 13.3). */
export const text = (said: string): string =>
  visible(said).replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '');

/** A command in a block of its own, to be copied. */
export const typed = (command: string): string => `<code class="type">${text(command)}</code>`;

/** Sentences, in which each command that they name has a block of its own. */
export const prose = (said: string, commands: readonly string[]): string =>
  inPieces(said, commands)
    .map((piece) => (piece.kind === 'command' ? typed(piece.text) : text(piece.text)))
    .join('');
