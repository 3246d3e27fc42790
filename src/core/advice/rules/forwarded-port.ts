/**
 * Looks at ports that rules lead on to a container, a guest or another computer while nothing listens here, and at
 * containers that neighbours reach by their own address. A program's list of ports does not show either.
 */
import type { ReportForward, Severity } from '../../model.ts';
import { visible } from '../../visible.ts';
import { audienceOf, isReached, joined, reachedFrom } from '../audience.ts';
import { closesByDefault, frontsOf, NAMES } from '../fronts.ts';
import type { AdviceFacts, Draft, MachineRule } from '../rule.ts';
import { portOf } from '../subject.ts';

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

const WHAT = { container: 'a container', guest: 'a virtual machine', computer: 'another computer' } as const;
const MAKERS: Readonly<Record<string, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  libvirt: 'libvirt',
  incus: 'Incus or LXD',
  kubernetes: 'Kubernetes',
};

const targetOf = ({ to }: ReportForward): string =>
  visible(to.address.includes(':') ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`);

const whatOf = ({ to, container }: ReportForward): string =>
  container === null ? WHAT[to.kind] : `the container ${visible(container)}`;

const ports = ({ port, lastPort, protocol }: ReportForward): string =>
  lastPort === port
    ? portOf({ protocol, port })
    : `${protocol === 'udp' ? 'UDP ports' : 'ports'} ${port} to ${lastPort}`;

function aboutDoor([door, ...others]: Doors, facts: AdviceFacts): Draft {
  const front = frontsOf(facts).find(closesByDefault);
  const past = front === undefined || byFront(door, front.id) ? null : NAMES[front.id];
  const maker = MAKERS[door.firewall];
  const who = maker ?? 'A rule';
  const says = door.reach.flatMap(({ decidedBy }) => decidedBy)[0]?.rule;
  const targets = joined([...new Set([door, ...others].map(targetOf))]);
  return {
    advice: adviceOf(door),
    severity: severityOf(door),
    title: `${capital(ports(door))} leads to ${whatOf(door)} and is open to ${audienceOf(door, facts)}${past === null ? '' : `, past ${past}`}`,
    why: [
      `Nothing on this computer listens there: ${maker === undefined ? 'a rule' : who} turns what comes to this port to ${targets}.`,
      past === null ? null : `${past} is on, but it is not asked: its rules for ports are about this computer's own.`,
      maker === undefined && says !== undefined ? `The rule: ${visible(says)}.` : null,
      howToClose(door),
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    ifClosed: `Other devices can no longer reach what runs ${door.to.kind === 'computer' ? 'there through this computer' : `in ${WHAT[door.to.kind].replace('a ', 'the ')}`}.${door.to.kind === 'container' ? ' This computer still can.' : ''}`,
    ways: [
      // The table blocks one port, as the sender wrote it.
      ...(facts.platform === 'linux' && door.port === door.lastPort ? (['own-table'] as const) : []),
      ...(door.to.kind === 'container' ? (['container'] as const) : []),
    ],
  };
}

const byFront = (door: ReportForward, front: string): boolean =>
  door.reach.some(({ decidedBy }) => decidedBy.some(({ firewall }) => firewall === front));

function howToClose(door: ReportForward): string {
  const { port, to, protocol } = door;
  const udp = protocol === 'udp' ? '/udp' : '';
  if (to.kind === 'container' && (door.firewall === 'docker' || door.firewall === 'podman')) {
    return `To close it, start the container again with its port published on this computer only: -p 127.0.0.1:${port}:${to.port}${udp}.`;
  }
  if (to.kind === 'guest')
    return 'To close it, take the forwarded port out of the settings of the virtual machine’s network.';
  return 'To close it, remove that rule where it was made.';
}

function aboutDirect(forward: ReportForward, facts: AdviceFacts): Draft {
  const docker = forward.firewall === 'docker';
  return {
    advice: 'review',
    severity: shift(severityOf(forward), -1),
    title: `${capital(portOf(forward))} of ${whatOf(forward)} (${visible(forward.to.address)}) can be reached at its own address by ${audienceOf(forward, facts)}`,
    why: [
      `It is not published for others, but this computer passes packets on to it: whoever sends ${visible(forward.to.address)} through this computer gets through.`,
      docker ? 'Docker closes this from version 28 on.' : null,
      docker
        ? `Until then: iptables -I DOCKER-USER -d ${visible(forward.to.address)} ! -i ${visible(forward.to.interface ?? 'docker0')} -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP.`
        : null,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    ifClosed: 'Other devices can no longer reach it there. This computer still can.',
    ways: forward.to.kind === 'container' ? ['container'] : [],
  };
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
