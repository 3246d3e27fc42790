/** Before and after: who can reach what, for every listener whose reach changes. A picture, with a table behind it. */
import type { Effect, Report } from '../../core/model.ts';
import { useAsOf } from '../state/context.tsx';
import { stopsOf } from '../state/select.ts';
import { foreign } from '../text/format.ts';
import { words } from '../text/words.ts';
import { Foreign } from './Foreign.tsx';
import { ReachPath } from './ReachPath.tsx';

interface EffectsProps {
  readonly effects: readonly Effect[];
  readonly report: Report;
}

const WHEN = ['before', 'after'] as const;

export function Effects({ effects, report }: EffectsProps) {
  if (effects.length === 0) return <p className="text-soft">{words.review.noEffects}</p>;
  return (
    <>
      <ul aria-hidden className="flex flex-col divide-y divide-line">
        {effects.map((effect) => (
          <li
            key={effect.listener}
            className="grid gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0 wide:grid-cols-[13rem_minmax(0,1fr)] wide:items-center"
          >
            <span className="flex min-w-0 flex-col">
              <span className="numbers font-medium">{words.listenerName(effect.listener)}</span>
              <Foreign text={words.plan.name(effect, report)} className="text-sm text-faint" />
            </span>
            <span className="flex flex-col gap-y-1.5">
              {WHEN.map((when) => (
                <span key={when} className="grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-2">
                  <span className="text-sm text-soft">{words.deed[when]}</span>
                  <ReachPath reach={effect[when]} report={report} />
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <EffectsTable effects={effects} report={report} />
    </>
  );
}

/** The same in words, for those who do not see the picture. */
function EffectsTable({ effects, report }: EffectsProps) {
  const asOf = useAsOf();
  return (
    <div className="unseen">
      <table>
        <caption>{words.verdict(asOf, words.review.effectsTable)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.ports.columns.port}</th>
            {WHEN.map((when) => (
              <th key={when} scope="col">
                {words.deed[when]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <tr key={effect.listener}>
              <th scope="row">
                {words.listenerName(effect.listener)} {foreign(words.plan.name(effect, report))}
              </th>
              {WHEN.map((when) => (
                <td key={when}>
                  {words.who(effect[when], report)}. {words.path(...stopsOf(effect[when], report))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
