/** What "nothing to close" rests on: what listens, who can reach it, and what the firewall does. */
import { ArrowLeftRight, CircleHelp, List, Network, Shield, ShieldOff, Users, Wifi } from 'lucide-react';
import { areConnectionsWhole, isListWhole } from '../../../core/listeners/whole.ts';
import type { Report } from '../../../core/model.ts';
import { useAsOf } from '../../state/context.tsx';
import { countExposure } from '../../state/select.ts';
import { words } from '../../text/words.ts';

export function Checked({ report }: { readonly report: Report }) {
  const asOf = useAsOf();
  const { others, self, unknown } = countExposure(report);
  const whole = isListWhole(report);
  const real = report.interfaces.filter(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0);
  return (
    <section className="rounded-card border border-line px-4 py-3" aria-labelledby="checked">
      <h2 id="checked" className="font-semibold">
        {words.home.checkedTitle(asOf)}
      </h2>
      <ul className="numbers mt-1.5 grid gap-x-6 gap-y-1 text-sm text-soft wide:grid-cols-2">
        {whole || report.listeners.length > 0 ? (
          <Line icon={List} text={words.home.checkedListening(report.listeners.length, self)} />
        ) : null}
        {whole ? null : <Line icon={CircleHelp} text={words.listGap.title} />}
        <Line icon={Users} text={words.home.checkedOthers(others, whole ? unknown : unknown + 1)} />
        {unknown === 0 ? null : <Line icon={CircleHelp} text={words.home.checkedUnknown(unknown)} />}
        {areConnectionsWhole(report) ? (
          <Line
            icon={ArrowLeftRight}
            text={words.home.checkedConnections(report.connections.inbound, report.connections.outbound)}
          />
        ) : null}
        {report.firewalls.length === 0 ? <Line icon={ShieldOff} text={words.network.noFirewall} /> : null}
        {report.firewalls.map((state) => (
          <Line
            key={state.id}
            icon={state.active === true ? Shield : ShieldOff}
            text={words.home.firewallLine(state)}
          />
        ))}
        {real.slice(0, 6).map(({ name, kind, addresses }) => (
          <Line
            key={name}
            icon={kind === 'wifi' ? Wifi : Network}
            text={words.home.checkedInterface(kind, name, addresses)}
          />
        ))}
      </ul>
    </section>
  );
}

const Line = ({ icon: Icon, text }: { readonly icon: typeof List; readonly text: string }) => (
  <li className="flex items-start gap-2">
    <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
    <span className="min-w-0 wrap-anywhere">{text}</span>
  </li>
);
