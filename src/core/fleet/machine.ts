/**
 * Report -> what one machine adds to a fleet: its ports, what is advised, how its firewall stands. Small, so that ten
 * thousand of them pass through in the memory of a few.
 */
import type {
  AdviceKind,
  Exposure,
  ListenerReach,
  Platform,
  Protocol,
  Report,
  ReportForward,
  ReportListener,
  Service,
  Severity,
} from '../model.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Name } from './who.ts';

/**
 * How a machine's firewall stands. `partly`: it is off in a kind of network that the machine is in (Windows). `none`: it has
 * none that is known. `unknown`: it was not read.
 */
export type FirewallStands = 'on' | 'partly' | 'off' | 'none' | 'unknown';

/** A port of one machine, or all ports of one program that are another at every start. */
export interface MachinePort {
  /** Sorts by port, then protocol; for changing ports by the program's name. */
  readonly key: string;
  readonly protocol: Protocol;
  /** null: another one at every start. */
  readonly port: number | null;
  readonly name: string;
  /** The widest of those that listen there; `unknown` too where it seems to be for itself and more cannot be told. */
  readonly exposure: Exposure;
  /** False: something wider is unknown. */
  readonly sure: boolean;
  /** The user said "I need this one". */
  readonly kept: boolean;
  /** Closing it is advised. */
  readonly advised: boolean;
  /** Keeping some out is advised, and not closing it. */
  readonly restrict: boolean;
}

export interface MachineAdvice {
  readonly key: string;
  /** The rule of advice: `exposed-dev-server`. */
  readonly rule: string;
  readonly protocol: Protocol | null;
  readonly port: number | null;
  readonly advice: Exclude<AdviceKind, 'keep'>;
  readonly severity: Severity;
  /** In English, as it is said of this machine. */
  readonly title: string;
}

export interface Machine {
  readonly name: Name;
  readonly platform: Platform;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly complete: boolean;
  readonly firewall: FirewallStands;
  /** False: more may listen than is known, or more is led on than is told here port by port. */
  readonly listWhole: boolean;
  /** Each key once. */
  readonly ports: readonly MachinePort[];
  /**
   * By its number what is told otherwise in `ports`: a port that is another one at every start, and those of a range that
   * leads on but its first. Each key once, and none that is in `ports`.
   */
  readonly exact: readonly MachinePort[];
  /** Each key once. */
  readonly advice: readonly MachineAdvice[];
}

/** What a report says of one machine. */
export function machineOf(report: Report, name: Name): Machine {
  const { platform, takenAt, complete } = report;
  const about = (wanted: AdviceKind): ReadonlySet<string | null> =>
    new Set(report.findings.filter(({ advice }) => advice === wanted).map(({ listener }) => listener));
  const [close, restrict] = [about('close'), about('restrict')];
  const listeners = report.listeners.map((one) => ofListener(one, close.has(one.id), restrict.has(one.id)));
  const forwards = report.forwards.filter(({ via }) => via === 'rule');
  const ports = new Map<string, MachinePort>();
  for (const one of [...listeners, ...forwards.map((forward) => ofForward(forward, forward.port))]) add(ports, one);
  const numbered = [
    ...listeners.flatMap((one, at) => {
      const port = report.listeners[at]?.port ?? null;
      return one.port !== null || port === null ? [] : [{ ...one, key: keyOf(one.protocol, port), port }];
    }),
    ...forwards
      .filter(isShort)
      .flatMap((forward) =>
        Array.from({ length: forward.lastPort - forward.port }, (_, at) => ofForward(forward, forward.port + 1 + at)),
      ),
  ];
  const exact = new Map<string, MachinePort>();
  for (const one of numbered) add(ports.has(one.key) ? ports : exact, one);
  const advice = new Map<string, MachineAdvice>();
  for (const one of report.findings) {
    if (one.advice === 'keep') continue;
    const told = adviceOf(one.id, one.title, one.advice, one.severity, report);
    const known = advice.get(told.key);
    if (known === undefined || RANKS[told.severity] < RANKS[known.severity]) advice.set(told.key, told);
  }
  // Whoever closes it for one listener there closes it for all.
  for (const { key, advice: does } of advice.values()) if (does === 'close') advice.delete(key + RESTRICT);
  return {
    name,
    platform,
    takenAt,
    complete,
    firewall: standing(report),
    listWhole: isListWhole(report) && forwards.every(isShort),
    ports: [...ports.values()],
    exact: [...exact.values()],
    advice: [...advice.values()],
  };
}

/** The more severe, the smaller. */
export const RANKS: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** The wider, the larger. What cannot be told may be wider than what is known to be closed. */
const WIDTH: Record<Exposure, number> = { self: 0, unknown: 1, some: 2, network: 3, internet: 4 };

