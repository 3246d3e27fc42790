/** What was checked after a change, a line each. */
import type { Outcome } from '../../core/model.ts';
import { useSelect } from '../state/context.tsx';
import { sentence } from '../text/format.ts';
import { words } from '../text/words.ts';

interface CheckedLinesProps {
  readonly outcome: Outcome | null;
  /** For those who do not see what stands around it. */
  readonly label?: string;
  /** No more lines than that. */
  readonly most?: number;
  readonly className: string;
}

export function CheckedLines({ outcome, label, most, className }: CheckedLinesProps) {
  const history = useSelect((state) => state.history);
  return (
    <ul aria-label={label} className={className}>
      {outcome?.checked.slice(0, most).map((line) => (
        <li key={JSON.stringify(line)} className="wrap-anywhere">
          {sentence(words.plan.checked(line, { report: outcome.report, history }))}
        </li>
      ))}
    </ul>
  );
}
