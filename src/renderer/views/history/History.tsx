/** Every change, newest first. Each that is in force can be undone: the last one at once, the others after a look at what that changes. */
import { Undo2 } from 'lucide-react';
import type { Change } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Tag, type TagTone } from '../../parts/Tag.tsx';
import { UndoProblem } from '../../parts/UndoProblem.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useAround, useBusy, useSelect } from '../../state/context.tsx';
import { lastApplied, newestFirst } from '../../state/select.ts';
import { dateTime, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Timeline } from './Timeline.tsx';

const TONE: Record<Change['state'], TagTone> = {
  waiting: 'doubt',
  applied: 'shut',
  undone: 'plain',
  'rolled-back': 'plain',
  failed: 'open',
};

const rowId = ({ id }: Change): string => `change-${id}`;

export function History() {
  const history = useSelect((state) => state.history);
  const last = lastApplied(history);
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        <ViewHead title={words.history.title} lead={history.length === 0 ? words.history.none : words.history.lead} />
        <Timeline history={history} onPick={(change) => document.getElementById(rowId(change))?.focus()} />
        {history.length === 0 ? null : (
          <ol className="divide-y divide-line rounded-card border border-line bg-surface shadow-lift">
            {newestFirst(history).map((change) => (
              <li
                key={change.id}
                id={rowId(change)}
                tabIndex={-1}
                className="px-4 py-3 focus:outline-2 focus:-outline-offset-2 focus:outline-ring first:rounded-t-card last:rounded-b-card"
              >
                <Entry change={change} isLast={change === last} by={history.find(({ id }) => id === change.undoneBy)} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly change: Change;
  /** The last one that is in force. */
  readonly isLast: boolean;
  /** The change that took it back. */
  readonly by: Change | undefined;
}

function Entry({ change, isLast, by }: EntryProps) {
  const { undoChange } = useActions();
  const busy = useBusy();
  const around = useAround();
  const { history } = around;
  const deed = useSelect(({ deeds }) =>
    deeds.find(
      ({ findings, plan, choice, outcome }) =>
        (findings.length === 0 && outcome === null && plan?.id === change.plan.id) ||
        (choice.kind === 'undo' && choice.change === change.id),
    ),
  );
  const working = deed?.phase === 'undoing' || deed?.phase === 'planning';
  const { id, at, state, plan } = change;
  const note = words.plan.note(change, around);
  const summary = words.plan.summary(plan, history);
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-medium wrap-anywhere">{sentence(summary)}</h2>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-soft">
            <span className="numbers text-faint">{dateTime(at)}</span>
            <Tag tone={TONE[state]}>{words.history.states[state]}</Tag>
            {by === undefined ? null : <span>{words.history.by(dateTime(by.at))}</span>}
          </p>
          {note === null ? null : <p className="mt-1 text-sm text-soft wrap-anywhere">{sentence(note)}</p>}
        </div>
        {state === 'applied' && plan.undo.length > 0 ? (
          <Button
            small
            icon={<Undo2 aria-hidden className="size-4" />}
            disabled={busy}
            working={working}
            aria-label={words.deed.undoLabel(summary)}
            onClick={() => void undoChange(id)}
          >
            {isLast ? words.deed.undo : words.history.review}
          </Button>
        ) : null}
      </div>
      {deed?.problem == null ? null : (
        <div className="mt-3">
          <UndoProblem problem={deed.problem} change={id} />
        </div>
      )}
    </>
  );
}
