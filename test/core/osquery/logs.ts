/** synthetic: what osquery prints and logs, made by hand after its documents; no osquery wrote any of this. */
import { readLog, snapshotOf } from '../../../src/core/osquery/index.ts';
import type { Report, Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';

export type Rows = readonly Readonly<Record<string, string>>[];

export const socket = (
  address: string,
  port: number,
  {
    pid = '4242',
    protocol = '6',
    family = address.includes(':') ? '10' : '2',
    ...more
  }: Readonly<Record<string, string>> = {},
): Rows[number] => ({
  pid,
  port: String(port),
  protocol,
  family,
  address,
  fd: '7',
  socket: '31337',
  path: '',
  net_namespace: '4026531992',
  ...more,
});

const process = (pid: string, name: string, path: string, cmdline = path): Rows[number] => ({
  pid,
  name,
  path,
  cmdline,
  uid: '1000',
  on_disk: '1',
});

export const LINUX = {
  os_version: [
    { name: 'Debian GNU/Linux', version: '12 (bookworm)', major: '12', platform: 'debian', platform_like: '' },
  ],
  system_info: [{ hostname: 'web-1', uuid: '0000-1', computer_name: 'web-1' }],
  interface_addresses: [
    { interface: 'lo', address: '127.0.0.1', mask: '255.0.0.0', broadcast: '', point_to_point: '127.0.0.1', type: '' },
    {
      interface: 'lo',
      address: '::1',
      mask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      broadcast: '',
      point_to_point: '',
      type: '',
    },
    {
      interface: 'eth0',
      address: '192.168.77.10',
      mask: '255.255.255.0',
      broadcast: '192.168.77.255',
      point_to_point: '',
      type: '',
    },
    {
      interface: 'eth0',
      address: 'fe80::1%eth0',
      mask: 'ffff:ffff:ffff:ffff::',
      broadcast: '',
      point_to_point: '',
      type: '',
    },
  ],
  processes: [
    process('4242', 'node', '/usr/bin/node', 'node server.js'),
    process('77', 'postgres', '/usr/lib/postgresql/15/bin/postgres'),
  ],
  listening_ports: [
    socket('0.0.0.0', 3000),
    socket('::', 3000),
    socket('127.0.0.1', 5432, { pid: '77' }),
    socket('', 0, { family: '1', protocol: '0', path: '/run/x.sock' }),
    socket('0.0.0.0', 68, { pid: '-1', protocol: '17' }),
  ],
  system_controls: ['all', 'default', 'lo', 'eth0'].map((name) => ({
    name: `net.ipv4.conf.${name}.route_localnet`,
    oid: '',
    subsystem: 'net',
    current_value: '0',
    config_value: '',
    type: 'string',
  })),
} satisfies Readonly<Record<string, Rows>>;

export const WINDOWS = {
  os_version: [
    { name: 'Microsoft Windows 11 Pro', version: '10.0.22631', platform: 'windows', platform_like: 'windows' },
  ],
  system_info: [{ hostname: 'OFFICE-9', uuid: '0000-2', computer_name: 'OFFICE-9' }],
  interface_addresses: [
    { interface: '12', address: '10.20.0.9', mask: '255.255.0.0', broadcast: '', point_to_point: '', type: 'dhcp' },
  ],
  processes: [process('6000', 'node.exe', 'C:\\Program Files\\nodejs\\node.exe'), process('980', 'svchost.exe', '')],
  services: [
    { name: 'RpcSs', service_type: 'SHARE_PROCESS', status: 'RUNNING', pid: '980', start_type: 'AUTO_START' },
    { name: 'iphlpsvc', service_type: 'SHARE_PROCESS', status: 'STOPPED', pid: '0', start_type: 'DISABLED' },
  ],
  windows_firewall_rules: [
    {
      name: 'Node',
      app_name: 'C:\\Program Files\\nodejs\\node.exe',
      action: 'Allow',
      enabled: '1',
      direction: 'In',
      protocol: 'TCP',
      local_ports: '*',
      profile_public: '1',
    },
    {
      name: 'Core',
      app_name: '',
      action: 'Allow',
      enabled: '0',
      direction: 'In',
      protocol: 'TCP',
      local_ports: '445',
      profile_public: '1',
    },
    {
      name: 'Away',
      app_name: '',
      action: 'Block',
      enabled: '1',
      direction: 'Out',
      protocol: 'Any',
      local_ports: '*',
      profile_public: '1',
    },
  ],
  listening_ports: [
    socket('0.0.0.0', 135, { pid: '980' }),
    socket('::', 135, { pid: '980', family: '23' }),
    socket('127.0.0.1', 9229, { pid: '6000' }),
    socket('0.0.0.0', 3000, { pid: '6000' }),
  ].map((row) => ({ ...row, net_namespace: '' })),
} satisfies Readonly<Record<string, Rows>>;

export const MAC = {
  os_version: [{ name: 'macOS', version: '15.1', platform: 'darwin', platform_like: 'darwin' }],
  system_info: [{ hostname: 'air.local', uuid: '0000-3', computer_name: 'Air' }],
  interface_addresses: [
    { interface: 'lo0', address: '127.0.0.1', mask: '255.0.0.0' },
    { interface: 'en0', address: '192.168.1.7', mask: '255.255.255.0' },
  ],
  processes: [
    process('501', 'ControlCenter', '/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter'),
  ],
  listening_ports: [
    socket('*', 1),
    socket('0.0.0.0', 5000, { pid: '501' }),
    socket('::', 7000, { pid: '501', family: '30' }),
    socket('::1', 6000, { family: '30' }),
  ].slice(1),
} satisfies Readonly<Record<string, Rows>>;

type Tables = Readonly<Record<string, Rows>>;

const base = (host: string, table: string, unixTime: number, counter: number, epoch: string) => ({
  name: `pack_portcullis_${table}`,
  hostIdentifier: host,
  calendarTime: 'Mon Nov 30 03:00:00 2026 UTC',
  unixTime,
  epoch,
  counter,
  numerics: false,
  decorations: { host_uuid: 'x' },
});

/** Snapshot queries, as osqueryd.snapshots.log has them. */
export const snapshotLog = (host: string, tables: Tables, time = 1_796_000_000): string =>
  Object.entries(tables)
    .map(
      ([table, snapshot]) =>
        `${JSON.stringify({ snapshot, action: 'snapshot', ...base(host, table, time, 0, '0') })}\n`,
    )
    .join('');

/** The event format: a line a row. */
export const eventLines = (
  host: string,
  table: string,
  action: 'added' | 'removed',
  rows: Rows,
  { time = 1_796_000_000, counter = 0, epoch = '0' } = {},
): string =>
  rows
    .map((columns) => `${JSON.stringify({ ...base(host, table, time, counter, epoch), columns, action })}\n`)
    .join('');

/** The batch format: all changes of one run in a line. */
export const batchLine = (
  host: string,
  table: string,
  { added = [], removed = [] }: { readonly added?: Rows; readonly removed?: Rows },
  { time = 1_796_000_000, counter = 0, epoch = '0' } = {},
): string =>
  `${JSON.stringify({ diffResults: { added, removed: removed.length === 0 ? '' : removed }, ...base(host, table, time, counter, epoch) })}\n`;

export const AT = '2026-11-30T00:00:00.000Z';

export const snapshotsIn = (text: string, name = 'some-file'): readonly Snapshot[] =>
  (readLog(text, name)?.hosts ?? []).map((host) => {
    const snapshot = snapshotOf(host, AT);
    if (snapshot === null) throw new Error(`${host.host}: of which system it is was not found`);
    return snapshot;
  });

export const reportsIn = (text: string, name?: string): readonly Report[] =>
  snapshotsIn(text, name).map((snapshot) => makeReport(snapshot, { kept: new Set() }));

/** What is said of each port: `tcp/3000 unknown`, with `?` where more may be open. */
export const said = ({ listeners }: Report): readonly string[] =>
  listeners.map(({ id, exposure, exposureComplete }) => `${id} ${exposure}${exposureComplete ? '' : '?'}`);
