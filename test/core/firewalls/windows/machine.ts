/**
 * Synthetic Windows computers: what is said here becomes the transcripts that would have been gathered. Nothing of it was
 * printed by a real Windows; the shapes are those of src/core/machine/windows.ts.
 */
import type { Snapshot, Transcript } from '../../../../src/core/model.ts';

interface Pair {
  readonly name: string;
  readonly value: string | number;
}

type Settings = Readonly<Record<string, number | string>>;
type PerProfile = Readonly<Partial<Record<'domain' | 'private' | 'public', Settings>>>;

export interface AdapterSaid {
  readonly alias: string;
  readonly type?: number;
  readonly description?: string;
  readonly up?: boolean;
  readonly guid?: string | null;
  readonly category?: string | number | null | undefined;
  readonly addresses: readonly string[];
  readonly gateways?: readonly string[];
  readonly dns?: readonly string[];
  readonly dhcp?: readonly string[];
  readonly wins?: readonly string[];
  readonly weakHost?: boolean | null;
}

interface SocketSaid {
  /** `tcp 0.0.0.0:3000`, `udp [::]:5353`, `tcp [fe80::1%12]:445`. */
  readonly at: string;
  readonly pid: number;
  /** Absent: it listens. */
  readonly peer?: string;
}

interface ProcessSaid {
  readonly pid: number;
  readonly path?: string | null;
  readonly name?: string;
  readonly commandLine?: string | null;
  readonly contained?: boolean;
  readonly packageFamily?: string | null;
  readonly session?: number;
}

export interface MachineSaid {
  readonly host?: string;
  /** Rules as the registry holds them; a text that begins with `v2.` stands for itself, else the head is put before it. */
  readonly rules?: readonly (string | Pair)[];
  readonly policyRules?: readonly (string | Pair)[];
  readonly local?: PerProfile;
  readonly policy?: PerProfile;
  readonly effective?: unknown;
  readonly adapters?: readonly AdapterSaid[];
  readonly processes?: readonly ProcessSaid[];
  readonly services?: readonly { readonly pid: number; readonly name: string; readonly command?: string | null }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly portProxy?: readonly { readonly family: string; readonly name: string; readonly value: string }[];
  readonly sockets?: readonly SocketSaid[];
  /** What netstat calls the states of TCP; German where nothing is said. */
  readonly states?: { readonly listening: string; readonly established: string };
  /** Lists within lists as Windows PowerShell 5.1 prints them: one item bare, several as `{"value":[…],"Count":n}`. */
  readonly bare?: boolean;
  /** Parts that stand there as they are: a failure, or garbage. */
  readonly parts?: Readonly<Record<string, unknown>>;
}

export const HOME: AdapterSaid = {
  alias: 'Wi-Fi',
  type: 71,
  description: 'Intel(R) Wi-Fi 6 AX201 160MHz',
  guid: '{11111111-1111-4111-8111-111111111111}',
  category: 'Private',
  addresses: ['192.168.1.20/24', 'fe80::20/64', '2001:db8:1::20/64'],
  gateways: ['192.168.1.1'],
  dns: ['192.168.1.1'],
  dhcp: ['192.168.1.1'],
  wins: [],
  weakHost: false,
};

/** A list of services of which an entry was lost: the firewall's own is there, and who else runs is not known. */
export const SERVICES_IN_PART = {
  ok: [
    { pid: 1400, name: 'mpssvc', command: null },
    { pid: null, name: null },
  ],
};

const ENVIRONMENT: Readonly<Record<string, string>> = {
  SystemRoot: 'C:\\Windows',
  SystemDrive: 'C:',
  ProgramFiles: 'C:\\Program Files',
  'ProgramFiles(x86)': 'C:\\Program Files (x86)',
};

const ok = (value: unknown): unknown => ({ ok: value });

/** A rule with what every rule here has; `Allow|LPort=80` is an active rule for what comes in. */
const ruleOf = (said: string | Pair, at: number): Pair => {
  if (typeof said !== 'string') return said;
  if (/^v\d/i.test(said) || !/^(Allow|Block|ByPass)\|/.test(said)) return { name: `{rule-${at}}`, value: said };
  const [action, ...fields] = said.split('|').filter((field) => field !== '');
  return {
    name: `{rule-${at}}`,
    value: `v2.31|Action=${action}|Active=TRUE|Dir=In|${fields.map((field) => `${field}|`).join('')}`,
  };
};

const perProfile = (said: PerProfile = {}): unknown =>
  Object.fromEntries(
    (['domain', 'private', 'public'] as const).map((profile) => [
      profile,
      Object.entries(said[profile] ?? {}).map(([name, value]) => ({ name, value })),
    ]),
  );

