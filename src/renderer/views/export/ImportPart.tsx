/** What was wanted on another computer, carried out here: open its file, see what it comes to, review each change. */
import { FileDown } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Outputs } from '../../../core/api.ts';
import { leavesDoubt } from '../../../core/intent/imported.ts';
import type { NewChoice, Report, Target } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { usePickIntent } from '../../parts/pick-intent.ts';
import { useActions, useBusy, useSelect } from '../../state/context.tsx';
import type { OpenIntent } from '../../state/intent.ts';
import { targetKey } from '../../state/select.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

export function ImportPart({ report }: { readonly report: Report }) {
  const { weighIntent } = useActions();
  const pickIntent = usePickIntent();
  const id = useId();
  const intent = useSelect((state) => state.intent);
  const opener = useRef<HTMLButtonElement>(null);
  const said = words.importPart;
  // Another report is another answer.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => void weighIntent(), [report, weighIntent]);
  return (
    <section aria-labelledby={`${id}title`} className="border-t border-line pt-5">
      <h2 id={`${id}title`} className="text-xl font-semibold">
        {said.title}
      </h2>
      <p className="mt-1 mb-4 text-soft">{said.lead}</p>
      <div className="flex flex-col items-start gap-4">
        <Button ref={opener} icon={<FileDown aria-hidden className="size-4" />} onClick={pickIntent}>
          {intent === null ? said.open : said.another}
        </Button>
        {intent === null ? null : <Opened intent={intent} report={report} closed={() => opener.current?.focus()} />}
      </div>
    </section>
  );
}

interface OpenedProps {
  readonly intent: OpenIntent;
  readonly report: Report;
  /** The button that closed it is gone. */
  readonly closed: () => void;
}

function Opened({ intent, report, closed }: OpenedProps) {
  const { intentShown, closeIntent } = useActions();
  const heading = useRef<HTMLHeadingElement>(null);
  const { fresh, name, reply } = intent;
  const said = words.importPart;
  useEffect(() => {
    if (!fresh) return;
    heading.current?.focus();
    intentShown();
  }, [fresh, intentShown]);
  return (
    <div className="w-full rounded-card border border-line bg-surface shadow-lift">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5">
        <h3 ref={heading} tabIndex={-1} className="min-w-0 font-mono text-sm font-medium focus-visible:outline-none">
          <Foreign text={name} wrap />
        </h3>
        {reply?.ok === true ? (
          <p className="text-sm text-faint wrap-anywhere">
            {said.madeOn(reply.value.intent.host, reply.value.intent.madeAt)}
          </p>
        ) : null}
        <span className="ml-auto">
          <Button
            small
            kind="quiet"
            onClick={() => {
              closeIntent();
              closed();
            }}
          >
            {said.close}
          </Button>
        </span>
      </div>
      <div className="flex flex-col gap-4 px-4 py-3">
        {reply === null ? (
          <p className="text-soft">{said.reading}</p>
        ) : reply.ok ? (
          <Weighed imported={reply.value} report={report} />
        ) : (
          <ProblemNotice problem={reply.error} title={said.failed} />
        )}
      </div>
    </div>
  );
}

interface WeighedProps {
  readonly imported: Outputs['readIntent'];
  readonly report: Report;
}

function Weighed({ imported, report }: WeighedProps) {
  const { intent, first, closing, remarks } = imported;
  const said = words.importPart;
  const doubt = remarks.some(leavesDoubt);
  // What is still open once the firewall is on is another answer, and comes with that report.
  const parts = first === null ? closing : [first];
  return (
    <>
      {remarks.length === 0 ? null : (
        <Notice tone={doubt ? 'doubt' : 'plain'} title={said.remarks}>
          <ul className="max-h-64 list-disc overflow-y-auto pl-4" data-scroll>
            {remarks.map((remark) => (
              <li key={JSON.stringify(remark)}>{sentence(said.remark(remark))}</li>
            ))}
          </ul>
        </Notice>
      )}
      {parts.length === 0 ? <p>{doubt ? said.nothingKnown : said.nothing}</p> : null}
      {parts.length === 0 ? null : (
        <Part title={first === null ? said.closes : said.first}>
          <ul className="divide-y divide-line">
            {parts.map((choice) => (
              <li key={JSON.stringify(choice)} className="py-2 first:pt-0 last:pb-0">
                <Change choice={choice} report={report} />
              </li>
            ))}
          </ul>
          {intent.rest === 'close' && first === null && !doubt ? (
            <p className="text-sm text-soft">{said.rest}</p>
          ) : null}
        </Part>
      )}
      {intent.keep.length === 0 ? null : (
        <Part title={said.keeps}>
          <Ports targets={intent.keep} report={report} />
        </Part>
      )}
    </>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className="flex flex-col gap-2">
    <h4 className="font-semibold">{title}</h4>
    {children}
  </div>
);

/** One plan that can be made of it, with what became of the try to. */
function Change({ choice, report }: { readonly choice: NewChoice; readonly report: Report }) {
  const { carryOut } = useActions();
  const busy = useBusy();
  const asked = JSON.stringify(choice);
  const deed = useSelect(({ deeds }) => deeds.find((one) => JSON.stringify(one.choice) === asked));
  const said = words.importPart;
  const targets = choice.kind === 'close' ? choice.targets : [];
  const whom = choice.kind === 'close' ? words.exportView.audiences[choice.audience] : null;
  const what = choice.kind === 'close' ? said.closesPorts(targets.length) : said.turnsOn;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-medium">{what}</p>
          <p className="text-sm text-soft">{whom === null ? said.turnsOnHint : `${words.exportView.whom}: ${whom}`}</p>
        </div>
        <Button
          kind="main"
          small
          disabled={busy}
          working={deed?.phase === 'planning'}
          aria-label={said.reviewLabel(what, whom)}
          onClick={() => void carryOut(choice)}
        >
          {said.review}
        </Button>
      </div>
      <Ports targets={targets} report={report} />
      {deed?.phase === 'failed' && deed.problem !== null ? <ProblemNotice problem={deed.problem} /> : null}
    </div>
  );
}

/** Ports with what listens on this computer: the other one's names are of its own programs. */
function Ports({ targets, report }: { readonly targets: readonly Target[]; readonly report: Report }) {
  if (targets.length === 0) return null;
  return (
    <ul className="max-h-64 overflow-y-auto text-sm" data-scroll>
      {targets.map((target) => {
        const key = targetKey(target);
        const listener = report.listeners.find((one) => targetKey(one) === key);
        return (
          <li key={key} className="flex min-w-0 gap-2">
            <span className="numbers shrink-0 font-medium">{words.portName(target)}</span>
            {listener === undefined ? null : <Foreign text={words.identityName(listener)} className="text-soft" />}
          </li>
        );
      })}
    </ul>
  );
}
