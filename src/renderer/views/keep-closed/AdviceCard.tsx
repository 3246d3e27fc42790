/** One piece of advice: the port, who can reach it, why it matters, and the buttons. */
import { ChevronDown, CircleHelp, ShieldOff } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { commandsOf, commandsOfWay } from '../../../core/advice/commands.ts';
import type { Finding, ListenerReach, Report, ReportListener, Severity } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { join } from '../../parts/join.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Prose } from '../../parts/Prose.tsx';
import { PortNumber } from '../../parts/PortNumber.tsx';
import { ReachPath } from '../../parts/ReachPath.tsx';
import { Tag, type TagTone } from '../../parts/Tag.tsx';
import { useActions, useBusy, useSelect } from '../../state/context.tsx';
import { forwardOf, listenerOf, recommended, remedyOf, targetKey, targetsOf } from '../../state/select.ts';
import type { Deed } from '../../state/store.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { ExactRead } from './ExactRead.tsx';

interface AdviceCardProps {
  readonly finding: Finding;
  readonly report: Report;
  /** What was set going about it, if anything. */
  readonly deed: Deed | undefined;
}

const SEVERITY: Record<Severity, TagTone> = { high: 'open', medium: 'plain', low: 'plain' };

export function AdviceCard({ finding, report, deed }: AdviceCardProps) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const titleId = useId();
  const { title, why, ifClosed } = words.finding(finding, report);
  const listener = listenerOf(report, finding.listener);
  const [target] = targetsOf(report, finding);
  const reach = listener ?? forwardOf(report, finding);
  const changed = useSelect((state) => state.changed.has(finding.id) || state.changed.has(finding.listener ?? ''));
  // One that was there from the beginning just is.
  const [isNew] = useState(changed);
  const visited = useSelect((state) => state.visited === finding.id);
  const { visited: leave } = useActions();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (visited) card.current?.focus();
  }, [visited]);
  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-labelledby={titleId}
      className={join(
        'relative rounded-card border border-line bg-surface shadow-lift',
        isNew && 'appear',
        changed && 'just-changed',
        visited && 'focus:outline-2 focus:outline-offset-2 focus:outline-ring',
      )}
      {...(visited ? { onBlur: leave } : {})}
    >
      <div className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 gap-y-3 p-4 wide:grid-cols-[4.5rem_minmax(0,1fr)_auto]">
        <div className="row-span-2">
          {target === undefined ? <HeadIcon finding={finding} /> : <PortNumber target={target} />}
        </div>
        <div className="min-w-0">
          <h2 id={titleId} className="font-semibold text-ink wrap-anywhere">
            {sentence(title)}
          </h2>
          {changed ? <span className="unseen">{words.live.changed}</span> : null}
          {listener === null ? null : <Owner listener={listener} finding={finding} />}
        </div>
        {/* The sentences have the whole width below the buttons. */}
        <div className="col-start-2 -mt-2 min-w-0 wide:col-end-4 wide:row-start-2">
          <Prose text={why} commands={commandsOf(finding.says)} className="max-w-2xl text-soft wrap-anywhere" />
          {reach === null ? null : (
            <div className="mt-2">
              <ReachPath reach={reach} report={report} />
            </div>
          )}
        </div>
        <div className="col-start-2 flex flex-wrap items-start gap-2 wide:col-start-3 wide:row-start-1 wide:justify-end">
          <Remedies finding={finding} report={report} deed={deed} />
          <Button
            kind="quiet"
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
            icon={<ChevronDown aria-hidden className={join('size-4 transition-transform', open && 'rotate-180')} />}
          >
            {open ? words.home.less : words.home.more}
          </Button>
        </div>
      </div>
      <DeedLine deed={deed} />
      <div id={details} hidden={!open}>
        {open ? <Details finding={finding} ifClosed={ifClosed} listener={listener} reach={reach} /> : null}
      </div>
    </article>
  );
}

function HeadIcon({ finding }: { readonly finding: Finding }) {
  const doubt = finding.id.startsWith('reach-unknown:');
  const Icon = doubt ? CircleHelp : ShieldOff;
  return (
    <span
      className={join(
        'flex size-10 items-center justify-center rounded-card',
        doubt ? 'bg-doubt-ground text-doubt' : 'bg-open-ground text-open',
      )}
    >
      <Icon aria-hidden className="size-5" />
    </span>
  );
}

const Owner = ({ listener, finding }: { readonly listener: ReportListener; readonly finding: Finding }) => (
  <p className="mt-1 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-faint">
    {finding.advice === 'close' ? (
      <Tag tone={SEVERITY[finding.severity]}>{words.home.severity[finding.severity]}</Tag>
    ) : (
      <Tag>{words.home.yourCall}</Tag>
    )}
    <span className="flex min-w-0 gap-1">
      <span className="shrink-0">{words.home.runBy}</span>
      <Foreign
        text={listener.owner.program ?? listener.owner.unit ?? words.ports.hiddenProgram}
        className="font-medium text-soft"
      />
    </span>
  </p>
);

