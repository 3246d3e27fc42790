/** Before anything is changed: who can reach what before and after, the exact commands, the way back. Then the doing. */
import { Check, ChevronRight, CircleHelp, LoaderCircle, Undo2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Plan, Report, Step } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { CheckedLines } from '../../parts/CheckedLines.tsx';
import { Commands } from '../../parts/Commands.tsx';
import { Effects } from '../../parts/Effects.tsx';
import { join } from '../../parts/join.ts';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { UndoProblem } from '../../parts/UndoProblem.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useAsOf, useBusy, useSelect } from '../../state/context.tsx';
import type { Deed } from '../../state/store.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Waiting } from './Waiting.tsx';

export function Review({ deed: id }: { readonly deed: number }) {
  const deed = useSelect(({ deeds }) => deeds.find((one) => one.id === id));
  const report = useSelect((state) => state.report);
  const { go } = useActions();
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        {deed === undefined || deed.plan === null || report === null ? (
          <>
            <ViewHead title={words.review.nothing} lead={words.review.nothingHint} />
            <div>
              <Button onClick={() => go({ view: 'keep-closed' })}>{words.review.toHome}</Button>
            </div>
          </>
        ) : (
          <PlanReview deed={deed} plan={deed.plan} report={report} />
        )}
      </div>
    </div>
  );
}

interface PlanReviewProps {
  readonly deed: Deed;
  readonly plan: Plan;
  readonly report: Report;
}

