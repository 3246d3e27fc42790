/** Looks at programs that publish a port through a connection of their own: they may let in whom the firewall keeps out. */
import type { Tunnel } from '../../catalog/index.ts';
import type { ReportListener, Severity } from '../../model.ts';
import { joined } from '../audience.ts';
import type { AdviceFacts, MachineRule } from '../rule.ts';
import { visible } from '../../visible.ts';

export const tunnel: MachineRule = {
  name: 'tunnel',
  about: 'machine',
  advise: (facts) => {
    const groups = new Map<string, Tunnel[]>();
    for (const one of facts.tunnels ?? []) {
      const key = `${one.id}${one.port === null ? '' : `-${one.port}`}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups].flatMap(([key, [one, ...more]]) => {
      if (one === undefined) return [];
      const here = listenersAt(facts, one.port);
      const port = one.port === null ? 'something on this computer' : `port ${one.port}${namesOf(here)}`;
      const pids = [one, ...more].flatMap(({ pid }) => (pid === null ? [] : [`pid ${pid}`]));
      const who = pids.length === 0 ? one.name : `${one.name} (${joined(pids)})`;
      return [
        {
          key,
          listener: here.length === 1 ? (here[0]?.id ?? null) : null,
          advice: 'review' as const,
          severity: severityOf(one, here),
          title: `${one.name} may publish ${port} ${WHERE[one.lets]}`,
          why: `${who} made a connection from here to elsewhere, and leads in through it ${WHO[one.lets]}. The firewall of this computer does not see them come in, so closing the port there changes nothing for them. To stop it: ${one.stop}.`,
          ifClosed: 'Whoever comes in that way no longer does. Everything else stays as it is.',
          ways: [],
        },
      ];
    });
  },
};

const WHERE: Record<Tunnel['lets'], string> = {
  internet: 'to the internet',
  members: 'to other people’s computers',
  server: 'on another computer',
};
const WHO: Record<Tunnel['lets'], string> = {
  internet: 'everybody who has the address, unless it was told to ask for a password',
  members: 'those whom its account lets in',
  server: 'whomever the computer on the other side lets connect',
};

/** TCP listeners on that port that answer on this computer: what a tunnel leads to. */
const listenersAt = ({ listeners }: AdviceFacts, port: number | null): readonly ReportListener[] =>
  listeners.filter((listener) => listener.protocol === 'tcp' && listener.port === port);

const namesOf = (here: readonly ReportListener[]): string =>
  here.length === 0 ? '' : ` (${joined([...new Set(here.map(({ identity }) => visible(identity.name)))])})`;

/** Open to everybody weighs more; most where what is published should not be reached by anybody. */
function severityOf({ lets }: Tunnel, here: readonly ReportListener[]): Severity {
  const risky = here.some(({ identity }) => identity.service?.risk === 'high');
  if (lets === 'internet') return risky ? 'high' : 'medium';
  return risky ? 'medium' : 'low';
}
