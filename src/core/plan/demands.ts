/** What must be known before a change is proposed. Anything less is said as a problem with the way on. */
import { letsThrough } from '../reach/summary.ts';
import { type ProblemMeaning, problem, type WayOut } from '../problem.ts';
import type { Choice, Deciding, FirewallId, Report, Snapshot, Target } from '../model.ts';
import { ufw } from '../firewalls/registry.ts';
import { ledFrom } from '../listeners/led.ts';
import { isBoundHere } from '../listeners/local.ts';
import { distinct } from './distinct.ts';
import { bare, listenersOn } from './reach-sets.ts';
import { rulesUnknown } from './unknown.ts';

/** The ways to close a port without a firewall's help, for these listeners. */
function otherWays(report: Report, targets: readonly Target[]): readonly WayOut[] {
  return targets.flatMap((target) =>
    listenersOn(report, target).flatMap(({ owner, identity: { service }, port, addresses }): readonly WayOut[] => {
      if (owner.container !== null || service?.id === 'published-port') {
        return [{ by: 'publishing', port }, { by: 'container' }];
      }
      const { unit, program, pid } = owner;
      return [
        toStop(report, unit, program, pid),
        ...(isBoundHere({ addresses })
          ? []
          : [
              {
                by: 'settings' as const,
                service: service?.bindLocal == null ? null : { id: service.id, bindLocal: service.bindLocal },
              },
            ]),
      ];
    }),
  );
}

/** The process of Windows itself, in whose name services and programs are answered for (http.sys, file sharing). */
const SYSTEM = 4;

function toStop(report: Report, unit: string | null, program: string | null, pid: number | null): WayOut {
  if (report.platform === 'win32' && pid === SYSTEM) return { by: 'system', pid };
  // A service of Windows is stopped otherwise than a unit.
  return unit === null || report.platform === 'win32' ? { by: 'program', program, pid } : { by: 'unit', unit };
}

/** Windows Firewall is all that is changed there. */
export const byHandOnWindows = (report: Report, choice: Choice): Error =>
  problem('unsupported', { kind: 'windows-by-hand', ways: otherWays(report, targetsOf(choice)) });

/** The same on a Mac. */
export const notOnMac = (choice: Choice): Error =>
  problem('unsupported', {
    kind: 'mac-unchanged',
    close: choice.kind === 'close' ? choice.targets.map(bare) : null,
  });

export function targetsOf(choice: Choice): readonly Target[] {
  switch (choice.kind) {
    case 'close':
    case 'reopen':
    case 'remove-opening':
      return choice.targets;
    case 'enable-firewall':
      return choice.keep;
    case 'undo':
      return [];
  }
}

/** Is firewalld the firewall of this computer? Where ufw is on as well, ufw is: both must let a packet pass. */
export function governs({ firewalls }: Report): boolean {
  const isOn = (id: FirewallId): boolean => firewalls.some((one) => one.id === id && one.active === true);
  return isOn('firewalld') && !isOn('ufw');
}

/** The first of the rules that decided, in their firewalls' own words. */
export const decidingFirst = (decided: readonly Deciding[]): readonly Deciding[] =>
  distinct(decided, ({ firewall, rule }) => `${firewall}: ${rule}`)
    .slice(0, 3)
    .map(({ firewall, rule }) => ({ firewall, rule }));

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
type NoWay = Without<Extract<ProblemMeaning, { readonly ways: unknown; readonly kind: NoWayKind }>, 'ways'>;
type NoWayKind = 'led-to' | 'way-by-hand' | 'closing-unknown' | 'still-let-in';

/** The firewall does not do it, so the other ways are named. */
export function noWayThrough(means: NoWay, report: Report, choice: Choice): Error {
  return problem('unsupported', { ...means, ways: otherWays(report, targetsOf(choice)) });
}

/** ufw's state, complete and as the kernel has it. Throws a ProblemError otherwise. */
export function demandUfw(snapshot: Snapshot, report: Report, choice: Choice): ufw.UfwState {
  const { value: state, gaps } = ufw.readUfw(snapshot);
  demandNotFirewalld(report);
  if (state === null) {
    throw problem('no-firewall', {
      kind: 'no-firewall',
      firewalld: report.firewalls.some(({ id }) => id === 'firewalld'),
      own: choice.kind === 'close' ? choice.targets.map(bare) : null,
      ways: otherWays(report, targetsOf(choice)),
    });
  }
  const unread = ([4, 6] as const).map((family) => ufw.whyNoKernel(snapshot, family)).find((why) => why !== null);
  const gap = gaps[0];
  const refused = [...gaps.map(({ means }) => means.why), unread].some((why) => why?.kind === 'refused');
  if (gap !== undefined) throw rulesUnknown(gap.means, refused);
  if (unread != null) throw rulesUnknown({ what: null, why: unread, how: null }, refused);
  if (state.foreign.length > 0) {
    throw problem('unsupported', { kind: 'foreign-lines', lines: state.foreign.slice(0, 3) });
  }
  if (state.enabled === true && !ufw.isLoaded(snapshot, 4)) {
    throw problem('unsupported', { kind: 'ufw-not-loaded' });
  }
  if (state.enabled === false && state.ipv6 === false && state.tuples.some(({ family }) => family === 6)) {
    throw problem('unsupported', { kind: 'ufw-ipv6-lost' });
  }
  return state;
}

/** Where firewalld is on and ufw is not, a rule in ufw would do nothing, or clash. */
function demandNotFirewalld(report: Report): void {
  if (!governs(report)) return;
  throw problem('unsupported', { kind: 'firewalld-governs' });
}

/** ufw and firewalld see a port only after the kernel has rewritten it: a rule for one that leads on does nothing. */
export function demandNotLed(report: Report, choice: Choice): void {
  if (choice.kind !== 'close') return;
  for (const target of choice.targets) {
    const to = ledFrom(report, target)
      .filter(({ known }) => known)
      .map(({ listener }) => bare(listener));
    if (to.length === 0) continue;
    throw problem('unsupported', { kind: 'leads-on', target: bare(target), to, ways: otherWays(report, to) });
  }
}

/** ufw sees a port only after the kernel has rewritten it: closing it closes the port that leads to it as well. */
export function demandNoDoors(report: Report, choice: Choice): void {
  if (choice.kind !== 'close') return;
  for (const target of choice.targets) {
    const doors = listenersOn(report, target)
      .flatMap(({ reach }) => reach)
      .filter((way) => way.port !== target.port && letsThrough(way))
      .map(({ port }) => port);
    if (doors.length === 0) continue;
    throw noWayThrough({ kind: 'led-to', doors: [...new Set(doors)], target: bare(target) }, report, choice);
  }
}
