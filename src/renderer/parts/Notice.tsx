/** Something to know before going on: a problem, a gap, a warning. */
import { CircleAlert, CircleHelp, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../core/problem.ts';
import { useAround } from '../state/context.tsx';
import { words } from '../text/words.ts';
import { join } from './join.ts';

type NoticeTone = 'plain' | 'open' | 'doubt' | 'care';

const LOOK: Record<NoticeTone, { readonly frame: string; readonly icon: typeof Info; readonly colour: string }> = {
  plain: { frame: 'border-line bg-surface', icon: Info, colour: 'text-soft' },
  open: { frame: 'border-open/40 bg-open-ground', icon: CircleAlert, colour: 'text-open' },
  doubt: { frame: 'border-doubt/40 bg-doubt-ground', icon: CircleHelp, colour: 'text-doubt' },
  care: { frame: 'border-doubt/40 bg-doubt-ground', icon: TriangleAlert, colour: 'text-doubt' },
};

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function Notice({ tone = 'plain', title, children, actions }: NoticeProps) {
  const { frame, icon: Icon, colour } = LOOK[tone];
  return (
    <div className={join('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card border px-4 py-3', frame)}>
      <Icon aria-hidden className={join('mt-0.5 size-4 shrink-0', colour)} />
      <div className="min-w-0 flex-1 basis-60 text-soft wrap-anywhere">
        {title === undefined ? null : <p className="font-medium text-ink">{title}</p>}
        {children}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

interface ProblemProps {
  readonly problem: Problem;
  readonly title?: string;
  readonly actions?: ReactNode;
}

/** A problem as the program reported it: what happened, and what to do next. */
export function ProblemNotice({ problem, title, actions }: ProblemProps) {
  const [message, hint] = words.problem(problem, useAround());
  return (
    <Notice tone="open" title={title ?? message} actions={actions}>
      {title === undefined ? null : <p>{message}</p>}
      <p>{hint}</p>
    </Notice>
  );
}
