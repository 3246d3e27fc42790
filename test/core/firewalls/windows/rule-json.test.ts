/** The same rule from the registry and from Get-NetFirewallRule, as PowerShell 5.1 and 7 print it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnread } from '../../../../src/core/firewalls/windows/model.ts';
import { readRegistryRule } from '../../../../src/core/firewalls/windows/registry-rule.ts';
import { readJsonRule, readJsonRules } from '../../../../src/core/firewalls/windows/rule-json.ts';
import { share } from '../../../share.ts';

/** A rule as a person would say it. */
interface Said {
  readonly action: 'Allow' | 'Block';
  readonly enabled: boolean;
  readonly direction: 'In' | 'Out';
  readonly protocol: 6 | 17 | 1 | 47 | null;
  readonly profiles: readonly ('Domain' | 'Private' | 'Public')[];
  readonly localPorts: readonly string[];
  readonly remotePorts: readonly string[];
  /** Addresses, ranges and words; a word is for both families. */
  readonly remote: readonly string[];
  readonly local: readonly string[];
  readonly program: string | null;
  readonly service: string | null;
  readonly package: string | null;
  readonly types: readonly ('Wired' | 'Wireless' | 'RemoteAccess')[];
  readonly secure: boolean;
  readonly policy: boolean;
}

const BITS = { Domain: 1, Private: 2, Public: 4 };
const WORDS = /^[A-Z]/;

/** [MS-GPFAS] 2.2.2.19. */
function registryText(said: Said): string {
  const addresses = (which: string, texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) =>
      WORDS.test(text) ? [`${which}4=${text}`, `${which}6=${text}`] : [`${which}${text.includes(':') ? 6 : 4}=${text}`],
    );
  const parts = [
    `Action=${said.action}`,
    `Active=${said.enabled ? 'TRUE' : 'FALSE'}`,
    `Dir=${said.direction}`,
    ...(said.protocol === null ? [] : [`Protocol=${said.protocol}`]),
    ...said.profiles.map((profile) => `Profile=${profile}`),
    ...said.localPorts.map((port) => `${port.includes('-') ? 'LPort2_10' : 'LPort'}=${REGISTRY_PORTS[port] ?? port}`),
    ...said.remotePorts.map((port) => `${port.includes('-') ? 'RPort2_10' : 'RPort'}=${port}`),
    ...addresses('LA', said.local),
    ...addresses('RA', said.remote),
    ...(said.program === null ? [] : [`App=${said.program}`]),
    ...(said.service === null ? [] : [`Svc=${said.service}`]),
    ...(said.package === null ? [] : [`AppPkgId=${said.package}`]),
    ...said.types.map((type) => `IFType=${type === 'Wired' ? 'Lan' : type}`),
    ...(said.secure ? ['Security=Authenticate'] : []),
    'Name=A rule',
  ];
  return `v2.31|${parts.join('|')}|`;
}

const REGISTRY_PORTS: Readonly<Record<string, string>> = { RPCEPMap: 'RPC-EPMap', PlayToDiscovery: 'Ply2Disc' };
const TYPE_BITS = { Wired: 1, Wireless: 2, RemoteAccess: 4 };
const PROTOCOLS: Readonly<Record<number, string>> = { 6: 'TCP', 17: 'UDP', 1: 'ICMPv4' };

type Way = 'numbers, 5.1' | 'texts, 7';

/** Microsoft Learn, NetSecurity: the properties by name, enumerations by number or by name. */
function json(said: Said, way: Way): unknown {
  const old = way === 'numbers, 5.1';
  const list = (texts: readonly string[], none: string): unknown => {
    const all = texts.length === 0 ? [none] : texts;
    if (!old) return all;
    return all.length === 1 ? all[0] : { value: all, Count: all.length };
  };
  const member = (name: string, number: number): unknown => (old ? number : name);
  const bits = said.profiles.reduce((sum, one) => sum + BITS[one], 0);
  return {
    InstanceID: 'id',
    DisplayName: 'A rule',
    Enabled: said.enabled ? member('True', 1) : member('False', 2),
    Profile: old ? bits : said.profiles.length === 0 ? 'Any' : said.profiles.join(', '),
    Direction: said.direction === 'In' ? member('Inbound', 1) : member('Outbound', 2),
    Action: said.action === 'Allow' ? member('Allow', 2) : member('Block', 4),
    PolicyStoreSourceType: said.policy ? member('GroupPolicy', 2) : member('Local', 1),
    Owner: old ? null : '',
    Platform: old ? '' : [],
    LocalOnlyMapping: false,
    LocalAddress: list(said.local, 'Any'),
    RemoteAddress: list(said.remote, 'Any'),
    Protocol: said.protocol === null ? 'Any' : (PROTOCOLS[said.protocol] ?? String(said.protocol)),
    LocalPort: list(said.localPorts, 'Any'),
    RemotePort: list(said.remotePorts, 'Any'),
    Program: said.program ?? 'Any',
    Package: said.package ?? (old ? '' : null),
    Service: said.service ?? 'Any',
    InterfaceAlias: list([], 'Any'),
    InterfaceType: old ? said.types.reduce((sum, one) => sum + TYPE_BITS[one], 0) : list(said.types, 'Any'),
    Authentication: said.secure ? member('Required', 1) : member('NotRequired', 0),
    Encryption: member('NotRequired', 0),
    OverrideBlockRules: false,
    LocalUser: 'Any',
    RemoteUser: 'Any',
    RemoteMachine: 'Any',
  };
}

