/**
 * What Windows Firewall does with one packet, written straight from the documents and apart from the program: conditions
 * are ANDed ([MS-FASP] 2.2.37), who is authenticated gets past blocks, a block beats an allow, then the default (2.2.33,
 * 2.2.38). Policy stands over what was set on the computer, value by value. What is not known is tried in every way: where
 * all ways end alike, that is the answer.
 */

export type OracleFamily = 4 | 6;
/** Four octets, or sixteen. */
export type Bytes = readonly number[];

/** Addresses whose first `length` bits are those. */
export interface OracleNet {
  readonly bytes: Bytes;
  readonly length: number;
}

/** A word for addresses of the surroundings, for one family. */
export interface OracleWord {
  readonly word: 'LocalSubnet' | 'DNS' | 'DHCP' | 'WINS' | 'DefaultGateway';
  readonly family: OracleFamily;
}

export interface OracleRule {
  readonly action: 'Allow' | 'Block' | 'ByPass';
  readonly active: boolean;
  readonly inbound: boolean;
  readonly protocol: 6 | 17 | null;
  readonly ports: readonly (readonly [number, number])[] | null;
  readonly remote: readonly (OracleNet | OracleWord)[] | null;
  readonly local: readonly OracleNet[] | null;
  readonly profiles: readonly Profile[] | null;
  readonly app: string | null;
  readonly service: string | null;
  readonly packaged: boolean;
  /** A condition that nobody can decide from here. */
  readonly narrowed: boolean;
  readonly secure: boolean;
  readonly policy: boolean;
}

export type Profile = 'domain' | 'private' | 'public';
export const PROFILES: readonly Profile[] = ['domain', 'private', 'public'];

/** As it was set on the computer, and by group policy; null: it is not set there. */
interface Set2<T> {
  readonly local: T | null;
  readonly policy: T | null;
}

export interface OracleSettings {
  readonly on: Set2<boolean>;
  readonly inbound: Set2<'allow' | 'block'>;
  readonly shield: Set2<boolean>;
  readonly merge: Set2<boolean>;
  /** Adapters by name that it does not filter. */
  readonly unfiltered: Set2<readonly string[]>;
}

export interface OracleAdapter {
  readonly name: string;
  /** null: the system does not tell. */
  readonly category: Profile | null;
  readonly addresses: readonly OracleNet[];
  /** Servers and routers; null: they were not gathered. */
  readonly servers: Readonly<Record<Exclude<OracleWord['word'], 'LocalSubnet'>, readonly Bytes[] | null>>;
}

export interface OracleMachine {
  readonly rules: readonly OracleRule[];
  readonly settings: Readonly<Record<Profile, OracleSettings>>;
  readonly adapters: readonly OracleAdapter[];
  readonly holder: { readonly path: string | null; readonly services: readonly string[] | null };
  /** A part of the reading without which nothing is certain, and which failed. */
  readonly failed: string | null;
}

export interface OraclePacket {
  readonly protocol: 6 | 17;
  readonly port: number;
  readonly source: Bytes;
  readonly destination: Bytes;
  /** The adapter that it comes in by. */
  readonly through: string;
}

type End = 'open' | 'blocked';

export const familyOf = (bytes: Bytes): OracleFamily => (bytes.length === 4 ? 4 : 6);

const bits = (bytes: Bytes): string => bytes.map((one) => one.toString(2).padStart(8, '0')).join('');

const within = (address: Bytes, { bytes, length }: OracleNet): boolean =>
  address.length === bytes.length && bits(address).slice(0, length) === bits(bytes).slice(0, length);

const same = (one: Bytes, other: Bytes): boolean => bits(one) === bits(other);

const LINK: OracleNet = { bytes: [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], length: 64 };

/** null: it cannot be told. */
type Truth = boolean | null;

/** Is that address what the word means on this adapter? */
function isMeant({ word, family }: OracleWord, adapter: OracleAdapter, address: Bytes): Truth {
  if (word === 'LocalSubnet') {
    const own = adapter.addresses.filter(({ bytes }) => familyOf(bytes) === family);
    if (own.some(({ bytes }) => same(bytes, address))) return false;
    return [...own, ...(family === 6 ? [LINK] : [])].some((one) => within(address, one));
  }
  const list = adapter.servers[word];
  if (list === null) return null;
  const of = list.filter((one) => familyOf(one) === family);
  if (of.some((one) => same(one, address))) return true;
  // Lists of servers are mostly of IPv4: that none of IPv6 is in one does not say that there is none.
  return family === 6 && of.length === 0 && word !== 'WINS' ? null : false;
}

