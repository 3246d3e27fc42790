/** Looks at programs that publish a port through a connection of their own: they may let in whom the firewall keeps out. */
import type { Tunnel } from '../../catalog/index.ts';
import type { ReportListener, Severity } from '../../model.ts';
import type { AdviceFacts, MachineRule } from '../rule.ts';

export const tunnel: MachineRule = {
  name: 'tunnel',
  about: 'machine',
  advise: (facts) => {
    const groups = new Map<string, Tunnel[]>();
    for (const one of facts.tunnels) {
      const key = `${one.id}${one.port === null ? '' : `-${one.port}`}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups].flatMap(([key, [one, ...more]]) => {
      if (one === undefined) return [];
      const { name, port, lets, stop } = one;
      const here = listenersAt(facts, port);
      const listeners = here.map(({ id }) => id);
      const pids = [one, ...more].flatMap(({ pid }) => (pid === null ? [] : [pid]));
      return [
        {
          key,
          listener: here.length === 1 ? (here[0]?.id ?? null) : null,
          advice: 'review' as const,
          severity: severityOf(one, here),
          ways: [],
          says: { kind: 'tunnel' as const, name, pids, port, listeners, lets, stop },
        },
      ];
    });
  },
};

/** TCP listeners on that port that answer on this computer: what a tunnel leads to. */
const listenersAt = ({ listeners }: AdviceFacts, port: number | null): readonly ReportListener[] =>
  listeners.filter((listener) => listener.protocol === 'tcp' && listener.port === port);

/** Open to everybody weighs more; most where what is published should not be reached by anybody. */
function severityOf({ lets }: Tunnel, here: readonly ReportListener[]): Severity {
  const risky = here.some(({ identity }) => identity.service?.risk === 'high');
  if (lets === 'internet') return risky ? 'high' : 'medium';
  return risky ? 'medium' : 'low';
}
