/** Closing a port by stopping what listens on it: the service with all that would start it again, or a program of one's own. */
import { readListeners } from '../listeners/index.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Choice, Operation, Report, ReportListener, Snapshot, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { readUnits, stopsWith, type Unit, UNIT_NAME } from '../services/index.ts';
import { listenersOn } from './reach-sets.ts';
import type { Warning } from '../told.ts';
import { portWords } from './english/parts.ts';

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
    throw problem(
      'unsupported',
      'Stopping a program closes its port for everyone.',
      choice.kind === 'reopen' ? 'To start it again, undo the change that stopped it.' : 'Leave out for whom.',
    );
  }
  const listeners = choice.targets.flatMap((target) => {
    const found = listenersOn(report, target);
    if (found.length > 0) return found;
    if (isListWhole(report)) throw problem('nothing-to-do', `Nothing listens on ${portWords(target)}.`, 'Scan again.');
    throw problem(
      'unsupported',
      `Whether anything listens on ${portWords(target)} could not be read.`,
      'Scan: it says what is missing, and what would settle it.',
    );
  });
  const [services, programs] = [listeners.filter(isService), listeners.filter((one) => !isService(one))];
  if (services.length > 0 && programs.length > 0) {
    throw problem(
      'unsupported',
      'Some of these are services, which can be started again by undo, and some are programs, which cannot.',
      'Stop them one by one.',
    );
  }
  return services.length > 0 ? stopServices(snapshot, report, services) : endPrograms(snapshot, programs, choice);
}

const isService = ({ owner }: ReportListener): boolean => owner.unit !== null;

function stopServices(snapshot: Snapshot, report: Report, listeners: readonly ReportListener[]): Stopping {
  const { value: units, gaps } = readUnits(snapshot);
  if (gaps[0] !== undefined) {
    throw problem('unsupported', `The services are not known: ${gaps[0].why}.`, `Look with: ${gaps[0].how}`);
  }
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
  const refuse = (why: string, hint: string) => problem('unsupported', `${id} is not stopped: ${why}.`, hint);
  if (unit === undefined || !UNIT_NAME.test(id)) {
    throw refuse('it is no service of the system’s', `If it is one of your own: systemctl --user stop ${id}`);
  }
  if (OF_CONTAINERS.test(id)) {
    throw refuse(
      'it runs the containers, all of them',
      'Publish the container’s port on 127.0.0.1 only, stop the container, or close the port ahead of it: --way own-table',
    );
  }
  if (ESSENTIAL.test(id) || unit.refusesStop) {
    throw refuse('this computer needs it to work', 'Close the port in the firewall instead.');
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
    const name = `${portWords(one)}, ${one.identity.name},`;
    const sockets = known.find(({ id }) => id === one.id)?.sockets ?? [];
    if (container !== null || one.identity.service?.id === 'published-port') {
      throw problem(
        'unsupported',
        `${name} belongs to a container.`,
        'Stop the container, or publish its port on 127.0.0.1 only.',
      );
    }
    if (pid === null || pid <= 1 || program === null) {
      throw problem(
        'not-permitted',
        `Whose ${portWords(one)} is cannot be seen.`,
        'See all owners: sudo portcullis scan',
      );
    }
    const inodes = sockets.flatMap(({ inode }) => inode ?? []);
    const own = snapshot.uid === 0 || sockets.every(({ uid }) => uid === snapshot.uid);
    if (!own || inodes.length === 0 || inodes.length !== sockets.length) {
      throw problem(
        'unsupported',
        `${program} (process ${pid}) is another user’s, and Portcullis ends only your own programs.`,
        `End it by hand: sudo kill ${pid}`,
      );
    }
    return { kind: 'program-end', pid, program, inodes };
  });
  if (choice.confirm !== undefined) {
    throw problem(
      'unsupported',
      'A program that was ended cannot be brought back from here, so there is nothing to confirm.',
      'Close the port in the firewall instead.',
    );
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
  throw problem(
    'unsupported',
    `Another program listens on ${portWords(left)} as well: ${left.identity.name}.`,
    'Close the port in the firewall instead.',
  );
}
