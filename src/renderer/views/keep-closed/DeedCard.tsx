/** What was just done: before and after, what was checked, and Undo beside it. */
import { Check, CircleHelp, RotateCcw, Undo2 } from 'lucide-react';
import type { Report } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { CheckedLines } from '../../parts/CheckedLines.tsx';
import { Effects } from '../../parts/Effects.tsx';
import { UndoProblem } from '../../parts/UndoProblem.tsx';
import { useActions, useAsOf, useBusy, useSelect } from '../../state/context.tsx';
import type { Deed } from '../../state/store.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

export function DeedCard({ deed, report }: { readonly deed: Deed; readonly report: Report }) {
  const { undo, dismiss } = useActions();
  const busy = useBusy();
  const asOf = useAsOf();
  const history = useSelect((state) => state.history);
  const plan = deed.outcome?.change.plan ?? deed.plan;
  const summary = plan === null ? '' : words.plan.summary(plan, history);
  const undone = deed.phase === 'undone';
  return (
    <article
      aria-label={sentence(summary)}
      className="appear rounded-card border border-shut/40 bg-surface shadow-lift"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 p-4">
        <DeedIcon deed={deed} />
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-semibold wrap-anywhere">
            {words.deed.title(deed.phase === 'undone', deed.choice.kind === 'close', deed.outcome, asOf)}
          </h2>
          <p className="font-medium text-soft wrap-anywhere">{sentence(summary)}</p>
          <CheckedLines outcome={deed.outcome} most={4} className="mt-0.5 text-soft" />
        </div>
        <div className="flex gap-2">
          {undone || deed.plan?.undo.length === 0 ? null : (
            <Button
              icon={<Undo2 aria-hidden className="size-4" />}
              working={deed.phase === 'undoing'}
              disabled={busy}
              aria-label={deed.phase === 'undoing' ? undefined : words.deed.undoLabel(summary)}
              onClick={() => void undo(deed.id)}
            >
              {deed.phase === 'undoing' ? words.deed.undoing : words.deed.undo}
            </Button>
          )}
          <Button kind="quiet" disabled={deed.phase === 'undoing'} onClick={() => dismiss(deed.id)}>
            {words.deed.dismiss}
          </Button>
        </div>
      </div>
      {deed.plan === null || undone ? null : (
        <div className="border-t border-line px-4 py-3">
          <Effects effects={deed.plan.effects.slice(0, 4)} report={report} />
        </div>
      )}
      {deed.problem === null ? null : (
        <div className="border-t border-line p-3">
          <UndoProblem problem={deed.problem} change={deed.outcome?.change.id} />
        </div>
      )}
    </article>
  );
}

function DeedIcon({ deed }: { readonly deed: Deed }) {
  const Icon = deed.phase === 'undone' ? RotateCcw : deed.outcome?.verified === false ? CircleHelp : Check;
  return (
    <span className="mt-0.5 flex size-6 items-center justify-center rounded-full bg-shut-ground text-shut">
      <Icon aria-hidden className="size-4" />
    </span>
  );
}
