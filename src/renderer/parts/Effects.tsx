/** Before and after: who can reach what, for every listener whose reach changes. */
import type { ReactNode } from 'react';
import type { Effect, Report } from '../../core/model.ts';
import { words } from '../text/words.ts';
import { Foreign } from './Foreign.tsx';
import { ReachPath } from './ReachPath.tsx';

interface EffectsProps {
  readonly effects: readonly Effect[];
  readonly report: Report;
  /** Between before and after. */
  readonly arrow: ReactNode;
}

export function Effects({ effects, report, arrow }: EffectsProps) {
  if (effects.length === 0) return <p className="text-soft">{words.review.noEffects}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {effects.map(({ listener, name, before, after }) => (
        <li key={listener} className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <span className="flex min-w-0 basis-44 flex-col">
            <span className="numbers font-medium">{words.listenerName(listener)}</span>
            <Foreign text={name} className="text-sm text-faint" />
          </span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className="unseen">{words.deed.before}: </span>
            <ReachPath reach={before} report={report} />
            {arrow}
            <span className="unseen">{words.deed.after}: </span>
            <ReachPath reach={after} report={report} />
          </span>
        </li>
      ))}
    </ul>
  );
}
