/**
 * Above every view when what is shown is no longer fresh: since when, and the button that reads everything again. Of a
 * snapshot that was saved: which computer it is of, and when it was.
 */
import { Archive, Clock, RotateCw } from 'lucide-react';
import { useActions, useSelect } from '../state/context.tsx';
import { words } from '../text/words.ts';
import { Button } from './Button.tsx';
import { Foreign } from './Foreign.tsx';

export function StaleBar() {
  const stale = useSelect((state) => state.stale);
  const report = useSelect((state) => state.report);
  const running = useSelect((state) => state.scan.running);
  const differ = useSelect((state) => state.socketsDiffer);
  const { scan } = useActions();
  if (report?.saved !== undefined) return <SavedBar host={report.saved.host} takenAt={report.takenAt} />;
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

/** It cannot be read again from here. */
function SavedBar({ host, takenAt }: { readonly host: string | null; readonly takenAt: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-sunken px-5 py-2 wide:px-8">
      <Archive aria-hidden className="size-4 shrink-0 text-soft" />
      <p className="min-w-0 flex-1 basis-56 wrap-anywhere">
        <span className="font-semibold">
          {words.scan.saved} {host === null ? words.scan.savedNameless : <Foreign text={host} />}
        </span>
        <span className="text-soft">. {words.scan.savedAt(takenAt)}</span>
      </p>
    </div>
  );
}
