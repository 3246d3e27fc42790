/** The rules that close the chosen ports, as a file: choose, look, copy, save. */
import { useEffect, useState } from 'react';
import type { Reply } from '../../../core/api.ts';
import { EXPORT_FORMATS } from '../../../core/firewalls/formats.ts';
import type { Audience, ExportFormat, Report, RuleFile, Target } from '../../../core/model.ts';
import { Formats } from '../../parts/Formats.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { recommended, targetKey, targetsOf, toneOf } from '../../state/select.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { FirstStart } from '../keep-closed/FirstStart.tsx';
import { ChoosePorts } from './ChoosePorts.tsx';
import { FilePanel, type Wanted } from './FilePanel.tsx';
import { ImportPart } from './ImportPart.tsx';
import { ReportPart } from './ReportPart.tsx';
import { Whom } from './Whom.tsx';

export function ExportView({ chosen }: { readonly chosen: readonly Target[] | null }) {
  const report = useSelect((state) => state.report);
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-6xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        {report === null ? <FirstStart /> : <Export report={report} chosen={chosen} />}
        {report === null ? null : <ImportPart report={report} />}
        {report === null ? null : <ReportPart report={report} />}
      </div>
    </div>
  );
}

function Export({ report, chosen }: { readonly report: Report; readonly chosen: readonly Target[] | null }) {
  const { setFormat, exportRules } = useActions();
  const format = useSelect((state) => state.format);
  const advised = recommended(report).flatMap((finding) => targetsOf(report, finding));
  // null: what is advised, and nobody has said otherwise.
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(() =>
    chosen === null ? null : new Set(chosen.map(targetKey)),
  );
  const keys = picked ?? new Set(advised.map(targetKey));
  const [audience, setAudience] = useState<Audience>('everyone');
  const [posture, setPosture] = useState(false);
  const [answered, setAnswered] = useState<Reply<RuleFile> | null>(null);

  const choices = report.listeners.filter((listener) => toneOf(listener) !== 'self');
  const targets = unique(choices.filter((listener) => keys.has(targetKey(listener))));
  const wanted: Wanted = {
    // Of the whole posture only what a person ticked counts as named: what is kept, and open sessions, go before advice.
    targets: posture && picked === null ? [] : [...targets],
    ...(audience === 'everyone' ? {} : { audience }),
    ...(posture ? { posture } : {}),
  };
  const asks = targets.length > 0 || posture;
  const question = JSON.stringify({ format, ...wanted });
  // What was asked before is shown until the new file is there, so that nothing flickers while ports are chosen.
  const reply = asks ? answered : null;

  useEffect(() => {
    let current = true;
    const asked = JSON.parse(question) as Wanted & { readonly format: ExportFormat };
    if (asked.targets.length > 0 || asked.posture === true) {
      void exportRules(asked).then((made) => {
        if (current) setAnswered(made);
      });
    }
    return () => {
      current = false;
    };
  }, [exportRules, question]);

  return (
    <>
      <ViewHead title={words.exportView.title} lead={words.exportView.lead} />
      <section>
        <h2 id="format" className="mb-2 font-semibold">
          {words.exportView.format}
        </h2>
        <Formats
          formats={EXPORT_FORMATS}
          chosen={format}
          words={words.exportView.formats}
          id="format-"
          labelledBy="format"
          onChoose={setFormat}
        />
      </section>
      <div className="grid items-start gap-5 wide:grid-cols-[18rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Whom audience={audience} posture={posture} onAudience={setAudience} onPosture={setPosture} />
          <ChoosePorts
            report={report}
            choices={choices}
            advised={new Set(advised.map(targetKey))}
            keys={keys}
            onChange={setPicked}
          />
        </div>
        <div className="min-w-0">
          {!asks ? (
            <p className="rounded-card border border-dashed border-edge px-4 py-10 text-center text-soft">
              {words.exportView.choose}
            </p>
          ) : reply === null ? (
            <p className="px-4 py-10 text-center text-soft">{words.exportView.making}</p>
          ) : reply.ok ? (
            <div className="flex flex-col gap-3">
              {reply.value.notExpressed.length === 0 ? null : (
                <Notice tone="doubt" title={words.exportView.notExpressed}>
                  <ul className="list-disc pl-4">
                    {reply.value.notExpressed.map((line) => (
                      <li key={line}>{sentence(line)}</li>
                    ))}
                  </ul>
                </Notice>
              )}
              <FilePanel file={reply.value} wanted={wanted} />
            </div>
          ) : (
            <ProblemNotice problem={reply.error} />
          )}
        </div>
      </div>
    </>
  );
}

const unique = (targets: readonly Target[]): readonly Target[] => [
  ...new Map(targets.map(({ protocol, port }) => [targetKey({ protocol, port }), { protocol, port }])).values(),
];