const adapterOf = ({ addresses, ...said }: AdapterSaid, at: number): unknown => ({
  index: at + 10,
  guid: null,
  type: 6,
  up: true,
  ...said,
  addresses: addresses.map((text) => {
    const [address = '', prefix = ''] = text.split('/');
    return { address, prefix: Number(prefix) };
  }),
});

const LOOPBACK: AdapterSaid = {
  alias: 'Loopback Pseudo-Interface 1',
  type: 24,
  addresses: ['127.0.0.1/8', '::1/128'],
};

const GERMAN = { listening: 'ABHÖREN', established: 'HERGESTELLT' };

/** What node-netstat makes of a row, with the family in the protocol. */
function rowOf({ at, pid, peer }: SocketSaid, { listening, established } = GERMAN): unknown {
  const [protocol = '', place = ''] = at.split(' ');
  const end = (text: string): unknown => {
    const port = Number(text.slice(text.lastIndexOf(':') + 1));
    const address = text.slice(0, text.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
    return { address: address === '0.0.0.0' || address === '::' ? null : address, port };
  };
  const waits = protocol === 'udp' ? { address: '*', port: null } : { address: null, port: 0 };
  return {
    protocol: `${protocol}${place.startsWith('[') ? '6' : ''}`,
    local: end(place),
    remote: peer === undefined ? waits : end(peer),
    state: protocol === 'udp' ? null : peer === undefined ? listening : established,
    pid,
  };
}

const transcript = (id: string, kind: Transcript['kind'], argv: readonly string[], stdout: string): Transcript => ({
  id,
  kind,
  argv,
  exit: 0,
  signal: null,
  stdout,
  stderr: '',
  startedAt: '2026-11-28T09:00:00.000Z',
  ms: 900,
  failure: null,
});

const mapValues = (value: unknown, of: (one: unknown) => unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, of(one)]))
    : value;

/** The list of a part stays one, but for one item; what it holds is printed in the way of 5.1. */
function inBare(part: unknown): unknown {
  if (!Array.isArray(part)) return mapValues(part, inBare);
  const items = part.map((item) => mapValues(item, wrapped));
  return items.length === 1 ? items[0] : items;
}

const wrapped = (value: unknown): unknown =>
  !Array.isArray(value) || value.length === 0
    ? value
    : value.length === 1
      ? (value[0] as unknown)
      : { value: value as unknown[], Count: value.length };

export function windowsSnapshot(said: MachineSaid): Snapshot {
  const parts = {
    schema: 1,
    // Windows always has rules, so there is one that does nothing.
    localRules: ok([
      { name: 'inert', value: 'v2.31|Action=Block|Active=FALSE|Dir=In|' },
      ...(said.rules ?? []).map(ruleOf),
    ]),
    policyRules: ok((said.policyRules ?? []).map((rule, at) => ruleOf(rule, at + 1000))),
    policyExceptions: ok([]),
    mdmRules: ok([]),
    appRules: ok([]),
    serviceRules: ok([]),
    mdmSettings: ok([]),
    wslPolicy: ok([]),
    products: ok([]),
    localSettings: ok(perProfile(said.local)),
    policySettings: ok(perProfile(said.policy)),
    ...(said.effective === undefined ? {} : { effectiveProfiles: ok(said.effective) }),
    adapters: ok([LOOPBACK, ...(said.adapters ?? [HOME])].map(adapterOf)),
    processes: ok(said.processes ?? []),
    services: ok([{ pid: 1400, name: 'mpssvc', command: null }, ...(said.services ?? [])]),
    environment: ok(said.environment ?? ENVIRONMENT),
    portProxy: ok(said.portProxy ?? []),
    ...said.parts,
  };
  const rows = (said.sockets ?? []).map((socket) => `${JSON.stringify(rowOf(socket, said.states))}\n`).join('');
  return {
    schema: 1,
    takenAt: '2026-11-28T09:00:02.000Z',
    platform: 'win32',
    host: said.host ?? 'PC',
    uid: -1,
    redacted: false,
    transcripts: [
      transcript(
        'windows.firewall',
        'command',
        ['powershell.exe', '-NoProfile', '-NonInteractive'],
        JSON.stringify(said.bare === true ? mapValues(parts, (part) => mapValues(part, inBare)) : parts),
      ),
      transcript('netstat', 'collected', ['netstat', '-ano'], rows),
    ],
  };
}

/** All three profiles as Get-NetFirewallProfile -PolicyStore ActiveStore prints them, enumerations as numbers. */
export const profilesPrinted = (changes: Readonly<Record<string, unknown>> = {}): unknown =>
  ['Domain', 'Private', 'Public'].map((Name) => ({
    Name,
    Enabled: 1,
    DefaultInboundAction: 4,
    DefaultOutboundAction: 2,
    AllowInboundRules: 1,
    AllowLocalFirewallRules: 1,
    DisabledInterfaceAliases: 'NotConfigured',
    ...changes,
  }));
