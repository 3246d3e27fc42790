/** The rules on the way of a packet, one below the other; those that decide stand out. */
import type { TraceStep } from '../../../core/model.ts';
import { togetherSteps } from '../../../core/reach/steps.ts';
import { join } from '../../parts/join.ts';
import { foreign, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

interface StepsProps {
  readonly steps: readonly TraceStep[];
  /** One packet rather than all that may come. */
  readonly one?: boolean;
}

/** Of many rules that do the same, how many are named. */
const ALIKE = 2;

const DOT: Record<NonNullable<TraceStep['decides']>, string> = {
  open: 'border-open bg-open',
  limited: 'border-open bg-open',
  blocked: 'border-shut bg-shut',
  unknown: 'border-doubt bg-doubt',
};

export const Steps = ({ steps, one = false }: StepsProps) => (
  <ol aria-label={words.detail.traceLabel} className="mt-1.5 flex flex-col">
    {togetherSteps(steps).map((alike, index, all) => {
      const [step] = alike;
      return (
        <li key={`${index} ${step.rule}`} className="relative pb-2 pl-5 last:pb-0">
          {index === all.length - 1 ? null : (
            <span aria-hidden className="absolute top-3 bottom-[-0.4rem] left-[0.3rem] w-px bg-line" />
          )}
          <span
            aria-hidden
            className={join(
              'absolute top-[0.3rem] left-0 size-2.5 rounded-full border-2',
              step.decides === null ? 'border-edge bg-surface' : DOT[step.decides],
            )}
          />
          <p className="flex flex-wrap gap-x-2 text-xs text-faint">
            <span>{foreign(step.hook)}</span>
            {step.firewall === 'kernel' ? null : <span>{foreign(step.chain)}</span>}
            <span className="ml-auto">{words.firewall.of(step.firewall)}</span>
          </p>
          <p className={join('text-xs text-soft wrap-anywhere', alike.length === 1 && 'font-mono')}>
            {alike.length === 1
              ? sentence(ownWords(step))
              : words.detail.rulesAlike(alike.slice(0, ALIKE).map(ownWords), alike.length)}
          </p>
          <p className={join('text-sm', step.decides === null ? 'text-faint' : 'font-medium text-ink')}>
            {alike.length === 1 ? words.detail.step(step, one) : words.detail.each(words.detail.step(step, one))}
            {step.decides === null ? null : <span className="unseen">{` ${words.detail.decides}`}</span>}
          </p>
        </li>
      );
    })}
  </ol>
);

/** The chain stands above it already. */
function ownWords({ chain, rule, words: own }: TraceStep): string {
  const start = `-A ${chain} `;
  if (own === `${chain} ${rule}`) return rule;
  return own.startsWith(start) ? own.slice(start.length) : own;
}
