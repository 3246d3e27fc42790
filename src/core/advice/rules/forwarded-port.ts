/**
 * Looks at ports that rules lead on to a container, a guest or another computer while nothing listens here, and at
 * containers that neighbours reach by their own address. A program's list of ports does not show either.
 */
import type { ReportForward, Severity } from '../../model.ts';
import type { SaysLeadsOn } from '../../says.ts';
import { asRoot } from '../../shell-command.ts';
import { visible } from '../../visible.ts';
import { isReached, reachedFrom, whoReaches } from '../audience.ts';
import { closesByDefault, frontsOf } from '../fronts.ts';
import { LEADERS } from '../makers.ts';
import type { AdviceFacts, Draft, MachineRule } from '../rule.ts';

export const forwardedPort: MachineRule = {
  name: 'forwarded-port',
  about: 'machine',
  advise: (facts) => {
    const open = facts.forwards.filter((forward) => isReached(forward) && !forward.kept);
    const doors = open.filter(({ via, listener }) => via === 'rule' && listener === null);
    const direct = open.filter((forward) => forward.via === 'route' && !isToldByDoor(forward, facts.forwards));
    return [
      ...groups(doors).map(([key, list]) => ({ key, listener: null, ...aboutDoor(list, facts) })),
      ...direct.map((forward) => ({
        key: `${forward.protocol}/${forward.port}@${forward.to.address}`,
        listener: null,
        ...aboutDirect(forward, facts),
      })),
    ];
  },
};

/** Who gets in by the published port anyway needs no other way. */
const isToldByDoor = (direct: ReportForward, all: readonly ReportForward[]): boolean =>
  all.some(
    (door) =>
      door.via === 'rule' &&
      door.protocol === direct.protocol &&
      door.to.address === direct.to.address &&
      door.to.port === direct.to.port &&
      (door.exposure === 'network' || door.exposure === 'internet') &&
      (direct.exposure !== 'internet' || door.exposure === 'internet'),
  );

type Doors = readonly [ReportForward, ...ReportForward[]];

/** The same port may lead on in both families. */
function groups(doors: readonly ReportForward[]): readonly (readonly [key: string, list: Doors])[] {
  const out = new Map<string, Doors>();
  for (const door of doors) {
    const key = `${door.protocol}/${door.port}`;
    out.set(key, [...(out.get(key) ?? []), door] as unknown as Doors);
  }
  return [...out];
}

const targetOf = ({ to }: ReportForward): string =>
  visible(to.address.includes(':') ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`);

function aboutDoor([door, ...others]: Doors, facts: AdviceFacts): Draft {
  const front = frontsOf(facts).find(closesByDefault);
  const makers = LEADERS[door.firewall] ?? [];
  return {
    advice: adviceOf(door),
    severity: severityOf(door),
    ways: [
      // The table blocks one port, as the sender wrote it.
      ...(facts.platform === 'linux' && door.port === door.lastPort ? (['own-table'] as const) : []),
      ...(door.to.kind === 'container' ? (['container'] as const) : []),
    ],
    says: {
      kind: 'leads-on',
      forward: door.id,
      who: whoReaches(door, facts),
      past: front === undefined || byFront(door, front.id) ? null : front.id,
      targets: [...new Set([door, ...others].map(targetOf))],
      makers,
      rule: makers.length > 0 ? null : (door.reach.flatMap(({ decidedBy }) => decidedBy)[0]?.rule ?? null),
      close: howToClose(door),
    },
  };
}

const byFront = (door: ReportForward, front: string): boolean =>
  door.reach.some(({ decidedBy }) => decidedBy.some(({ firewall }) => firewall === front));

function howToClose({ port, to, protocol, firewall }: ReportForward): SaysLeadsOn['close'] {
  const udp = protocol === 'udp' ? '/udp' : '';
  if (to.kind === 'container' && (firewall === 'docker' || firewall === 'podman'))
    return { by: 'option', option: `-p 127.0.0.1:${port}:${to.port}${udp}` };
  return { by: to.kind === 'guest' ? 'guest' : 'rule' };
}

const aboutDirect = (forward: ReportForward, facts: AdviceFacts): Draft => ({
  advice: 'review',
  severity: shift(severityOf(forward), -1),
  ways: forward.to.kind === 'container' ? ['container'] : [],
  says: {
    kind: 'own-address',
    forward: forward.id,
    who: whoReaches(forward, facts),
    command: forward.firewall === 'docker' ? dropFor(forward) : null,
  },
});

/** Addresses of both families have tables of their own; `+` at the end of an interface stands for anything: iptables(8), -i. */
function dropFor({ to }: ReportForward): string | null {
  const bridge = to.interface ?? 'docker0';
  if (bridge.endsWith('+')) return null;
  const program = to.address.includes(':') ? 'ip6tables' : 'iptables';
  const passing = ['-d', to.address, '!', '-i', bridge];
  const state = ['-m', 'conntrack', '--ctstate', 'NEW', '-m', 'conntrack', '!', '--ctstate', 'DNAT'];
  return asRoot([program, '-I', 'DOCKER-USER', ...passing, ...state, '-j', 'DROP']);
}

const LEVELS: readonly Severity[] = ['low', 'medium', 'high'];
const shift = (severity: Severity, by: number): Severity =>
  LEVELS[Math.min(2, Math.max(0, LEVELS.indexOf(severity) + by))] ?? severity;

/** As for a program here: what runs in a container is not known, and who made a rule for another computer meant it. */
function severityOf(forward: ReportForward): Severity {
  const from = [...reachedFrom(forward)];
  const base: Severity = forward.to.kind === 'computer' ? 'medium' : 'high';
  if (forward.exposure === 'internet') return 'high';
  if (from.length > 0 && from.every((kind) => kind === 'container')) return 'low';
  return forward.exposure === 'some' || from.every((kind) => kind === 'tailnet') ? shift(base, -1) : base;
}

const adviceOf = (forward: ReportForward): Draft['advice'] =>
  forward.to.kind === 'container' &&
  forward.exposure !== 'some' &&
  ![...reachedFrom(forward)].every((kind) => kind === 'container')
    ? 'close'
    : 'review';
