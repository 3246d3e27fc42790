/**
 * A model of what the scripts change: the local store of Windows Firewall with its cmdlets, as the documents describe them
 * (Microsoft Learn, NetSecurity module; [MS-GPFAS] 2.2.2.19). It is written apart from the program, names that are given to
 * -Name are wildcards in it, and each change of it can be made to fail. It is a model: no Windows was asked.
 */
import type { Snapshot } from '../../../../src/core/model.ts';
import { type Host, Raised, runScript, textOf, thing, type Thing, type Value } from './powershell.ts';

export interface Store {
  /** Value names and texts of the registry's key FirewallRules. */
  readonly rules: ReadonlyMap<string, string>;
  /** EnableFirewall by the name of the profile's key; absent: not set. */
  readonly profiles: ReadonlyMap<string, number>;
}

export interface Conditions {
  readonly administrator?: boolean;
  /** Which change of the store, from 0, goes wrong; `from`: that one and all after it. */
  readonly fails?: { readonly at: number; readonly from: boolean; readonly how: 'before' | 'after' | 'silently' };
  /** Windows writes its own version in front of each rule that it writes. */
  readonly version?: string;
}

export interface Ended {
  readonly status: number;
  readonly store: Store;
  /** How many changes were begun. */
  readonly changes: number;
}

const BASE = 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\';
const KEYS: Readonly<Record<string, string>> = {
  domain: 'DomainProfile',
  private: 'StandardProfile',
  public: 'PublicProfile',
};

