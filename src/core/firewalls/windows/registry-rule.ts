/**
 * A rule as the registry holds it -> its meaning. Sources: [MS-GPFAS] 2.2.2.19 for the keys, [MS-FASP] 2.2.35 and 2.2.37
 * for what they mean; keys marked * in the facts are from real registries.
 */
import type { Family } from '../../model.ts';
import { type AddressText, addressesOf, portsOf, profileOf } from './conditions.ts';
import type { AnyRule, InterfaceCondition, Profile, Store, WindowsRule } from './model.ts';
import { parseRegistryText } from './registry-text.ts';

/** Keys that a rule has once. Twice with two values: nobody can say which of them counts. */
const ONCE: ReadonlySet<string> = new Set(['action', 'active', 'dir', 'protocol', 'app', 'svc']);

/** Keys that do not ask anything of a packet that comes in: names, traversal of NAT, answers from elsewhere. */
const SILENT: ReadonlySet<string> = new Set(['name', 'desc', 'embedctxt', 'edge', 'defer', 'lsm']);

/** Keys that ask for nothing where they are FALSE. */
const FLAGS: ReadonlySet<string> = new Set(['lom', 'pcross', 'authbypassout']);

const PORTS = /^lport(2_\d+)?$/;
const REMOTE_PORTS = /^rport(2_\d+)?$/;
const ADDRESSES = /^([lr])a([46])2?$/;

/** A rule from its text. What cannot be read may decide anything. */
export function readRegistryRule(id: string, text: string, store: Store): AnyRule {
  const parsed = parseRegistryText(text);
  const unread = { id, store, unread: text };
  if (parsed === null) return unread;
  const values = new Map<string, string[]>();
  const narrows: string[] = [];
  const local: AddressText[] = [];
  const remote: AddressText[] = [];
  const ports: string[] = [];
  const remotePorts: string[] = [];
  for (const { key, value } of parsed.fields) {
    const name = key.toLowerCase();
    const address = ADDRESSES.exec(name);
    if (PORTS.test(name)) ports.push(value);
    else if (REMOTE_PORTS.test(name)) remotePorts.push(value);
    else if (address !== null)
      (address[1] === 'l' ? local : remote).push({ family: Number(address[2]) as Family, text: value });
    else if (KNOWN.has(name)) values.set(name, [...(values.get(name) ?? []), value]);
    else if (!SILENT.has(name) && !(FLAGS.has(name) && /^false$/i.test(value))) narrows.push(`${key}=${value}`);
    else if (name === 'name') values.set(name, [value]);
  }
  for (const [key, all] of values) if (ONCE.has(key) && new Set(all).size > 1) return unread;
  const one = (key: string): string | null => values.get(key)?.[0] ?? null;
  const protocol = protocolOf(one('protocol'));
  const profiles = profilesOf(values.get('profile') ?? []);
  if (protocol.open !== null) narrows.push(protocol.open);
  narrows.push(...profiles.open);
  const active = one('active');
  // Any other word than these two may mean on.
  if (active !== null && !/^(true|false)$/i.test(active)) narrows.push(`Active=${active}`);
  // Nothing has no name: what is meant by it is not known.
  for (const key of ['app', 'svc']) if (one(key) === '') narrows.push(`${key}=`);
  const [container = null, family = null] = ['apppkgid', 'pfn'].map((key) => {
    const [value = null, ...others] = new Set(values.get(key) ?? []);
    // Whether `*` stands for every package or for every program is not documented; which of several counts neither.
    const open = value === '' || value === '*' || others.length > 0;
    if (open) narrows.push(`${key}=${[value, ...others].join(',')}`);
    return open ? null : value;
  });
  return {
    id,
    store,
    name: one('name') ?? id,
    active: active !== null && !/^false$/i.test(active),
    direction: { in: 'in' as const, out: 'out' as const }[(one('dir') ?? '').toLowerCase()] ?? null,
    action: ACTIONS[(one('action') ?? '').toLowerCase()] ?? null,
    profiles: profiles.named,
    protocol: protocol.number,
    localPorts: portsOf(ports, 'LPort'),
    remotePorts: portsOf(remotePorts, 'RPort'),
    local: addressesOf(local, 'LA'),
    remote: addressesOf(remote, 'RA'),
    app: one('app') === '' ? null : one('app'),
    service: one('svc') === '' ? null : one('svc'),
    packaged: container !== null,
    family,
    interfaces: interfacesOf(values),
    secure: values.has('security') || values.has('security2') || values.has('security2_9'),
    narrows,
  };
}

/** Keys whose meaning is known, but for ports and addresses. */
const KNOWN: ReadonlySet<string> = new Set([
  ...ONCE,
  'profile',
  'apppkgid',
  'pfn',
  'if',
  'iftype',
  'security',
  'security2',
  'security2_9',
]);

const ACTIONS: Readonly<Record<string, WindowsRule['action']>> = { allow: 'allow', block: 'block', bypass: 'bypass' };

function protocolOf(text: string | null): { readonly number: number | null; readonly open: string | null } {
  if (text === null) return { number: null, open: null };
  const known = /^\d{1,3}$/.test(text) && Number(text) <= 255;
  return known ? { number: Number(text), open: null } : { number: null, open: `Protocol=${text}` };
}

function profilesOf(texts: readonly string[]): {
  readonly named: readonly Profile[] | null;
  readonly open: readonly string[];
} {
  const named = texts.map(profileOf);
  const strange = texts.filter((_, at) => named[at] === null);
  // A word that is not known may be any of them.
  return strange.length > 0
    ? { named: null, open: strange.map((text) => `Profile=${text}`) }
    : { named: texts.length === 0 ? null : named.filter((one) => one !== null), open: [] };
}

const interfacesOf = (values: ReadonlyMap<string, readonly string[]>): readonly InterfaceCondition[] =>
  (
    [
      ['guid', values.get('if')],
      ['type', values.get('iftype')],
    ] as const
  ).flatMap(([by, names]) => (names === undefined ? [] : [{ by, names }]));
