/** The one privileged read: a single question, with its reason; nothing where there is none to be asked. */
import { KeyRound } from 'lucide-react';
import { Button } from '../../parts/Button.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { canReadExactly } from '../../state/select.ts';
import { words } from '../../text/words.ts';

interface ExactReadProps {
  readonly kind?: 'main' | 'plain';
  readonly small?: boolean;
  /** Without the sentence beside it, where the same is said nearby. */
  readonly plainly?: boolean;
}

export function ExactRead({ kind = 'plain', small = false, plainly = false }: ExactReadProps) {
  const scan = useSelect((state) => state.scan);
  const { scan: again } = useActions();
  const possible = useSelect(({ report }) => report === null || canReadExactly(report));
  if (!possible) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button
        kind={kind}
        small={small}
        icon={<KeyRound aria-hidden className="size-4" />}
        working={scan.running && scan.exact}
        disabled={scan.running}
        onClick={() => void again(true)}
      >
        {scan.running && scan.exact ? words.scan.exactRunning : words.home.readExactly}
      </Button>
      {plainly ? null : <span className="text-sm text-faint">{words.home.readExactlyWhy}</span>}
    </span>
  );
}
