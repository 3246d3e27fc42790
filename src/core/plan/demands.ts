/** What must be known before a change is proposed. Anything less is said as a problem with the way on. */
import { whyText } from '../gaps/index.ts';
import { problem } from '../problem.ts';
import type { Choice, FirewallId, Report, Snapshot, Target } from '../model.ts';
import { ufw } from '../firewalls/registry.ts';
import { listenersOn } from './reach-sets.ts';
import { listWords, portWords, portsWords } from './english/parts.ts';

/** The ways to close a port without a firewall's help, as sentences for these listeners. */
function otherWays(report: Report, targets: readonly Target[]): readonly string[] {
  return targets.flatMap((target) =>
    listenersOn(report, target).flatMap(({ owner, identity, port }) => {
      if (owner.container !== null || identity.service?.id === 'published-port') {
        return [`publish the container’s port on this computer only: 127.0.0.1:${port}:…`, 'stop the container'];
      }
      return [
        owner.unit !== null
          ? `stop it: systemctl stop ${owner.unit}`
          : `stop the program${owner.program === null ? '' : ` (${owner.program}${owner.pid === null ? '' : `, process ${owner.pid}`})`}`,
        identity.service?.bindLocal == null
          ? 'make it listen on this computer only (127.0.0.1) in its own settings'
          : `make it listen on this computer only: ${identity.service.bindLocal}`,
      ];
    }),
  );
}

/** What this version cannot change, with the script that can. */
export function notOnWindows(choice: Choice): Error {
  const ports = targetsOf(choice).map(({ port, protocol }) => `${port}/${protocol}`);
  const script = `portcullis export --for windows --ports ${ports.join(',')}`;
  return problem(
    'unsupported',
    'This version judges Windows Firewall and does not change it.',
    choice.kind === 'close' ? `Let it write a script that closes the port: ${script}` : 'Use the settings of Windows.',
  );
}

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

export function noWayThrough(what: string, report: Report, choice: Choice): Error {
  const ways = otherWays(report, targetsOf(choice));
  const hint = ways.length === 0 ? 'Stop the program that listens.' : `What works instead: ${ways.join('; or ')}.`;
  return problem('unsupported', what, hint);
}

/** ufw's state, complete and as the kernel has it. Throws a ProblemError otherwise. */
export function demandUfw(snapshot: Snapshot, report: Report, choice: Choice): ufw.UfwState {
  const { value: state, gaps } = ufw.readUfw(snapshot);
  demandNotFirewalld(report);
  if (state === null) {
    const install = report.firewalls.some(({ id }) => id === 'firewalld')
      ? 'turn firewalld on: sudo systemctl enable --now firewalld'
      : 'install a firewall: sudo apt install ufw';
    const ports = targetsOf(choice).map(({ port, protocol }) => `${port}/${protocol}`);
    const own = `close it without one, in a table of Portcullis’s own: portcullis close ${ports.join(' ')} --way own-table`;
    const ways = [install, ...(choice.kind === 'close' ? [own] : []), ...otherWays(report, targetsOf(choice))];
    throw problem(
      'no-firewall',
      'No firewall that Portcullis can change is installed.',
      `Ways there are: ${ways.join('; or ')}.`,
    );
  }
  const unread = ([4, 6] as const).map((family) => ufw.whyNoKernel(snapshot, family)).find((why) => why !== null);
  const gap = gaps[0];
  if (gap !== undefined || unread != null) {
    const refused = [...gaps.map(({ means }) => means.why), unread].some((why) => why?.kind === 'refused');
    throw problem(
      refused ? 'not-permitted' : 'unsupported',
      `The rules are not known completely: ${gap === undefined ? `the kernel’s rules, ${unread == null ? '' : whyText(unread)}` : `${gap.what}, ${gap.why}`}.`,
      refused ? 'Allow Portcullis to read all rules: portcullis scan --exact' : (gap?.how ?? 'Scan again.'),
    );
  }
  if (state.foreign.length > 0) {
    throw problem(
      'unsupported',
      `ufw’s rule files hold ${state.foreign.length === 1 ? 'a line' : 'lines'} that ufw would lose: ${listWords(state.foreign.slice(0, 3))}.`,
      'Move what is yours to /etc/ufw/before.rules, which ufw leaves alone, then try again.',
    );
  }
  if (state.enabled === true && !ufw.isLoaded(snapshot, 4)) {
    throw problem(
      'unsupported',
      'ufw is on in its settings, but its rules are not in the kernel.',
      'Load them with: sudo ufw reload',
    );
  }
  if (state.enabled === false && state.ipv6 === false && state.tuples.some(({ family }) => family === 6)) {
    throw problem(
      'unsupported',
      'ufw is set to leave IPv6 alone (IPV6=no) but has IPv6 rules, which it would throw away when it is turned on.',
      'Set IPV6=yes in /etc/default/ufw, or delete those rules, then try again.',
    );
  }
  return state;
}

function closedNow(report: Report, target: Target): boolean {
  const listeners = listenersOn(report, target);
  return (
    listeners.length > 0 && listeners.every(({ exposure, exposureComplete }) => exposure === 'self' && exposureComplete)
  );
}

/** Closing needs somebody who gets in, whatever firewall there is. */
export function demandReached(report: Report, choice: Choice): void {
  if (choice.kind !== 'close' || !choice.targets.every((target) => closedNow(report, target))) return;
  throw problem(
    'nothing-to-do',
    `Nobody else can reach ${portsWords(choice.targets)} now: there is nothing to close.`,
    `To see why: portcullis explain ${choice.targets[0]?.port}/${choice.targets[0]?.protocol}`,
  );
}

/** Where firewalld is on and ufw is not, a rule in ufw would do nothing, or clash. */
function demandNotFirewalld(report: Report): void {
  if (!governs(report)) return;
  throw problem(
    'unsupported',
    'firewalld is the firewall here: Portcullis closes ports in it and opens them again, and changes nothing else of it.',
    'Use firewall-cmd, or your system’s firewall settings.',
  );
}

/** ufw sees a port only after the kernel has rewritten it: closing it closes the port that leads to it as well. */
export function demandNoDoors(report: Report, choice: Choice): void {
  if (choice.kind !== 'close') return;
  for (const target of choice.targets) {
    const doors = listenersOn(report, target)
      .flatMap(({ reach }) => reach)
      .filter(({ port, open, limited }) => port !== target.port && open.length + limited.length > 0)
      .map(({ port }) => port);
    if (doors.length === 0) continue;
    throw noWayThrough(
      `Port ${listWords([...new Set(doors)].map(String))} is redirected to ${portWords(target)}, and ufw cannot tell redirected connections from direct ones: closing it would close the other port too.`,
      report,
      choice,
    );
  }
}
