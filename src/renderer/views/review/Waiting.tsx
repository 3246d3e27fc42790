/** A change that is in force and put back by itself: how long there is, Keep, and Put back. */
import { Hourglass, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { CheckedLines } from '../../parts/CheckedLines.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import type { Deed } from '../../state/store.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

/** Seconds before the end at which it is said once more to those who listen. */
const LAST_CALL = 10;

/** Whole seconds until then, never less than none. */
function useSecondsUntil(deadline: string): number {
  const left = (): number => Math.max(0, Math.ceil((Date.parse(deadline) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  });
  return seconds;
}

export function Waiting({ deed }: { readonly deed: Deed }) {
  const { confirm, putBack, announce } = useActions();
  const history = useSelect((state) => state.history);
  const change = deed.outcome?.change;
  const seconds = useSecondsUntil(change?.deadline ?? '');
  const within = deed.plan?.confirmWithin ?? seconds;
  const decided = deed.word !== null || seconds === 0;
  useEffect(() => {
    if (seconds === LAST_CALL && deed.word === null) announce(words.waiting.lastCall(LAST_CALL));
  }, [seconds, deed.word, announce]);
  return (
    <section
      aria-labelledby={`waiting-${deed.id}`}
      className="appear rounded-card border border-doubt/40 bg-doubt-ground px-4 py-3"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Hourglass aria-hidden className="mt-0.5 size-5 shrink-0 text-doubt" />
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={`waiting-${deed.id}`} className="font-semibold">
            {words.waiting.title}{' '}
            <span role="timer" className="numbers">
              {deed.word === 'confirm' ? words.waiting.keeping : words.waiting.left(seconds)}
            </span>
          </h2>
          <p className="font-medium text-soft wrap-anywhere">
            {change === undefined ? '' : sentence(words.plan.summary(change.plan, history))}
          </p>
          <p className="text-soft">{words.waiting.lead}</p>
          <CheckedLines outcome={deed.outcome} label={words.review.checkedLabel} className="mt-1 text-soft" />
        </div>
        <div className="flex gap-2">
          <Button
            kind="main"
            working={deed.word === 'confirm'}
            disabled={decided}
            onClick={() => void confirm(deed.id)}
          >
            {words.waiting.keep}
          </Button>
          <Button
            icon={<Undo2 aria-hidden className="size-4" />}
            working={deed.word === 'undo'}
            disabled={decided}
            onClick={() => void putBack(deed.id)}
          >
            {words.waiting.putBack}
          </Button>
        </div>
      </div>
      <div aria-hidden className="mt-3 h-1 overflow-hidden rounded-full bg-sunken">
        <div
          className="h-full rounded-full bg-doubt transition-[width] duration-(--calm)"
          style={{ width: `${Math.min(100, (100 * seconds) / Math.max(1, within))}%` }}
        />
      </div>
      {deed.problem === null ? null : (
        <div className="mt-3">
          <ProblemNotice problem={deed.problem} />
        </div>
      )}
    </section>
  );
}
