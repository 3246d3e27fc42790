/**
 * What Windows Firewall does with one packet, written straight from the documents and apart from the program: conditions
 * are ANDed ([MS-FASP] 2.2.37), who is authenticated gets past blocks, a block beats an allow, then the default (2.2.33,
 * 2.2.38). What is not known is tried in every way: where all ways end alike, that is the answer.
 */

export interface OracleRule {
  readonly action: 'Allow' | 'Block' | 'ByPass';
  readonly active: boolean;
  readonly inbound: boolean;
  readonly protocol: 6 | 17 | null;
  readonly ports: readonly (readonly [number, number])[] | null;
  /** Networks: four octets and the length. */
  readonly remote: readonly (readonly [number, number, number, number, number])[] | null;
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

interface OracleSettings {
  readonly on: boolean;
  readonly inbound: 'allow' | 'block';
  readonly shield: boolean;
  readonly merge: boolean;
}

export interface OracleMachine {
  readonly rules: readonly OracleRule[];
  readonly settings: Readonly<Record<Profile, OracleSettings>>;
  /** null: the system does not tell. */
  readonly category: Profile | null;
  readonly holder: { readonly path: string | null; readonly services: readonly string[] | null };
}

export interface OraclePacket {
  readonly protocol: 6 | 17;
  readonly port: number;
  readonly source: readonly [number, number, number, number];
}

type End = 'open' | 'blocked';

const number = ([a, b, c, d]: readonly number[]): number =>
  (a ?? 0) * 2 ** 24 + (b ?? 0) * 2 ** 16 + (c ?? 0) * 2 ** 8 + (d ?? 0);

const within = (source: OraclePacket['source'], [a, b, c, d, length]: readonly number[]): boolean => {
  const size = 2 ** (32 - (length ?? 32));
  return Math.floor(number(source) / size) === Math.floor(number([a ?? 0, b ?? 0, c ?? 0, d ?? 0]) / size);
};

/** Does it match, if what cannot be decided is so? And is there anything that cannot be? */
function matches(
  rule: OracleRule,
  packet: OraclePacket,
  profile: Profile,
  { holder, settings }: OracleMachine,
): { readonly can: boolean; readonly sure: boolean } {
  const no = { can: false, sure: false };
  if (!rule.active || !rule.inbound) return no;
  if (!rule.policy && !settings[profile].merge) return no;
  if (rule.protocol !== null && rule.protocol !== packet.protocol) return no;
  if (rule.ports !== null && !rule.ports.some(([low, high]) => low <= packet.port && packet.port <= high)) return no;
  if (rule.remote !== null && !rule.remote.some((one) => within(packet.source, one))) return no;
  if (rule.profiles !== null && !rule.profiles.includes(profile)) return no;
  let sure = !rule.narrowed;
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
  for (let bits = 0; bits < 2 ** count; bits++)
    yield Array.from({ length: count }, (_, at) => (bits & (1 << at)) !== 0);
}

function endsIn(machine: OracleMachine, packet: OraclePacket, profile: Profile): ReadonlySet<End> {
  const { on, inbound, shield } = machine.settings[profile];
  if (!on) return new Set(['open']);
  if (shield) return inbound === 'block' ? new Set(['blocked']) : new Set(['open', 'blocked']);
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
  const profiles: readonly Profile[] = machine.category === null ? ['domain', 'private', 'public'] : [machine.category];
  const ends = new Set(profiles.flatMap((profile) => [...endsIn(machine, packet, profile)]));
  const [only] = ends;
  return ends.size === 1 && only !== undefined ? only : 'unknown';
}