function isRemote(asked: OracleRule['remote'], packet: OraclePacket, adapters: readonly OracleAdapter[]): Truth {
  if (asked === null) return true;
  const truths = asked.map((one): Truth => {
    if (!('word' in one)) return within(packet.source, one);
    if (one.family !== familyOf(packet.source)) return false;
    // What is so on the adapter that the packet comes in by is certain; on another it may count and may not.
    const by = adapters.map((adapter) => {
      const is = isMeant(one, adapter, packet.source);
      return adapter.name === packet.through ? is : is === false ? false : null;
    });
    return by.includes(true) ? true : by.includes(null) ? null : false;
  });
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

/** Does it match, if what cannot be decided is so? And is there anything that cannot be? */
function matches(
  rule: OracleRule,
  packet: OraclePacket,
  profile: Profile,
  { holder, settings, adapters }: OracleMachine,
): { readonly can: boolean; readonly sure: boolean } {
  const no = { can: false, sure: false };
  if (!rule.active || !rule.inbound) return no;
  // Only policy takes the force from local rules.
  if (!rule.policy && settings[profile].merge.policy === false) return no;
  if (rule.protocol !== null && rule.protocol !== packet.protocol) return no;
  if (rule.ports !== null && !rule.ports.some(([low, high]) => low <= packet.port && packet.port <= high)) return no;
  if (rule.local !== null && !rule.local.some((one) => within(packet.destination, one))) return no;
  if (rule.profiles !== null && !rule.profiles.includes(profile)) return no;
  const remote = isRemote(rule.remote, packet, adapters);
  if (remote === false) return no;
  let sure = remote === true && !rule.narrowed;
  if (rule.app !== null) {
    if (holder.path === null) sure = false;
    else if (holder.path.toLowerCase() !== rule.app.toLowerCase()) return no;
  }
  if (rule.service !== null) {
    if (holder.services === null) sure = false;
    else if (!holder.services.some((one) => one.toLowerCase() === rule.service?.toLowerCase())) return no;
  }
  if (rule.packaged) {
    if (holder.path === null && (holder.services === null || holder.services.length === 0)) sure = false;
    else return no;
  }
  return { can: true, sure };
}

/** Every combination of answers to as many questions. */
function* answers(count: number): Generator<readonly boolean[]> {
  for (let combination = 0; combination < 2 ** count; combination++)
    yield Array.from({ length: count }, (_, at) => (combination & (1 << at)) !== 0);
}

/** Policy, else the computer's own, else what is so where nobody sets it. */
const chosen = <T>({ local, policy }: Set2<T>, otherwise: T): T => policy ?? local ?? otherwise;

function endsIn(machine: OracleMachine, packet: OraclePacket, profile: Profile): ReadonlySet<End> {
  const { on, inbound: action, shield, unfiltered } = machine.settings[profile];
  const inbound = chosen(action, 'block');
  if (!chosen(on, true) || chosen(unfiltered, []).includes(packet.through)) return new Set(['open']);
  // Whoever sets it wins. Together with a default of Allow the documents say two things.
  if (shield.local === true || shield.policy === true)
    return inbound === 'block' ? new Set(['blocked']) : new Set(['open', 'blocked']);
  const hits = machine.rules
    .map((rule) => ({ rule, ...matches(rule, packet, profile, machine) }))
    .filter(({ can }) => can);
  const ends = new Set<End>();
  const unsure = hits.filter(({ sure }) => !sure);
  const secured = hits.filter(({ rule }) => rule.secure || rule.action === 'ByPass');
  for (const matched of answers(unsure.length)) {
    const here = hits.filter((hit) => hit.sure || matched[unsure.indexOf(hit)] === true).map(({ rule }) => rule);
    // Whether the packet is authenticated as each of these asks, and whether what is not is refused at once.
    for (const authentic of answers(secured.length)) {
      const is = (rule: OracleRule): boolean => authentic[secured.findIndex((one) => one.rule === rule)] === true;
      if (here.some((rule) => rule.action === 'ByPass' && is(rule))) ends.add('open');
      else if (here.some((rule) => rule.action === 'Block')) ends.add('blocked');
      else if (here.some((rule) => rule.action === 'Allow' && rule.secure)) {
        ends.add(here.some((rule) => rule.action === 'Allow' && rule.secure && is(rule)) ? 'open' : 'blocked');
      } else if (here.some((rule) => rule.action === 'Allow')) ends.add('open');
      else ends.add(inbound === 'allow' ? 'open' : 'blocked');
    }
  }
  return ends;
}

export function oracle(machine: OracleMachine, packet: OraclePacket): 'open' | 'blocked' | 'unknown' {
  if (machine.failed !== null) return 'unknown';
  const category = machine.adapters.find(({ name }) => name === packet.through)?.category ?? null;
  const profiles = category === null ? PROFILES : [category];
  const ends = new Set(profiles.flatMap((profile) => [...endsIn(machine, packet, profile)]));
  const [only] = ends;
  return ends.size === 1 && only !== undefined ? only : 'unknown';
}