/** The script carried out on the store. */
export function runOn(store: Store, script: string, conditions: Conditions = {}): Ended {
  const rules = new Map(store.rules);
  const profiles = new Map(store.profiles);
  let changes = 0;
  const one = (parameters: ReadonlyMap<string, Value>, name: string): string => textOf(parameters.get(name) ?? null);
  // The preferences of a script that is a file do not reach what stands in a module.
  const failing = (given: ReadonlyMap<string, Value>, why: string): readonly Value[] => {
    if (one(given, 'erroraction') === 'Stop') throw new Raised(why);
    return [];
  };
  const change = (given: ReadonlyMap<string, Value>, work: () => string | null): readonly Value[] => {
    const { fails } = conditions;
    const wrong = fails !== undefined && (fails.from ? changes >= fails.at : changes === fails.at);
    changes += 1;
    if (wrong && fails.how === 'before') return failing(given, 'refused');
    const why = wrong && fails.how === 'silently' ? null : work();
    if (why !== null) return failing(given, why);
    return wrong && fails.how === 'after' ? failing(given, 'failed behind it') : [];
  };
  const write = (name: string, text: string): void => {
    const version = conditions.version ?? /^v\d+\.\d+/i.exec(text)?.[0] ?? 'v2.31';
    rules.set(name, text.replace(/^v\d+\.\d+/i, version));
  };
  const find = (wanted: string): readonly string[] => [...rules.keys()].filter((name) => wildcard(wanted).test(name));
  const demandStore = (parameters: ReadonlyMap<string, Value>): void => {
    if (one(parameters, 'policystore') !== 'PersistentStore') throw new Error('another store');
  };
  const commands: Readonly<Record<string, (given: ReadonlyMap<string, Value>) => readonly Value[]>> = {
    'Get-NetFirewallRule': (given) => {
      demandStore(given);
      const found = given.has('name') ? find(one(given, 'name')) : [...rules.keys()];
      if (found.length === 0 && given.has('name')) return failing(given, 'no such rule');
      return found.map((name) => ruleThing(name, rules.get(name) ?? ''));
    },
    'New-NetFirewallRule': (given) => {
      demandStore(given);
      return change(given, () => {
        const name = one(given, 'name');
        if (rules.has(name)) return 'there is one of this name';
        if (listOf(given.get('remoteaddress')).some(isRefused)) return 'no such range';
        write(name, newText(given));
        return null;
      });
    },
    'Remove-NetFirewallRule': (given) => {
      demandStore(given);
      return change(given, () => {
        const found = find(one(given, 'name'));
        for (const name of found) rules.delete(name);
        return found.length === 0 ? 'no such rule' : null;
      });
    },
    'Set-NetFirewallRule': (given) => {
      const keys = [...given.keys()].filter((key) => key !== 'erroraction').toSorted();
      if (keys.join() !== 'enabled,inputobject') throw new Error('more is set than on and off');
      return change(given, () => {
        const name = textOf((given.get('inputobject') as Thing).members.get('instanceid') ?? null);
        const text = rules.get(name);
        if (text === undefined) return 'no such rule';
        write(name, text.replace(/\|Active=[^|]*\|/i, `|Active=${one(given, 'enabled').toUpperCase()}|`));
        return null;
      });
    },
    'Get-NetFirewallProfile': (given) => {
      demandStore(given);
      const set = profiles.get(KEYS[one(given, 'name').toLowerCase()] ?? '');
      return [thing({ Enabled: set === undefined ? 'NotConfigured' : set === 0 ? 'False' : 'True' })];
    },
    'Set-NetFirewallProfile': (given) => {
      demandStore(given);
      const key = KEYS[one(given, 'name').toLowerCase()];
      if (key === undefined) throw new Error('no such profile');
      return change(given, () => {
        profiles.set(key, one(given, 'enabled') === 'True' ? 1 : 0);
        return null;
      });
    },
    'Get-NetFirewallPortFilter': (given) => {
      const fields = fieldsOf(given);
      const protocol = { 6: 'TCP', 17: 'UDP' }[Number(fields.get('protocol')?.[0])] ?? 'Any';
      return [thing({ Protocol: protocol, LocalPort: fields.get('lport') ?? ['Any'] })];
    },
    'Get-NetFirewallAddressFilter': (given) => {
      const fields = fieldsOf(given);
      const all = [...(fields.get('ra4') ?? []), ...(fields.get('ra6') ?? [])];
      return [thing({ RemoteAddress: all.length === 0 ? 'Any' : all.length === 1 ? (all[0] ?? '') : all })];
    },
  };
  const host: Host = {
    command: (name, parameters) => {
      const command = commands[name];
      if (command === undefined) throw new Error(`no command ${name}`);
      return command(parameters);
    },
    member: (type, name) => {
      switch (`${type}::${name}`) {
        case '[Microsoft.Win32.Registry]::LocalMachine':
          return thing({}, 'machine');
        case '[Environment]::SystemDirectory':
          return 'C:\\Windows\\system32';
        case '[Console]::Error':
        case '[Console]::Out':
          return thing({}, 'writer');
        case '[StringComparison]::Ordinal':
          return 'Ordinal';
        case '[Security.Principal.WindowsBuiltInRole]::Administrator':
          return 'Administrator';
        default:
          throw new Error(`no member ${type}::${name}`);
      }
    },
    call: (on, method, parameters) => {
      const [first = null, second = null] = parameters;
      const is = typeof on === 'object' && on !== null && 'is' in on ? on.is : on;
      switch (method) {
        case 'cast':
          return thing({}, 'principal');
        case 'GetCurrent':
          return thing({}, 'identity');
        case 'IsInRole':
          return conditions.administrator ?? true;
        case 'WriteLine':
          return null;
        case 'Equals':
          return textOf(first) === textOf(second);
        case 'Split':
          return textOf(on).split(textOf(first));
        case 'Parse':
          return thing({}, bytesOf(textOf(first)));
        case 'GetAddressBytes':
          return is as readonly number[];
        case 'ToString':
          if (on === '[Convert]') return Number(first).toString(Number(second));
          return textOf(is as readonly number[]).replaceAll(' ', '.');
        case 'PadLeft':
          return textOf(on).padStart(Number(first), textOf(second));
        case 'PadRight':
          return textOf(on).padEnd(Number(first), textOf(second));
        case 'Substring':
          return part(textOf(on), Number(first), second === null ? null : Number(second));
        case 'TrimEnd':
          return textOf(on).slice(0, textOf(on).search(new RegExp(`${textOf(first)}*$`)));
        case 'OpenSubKey': {
          if (is !== 'machine' || !textOf(first).startsWith(BASE)) throw new Error('another key');
          return thing({}, { key: textOf(first).slice(BASE.length) });
        }
        case 'GetValue': {
          const { key } = is as { readonly key: string };
          if (key === 'FirewallRules') return rules.get(textOf(first)) ?? null;
          if (textOf(first) !== 'EnableFirewall') throw new Error('another value');
          return profiles.get(key) ?? null;
        }
        default:
          throw new Error(`no method ${method}`);
      }
    },
  };
  const MINE = 'C:\\Mine\\Modules';
  const scope = new Map<string, Value>([['env:psmodulepath', MINE]]);
  const seen = new Set<Value>();
  const command: Host['command'] = (...given) => {
    seen.add(scope.get('env:psmodulepath') ?? null);
    return host.command(...given);
  };
  const status = runScript(script, { ...host, command }, scope);
  if (scope.get('env:psmodulepath') !== MINE) throw new Error('the console has another PSModulePath now');
  if (seen.has(MINE)) throw new Error('cmdlets were taken from wherever they are');
  return { status, store: { rules, profiles }, changes };
}

/** Past the end of a text there is no part of it. Source: String.Substring. */
function part(text: string, from: number, length: number | null): string {
  const end = length === null ? text.length : from + length;
  if (from > text.length || end > text.length) throw new Raised('out of range');
  return text.slice(from, end);
}

