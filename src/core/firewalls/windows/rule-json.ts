/**
 * A rule as Get-NetFirewallRule shows it -> the same meaning as from the registry.
 *
 * What is asked for is one object a rule, the rule's own properties with those of its filters joined by InstanceID:
 *   InstanceID, DisplayName, Enabled, Profile, Direction, Action, PolicyStoreSourceType, Owner, Platform, LocalOnlyMapping,
 *   RemoteDynamicKeywordAddresses of Get-NetFirewallRule; LocalAddress, RemoteAddress of -AddressFilter; Protocol,
 *   LocalPort, RemotePort, DynamicTarget of -PortFilter; Program, Package of -ApplicationFilter; Service of
 *   -ServiceFilter; InterfaceAlias of -InterfaceFilter; InterfaceType of -InterfaceTypeFilter; Authentication, Encryption,
 *   OverrideBlockRules, LocalUser, RemoteUser, RemoteMachine of -SecurityFilter.
 * A property that is not there says that it was not asked for, so the rule might be narrower than it looks; but for those
 * that not every version of the cmdlets has: DynamicTarget, Owner, Platform, RemoteDynamicKeywordAddresses, and
 * PackageFamilyName of -ApplicationFilter, PolicyAppId. One that is empty where the cmdlets print `Any` is not known either.
 * Sources: Microsoft Learn, NetSecurity module; enumerations of MSFT_NetFirewallRule (root\StandardCimv2).
 */
import { type AddressText, addressesOf, portsOf, profileOf } from './conditions.ts';
import { isLost, listed } from '../../machine/windows.ts';
import { fieldOf, memberOf, textsOf } from './json-values.ts';
import type { AnyRule, InterfaceCondition, Profile, Store, WindowsRule } from './model.ts';

const PROFILE_BITS: Readonly<Record<Profile, number>> = { domain: 1, private: 2, public: 4 };

/** IP protocol numbers by the names that the cmdlets print. */
const PROTOCOL: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmpv4: 1, icmpv6: 58 };

/** What is none of these counts in a way of its own (what the system makes by itself), or in one that is not known. */
const STORES: Readonly<Record<string, Store>> = { Local: 'local', GroupPolicy: 'policy', MDM: 'mdm' };

/** What the cmdlets print empty where it asks for nothing. All others are printed `Any` then. */
const EMPTY: ReadonlySet<string> = new Set([
  'Package',
  'Owner',
  'Platform',
  'RemoteDynamicKeywordAddresses',
  'PackageFamilyName',
  'PolicyAppId',
]);

/** All that stands there when a filter asks for nothing. */
const isAny = (text: string): boolean => /^(any|\*|none|notconfigured|notrequired)$/i.test(text);

/** What a property asks for; empty: nothing. Null: it is not there, or nothing that can be understood. */
function asked(value: unknown, name: string): readonly string[] | null {
  const texts = said(value, name);
  return texts === null ? null : texts.some(isAny) ? [] : texts;
}

/** What stands in a property. Null: as before, or it is empty and nobody knows what is meant by that. */
function said(value: unknown, name: string): readonly string[] | null {
  const found = fieldOf(value, name);
  if (found === undefined) return null;
  // What holds nothing but what was lost on the way is not empty.
  if (isLost(found) && found !== null && found !== '') return null;
  const texts = textsOf(found);
  if (texts === null || texts.some((text) => text.trim() !== '')) return texts;
  return EMPTY.has(name) ? [] : null;
}

/** Yes or no, however it is printed. Null: it is not told. */
function flagOf(value: unknown, name: string): boolean | null {
  const found = fieldOf(value, name);
  if (typeof found === 'boolean') return found;
  const member = memberOf(found, { False: 0, True: 1 });
  return member === null ? null : member === 'True';
}

/** @param value one element of the JSON; `at` its place, for a rule without a name */
export function readJsonRule(value: unknown, at: number): AnyRule {
  const id = fieldOf(value, 'InstanceID');
  const named = typeof id === 'string' && id !== '' ? id : `rule ${at + 1}`;
  const source = memberOf(fieldOf(value, 'PolicyStoreSourceType'), SOURCES) ?? '?';
  const store = STORES[source] ?? 'other';
  if (typeof value !== 'object' || value === null) return { id: named, store, unread: JSON.stringify(value) ?? '' };
  const narrows: string[] = store === 'other' ? [`Store=${source}`] : [];
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
  for (const name of OPTIONAL)
    if (fieldOf(value, name) !== undefined) narrows.push(...of(name).map((text) => `${name}=${text}`));
  const target = fieldOf(value, 'DynamicTarget') === undefined ? [] : of('DynamicTarget');
  narrows.push(...target.filter((text) => text !== '0').map((text) => `DynamicTarget=${text}`));
  const mapping = flagOf(value, 'LocalOnlyMapping');
  if (mapping !== false) narrows.push(`LocalOnlyMapping=${mapping === null ? '?' : 'True'}`);
  const action = memberOf(fieldOf(value, 'Action'), { Allow: 2, AllowBypass: 3, Block: 4 });
  const overrides = flagOf(value, 'OverrideBlockRules');
  if (overrides === null) narrows.push('OverrideBlockRules=?');
  // What may override is not to be stopped by a block for certain.
  const bypass = overrides !== false;
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
    packaged: packagedBy(value, narrows),
    family: familyOf(value, narrows),
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
const OPTIONAL = ['Owner', 'Platform', 'RemoteDynamicKeywordAddresses', 'PolicyAppId'];
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
  const [text, ...others] = said(value, 'Service') ?? [];
  if (text === undefined || others.length > 0) narrows.push('Service=?');
  return text === undefined || /^any$/i.test(text) ? null : text;
}

/** Whether `*` stands for every package or for every program is not documented. */
function packagedBy(value: unknown, narrows: string[]): boolean {
  const texts = said(value, 'Package');
  const open = texts === null ? '?' : texts.includes('*') ? '*' : null;
  if (open !== null) narrows.push(`Package=${open}`);
  return open === null && texts !== null && texts.length > 0 && !texts.some(isAny);
}

/** Older versions of the cmdlets do not have it. */
function familyOf(value: unknown, narrows: string[]): string | null {
  if (fieldOf(value, 'PackageFamilyName') === undefined) return null;
  const texts = said(value, 'PackageFamilyName');
  const [name = null, ...others] = texts ?? [];
  const open = texts === null ? '?' : texts.includes('*') ? '*' : others.length > 0 ? texts.join(',') : null;
  if (open !== null) narrows.push(`PackageFamilyName=${open}`);
  return open !== null || name === null || isAny(name) ? null : name;
}

/** All rules of the JSON. Null: there is none, and Windows always has some. */
export function readJsonRules(value: unknown): readonly AnyRule[] | null {
  const rules = isLost(value) ? [] : listed(value);
  return rules.length === 0 ? null : rules.map(readJsonRule);
}
