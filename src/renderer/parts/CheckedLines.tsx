/** What was checked after a change, a line each. */
import type { Outcome } from '../../core/model.ts';
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

export const CheckedLines = ({ outcome, label, most, className }: CheckedLinesProps) => (
  <ul aria-label={label} className={className}>
    {outcome?.checked.slice(0, most).map((line) => (
      <li key={JSON.stringify(line)} className="wrap-anywhere">
        {sentence(words.plan.checked(line, outcome.report))}
      </li>
    ))}
  </ul>
);
