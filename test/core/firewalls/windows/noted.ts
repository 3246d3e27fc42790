/** synthetic: Windows computers of which there is something to say beside who reaches what; each made for one thing. */
import type { Snapshot } from '../../../../src/core/model.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from './machine.ts';

const GUID = '6E6E6E6E-0000-4000-8000-000000000001';
export const PROGRAM = 'C:\\Games\\game.exe';
const GAME = { pid: 5000, path: PROGRAM };
const LISTENS = [{ at: 'tcp 0.0.0.0:4000', pid: 5000 }];

/** What a question leaves behind that was not answered with yes. */
export const refusal = (protocol: 'TCP' | 'UDP', app = PROGRAM, more = '') => ({
  name: `${protocol} Query User{${GUID}}${app.toLowerCase()}`,
  value: `v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=${protocol === 'TCP' ? 6 : 17}|App=${app.toLowerCase()}|Name=A game|Desc=A game|Defer=User|${more}`,
});

const PUBLIC = { ...HOME, category: 'Public' };

/** What the system prints of the profiles, with other settings for one of them. */
const printed = (name: string, changes: Readonly<Record<string, unknown>>): unknown =>
  (profilesPrinted() as readonly { readonly Name: string }[]).map((one) =>
    one.Name === name ? { ...one, ...changes } : one,
  );

export const machine = (said: MachineSaid): Snapshot =>
  windowsSnapshot({ rules: [], processes: [GAME], sockets: LISTENS, effective: profilesPrinted(), ...said });

export const NOTED = {
  refused: machine({
    rules: [
      refusal('TCP'),
      refusal('UDP'),
      `Allow|App=${PROGRAM}|Name=The game|`,
      `Allow|App=${PROGRAM}|Name=It again|`,
    ],
  }),
  'refused, not to be written': machine({
    rules: [refusal('TCP', 'C:\\Games [1]\\game.exe')],
    processes: [{ pid: 5000, path: 'C:\\Games [1]\\game.exe' }],
  }),
  'off in this network': machine({
    effective: printed('Private', { Enabled: 0 }),
    adapters: [HOME, { ...PUBLIC, alias: 'Ethernet' }],
  }),
  'off in another network': machine({ effective: printed('Domain', { Enabled: 0 }) }),
  'lets in elsewhere': machine({ effective: printed('Public', { DefaultInboundAction: 2 }) }),
  'leaves an interface alone': machine({ effective: printed('Private', { DisabledInterfaceAliases: ['Wi-Fi'] }) }),
  'all blocked': machine({
    effective: printed('Private', { AllowInboundRules: 0 }),
    rules: ['Allow|Protocol=6|LPort=4000|Name=Mine|', 'Allow|Protocol=6|LPort=4001|Name=Mine too|'],
  }),
  'policy ignores local rules': machine({
    effective: printed('Private', { AllowLocalFirewallRules: 0 }),
    rules: ['Allow|Protocol=6|LPort=4000|Name=Mine|'],
  }),
  'another firewall': machine({ parts: { products: { ok: [{ name: 'Example Shield', categories: [2] }] } } }),
  'the service is stopped': machine({ parts: { services: { ok: [{ pid: 900, name: 'RpcSs', command: null }] } } }),
  private: machine({
    rules: ['Allow|Protocol=6|LPort=4000|Profile=Private|Name=At home|', 'Allow|Protocol=6|LPort=4001|Name=Anywhere|'],
    sockets: [...LISTENS, { at: 'tcp 0.0.0.0:4001', pid: 5000 }],
  }),
  guests: machine({
    processes: [GAME, { pid: 6000, path: 'C:\\Program Files\\WSL\\wslrelay.exe' }, { pid: 6001, name: 'vmmemWSL' }],
    sockets: [...LISTENS, { at: 'tcp 127.0.0.1:3000', pid: 6000 }],
  }),
  'http.sys': machine({
    rules: ['Allow|Protocol=6|LPort=80|App=System|', 'Allow|Protocol=6|LPort=81|App=System|'],
    processes: [{ pid: 4, name: 'System' }],
    sockets: [
      { at: 'tcp 0.0.0.0:80', pid: 4 },
      { at: 'tcp 0.0.0.0:81', pid: 4 },
    ],
    parts: {
      urlReservations: {
        ok: [
          'http://+:80/Temporary_Listen_Addresses/',
          'http://*:80/a/',
          'http://[::1]:80/b/',
          'http://+:80/c/',
          'http://+:80/d/',
          'nonsense',
        ].map((name) => ({ name, value: 1 })),
      },
    },
  }),
  portproxy: machine({
    rules: ['Allow|Protocol=6|LPort=9999|'],
    processes: [{ pid: 2000, name: 'svchost.exe', path: null }],
    services: [{ pid: 2000, name: 'iphlpsvc', command: null }],
    portProxy: [
      { family: 'v4tov4', name: '0.0.0.0/9999', value: '172.28.16.5/22' },
      { family: 'v4tov6', name: '*/9999', value: 'fd00::1/80' },
    ],
    sockets: [{ at: 'tcp 0.0.0.0:9999', pid: 2000 }],
  }),
  openings: machine({
    rules: [
      'Allow|Protocol=6|LPort=7000|Name=Left over|',
      'Allow|Protocol=6|LPort=4000|Name=In use|',
      'Allow|Protocol=6|LPort=7001|LPort=7002|Name=Two ports|',
      `Allow|Protocol=6|LPort=7003|App=${PROGRAM}|Name=For one program|`,
      'Allow|Protocol=6|LPort=7004|Name=@FirewallAPI.dll,-28502|',
      'Allow|Protocol=6|LPort=7005|Profile=Domain|Name=Elsewhere|',
      'Allow|Protocol=6|LPort=7006|EmbedCtxt=@FirewallAPI.dll,-28502|Name=Of a group of the system|',
    ],
  }),
} as const satisfies Readonly<Record<string, Snapshot>>;