function Remedies({ finding, report, deed }: AdviceCardProps) {
  const { close, turnOnFirewall, removeOpening, keep, showListener } = useActions();
  const keeping = useSelect((state) => state.keeping);
  const busy = useBusy();
  const targets = targetsOf(report, finding);
  const [target] = targets;
  const name = target === undefined ? words.finding(finding, report).title : words.portName(target);
  const working = deed?.phase === 'planning' || deed?.phase === 'applying';
  switch (remedyOf(report, finding)) {
    case 'close':
      return (
        <>
          <Button
            kind={finding.advice === 'close' ? 'main' : 'plain'}
            working={working}
            disabled={busy}
            aria-label={working ? undefined : words.home.closeLabel(name)}
            onClick={() => void close(targets, [finding.id])}
          >
            {working ? words.home.closing : words.home.close}
          </Button>
          {target === undefined || report.saved !== undefined ? null : (
            <Button
              working={keeping === targetKey(target)}
              disabled={busy || keeping !== null}
              aria-label={keeping === targetKey(target) ? undefined : words.home.keepLabel(name)}
              onClick={() => void keep(target, true)}
            >
              {keeping === targetKey(target) ? words.home.keepingOpen : words.home.keepOpen}
            </Button>
          )}
        </>
      );
    case 'turn-on-firewall':
      return (
        <Button kind="main" working={working} disabled={busy} onClick={() => void turnOnFirewall(finding.id)}>
          {working ? words.home.turningOn : words.home.turnOn}
        </Button>
      );
    case 'remove-opening':
      return (
        <Button working={working} disabled={busy} onClick={() => void removeOpening(targets, finding.id)}>
          {working ? words.home.removing : words.home.remove}
        </Button>
      );
    case 'show-ways':
      return finding.listener === null ? null : (
        <Button kind="main" onClick={() => showListener(finding.listener)}>
          {words.home.showWays}
        </Button>
      );
    case 'read-exactly':
      // Where nothing is recommended, the head of the view holds this button already.
      return recommended(report).length === 0 ? null : <ExactRead plainly />;
    case 'none':
      return null;
  }
}

/** What the deed about this finding is doing, or why it did not come about. */
function DeedLine({ deed }: { readonly deed: Deed | undefined }) {
  const { dismiss, scan } = useActions();
  if (deed === undefined) return null;
  switch (deed.phase) {
    case 'planning':
    case 'applying': {
      const said = deed.phase === 'planning' ? words.deed.planning : words.deed.applying;
      return (
        <p className="border-t border-line px-4 py-2 text-sm text-soft">
          {sentence(deed.progress === null ? said : words.plan.progress(deed.progress, deed.plan))}
        </p>
      );
    }
    case 'failed':
      return deed.problem === null ? null : (
        <div className="border-t border-line p-3">
          <ProblemNotice
            problem={deed.problem}
            {...(deed.problem.code === 'rolled-back' ? { title: words.deed.rolledBack } : {})}
            actions={
              <>
                <Button small onClick={() => void scan()}>
                  {words.deed.scanAgain}
                </Button>
                <Button small kind="quiet" onClick={() => dismiss(deed.id)}>
                  {words.deed.dismiss}
                </Button>
              </>
            }
          />
        </div>
      );
    case 'ready':
    case 'waiting':
    case 'done':
    case 'undoing':
    case 'undone':
      return null;
  }
}

interface DetailsProps {
  readonly finding: Finding;
  /** What stops working, in words. */
  readonly ifClosed: string;
  readonly listener: ReportListener | null;
  /** Of the listener, or of the port that leads on. */
  readonly reach: ListenerReach | null;
}

function Details({ finding, ifClosed, listener, reach }: DetailsProps) {
  const { showListener } = useActions();
  const otherWays = listener === null ? finding.ways.filter((way) => way !== 'firewall') : [];
  const deciding =
    reach === null ? [] : [...new Set(reach.reach.flatMap(({ decidedBy }) => decidedBy.map(({ rule }) => rule)))];
  return (
    <div className="flex flex-col items-start gap-3 border-t border-line px-4 py-3 text-sm wide:pl-25">
      <dl className="flex flex-col gap-3">
        <Row name={words.home.ifClosed}>
          <Prose text={ifClosed} commands={commandsOf(finding.says)} />
        </Row>
        {listener?.owner.path == null ? null : (
          <Row name={words.home.runBy}>
            <Foreign
              wrap
              text={
                listener.owner.unit === null ? listener.owner.path : `${listener.owner.path} (${listener.owner.unit})`
              }
            />
          </Row>
        )}
        {otherWays.length === 0 ? null : (
          <Row name={words.home.ways}>
            <ul className="flex flex-col gap-2">
              {otherWays.map((way) => (
                <li key={way}>
                  <p className="text-ink">{words.detail.way[way].title}</p>
                  <Prose text={words.detail.way[way].text} commands={commandsOfWay(way)} />
                </li>
              ))}
            </ul>
          </Row>
        )}
        {deciding.length === 0 ? null : (
          <Row name={words.home.decidedBy}>
            <ul>
              {deciding.slice(0, 4).map((rule) => (
                <li key={rule} className="font-mono text-xs wrap-anywhere">
                  {sentence(rule)}
                </li>
              ))}
            </ul>
          </Row>
        )}
      </dl>
      {listener === null ? null : (
        <Button small onClick={() => showListener(listener.id)}>
          {words.home.showPort}
        </Button>
      )}
    </div>
  );
}

const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt className="font-medium text-ink">{name}</dt>
    <dd className="text-soft wrap-anywhere">{children}</dd>
  </div>
);
