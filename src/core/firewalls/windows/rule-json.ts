/**
 * A rule as Get-NetFirewallRule shows it -> the same meaning as from the registry.
 *
 * What is asked for is one object a rule, the rule's own properties with those of its filters joined by InstanceID:
 *   InstanceID, DisplayName, Enabled, Profile, Direction, Action, PolicyStoreSourceType, Owner, Platform, LocalOnlyMapping,
 *   RemoteDynamicKeywordAddresses of Get-NetFirewallRule; LocalAddress, RemoteAddress of -AddressFilter; Protocol,
 *   LocalPort, RemotePort, DynamicTarget of -PortFilter; Program, Package of -ApplicationFilter; Service of
 *   -ServiceFilter; InterfaceAlias of -InterfaceFilter; InterfaceType of -InterfaceTypeFilter; Authentication, Encryption,
 *   OverrideBlockRules, LocalUser, RemoteUser, RemoteMachine of -SecurityFilter.
 * A property that is not there says that it was not asked for, so the rule might be narrower than it looks.
 * Sources: Microsoft Learn, NetSecurity module; enumerations of MSFT_NetFirewallRule (root\StandardCimv2).
 */
import { type AddressText, addressesOf, portsOf, profileOf } from './conditions.ts';
import { listed } from '../../machine/windows.ts';
import { fieldOf, memberOf, textsOf } from './json-values.ts';
import type { AnyRule, InterfaceCondition, Profile, Store, WindowsRule } from './model.ts';

const PROFILE_BITS: Readonly<Record<Profile, number>> = { domain: 1, private: 2, public: 4 };

/** IP protocol numbers by the names that the cmdlets print. */
const PROTOCOL: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmpv4: 1, icmpv6: 58 };

const STORES: Readonly<Record<string, Store>> = { GroupPolicy: 'policy', MDM: 'mdm' };

/** All that stands there when a filter asks for nothing. */
const isAny = (text: string): boolean => /^(any|\*|none|notconfigured|notrequired)$/i.test(text);

/** What a property asks for; empty: nothing. Null: it is not there, or nothing that can be understood. */
function asked(value: unknown, name: string): readonly string[] | null {
  const found = fieldOf(value, name);
  if (found === undefined) return null;
  const texts = textsOf(found);
  return texts === null ? null : texts.some(isAny) ? [] : texts;
}

/** @param value one element of the JSON; `at` its place, for a rule without a name */
export function readJsonRule(value: unknown, at: number): AnyRule {
  const id = fieldOf(value, 'InstanceID');
  const named = typeof id === 'string' && id !== '' ? id : `rule ${at + 1}`;
  const source = memberOf(fieldOf(value, 'PolicyStoreSourceType'), SOURCES) ?? 'Local';
  const store = STORES[source] ?? 'local';
  if (typeof value !== 'object' || value === null) return { id: named, store, unread: JSON.stringify(value) ?? '' };
  // Rules that the system makes by itself count in ways of their own.
  const narrows: string[] = source === 'None' || source === 'Local' || source in STORES ? [] : [`Store=${source}`];
  const of = (name: string): readonly string[] => {
    const texts = asked(value, name);
    if (texts === null) narrows.push(`${name}=?`);
    return texts ?? [];
  };
  const single = (name: string): string | null => {
    const texts = of(name);
    if (texts.length > 1) narrows.push(`${name}=${texts.join(',')}`);
    return texts.length === 1 ? (texts[0] ?? null) : null;
  };
  const enabled = memberOf(fieldOf(value, 'Enabled'), { True: 1, False: 2 });
  if (enabled === null) narrows.push('Enabled=?');
  const protocol = single('Protocol');
  const number = protocol === null ? null : (PROTOCOL[protocol.toLowerCase()] ?? Number(protocol));
  const known = number === null || (Number.isInteger(number) && number >= 0 && number <= 255);
  if (!known) narrows.push(`Protocol=${protocol ?? ''}`);
  const profiles = profilesOf(fieldOf(value, 'Profile'));
  if (profiles === 'unknown') narrows.push('Profile=?');
  for (const name of NARROW) for (const text of of(name)) narrows.push(`${name}=${text}`);
  for (const name of OPTIONAL) for (const text of asked(value, name) ?? []) narrows.push(`${name}=${text}`);
  if (memberOf(fieldOf(value, 'LocalOnlyMapping'), { True: 1 }) !== null || fieldOf(value, 'LocalOnlyMapping') === true)
    narrows.push('LocalOnlyMapping=True');
  const action = memberOf(fieldOf(value, 'Action'), { Allow: 2, AllowBypass: 3, Block: 4 });
  const overrides = fieldOf(value, 'OverrideBlockRules');
  const bypass = overrides === true || memberOf(overrides, { True: 1 }) !== null;
  const display = fieldOf(value, 'DisplayName');
  const direction = memberOf(fieldOf(value, 'Direction'), { Inbound: 1, Outbound: 2 });
  return {
    id: named,
    store,
    name: typeof display === 'string' && display !== '' ? display : named,
    active: enabled !== 'False',
    direction: direction === null ? null : DIRECTIONS[direction],
    action: bypass && action === 'Allow' ? 'bypass' : action === null ? null : ACTIONS[action],
    profiles: profiles === 'unknown' ? null : profiles,
    protocol: known ? number : null,
    localPorts: portsOf(of('LocalPort'), 'LPort'),
    remotePorts: portsOf(of('RemotePort'), 'RPort'),
    local: addressesOf(of('LocalAddress').map(addressText), 'LA'),
    remote: addressesOf(of('RemoteAddress').map(addressText), 'RA'),
    app: single('Program'),
    service: serviceOf(value, narrows),
    packaged: of('Package').length > 0,
    interfaces: [
      ...interfaceOf('alias', of('InterfaceAlias')),
      ...interfaceOf('type', of('InterfaceType').flatMap(typesOf)),
    ],
    secure: of('Authentication').some((text) => text !== '0') || of('Encryption').some((text) => text !== '0'),
    narrows,
  };
}

