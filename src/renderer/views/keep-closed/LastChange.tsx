/** The last change that still stands, of an earlier run or of the terminal, with Undo. */
import { Undo2 } from 'lucide-react';
import { Button } from '../../parts/Button.tsx';
import { UndoProblem } from '../../parts/UndoProblem.tsx';
import { useActions, useBusy, useSelect } from '../../state/context.tsx';
import { lastApplied } from '../../state/select.ts';
import { dateTime, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

export function LastChange() {
  const history = useSelect((state) => state.history);
  const deeds = useSelect((state) => state.deeds);
  const { undoChange, go } = useActions();
  const busy = useBusy();
  const last = lastApplied(history);
  if (last === undefined || deeds.some(({ outcome }) => outcome?.change.id === last.id)) return null;
  const summary = words.plan.summary(last.plan, history);
  const mine = deeds.find(({ findings, plan }) => findings.length === 0 && plan?.id === last.plan.id);
  return (
    <section className="rounded-card border border-line px-4 py-3" aria-labelledby="last-change">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="last-change" className="font-semibold">
            {words.home.historyTitle}
          </h2>
          <p className="text-sm text-soft wrap-anywhere">
            {sentence(summary)} <span className="numbers text-faint">· {dateTime(last.at)}</span>
          </p>
        </div>
        <Button small kind="quiet" onClick={() => go({ view: 'history' })}>
          {words.history.all}
        </Button>
        <Button
          small
          icon={<Undo2 aria-hidden className="size-4" />}
          disabled={busy}
          working={mine?.phase === 'undoing'}
          aria-label={words.deed.undoLabel(summary)}
          onClick={() => void undoChange(last.id)}
        >
          {words.deed.undo}
        </Button>
      </div>
      {mine?.problem == null ? null : (
        <div className="mt-3">
          <UndoProblem problem={mine.problem} change={last.id} />
        </div>
      )}
    </section>
  );
}
