/** The home view: is anything open that need not be, and the buttons that close it. */
import { gateOf } from '../../../core/advice/gate.ts';
import type { Report } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { GateScene } from '../../parts/GateScene.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useAsOf, useBusy, useSelect } from '../../state/context.tsx';
import { actionable, canReadExactly, countExposure, recommended, targetsOf } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { Waiting } from '../review/Waiting.tsx';
import { AdviceCard } from './AdviceCard.tsx';
import { Checked } from './Checked.tsx';
import { DeedCard } from './DeedCard.tsx';
import { ExactRead } from './ExactRead.tsx';
import { FirstStart } from './FirstStart.tsx';
import { Kept } from './Kept.tsx';
import { LastChange } from './LastChange.tsx';
import { Unread } from './Unread.tsx';

export function KeepClosed() {
  const report = useSelect((state) => state.report);
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        {report === null ? <FirstStart /> : <Advice report={report} />}
      </div>
    </div>
  );
}

function Advice({ report }: { readonly report: Report }) {
  const scan = useSelect((state) => state.scan);
  const deeds = useSelect((state) => state.deeds);
  const keepProblem = useSelect((state) => state.keepProblem);
  const { scan: again } = useActions();
  const asOf = useAsOf();
  const findings = actionable(report);
  // What a deed is busy with is shown on the finding's own card; what is settled has a card of its own.
  const settled = deeds.filter(({ phase }) => phase === 'done' || phase === 'undoing' || phase === 'undone');
  const waiting = deeds.find(({ phase }) => phase === 'waiting');
  const several = deeds.find(
    ({ phase, findings: about }) => about.length !== 1 && (phase === 'planning' || phase === 'failed'),
  );
  return (
    <>
      <div className="flex items-start justify-between gap-6">
        <div className="min-w-0 flex-1 wide:pt-3">
          <ViewHead
            title={words.verdict(asOf, words.home.sentence(report))}
            lead={asOf === null ? words.home.detail(report) : words.scan.toKnow}
            timing="report"
          />
          <HeadButtons report={report} />
        </div>
        <GateScene state={asOf === null ? gateOf(report) : 'doubt'} className="w-24 shrink-0 wide:w-32" />
      </div>
      {scan.problem === null ? null : (
        <ProblemNotice
          problem={scan.problem}
          actions={
            <Button small onClick={() => void again(scan.exact)}>
              {words.scan.retry}
            </Button>
          }
        />
      )}
      {keepProblem === null ? null : <ProblemNotice problem={keepProblem} />}
      {several?.problem == null ? null : <ProblemNotice problem={several.problem} />}
      {waiting === undefined ? null : <Waiting deed={waiting} />}
      {settled.length === 0 ? null : (
        <ul className="flex flex-col gap-3">
          {settled.map((deed) => (
            <li key={deed.id}>
              <DeedCard deed={deed} report={report} />
            </li>
          ))}
        </ul>
      )}
      {findings.length === 0 ? null : (
        <section aria-label={words.home.list}>
          <ul className="flex flex-col gap-3">
            {findings.map((finding) => (
              <li key={finding.id}>
                <AdviceCard
                  finding={finding}
                  report={report}
                  deed={deeds.find(({ findings: about }) => about.length === 1 && about[0] === finding.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Kept report={report} />
      <Checked report={report} />
      <Unread report={report} />
      <LastChange />
    </>
  );
}

function HeadButtons({ report }: { readonly report: Report }) {
  const { close } = useActions();
  const busy = useBusy();
  const deeds = useSelect((state) => state.deeds);
  const all = recommended(report);
  if (all.length > 1) {
    const working = deeds.some(({ phase, findings }) => phase === 'planning' && findings.length > 1);
    return (
      <div className="mt-4">
        <Button
          kind="main"
          working={working}
          disabled={busy}
          onClick={() =>
            void close(
              all.flatMap((finding) => targetsOf(report, finding)),
              all.map(({ id }) => id),
            )
          }
        >
          {words.home.closeAll(all.length)}
        </Button>
      </div>
    );
  }
  return all.length === 0 && !report.complete && countExposure(report).unknown > 0 && canReadExactly(report) ? (
    <div className="mt-4">
      <ExactRead kind="main" />
    </div>
  ) : null;
}