function PlanReview({ deed, plan, report }: PlanReviewProps) {
  const history = useSelect((state) => state.history);
  return (
    <>
      <div>
        <p className="mb-1 text-sm font-medium text-faint">{words.review.title}</p>
        <ViewHead title={sentence(words.plan.summary(plan, history))} />
      </div>
      <Progress deed={deed} plan={plan} />
      {plan.warnings.length === 0 ||
      deed.phase === 'waiting' ||
      deed.phase === 'done' ||
      deed.phase === 'undone' ? null : (
        <Notice tone="care" title={words.review.warnings}>
          <ul className="list-disc pl-4">
            {plan.warnings.map((warning) => (
              <li key={JSON.stringify(warning)}>{sentence(words.plan.warning(warning, { report, history }))}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Panel title={words.review.effects} lead={words.review.effectsLead}>
        <Effects effects={plan.effects} report={report} />
      </Panel>
      <Panel title={deed.phase === 'done' || deed.phase === 'waiting' ? words.review.stepsDone : words.review.steps}>
        <Steps steps={plan.steps} deed={deed} />
      </Panel>
      <details className="group rounded-card border border-line">
        <summary className="flex cursor-default list-none items-center gap-2 rounded-card px-4 py-3 font-semibold">
          <ChevronRight aria-hidden className="size-4 text-faint transition-transform group-open:rotate-90" />
          {words.review.undoSteps}
        </summary>
        <div className="border-t border-line px-4 py-3">
          {plan.undo.length === 0 ? <p className="text-soft">{words.review.noUndo}</p> : <Steps steps={plan.undo} />}
        </div>
      </details>
    </>
  );
}

const Panel = ({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}) => (
  <section className="rounded-card border border-line bg-surface shadow-lift">
    <div className="border-b border-line px-4 py-3">
      <h2 className="font-semibold">{title}</h2>
      {lead === undefined ? null : <p className="text-sm text-soft">{lead}</p>}
    </div>
    <div className="px-4 py-3">{children}</div>
  </section>
);

/** The steps with their commands; while they run, with how far they are. */
function Steps({ steps, deed }: { readonly steps: readonly Step[]; readonly deed?: Deed }) {
  const applied = deed?.phase === 'done' || deed?.phase === 'waiting';
  const done = deed?.phase === 'applying' ? (deed.progress?.done ?? 0) : applied ? steps.length : -1;
  return (
    <ol className="flex flex-col gap-3">
      {steps.map((step, index) => (
        <li key={`${index} ${step.says}`} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 gap-y-1.5">
          <span
            aria-hidden
            className={join(
              'numbers flex size-5 items-center justify-center rounded-full text-xs font-semibold',
              index < done ? 'bg-shut-ground text-shut' : 'bg-sunken text-soft',
            )}
          >
            {index < done ? (
              <Check className="size-3.5" />
            ) : index === done ? (
              <LoaderCircle className="turn size-3.5" />
            ) : (
              index + 1
            )}
          </span>
          <p className="wrap-anywhere">{sentence(words.plan.step(step))}</p>
          <div className="col-start-2">
            <Commands commands={step.commands} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What is open now stays open, unless that is ended too. */
function DropLive({ deed, plan }: { readonly deed: Deed; readonly plan: Plan }) {
  const { dropLive } = useActions();
  const id = useId();
  if (plan.live === 0 || deed.choice.kind !== 'close') return null;
  return (
    <label htmlFor={id} className="flex basis-full items-start gap-2">
      <span className="flex h-lh items-center">
        <Tick
          id={id}
          checked={deed.choice.drop === true}
          disabled={deed.phase !== 'ready'}
          onChange={(checked) => void dropLive(deed.id, checked)}
        />
      </span>
      <span>
        {words.review.drop(plan.live)} <span className="block text-sm text-soft">{words.review.dropHint}</span>
      </span>
    </label>
  );
}

/** What is under way or came of it, and the buttons. */
function Progress({ deed, plan }: { readonly deed: Deed; readonly plan: Plan }) {
  const { apply, undo, dismiss, scan, go } = useActions();
  const asOf = useAsOf();
  const busy = useBusy();
  const history = useSelect((state) => state.history);
  switch (deed.phase) {
    case 'planning':
    case 'ready':
      return (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <DropLive deed={deed} plan={plan} />
          <Button kind="main" disabled={busy} onClick={() => void apply(deed.id)}>
            {words.review.apply}
          </Button>
          <Button onClick={() => dismiss(deed.id)}>{words.review.cancel}</Button>
          <span className="text-sm text-faint">{words.review.password}</span>
        </div>
      );
    case 'applying':
    case 'undoing': {
      const { progress } = deed;
      const said = deed.phase === 'applying' ? words.deed.applying : words.deed.undoing;
      return (
        <div className="rounded-card border border-line bg-surface px-4 py-3">
          <p className="flex items-center gap-2 font-medium">
            <LoaderCircle aria-hidden className="turn size-4 text-shut" />
            {sentence(progress === null ? said : words.plan.progress(progress, plan))}
          </p>
          {progress?.done != null && progress.of != null && progress.of > 0 ? (
            <>
              <div
                role="progressbar"
                aria-label={words.review.progressLabel}
                aria-valuemin={0}
                aria-valuemax={progress.of}
                aria-valuenow={progress.done}
                className="mt-2 h-1 overflow-hidden rounded-full bg-sunken"
              >
                <div
                  className="h-full rounded-full bg-shut transition-[width] duration-(--calm)"
                  style={{ width: `${(100 * progress.done) / progress.of}%` }}
                />
              </div>
              <p className="numbers mt-1 text-sm text-faint">{words.deed.step(progress.done, progress.of)}</p>
            </>
          ) : null}
        </div>
      );
    }
    case 'waiting':
      return <Waiting deed={deed} />;
    case 'failed':
      return (
        <ProblemNotice
          problem={deed.problem ?? words.problems.unknown}
          // Of what was in force already, only the problem itself says what became of it.
          {...(deed.outcome === null
            ? { title: deed.problem?.code === 'rolled-back' ? words.deed.rolledBack : words.deed.refused }
            : {})}
          actions={
            <>
              <Button
                small
                onClick={() => {
                  dismiss(deed.id);
                  void scan();
                }}
              >
                {words.deed.scanAgain}
              </Button>
              <Button small kind="quiet" onClick={() => dismiss(deed.id)}>
                {words.deed.dismiss}
              </Button>
            </>
          }
        />
      );
    case 'done':
    case 'undone': {
      const verified = deed.outcome?.verified !== false;
      const Icon = verified ? Check : CircleHelp;
      return (
        <div className="appear rounded-card border border-shut/40 bg-shut-ground px-4 py-3">
          <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
            <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-shut" />
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-semibold">
                {words.deed.title(deed.phase === 'undone', plan.choice.kind === 'close', deed.outcome, asOf)}
              </p>
              <CheckedLines outcome={deed.outcome} label={words.review.checkedLabel} className="text-soft" />
            </div>
            <div className="flex gap-2">
              {deed.phase === 'done' && plan.undo.length > 0 ? (
                <Button
                  icon={<Undo2 aria-hidden className="size-4" />}
                  disabled={busy}
                  aria-label={words.deed.undoLabel(words.plan.summary(plan, history))}
                  onClick={() => void undo(deed.id)}
                >
                  {words.deed.undo}
                </Button>
              ) : null}
              <Button kind={deed.phase === 'done' ? 'quiet' : 'plain'} onClick={() => go({ view: 'keep-closed' })}>
                {words.review.done}
              </Button>
            </div>
          </div>
          {deed.problem === null ? null : (
            <div className="mt-3">
              <UndoProblem problem={deed.problem} change={deed.outcome?.change.id} />
            </div>
          )}
        </div>
      );
    }
  }
}