const said: fc.Arbitrary<Said> = fc.record({
  action: fc.constantFrom('Allow', 'Block'),
  enabled: fc.boolean(),
  direction: fc.constantFrom('In', 'Out'),
  protocol: fc.constantFrom(6, 17, 1, 47, null),
  profiles: fc.subarray(['Domain', 'Private', 'Public'] as const, { maxLength: 2 }),
  localPorts: fc.subarray(['80', '8000-8010', '443', 'RPC', 'RPCEPMap', 'PlayToDiscovery']),
  remotePorts: fc.subarray(['1024-65535', '53']),
  remote: fc.subarray(['192.168.1.0/255.255.255.0', '10.0.0.1-10.0.0.9', 'fd00::/8', 'LocalSubnet', 'DNS']),
  local: fc.subarray(['192.168.1.5', 'fe80::1']),
  program: fc.constantFrom(null, 'System', '%SystemRoot%\\System32\\svchost.exe'),
  service: fc.constantFrom(null, '*', 'RpcSs'),
  package: fc.constantFrom(null, 'S-1-15-2-1-2-3'),
  types: fc.subarray(['Wired', 'Wireless', 'RemoteAccess'] as const),
  secure: fc.boolean(),
  policy: fc.boolean(),
});

describe('both sources', () => {
  test.each<Way>(['numbers, 5.1', 'texts, 7'])('say the same (%s)', (way) => {
    fc.assert(
      fc.property(said, (one) => {
        const store = one.policy ? 'policy' : 'local';
        const registry = readRegistryRule('id', registryText(one), store);
        const shown = readJsonRule(JSON.parse(JSON.stringify(json(one, way))), 0);
        expect(shown).toEqual(registry);
      }),
      { numRuns: share(2000) },
    );
  });
});

describe('the list', () => {
  const one = json(
    {
      action: 'Allow',
      enabled: true,
      direction: 'In',
      protocol: 6,
      profiles: [],
      localPorts: ['22'],
      remotePorts: [],
      remote: [],
      local: [],
      program: null,
      service: null,
      package: null,
      types: [],
      secure: false,
      policy: false,
    },
    'texts, 7',
  );
  test('one item, several, none', () => {
    expect(readJsonRules(one)).toHaveLength(1);
    expect(readJsonRules([one, one])).toHaveLength(2);
    expect(readJsonRules({ value: [one, one, one], Count: 3 })).toHaveLength(3);
    for (const none of ['', null, [], { value: null, Count: 0 }, { value: [], Count: 0 }])
      expect(readJsonRules(none)).toBeNull();
  });

  test('a filter that was not asked for narrows', () => {
    const { RemoteAddress: _, ...less } = one as Record<string, unknown>;
    const rule = readJsonRule(less, 0);
    expect(isUnread(rule) ? [] : rule.narrows).toEqual(['RemoteAddress=?']);
  });

  test('what holds something that was lost is not empty', () => {
    const lost = { value: null, Count: 0 };
    const rule = readJsonRule({ ...(one as object), Package: lost, RemoteAddress: lost }, 0);
    expect(isUnread(rule) ? [] : rule.narrows).toEqual(['RemoteAddress=?', 'Package=?']);
    const plain = readJsonRule({ ...(one as object), Package: null }, 0);
    expect(isUnread(plain) ? ['unread'] : plain.narrows).toEqual([]);
  });

  test('a package by its family name', () => {
    const family = (name: unknown) => {
      const rule = readJsonRule({ ...(one as object), PackageFamilyName: name }, 0);
      return isUnread(rule) ? [] : [rule.family, ...rule.narrows];
    };
    expect(family('a_b')).toEqual(['a_b']);
    expect(family(null)).toEqual([null]);
    expect(family(['a_b', 'c_d'])).toEqual([null, 'PackageFamilyName=a_b,c_d']);
    expect(family('*')).toEqual([null, 'PackageFamilyName=*']);
  });

  test.each([null, 3, 'text', true])('what is no rule may decide anything: %j', (value) =>
    expect(readJsonRules([value])?.every(isUnread)).toBe(true),
  );

  test('any value for any property is read', () => {
    const keys = Object.keys(one as object);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        readJsonRule({ ...(one as object), [key]: value }, 0);
      }),
      { numRuns: share(5000) },
    );
  });

  test('users, computers and overriding', () => {
    const rule = readJsonRule(
      { ...(one as object), RemoteMachine: 'D:(A;;CC;;;S-1-5-21-1)', OverrideBlockRules: true, Enabled: 'maybe' },
      0,
    );
    expect(isUnread(rule)).toBe(false);
    expect(rule).toMatchObject({ action: 'bypass', active: true });
    expect(isUnread(rule) ? [] : rule.narrows).toEqual(['Enabled=?', 'RemoteMachine=D:(A;;CC;;;S-1-5-21-1)']);
  });
});
