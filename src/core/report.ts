/** Snapshot -> Report: the one composition of reading, judging and advising. Every face shows this and nothing else. */
import { advise } from './advice/index.ts';
import { asPublishedPort, identify, onMac, onWindows, rangeOf, readLocalNames } from './catalog/index.ts';
import { type Facts, readFacts, worldOf } from './facts.ts';
import { openAsPrivate } from './facts/if-public.ts';
import { SCAN_WALKS, findIdleRules, passedBy } from './hygiene/index.ts';
import type {
  Exposure,
  Forward,
  Gap,
  Listener,
  ListenerReach,
  Report,
  ReportForward,
  ReportListener,
  Snapshot,
  Socket,
} from './model.ts';
import { type GapHow, type Reason, gap, reasonText, settledBy, togetherReasons, unreadDoubt } from './gaps/index.ts';
import { createJudge, keepsPlace } from './reach/index.ts';
import { parseAddress } from './address.ts';
import { isLinkLocal, isLoopback } from './reach/space.ts';

export interface ReportOptions {
  /** Ports of which the user said "I need this one": `tcp/3000`. */
  readonly kept: ReadonlySet<string>;
}

export function makeReport(snapshot: Snapshot, options: ReportOptions): Report {
  return reportFrom(readFacts(snapshot), snapshot, options);
}

/** The same from facts that were read already. */
export function reportFrom(facts: Facts, snapshot: Snapshot, { kept }: ReportOptions): Report {
  const judge = createJudge(worldOf(facts));
  const names = readLocalNames(snapshot);
  const judged = facts.listeners.map((listener): ReportListener => {
    const named = identify(listener, names);
    const identity =
      snapshot.platform === 'win32' ? onWindows(named) : snapshot.platform === 'darwin' ? onMac(named) : named;
    return {
      id: listener.id,
      protocol: listener.protocol,
      port: listener.port,
      range: rangeOf(listener.port),
      addresses: addressesOf(listener),
      owner: listener.owner,
      service: identity.service === null ? null : { id: identity.service.id, name: identity.service.name },
      identity,
      kept: kept.has(`${listener.protocol}/${listener.port}`),
      ...judge.reachOf(listener),
    };
  });
  const doors = judge.forwards();
  const forwards = doors.map(
    (forward): ReportForward => ({
      ...forward,
      container: containerOf(forward, doors, facts),
      listener: forward.via === 'rule' ? placeKeeper(forward, judged) : null,
      kept: kept.has(`${forward.protocol}/${forward.port}`),
    }),
  );
  const listeners = judged.map((listener) => namedByRule(listener, forwards));
  const complete =
    facts.missing.length === 0 && [...listeners, ...forwards].every(({ exposureComplete }) => exposureComplete);
  const all = [...listeners, ...forwards];
  const beside = besideRules(facts, all);
  const { faults, complete: idleRulesComplete } = findIdleRules(facts.netfilter, facts.ownedRules, SCAN_WALKS);
  const idle = [...faults, ...passedBy(facts.ownedRules, faults, listeners)];
  const findings = advise({
    listeners,
    forwards,
    firewalls: facts.firewalls,
    openings: facts.openings,
    gaps: [...facts.missing, ...beside],
    platform: snapshot.platform,
    firewalld: facts.firewalld,
    windows:
      facts.windows === null ? null : { ...facts.windows, openAsPrivate: openAsPrivate(facts, listeners, doors) },
    mac: facts.mac,
    interfaces: facts.interfaces,
    idle,
    tunnels: facts.tunnels,
  });
  return {
    schema: 1,
    takenAt: snapshot.takenAt,
    platform: snapshot.platform,
    complete,
    unread: [...facts.gaps, ...beside, ...undecided(facts, all, snapshot.uid === 0)],
    firewalls: facts.firewalls,
    interfaces: facts.interfaces.map(({ name, kind, addresses }) => ({
      name,
      kind,
      addresses: addresses.map(({ address, prefix }) => `${address}/${prefix}`),
    })),
    listeners,
    forwards,
    connections: {
      inbound: facts.connections.filter((connection) => connection.direction === 'inbound').length,
      outbound: facts.connections.filter((connection) => connection.direction === 'outbound').length,
    },
    findings,
    idleRules: idle.map(({ kind, rule, families, by }) => ({
      kind,
      firewall: rule.firewall,
      rule: rule.text,
      action: rule.action,
      families,
      because: by,
    })),
    idleRulesComplete,
  };
}

