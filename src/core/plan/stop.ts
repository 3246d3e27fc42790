/** Closing a port by stopping what listens on it: the service with all that would start it again, or a program of one's own. */
import { readListeners } from '../listeners/index.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Choice, Operation, Report, ReportListener, Snapshot, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { readUnits, stopsWith, type Unit, UNIT_NAME } from '../services/index.ts';
import { bare, listenersOn } from './reach-sets.ts';
import { servicesUnknown } from './unknown.ts';
import type { NamedPort, Warning } from '../told.ts';

type PortChoice = Extract<Choice, { readonly kind: 'close' | 'reopen' }>;
type Units = ReadonlyMap<string, Unit>;

/** Without these nobody could log in, or use the network, or undo it. */
const ESSENTIAL =
  /^(dbus(-broker)?|polkit|init|NetworkManager|wpa_supplicant|iwd|systemd-(journald|logind|udevd|networkd)|user@\d+)\.(service|socket)$/;
/** They run what belongs to others: the container is what is to be closed. */
const OF_CONTAINERS = /^(docker|containerd|podman|libvirtd|virtqemud|lxc|snap\.docker\.dockerd)\.(service|socket)$/;

interface Stopping {
  readonly operations: readonly Operation[];
  readonly warnings: readonly Warning[];
}

export function stopping(snapshot: Snapshot, report: Report, choice: PortChoice): Stopping {
  if (choice.kind === 'reopen' || choice.audience !== 'everyone') {
    throw problem('unsupported', { kind: 'stops-for-all', reopen: choice.kind === 'reopen' });
  }
  const listeners = choice.targets.flatMap((target) => {
    const found = listenersOn(report, target);
    if (found.length > 0) return found;
    if (isListWhole(report)) throw problem('nothing-to-do', { kind: 'nothing-listens', target: bare(target) });
    throw problem('unsupported', { kind: 'listening-unread', target: bare(target) });
  });
  const [services, programs] = [listeners.filter(isService), listeners.filter((one) => !isService(one))];
  if (services.length > 0 && programs.length > 0) {
    throw problem('unsupported', { kind: 'services-and-programs' });
  }
  return services.length > 0 ? stopServices(snapshot, report, services) : endPrograms(snapshot, programs, choice);
}

const isService = ({ owner }: ReportListener): boolean => owner.unit !== null;

/** By the name of this very listener. */
const portOf = ({ protocol, port, identity }: ReportListener): NamedPort => ({ protocol, port, name: identity.name });

function stopServices(snapshot: Snapshot, report: Report, listeners: readonly ReportListener[]): Stopping {
  const { value: units, gaps } = readUnits(snapshot);
  const [gap] = gaps;
  if (gap !== undefined) throw servicesUnknown(gap);
  const wanted = [...new Set(listeners.map(({ owner }) => owner.unit ?? ''))];
  const own = [...new Set(wanted.flatMap((id) => withStarters(units, unitOf(units, id))))];
  // What needs it stops with it, and would start it again with the computer.
  const needing = [...new Set(own.flatMap((id) => stopsWith(units, id)))].filter((id) => !own.includes(id));
  for (const id of needing) unitOf(units, id);
  const operations = [...needing, ...own].map(
    (id): Operation => ({ kind: 'service-stop', unit: id, boot: units.get(id)?.file === 'enabled' }),
  );
  const all = [...needing, ...own];
  return {
    operations,
    warnings: [
      ...(needing.length === 0 ? [] : [{ kind: 'stops-too' as const, units: needing }]),
      ...otherPorts(report, listeners, all),
      ...comesBack(units, wanted, all),
    ],
  };
}

/** The unit, if it is one that may be stopped. */
function unitOf(units: Units, id: string): Unit {
  const unit = units.get(id);
  if (unit === undefined || !UNIT_NAME.test(id)) {
    throw problem('unsupported', { kind: 'unit-not-systems', unit: id });
  }
  if (OF_CONTAINERS.test(id)) {
    throw problem('unsupported', { kind: 'unit-of-containers', unit: id });
  }
  if (ESSENTIAL.test(id) || unit.refusesStop) {
    throw problem('unsupported', { kind: 'unit-needed', unit: id });
  }
  return unit;
}

/** What would start it again first, so that nothing does meanwhile. */
function withStarters(units: Units, unit: Unit): readonly string[] {
  const services = unit.triggers.length > 0 ? unit.triggers.flatMap((id) => units.get(id) ?? []) : [unit];
  const starters = services.flatMap(({ triggeredBy }) => triggeredBy);
  return [...new Set([...starters, unit.id, ...services.map(({ id }) => id)])].filter(
    (id) => units.get(id)?.active === true || id === unit.id,
  );
}

/** What is closed along with it. */
function otherPorts(
  report: Report,
  listeners: readonly ReportListener[],
  stopped: readonly string[],
): readonly Warning[] {
  const ports = report.listeners.filter(
    (one) => one.owner.unit !== null && stopped.includes(one.owner.unit) && !listeners.includes(one),
  );
  return ports.length === 0
    ? []
    : [{ kind: 'ports-too', targets: ports.map(({ protocol, port }) => ({ protocol, port })) }];
}

/** What may start it again. */
function comesBack(units: Units, wanted: readonly string[], stopped: readonly string[]): readonly Warning[] {
  const later = wanted.filter((id) => !['enabled', 'disabled'].includes(units.get(id)?.file ?? ''));
  const held = stopped.some((id) => units.get(id)?.file === 'enabled');
  const wanters = [...new Set(stopped.flatMap((id) => units.get(id)?.wantedBy ?? []))].filter(
    (id) => !stopped.includes(id) && !id.endsWith('.target'),
  );
  if (wanters.length > 0) return [{ kind: 'wanted-by', units: wanters }];
  return later.length === 0 || held ? [] : [{ kind: 'not-enabled', units: later }];
}

function endPrograms(snapshot: Snapshot, listeners: readonly ReportListener[], choice: PortChoice): Stopping {
  const known = readListeners(snapshot).value;
  const operations = listeners.map((one): Operation => {
    const { pid, program, container } = one.owner;
    const sockets = known.find(({ id }) => id === one.id)?.sockets ?? [];
    if (container !== null || one.identity.service?.id === 'published-port') {
      throw problem('unsupported', { kind: 'of-container', port: portOf(one) });
    }
    if (pid === null || pid <= 1 || program === null) {
      throw problem('not-permitted', { kind: 'owner-unseen', target: bare(one) });
    }
    const inodes = sockets.flatMap(({ inode }) => inode ?? []);
    const own = snapshot.uid === 0 || sockets.every(({ uid }) => uid === snapshot.uid);
    if (!own || inodes.length === 0 || inodes.length !== sockets.length) {
      throw problem('unsupported', { kind: 'of-another-user', program, pid });
    }
    return { kind: 'program-end', pid, program, inodes };
  });
  if (choice.confirm !== undefined) {
    throw problem('unsupported', { kind: 'nothing-to-confirm' });
  }
  return {
    operations,
    warnings: [{ kind: 'unsaved' }],
  };
}

/** Throws a ProblemError where something would listen there all the same. */
export function checkStopped(targets: readonly Target[], after: Report): void {
  const left = targets.flatMap((target) => listenersOn(after, target)).find(({ exposure }) => exposure !== 'self');
  if (left === undefined) return;
  throw problem('unsupported', { kind: 'another-listens', port: portOf(left) });
}
