/** Above every view when what is shown is no longer fresh: since when, and the button that reads everything again. */
import { Clock, RotateCw } from 'lucide-react';
import { useActions, useSelect } from '../state/context.tsx';
import { words } from '../text/words.ts';
import { Button } from './Button.tsx';

export function StaleBar() {
  const stale = useSelect((state) => state.stale);
  const report = useSelect((state) => state.report);
  const running = useSelect((state) => state.scan.running);
  const differ = useSelect((state) => state.socketsDiffer);
  const { scan } = useActions();
  if (!stale || report === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-doubt-ground px-5 py-2 wide:px-8">
      <Clock aria-hidden className="size-4 shrink-0 text-doubt" />
      <p className="min-w-0 flex-1 basis-56">
        <span className="numbers font-semibold">{words.scan.asOf(report.takenAt)}.</span>{' '}
        <span className="text-soft">{differ ? words.scan.socketsChanged : words.scan.maybeChanged}</span>
      </p>
      <Button
        kind="main"
        small
        working={running}
        icon={<RotateCw aria-hidden className="size-4" />}
        onClick={() => void scan()}
      >
        {running ? words.scan.running : words.scan.again}
      </Button>
    </div>
  );
}
