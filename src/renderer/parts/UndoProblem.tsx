/** Why an undo was refused; where something else came in between, what can still be taken back is one button away. */
import type { Problem } from '../../core/problem.ts';
import { useActions, useBusy } from '../state/context.tsx';
import { words } from '../text/words.ts';
import { Button } from './Button.tsx';
import { ProblemNotice } from './Notice.tsx';

export function UndoProblem({ problem, change }: { readonly problem: Problem; readonly change: string | undefined }) {
  const { takeBack } = useActions();
  const busy = useBusy();
  if (problem.code !== 'drift' || change === undefined) return <ProblemNotice problem={problem} />;
  return (
    <ProblemNotice
      problem={problem}
      actions={
        <Button small disabled={busy} onClick={() => void takeBack(change)}>
          {words.deed.seeTakeBack}
        </Button>
      }
    />
  );
}
