/** Before the first report: three sentences, and what is being done. Or why there is none. */
import { LoaderCircle } from 'lucide-react';
import { Button } from '../../parts/Button.tsx';
import { GateScene } from '../../parts/GateScene.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

export function FirstStart() {
  const { problem, progress, exact } = useSelect((state) => state.scan);
  const { scan } = useActions();
  if (problem !== null) {
    return (
      <>
        <ViewHead title={words.scan.failed} />
        <ProblemNotice
          problem={problem}
          actions={<Button onClick={() => void scan(exact)}>{words.scan.retry}</Button>}
        />
      </>
    );
  }
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="max-w-xl">
        <ViewHead title={words.start.title} />
        <p className="mt-3 flex items-center gap-2 text-soft">
          <LoaderCircle aria-hidden className="turn size-4 text-shut" />
          {sentence(progress === null ? words.scan.first : words.plan.progress(progress, null))}
        </p>
        <div className="mt-6 flex flex-col gap-2 border-t border-line pt-5 text-soft">
          {words.start.sentences.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      </div>
      <GateScene state="doubt" className="breathe w-24 shrink-0 wide:w-32" />
    </div>
  );
}