/** The bytes of an address; short forms of IPv4, as .NET takes them, among them. Source: IPAddress.Parse. */
function bytesOf(text: string): readonly number[] {
  if (!text.includes(':')) {
    const parts = text.split('.').map((one) => (/^0[0-7]+$/.test(one) ? Number.parseInt(one, 8) : Number(one)));
    const last = parts.pop() ?? Number.NaN;
    const bytes = [...parts, ...[24, 16, 8, 0].slice(parts.length).map((by) => Math.floor(last / 2 ** by) % 256)];
    if (parts.length > 3 || bytes.some((one) => !Number.isInteger(one) || one < 0 || one > 255))
      throw new Raised('none');
    return bytes;
  }
  const [front = [], back = [], ...more] = text
    .split('::')
    .map((half) => half.split(':').flatMap((group) => (group === '' ? [] : [Number.parseInt(group, 16)])));
  const missing = 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(missing, 0) }, () => 0), ...back];
  const bad = !/^[0-9a-f:]+$/i.test(text) || more.length > 0 || (text.includes('::') ? missing < 1 : missing !== 0);
  if (bad || groups.some((one) => one > 0xffff)) throw new Raised('none');
  return groups.flatMap((one) => [one >> 8, one % 256]);
}

/** -Name expands `*`, `?` and `[…]`, in any case. Source: about_Wildcards. */
const wildcard = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[\\^$.|+(){}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'isu',
  );

function ruleThing(name: string, text: string): Value {
  const fields = fieldsIn(text);
  const [action = '', active = '', direction = ''] = ['action', 'active', 'dir'].map((key) => fields.get(key)?.[0]);
  return thing(
    {
      InstanceID: name,
      Name: name,
      Enabled: active.toUpperCase() === 'TRUE' ? 'True' : 'False',
      Action: action,
      Direction: direction === 'In' ? 'Inbound' : 'Outbound',
    },
    text,
  );
}

function fieldsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, readonly string[]>();
  for (const part of text.split('|').slice(1, -1)) {
    const key = part.slice(0, part.indexOf('=')).toLowerCase();
    fields.set(key, [...(fields.get(key) ?? []), part.slice(part.indexOf('=') + 1)]);
  }
  return fields;
}

const fieldsOf = (given: ReadonlyMap<string, Value>): ReadonlyMap<string, readonly string[]> =>
  fieldsIn(String((given.get('associatednetfirewallrule') as Thing).is));

function listOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value ?? null)];
}

/** No range begins or ends with the unspecified or the loopback address of IPv6. Source: [MS-FASP] 2.2.10. */
const isRefused = (text: string): boolean =>
  text.includes(':') &&
  text.split('-').some((end) => {
    const bytes = bytesOf(end);
    return bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) < 2;
  });

/** What New-NetFirewallRule would write. */
function newText(given: ReadonlyMap<string, Value>): string {
  const one = (name: string): string => textOf(given.get(name) ?? null);
  const known =
    'erroraction policystore name displayname group direction action enabled profile protocol localport remoteaddress';
  for (const key of given.keys()) if (!known.split(' ').includes(key)) throw new Error(`no parameter ${key}`);
  const profiles = listOf(given.get('profile')).filter((name) => name !== 'Any');
  const remote = listOf(given.get('remoteaddress')).filter((text) => text !== 'Any');
  const parts = [
    `Action=${one('action')}`,
    `Active=${one('enabled').toUpperCase()}`,
    `Dir=${one('direction') === 'Inbound' ? 'In' : 'Out'}`,
    `Protocol=${{ TCP: 6, UDP: 17 }[one('protocol')] ?? 256}`,
    ...profiles.map((name) => `Profile=${name}`),
    ...listOf(given.get('localport')).map((port) => `LPort=${port}`),
    ...remote.map((text) => `${text.includes(':') ? 'RA6' : 'RA4'}=${text}`),
    `Name=${one('displayname')}`,
    `EmbedCtxt=${one('group')}`,
  ];
  return `v2.31|${parts.join('|')}|`;
}

/** What a rule says, whatever version stands in front and in which order: each rule with its fields sorted. */
export const saidBy = ({ rules, profiles }: Store): unknown => ({
  rules: [...rules]
    .map(([name, text]) => [name, ...text.split('|').slice(1).toSorted()])
    .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  profiles: [...profiles]
    .filter(([, on]) => on === 0)
    .map(([key]) => key)
    .toSorted(),
});

/** The store that a snapshot was taken of. */
export function storeOf(snapshot: Snapshot): Store {
  const text = snapshot.transcripts.find(({ id }) => id === 'windows.firewall')?.stdout ?? '{}';
  const parts = JSON.parse(text) as {
    localRules: { ok: { name: string; value: string }[] };
    localSettings: { ok: Record<string, { name: string; value: number }[]> };
  };
  return {
    rules: new Map(parts.localRules.ok.map(({ name, value }) => [name, value])),
    profiles: new Map(
      Object.entries(KEYS).flatMap(([profile, key]) =>
        (parts.localSettings.ok[profile] ?? [])
          .filter(({ name }) => name === 'EnableFirewall')
          .map(({ value }) => [key, value] as const),
      ),
    ),
  };
}
