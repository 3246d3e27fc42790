/** synthetic: what every Windows runs and listens at, as an ordinary person is told of it: no paths of the system's processes. */
import type { MachineSaid } from '../../../core/firewalls/windows/machine.ts';
import type { RulePair } from '../../../core/firewalls/windows/predefined.ts';

export const SVCHOST = '%SystemRoot%\\system32\\svchost.exe';
const host = (group: string): string => `C:\\WINDOWS\\system32\\svchost.exe -k ${group}`;

export const rule = (name: string, value: string): RulePair => ({ name, value });

/** The two rules that a question leaves which was answered: allowed, or dismissed. */
export function asked(
  path: string,
  name: string,
  action: 'Allow' | 'Block',
  profile: string,
  version = '2.30',
): readonly RulePair[] {
  const low = path.toLowerCase();
  return [
    ['TCP', 6],
    ['UDP', 17],
  ].map(([protocol, number], at) => ({
    name: `${protocol} Query User{${(low.length + 16).toString(16).toUpperCase()}000000-0000-4000-8000-00000000000${at}}${low}`,
    value: `v${version}|Action=${action}|Active=TRUE|Dir=In|Protocol=${number}|Profile=${profile}|App=${low}|Name=${name}|Desc=${name}|Defer=User|`,
  }));
}

export const PROCESSES: NonNullable<MachineSaid['processes']> = [
  { pid: 4, name: 'System' },
  { pid: 620, name: 'wininit.exe', path: null, session: 0 },
  { pid: 744, name: 'services.exe', path: null, session: 0 },
  { pid: 760, name: 'lsass.exe', path: null, session: 0 },
  { pid: 2800, name: 'spoolsv.exe', path: null, session: 0 },
  ...[980, 1100, 1500, 2400, 2500, 3100, 3300, 3400].map((pid) => ({
    pid,
    name: 'svchost.exe',
    path: null,
    session: 0,
  })),
];

export const SERVICES: NonNullable<MachineSaid['services']> = [
  { pid: 980, name: 'RpcEptMapper', command: host('RPCSS -p') },
  { pid: 3400, name: 'LanmanServer', command: host('netsvcs -p') },
  { pid: 980, name: 'RpcSs', command: host('rpcss -p') },
  { pid: 1100, name: 'EventLog', command: host('LocalServiceNetworkRestricted -p') },
  { pid: 1500, name: 'Dnscache', command: host('NetworkService -p') },
  { pid: 2400, name: 'SSDPSRV', command: host('LocalServiceAndNoImpersonation -p') },
  { pid: 2500, name: 'FDResPub', command: host('LocalServiceAndNoImpersonation -p') },
  { pid: 3100, name: 'DoSvc', command: host('NetworkService -p') },
  { pid: 3300, name: 'CDPSvc', command: host('LocalService -p') },
  { pid: 3400, name: 'Schedule', command: host('netsvcs -p') },
  { pid: 2800, name: 'Spooler', command: 'C:\\WINDOWS\\System32\\spoolsv.exe' },
  { pid: 760, name: 'SamSs', command: 'C:\\WINDOWS\\system32\\lsass.exe' },
];

const both = (protocol: string, port: number, pid: number) => [
  { at: `${protocol} 0.0.0.0:${port}`, pid },
  { at: `${protocol} [::]:${port}`, pid },
];

/** @param own the address of IPv4 that NetBIOS is bound to */
export const sockets = (own: string): NonNullable<MachineSaid['sockets']> => [
  ...both('tcp', 135, 980),
  { at: `tcp ${own}:139`, pid: 4 },
  ...both('tcp', 445, 4),
  { at: 'tcp 0.0.0.0:5040', pid: 3300 },
  ...both('tcp', 49664, 760),
  ...both('tcp', 49665, 620),
  ...both('udp', 5353, 1500),
];

/** Where a computer is asked to be found, and takes updates from its neighbours. */
export const SOCIAL: NonNullable<MachineSaid['sockets']> = [
  ...both('tcp', 7680, 3100),
  { at: 'udp 0.0.0.0:1900', pid: 2400 },
  ...both('udp', 3702, 2500),
];

export { both };