const SOURCES = { None: 0, Local: 1, GroupPolicy: 2, Dynamic: 3, Generated: 4, Hardcoded: 5, MDM: 6 };
const DIRECTIONS = { Inbound: 'in', Outbound: 'out' } as const;
const ACTIONS = { Allow: 'allow', AllowBypass: 'bypass', Block: 'block' } as const;
const NARROW = ['LocalUser', 'RemoteUser', 'RemoteMachine'];
/** Not every version of the cmdlets has them. */
const OPTIONAL = ['Owner', 'Platform', 'RemoteDynamicKeywordAddresses'];
/** As the registry calls them, by their bits. None: any. */
const INTERFACE_TYPES = [
  [1, 'Lan'],
  [2, 'Wireless'],
  [4, 'RemoteAccess'],
] as const;

function typesOf(text: string): readonly string[] {
  if (!/^[0-7]$/.test(text)) return [text === 'Wired' ? 'Lan' : text];
  return INTERFACE_TYPES.flatMap(([bit, name]) => ((Number(text) & bit) === 0 ? [] : [name]));
}

/** `LocalSubnet4` is the subnet of one family, `LocalSubnet` of both. */
function addressText(text: string): AddressText {
  const subnet = /^LocalSubnet([46])$/i.exec(text);
  return subnet === null ? { family: null, text } : { family: subnet[1] === '4' ? 4 : 6, text: 'LocalSubnet' };
}

function profilesOf(value: unknown): readonly Profile[] | null | 'unknown' {
  const bits = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (bits === 0) return null;
  if (typeof bits === 'number' && Number.isInteger(bits) && bits > 0 && bits < 8)
    return (['domain', 'private', 'public'] as const).filter((name) => (bits & PROFILE_BITS[name]) !== 0);
  if (typeof bits !== 'string') return 'unknown';
  if (/^any$/i.test(bits)) return null;
  const named = bits.split(',').map(profileOf);
  return named.every((one) => one !== null) ? named : 'unknown';
}

const interfaceOf = (by: InterfaceCondition['by'], names: readonly string[]): readonly InterfaceCondition[] =>
  names.length === 0 ? [] : [{ by, names }];

/** `Any` asks for nothing here, `*` for services alone. */
function serviceOf(value: unknown, narrows: string[]): WindowsRule['service'] {
  const texts = textsOf(fieldOf(value, 'Service'));
  const [text] = texts ?? [];
  if (texts === null || texts.length > 1) narrows.push('Service=?');
  return text === undefined || /^any$/i.test(text) ? null : text;
}

/** All rules of the JSON. */
export const readJsonRules = (value: unknown): readonly AnyRule[] => listed(value).map(readJsonRule);
