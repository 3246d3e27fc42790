/**
 * The changes along time, each a mark that leads to its row. Marks that would overlap are one, with their number.
 *
 * One stop for Tab, then the arrow keys. Looks differ by shape as well as by colour; the list below holds the same.
 */
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Change } from '../../../core/model.ts';
import { useSelect } from '../../state/context.tsx';
import {
  type ChangeLook,
  countLooks,
  driftedIn,
  MARK_WIDTH,
  standsOut,
  type TimeMark,
  timelineOf,
} from '../../state/timeline.ts';
import { dateTime, number, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

interface TimelineProps {
  readonly history: readonly Change[];
  readonly onPick: (change: Change) => void;
}

export function Timeline({ history, onPick }: TimelineProps) {
  const deeds = useSelect((state) => state.deeds);
  const { band, width } = useWidth();
  const line = useMemo(
    () => timelineOf(history, { drifted: driftedIn(history, deeds), width }),
    [history, deeds, width],
  );
  const [at, setAt] = useState<string | null>(null);
  const [near, setNear] = useState<string | null>(null);
  if (line === null) return null;
  const { marks, from, to } = line;
  const markOf = (id: string | null): TimeMark | undefined =>
    marks.find(({ changes }) => changes.some(({ change }) => change.id === id));
  const reachable = markOf(at) ?? marks.at(-1);
  const shown = markOf(near);
  const ends = [...new Set([dateTime(from.at), dateTime(to.at)])];

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const now = reachable === undefined ? 0 : marks.indexOf(reachable);
    const keys: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      Home: 0,
      End: marks.length - 1,
    };
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget
      .querySelectorAll('button')
      .item(Math.max(0, Math.min(marks.length - 1, next)))
      .focus();
  };

  return (
    <figure className="numbers">
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="text-sm font-medium text-soft">{words.history.timeline.title}</span>
        <Legend marks={marks} />
      </div>
      <div
        ref={band}
        role="toolbar"
        tabIndex={-1}
        aria-label={words.history.timeline.label(line.count, from.at, to.at)}
        className="relative h-12 rounded-small bg-sunken"
        onKeyDown={onKeyDown}
        onPointerLeave={() => setNear(null)}
      >
        <svg aria-hidden className="absolute inset-0 size-full">
          <line
            x1={MARK_WIDTH / 2}
            x2={Math.max(MARK_WIDTH, width) - MARK_WIDTH / 2}
            y1="24"
            y2="24"
            className="stroke-edge"
            strokeWidth="1"
          />
        </svg>
        {width === 0
          ? null
          : marks.map((mark) => {
              const [{ change }] = mark.changes;
              return (
                <button
                  key={change.id}
                  type="button"
                  tabIndex={mark === reachable ? 0 : -1}
                  aria-label={nameOf(mark, history)}
                  className="absolute inset-y-0 flex -translate-x-1/2 items-center justify-center rounded-small focus-visible:-outline-offset-2"
                  style={{ left: mark.x, width: MARK_WIDTH }}
                  onClick={() => onPick(change)}
                  onFocus={() => {
                    setAt(change.id);
                    setNear(change.id);
                  }}
                  onBlur={() => setNear(null)}
                  onPointerEnter={() => setNear(change.id)}
                >
                  <Mark mark={mark} />
                </button>
              );
            })}
      </div>
      <figcaption aria-hidden className="mt-1 flex justify-between gap-x-4 text-xs whitespace-nowrap text-faint">
        <span>{ends[0]}</span>
        <span className="min-w-0 truncate font-medium text-ink">
          {shown === undefined ? null : captionOf(shown, history)}
        </span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

/** How wide what bears the ref is, from its coming into the page on. */
function useWidth() {
  const [width, setWidth] = useState(0);
  const band = useCallback((element: HTMLDivElement) => {
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { band, width };
}

const statesOf = ({ changes }: TimeMark): string =>
  words.history.timeline.counts(
    countLooks(changes).map(({ look, count }) => ({ count, name: words.history.timeline.looks[look] })),
  );

/** The whole of it, for those who do not see the picture. */
function nameOf(mark: TimeMark, history: readonly Change[]): string {
  const [{ change, look }, ...more] = mark.changes;
  if (more.length === 0)
    return words.history.timeline.one(
      change.at,
      sentence(words.plan.summary(change.plan, history)),
      words.history.timeline.looks[look],
    );
  const oldest = mark.changes.at(-1)?.change ?? change;
  return words.history.timeline.several(mark.changes.length, oldest.at, change.at, statesOf(mark));
}

/** What stands under the line while the mark is pointed at. */
function captionOf(mark: TimeMark, history: readonly Change[]): string {
  const [{ change }, ...more] = mark.changes;
  return more.length === 0
    ? `${dateTime(change.at)} · ${sentence(words.plan.summary(change.plan, history))}`
    : `${words.history.timeline.number(mark.changes.length)} · ${statesOf(mark)}`;
}

function Mark({ mark }: { readonly mark: TimeMark }) {
  const { changes } = mark;
  const [{ look }] = changes;
  if (changes.length === 1) return <Shape look={look} />;
  const badge = standsOut(changes);
  return (
    <span className="relative flex h-5 min-w-5 items-center justify-center rounded-full border border-edge bg-raised px-1 text-xs font-medium text-ink">
      {number(changes.length)}
      {badge === null ? null : (
        <span className="absolute -top-2.5 -right-1.5">
          <Shape look={badge} small />
        </span>
      )}
    </span>
  );
}

/** Filled: in force. Hollow: not any more. A triangle, a diamond or a cross: to be looked at. */
function Shape({ look, small = false }: { readonly look: ChangeLook; readonly small?: boolean }) {
  return (
    <svg aria-hidden className={small ? 'size-3' : 'size-4'} viewBox="0 0 16 16" strokeWidth="2">
      {drawn(look)}
    </svg>
  );
}

function drawn(look: ChangeLook): ReactNode {
  switch (look) {
    case 'applied':
      return <circle cx="8" cy="8" r="5.5" className="fill-shut" />;
    case 'undone':
      return <circle cx="8" cy="8" r="4.75" className="fill-sunken stroke-edge" />;
    case 'rolled-back':
      return <rect x="3.25" y="3.25" width="9.5" height="9.5" rx="1" className="fill-sunken stroke-edge" />;
    case 'waiting':
      return <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" className="fill-doubt" />;
    case 'drifted':
      return <path d="M8 2 14.5 14h-13Z" className="fill-doubt" />;
    case 'failed':
      return (
        <>
          <rect x="2" y="2" width="12" height="12" className="fill-sunken" />
          <path d="m3.5 3.5 9 9m0-9-9 9" strokeLinecap="round" className="stroke-open" strokeWidth="2.5" />
        </>
      );
  }
}

/** What the shapes mean. For eyes only: each mark's name says it to others. */
function Legend({ marks }: { readonly marks: readonly TimeMark[] }) {
  const looks = countLooks(marks.flatMap(({ changes }) => changes));
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {looks.map(({ look }) => (
        <li key={look} className="flex items-center gap-1.5">
          <Shape look={look} small />
          {words.history.timeline.looks[look]}
        </li>
      ))}
    </ul>
  );
}
