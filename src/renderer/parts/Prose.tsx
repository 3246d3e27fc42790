/** Sentences that name commands: each command stands in a block of its own, with a button that copies it. Nothing is run. */
import { Check, Copy } from 'lucide-react';
import { inPieces } from '../../core/advice/pieces.ts';
import { sentence } from '../text/format.ts';
import { words } from '../text/words.ts';
import { useCopy } from './copy-text.ts';

interface ProseProps {
  readonly text: string;
  /** As they stand in the text. */
  readonly commands: readonly string[];
  /** Of each paragraph. */
  readonly className?: string;
}

export const Prose = ({ text, commands, className }: ProseProps) => (
  <>
    {inPieces(text, commands).map((piece, at) =>
      piece.kind === 'command' ? (
        // Pieces have no names but their places.
        // oxlint-disable-next-line react/no-array-index-key
        <Command key={at} command={piece.text} />
      ) : (
        // oxlint-disable-next-line react/no-array-index-key
        <p key={at} className={className}>
          {sentence(piece.text)}
        </p>
      ),
    )}
  </>
);

/** Whole, however long it is: half a command is worse than none. */
function Command({ command }: { readonly command: string }) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <div className="my-1.5 flex max-w-2xl items-start gap-2 rounded-small bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 flex-1 py-1 font-mono text-xs whitespace-pre-wrap text-ink wrap-anywhere">
        {command}
      </code>
      <button
        type="button"
        aria-label={`${words.detail.copyCommand}: ${command}`}
        title={words.detail.copyCommand}
        onClick={() => void copy(command)}
        className="flex size-6 shrink-0 items-center justify-center rounded-small text-faint transition-colors duration-(--quick) hover:bg-surface hover:text-ink"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
