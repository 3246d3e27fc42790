/** Which firewalls there are, on or off, and what happens to what no rule names. */
import { Shield, ShieldOff, ShieldQuestionMark } from 'lucide-react';
import { commandsOf } from '../../../core/advice/commands.ts';
import type { Finding, FirewallState, Report } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { join } from '../../parts/join.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Prose } from '../../parts/Prose.tsx';
import { Tag, type TagTone } from '../../parts/Tag.tsx';
import { useActions, useBusy, useSelect } from '../../state/context.tsx';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

interface FirewallsProps {
  readonly report: Report;
  /** Rules could not be read. */
  readonly unread: boolean;
}

export function Firewalls({ report, unread }: FirewallsProps) {
  const absent = report.findings.find(({ ways }) => ways.includes('install-firewall') && ways.length === 1);
  if (report.firewalls.length === 0) {
    return (
      <Notice tone={unread ? 'doubt' : 'open'} title={words.firewall.none}>
        <p>{unread ? words.firewall.noneUnread : words.firewall.noneWhy}</p>
        {absent === undefined ? null : (
          <p>
            {words.detail.way['install-firewall'].title}. {words.detail.way['install-firewall'].text}
          </p>
        )}
      </Notice>
    );
  }
  const turnOn = report.findings.find(({ ways }) => ways.includes('enable-firewall'));
  return (
    <ul
      aria-label={words.firewall.states}
      className="divide-y divide-line rounded-card border border-line bg-surface shadow-lift"
    >
      {report.firewalls.map((state) => (
        <li key={state.id} className="px-4 py-3">
          <Firewall
            state={state}
            turnOn={turnOn?.id.endsWith(`:${state.id}`) === true ? turnOn : null}
            report={report}
          />
        </li>
      ))}
    </ul>
  );
}

const LOOK = {
  on: { icon: Shield, colour: 'text-shut', tag: 'shut' },
  off: { icon: ShieldOff, colour: 'text-open', tag: 'open' },
  unknown: { icon: ShieldQuestionMark, colour: 'text-doubt', tag: 'doubt' },
} as const satisfies Record<string, { icon: typeof Shield; colour: string; tag: TagTone }>;

interface FirewallProps {
  readonly state: FirewallState;
  /** The finding that it is off. */
  readonly turnOn: Finding | null;
  readonly report: Report;
}

function Firewall({ state, turnOn, report }: FirewallProps) {
  const is = state.active === null ? 'unknown' : state.active ? 'on' : 'off';
  const { icon: Icon, colour, tag } = LOOK[is];
  const networks = words.firewall.networks(state);
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Icon aria-hidden className={join('mt-0.5 size-5 shrink-0', colour)} />
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="flex flex-wrap items-center gap-2 font-semibold">
          {words.firewall.name(state)}
          <Tag tone={tag}>{words.firewall[is]}</Tag>
        </h2>
        <p className="mt-0.5 text-soft">{words.firewall.says(state)}</p>
        {networks === null ? null : <p className="mt-0.5 text-soft wrap-anywhere">{sentence(networks)}</p>}
        {turnOn === null ? null : (
          <Prose
            text={words.finding(turnOn, report).why}
            commands={commandsOf(turnOn.says)}
            className="mt-1 text-soft wrap-anywhere"
          />
        )}
      </div>
      {turnOn === null ? null : <TurnOn finding={turnOn.id} />}
    </div>
  );
}

function TurnOn({ finding }: { readonly finding: string }) {
  const { turnOnFirewall } = useActions();
  const busy = useBusy();
  const working = useSelect(({ deeds }) =>
    deeds.some(({ findings, phase }) => findings[0] === finding && (phase === 'planning' || phase === 'applying')),
  );
  return (
    <Button kind="main" working={working} disabled={busy} onClick={() => void turnOnFirewall(finding)}>
      {working ? words.home.turningOn : words.home.turnOn}
    </Button>
  );
}
