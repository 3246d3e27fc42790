/** The ways to close a port, each with what it means; the first that fits can be taken from here. */
import { localCommands } from '../../../core/catalog/by-program.ts';
import { commandsOfWay } from '../../../core/advice/commands.ts';
import { policyDecides } from '../../../core/advice/typed.ts';
import { isBoundHere } from '../../../core/listeners/local.ts';
import type { Report, ReportListener, Way } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Prose } from '../../parts/Prose.tsx';
import { useActions, useAsOf, useBusy, useSelect } from '../../state/context.tsx';
import { isApart, targetKey, toneOf } from '../../state/select.ts';
import { words } from '../../text/words.ts';

export function WaysToClose({ listener, report }: { readonly listener: ReportListener; readonly report: Report }) {
  const asOf = useAsOf();
  if (toneOf(listener) === 'self')
    return <p>{words.verdict(asOf, isApart(listener, report) ? words.detail.selfForNow : words.detail.selfAlready)}</p>;
  const advised = report.findings.find((finding) => finding.listener === listener.id)?.ways ?? [];
  const ways = [...new Set<Way>([...advised, ...usual(listener)])].filter((way) => way !== 'firewall');
  const policy = policyDecides(advised);
  return (
    <ul className="flex flex-col gap-4">
      {policy === 'everywhere' ? null : (
        <li>
          <WayText way="firewall" />
          <CloseNow listener={listener} />
        </li>
      )}
      {ways.map((way) => (
        <li key={way}>
          {way === 'by-policy' && policy === 'elsewhere' ? <RestByPolicy /> : <WayText way={way} />}
          <Detail way={way} listener={listener} />
        </li>
      ))}
    </ul>
  );
}

/** What is possible for this listener whatever the advice says. */
const usual = ({ identity, owner, addresses }: ReportListener): readonly Way[] => [
  ...(identity.service?.bindLocal == null || isBoundHere({ addresses }) ? [] : (['bind-loopback'] as const)),
  ...(owner.unit === null ? [] : (['stop'] as const)),
];

const WayText = ({ way }: { readonly way: Way }) => (
  <>
    <p className="font-medium text-ink">{words.detail.way[way].title}</p>
    <Prose text={words.detail.way[way].text} commands={commandsOfWay(way)} />
  </>
);

const RestByPolicy = () => (
  <>
    <p className="font-medium text-ink">{words.detail.restByPolicy.title}</p>
    <p>{words.detail.restByPolicy.text}</p>
  </>
);

function CloseNow({ listener }: { readonly listener: ReportListener }) {
  const { close } = useActions();
  const busy = useBusy();
  const deed = useSelect(({ deeds }) => deeds[0]);
  const mine =
    deed?.choice.kind === 'close' &&
    deed.choice.way !== 'stop' &&
    deed.choice.targets.length === 1 &&
    deed.choice.targets.some((target) => targetKey(target) === targetKey(listener));
  const working = mine && (deed.phase === 'planning' || deed.phase === 'applying');
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button
        kind="main"
        small
        working={working}
        disabled={busy}
        onClick={() => void close([{ protocol: listener.protocol, port: listener.port }], [`listener:${listener.id}`])}
      >
        {working ? words.home.closing : words.detail.closeNow}
      </Button>
      {mine && deed.phase === 'failed' && deed.problem !== null ? <ProblemNotice problem={deed.problem} /> : null}
    </div>
  );
}

function Detail({ way, listener }: { readonly way: Way; readonly listener: ReportListener }) {
  const { service } = listener.identity;
  const bindLocal = service === null ? null : words.service(service).bindLocal;
  if (way === 'bind-loopback' && bindLocal !== null) {
    return <Prose text={bindLocal} commands={localCommands(bindLocal)} className="mt-1 text-sm text-ink" />;
  }
  return way === 'stop' ? <StopIt listener={listener} /> : null;
}

function StopIt({ listener }: { readonly listener: ReportListener }) {
  const { stop } = useActions();
  const busy = useBusy();
  const deed = useSelect(({ deeds }) => deeds[0]);
  const id = `stop:${listener.id}`;
  const mine = deed?.findings.includes(id) === true;
  const { owner } = listener;
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button
        small
        working={mine && deed.phase === 'planning'}
        disabled={busy}
        onClick={() => void stop({ protocol: listener.protocol, port: listener.port }, [id])}
      >
        {words.detail.stopIt(owner.unit ?? owner.program ?? '')}
      </Button>
      {mine && deed.phase === 'failed' && deed.problem !== null ? <ProblemNotice problem={deed.problem} /> : null}
    </div>
  );
}
