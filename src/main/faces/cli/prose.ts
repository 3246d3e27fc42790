/** Sentences that name commands: the sentences wrapped, each command whole on a line of its own, as it is typed. */
import { inPieces } from '../../../core/advice/pieces.ts';
import { paragraph } from './text.ts';

/**
 * @param commands as they stand in the text; where one begins with another, the longer one is meant
 * @param indent of the sentences, in columns; commands stand two further in
 */
export const prose = (text: string, commands: readonly string[], indent: number, columns: number): string =>
  inPieces(text, commands)
    .map((piece) =>
      piece.kind === 'said' ? paragraph(piece.text, indent, columns) : ' '.repeat(indent + 2) + piece.text,
    )
    .join('\n');