function add(ports: Map<string, MachinePort>, one: MachinePort): void {
  const known = ports.get(one.key);
  ports.set(one.key, known === undefined ? one : wider(known, one));
}

/** Of a longer range that leads on only its first port is told. */
const RANGE = 256;

const isShort = ({ port, lastPort }: ReportForward): boolean => lastPort - port < RANGE;

const wider = (a: MachinePort, b: MachinePort): MachinePort => ({
  ...(WIDTH[b.exposure] > WIDTH[a.exposure] ? b : a),
  sure: a.sure && b.sure,
  kept: a.kept || b.kept,
  advised: a.advised || b.advised,
  restrict: (a.restrict || b.restrict) && !a.advised && !b.advised,
});

const toldOf = ({ exposure, exposureComplete }: ListenerReach): Exposure =>
  exposure === 'self' && !exposureComplete ? 'unknown' : exposure;

const ofListener = (listener: ReportListener, advised: boolean, restrict: boolean): MachinePort => ({
  ...placeOf(listener),
  exposure: toldOf(listener),
  sure: listener.exposureComplete,
  kept: listener.kept,
  advised,
  restrict: restrict && !advised,
});

/** A port that a rule leads on is open here as any other. */
const ofForward = (forward: ReportForward, port: number): MachinePort => ({
  key: keyOf(forward.protocol, port),
  protocol: forward.protocol,
  port,
  name: `led on by ${forward.firewall}`.slice(0, LONGEST),
  exposure: toldOf(forward),
  sure: forward.exposureComplete,
  kept: forward.kept,
  advised: false,
  restrict: false,
});

/** Longest name that is kept; the catalog's are shorter. */
const LONGEST = 60;

/** Where Linux begins to choose ports by itself (`ip_local_port_range`); Windows and macOS begin at 49152 (RFC 6335). */
const CHANGING = 32_768;

/** A port that nobody chose says nothing about what another machine has there: it is told by the program alone. */
function placeOf({
  protocol,
  port,
  identity,
}: ReportListener): Pick<MachinePort, 'key' | 'protocol' | 'port' | 'name'> {
  const name = identity.name.slice(0, LONGEST);
  const itsOwn = port < CHANGING || isPortOf(identity.service, protocol, port);
  return itsOwn
    ? { key: keyOf(protocol, port), protocol, port, name }
    : { key: `~/${protocol}/${name}`, protocol, port: null, name };
}

const isPortOf = (service: Service | null, protocol: Protocol, port: number): boolean =>
  service?.ports.some((one) => one.protocol === protocol && one.from <= port && port <= one.to) === true;

export const keyOf = (protocol: Protocol, port: number): string => `${String(port).padStart(5, '0')}/${protocol}`;

/** Ends the key of advice that keeps only some out: what closes the same port elsewhere is another one. */
const RESTRICT = ':restrict';

/** One kind of advice on one port is the same everywhere, whatever holds the port there; so is one on no port. */
function adviceOf(
  id: string,
  title: string,
  advice: MachineAdvice['advice'],
  severity: Severity,
  { listeners }: Report,
): MachineAdvice {
  const [rule = ''] = id.split(':', 1);
  const about = /^[^:]*:(?<protocol>tcp|udp)\/(?<port>\d{1,5})(?!\d)/.exec(id)?.groups;
  const does = advice === 'restrict' ? RESTRICT : '';
  if (about === undefined) return { key: rule + does, rule, protocol: null, port: null, advice, severity, title };
  const protocol = about['protocol'] === 'udp' ? 'udp' : 'tcp';
  const port = Number(about['port']);
  const listener = listeners.find((one) => one.protocol === protocol && one.port === port);
  const place = listener === undefined ? { key: keyOf(protocol, port), port } : placeOf(listener);
  return { key: `${rule}:${place.key}${does}`, rule, protocol, port: place.port, advice, severity, title };
}

/** The firewalls of one machine together. */
function standing({ firewalls, platform, complete }: Report): FirewallStands {
  if (firewalls.length === 0) return platform === 'linux' && complete ? 'none' : 'unknown';
  const fronts = firewalls.filter(({ id }) => id !== 'iptables' && id !== 'nftables');
  const on = firewalls.filter(
    ({ id, active, defaults }) =>
      active === true &&
      // Beside a firewall that is off, rules that let everything in by default (Docker's) are none.
      (fronts.length === 0 || fronts.some((front) => front.id === id) || !/^(allow|unknown)$/.test(defaults.inbound)),
  );
  if (on.length > 0) {
    const off = on.every(({ profiles = [] }) =>
      profiles.some(({ active, interfaces }) => active === false && interfaces.length > 0),
    );
    return off ? 'partly' : 'on';
  }
  return firewalls.some(({ active }) => active === null) ? 'unknown' : 'off';
}