/** The name of the container behind it, by the port that it publishes; for its own address, by any of its ports. */
function containerOf(
  { to, protocol, container }: Forward,
  doors: readonly Forward[],
  { containers }: Facts,
): string | null {
  if (to.kind !== 'container') return container;
  const same = doors.filter(
    (door) => door.via === 'rule' && door.protocol === protocol && door.to.address === to.address,
  );
  const names = new Set(same.flatMap((door) => containers.get(`${door.protocol}/${door.port}`) ?? []));
  return container ?? (names.size === 1 ? ([...names][0] ?? null) : null);
}

/** What a program that holds a place is called: by what the rules do with the port. */
function namedByRule(listener: ReportListener, forwards: readonly ReportForward[]): ReportListener {
  const held = forwards.some((forward) => forward.listener === listener.id && forward.to.kind === 'container');
  if (!held || listener.identity.by === 'program') return listener;
  const identity = asPublishedPort(listener.identity);
  const { service } = identity;
  return { ...listener, identity, service: service === null ? null : { id: service.id, name: service.name } };
}

const WIDTH: Record<Exposure, number> = { self: 0, unknown: 1, some: 2, network: 3, internet: 4 };

/** The listener that holds a forwarded port's place here and is judged as open as the door: it tells the same. */
const placeKeeper = (forward: Forward, listeners: readonly ReportListener[]): string | null =>
  listeners.find(
    ({ protocol, port, exposure, owner }) =>
      (owner.program === null || keepsPlace(owner)) &&
      protocol === forward.protocol &&
      port === forward.port &&
      WIDTH[exposure] >= WIDTH[forward.exposure],
  )?.id ?? null;

/** Why answers are unknown, each once. */
const doubtsOf = (listeners: readonly ListenerReach[]): readonly Reason[] => {
  const all = listeners.flatMap(({ reach }) => reach.flatMap(({ doubts }) => doubts));
  return [...new Map(all.map((one) => [`${one.kind} ${reasonText(one)}`, one])).values()];
};

/** What decides beside the rules, as far as some answer is unknown for it. */
function besideRules(facts: Facts, listeners: readonly ListenerReach[]): readonly Gap[] {
  const unread = new Set(doubtsOf(listeners).flatMap((one) => (one.kind === 'unread' ? [reasonText(one)] : [])));
  const here = facts.outsiders.filter(({ doubt }) => unread.has(doubt.text));
  return [...new Map(here.map((one) => [one.doubt.text, one.gap])).values()];
}

/** Rules that were read and could not be judged, so that some answer is unknown. */
function undecided(facts: Facts, listeners: readonly ListenerReach[], root: boolean): readonly Gap[] {
  const { 4: four, 6: six } = facts.netfilter.unread;
  const told = new Set(
    [...four, ...six, ...facts.missing, ...besideRules(facts, listeners)].map((one) => unreadDoubt(one).text),
  );
  const left = doubtsOf(listeners).filter((one) => one.kind !== 'unread' || !told.has(reasonText(one)));
  return togetherReasons(left).map((reason) =>
    gap({
      what: { kind: 'rules' in reason && reason.rules.length > 1 ? 'parts-of-rules' : 'part-of-a-rule' },
      why: { kind: 'undecided', reason },
      how: howToDecide(reason, root),
    }),
  );
}

/** Where not every rule is named, they are to be looked at where Windows lists them. */
const howToDecide = (reason: Reason, root: boolean): GapHow =>
  (reason.kind === 'asks' || reason.kind === 'holder') && reason.rules.length !== 1
    ? { kind: 'look-at', path: 'wf.msc' }
    : settledBy(reason, root);

function addressesOf(listener: Listener): ReportListener['addresses'] {
  const out: {
    address: string;
    family: 4 | 6;
    scope: ReportListener['addresses'][number]['scope'];
    device: string | null;
  }[] = [];
  for (const socket of listener.sockets) {
    const { address, family, device } = socket;
    const scope = scopeOf(socket);
    if (!out.some((other) => other.address === address && other.device === device))
      out.push({ address, family, scope, device });
    // A dual-stack socket takes IPv4 as well: people look for 0.0.0.0.
    const both = address === '::' && socket.v6only === false;
    if (both && !out.some((other) => other.address === '0.0.0.0'))
      out.push({ address: '0.0.0.0', family: 4, scope: 'any', device });
  }
  return out.sort((a, b) => a.family - b.family);
}

function scopeOf({ address, family }: Socket): ReportListener['addresses'][number]['scope'] {
  if (address === '0.0.0.0' || address === '::') return 'any';
  const value = parseAddress(address)?.value ?? 0n;
  if (isLoopback(value, family)) return 'loopback';
  if (family === 4 ? value >> 28n === 0xen : value >> 120n === 0xffn) return 'multicast';
  return isLinkLocal(value, family) ? 'link' : 'interface';
}
