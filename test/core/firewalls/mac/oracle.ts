/**
 * What pf and the application firewall do with one packet, written straight from the manual and apart from the program: all
 * rules are gone through in their order, the last that matches counts, and one that is quick ends it; rules of an anchor are
 * gone through where it stands (pf.conf(5)). What is not known is tried in every way: where all end alike, that is the answer.
 */
export interface OracleRule {
  readonly kind: 'rule';
  readonly action: 'pass' | 'block';
  readonly direction: 'in' | 'out' | null;
  readonly quick: boolean;
  readonly on: { readonly not: boolean; readonly name: string } | null;
  readonly protocol: 'tcp' | 'udp' | null;
  /** Four octets and a length. */
  readonly from: { readonly not: boolean; readonly network: readonly [number, number, number, number, number] } | null;
  readonly port: OraclePort | null;
  readonly flags: 'S/SA' | 'SA/SA' | null;
  /** `user = 501`: nobody can decide it from here. */
  readonly open: boolean;
}

interface OraclePort {
  readonly operator: '=' | '!=' | '<' | '>=' | ':' | '><' | '<>';
  readonly first: number;
  readonly last: number;
}

export interface OracleAnchor {
  readonly kind: 'anchor';
  readonly quick: boolean;
  readonly protocol: 'tcp' | 'udp' | null;
  readonly rules: readonly OracleRule[];
}

export interface OracleMac {
  readonly lines: readonly (OracleRule | OracleAnchor)[];
  readonly skip: boolean;
  /** `mine`: an entry for the very program. */
  readonly alf: 'off' | 'allow' | 'block' | 'none' | 'all';
}

export interface OraclePacket {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly source: readonly [number, number, number, number];
  readonly on: string;
}

type End = 'open' | 'blocked';

const number = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): number => ((a * 256 + b) * 256 + c) * 256 + d;

function within(
  source: readonly number[],
  [a, b, c, d, length]: readonly [number, number, number, number, number],
): boolean {
  const size = 2 ** (32 - length);
  return Math.floor(number(source) / size) === Math.floor(number([a, b, c, d]) / size);
}

function portFits({ operator, first, last }: OraclePort, port: number): boolean {
  switch (operator) {
    case '=':
      return port === first;
    case '!=':
      return port !== first;
    case '<':
      return port < first;
    case '>=':
      return port >= first;
    case ':':
      return port >= first && port <= last;
    case '><':
      return port > first && port < last;
    case '<>':
      return port < first || port > last;
  }
}

/** Does it match, where what cannot be decided is as `guess` says? */
function matches(rule: OracleRule, packet: OraclePacket, guess: boolean): boolean {
  if (rule.direction === 'out') return false;
  if (rule.on !== null && (rule.on.name === packet.on) === rule.on.not) return false;
  if (rule.protocol !== null && rule.protocol !== packet.protocol) return false;
  if (rule.from !== null && within(packet.source, rule.from.network) === rule.from.not) return false;
  if (rule.port !== null && !portFits(rule.port, packet.port)) return false;
  // A first packet has SYN and no ACK; other protocols have no flags.
  if (rule.flags === 'SA/SA' && packet.protocol === 'tcp') return false;
  return !rule.open || guess;
}

/** With every open rule decided by one bit of `guesses`. */
function filter({ lines, skip }: OracleMac, packet: OraclePacket, guesses: number): End {
  if (skip) return 'open';
  let verdict: End = 'open';
  let at = 0;
  const guess = (rule: OracleRule): boolean => rule.open && ((guesses >> at++) & 1) === 1;
  for (const line of lines) {
    const enters = line.kind === 'rule' || line.protocol === null || line.protocol === packet.protocol;
    let found = false;
    for (const rule of line.kind === 'rule' ? [line] : line.rules) {
      const decided = guess(rule);
      if (!enters || !matches(rule, packet, decided)) continue;
      verdict = rule.action === 'pass' ? 'open' : 'blocked';
      found = true;
      if (rule.quick) return verdict;
    }
    if (line.kind === 'anchor' && line.quick && found) return verdict;
  }
  return verdict;
}

const openRules = ({ lines }: OracleMac): number =>
  lines.flatMap((line) => (line.kind === 'rule' ? [line] : line.rules)).filter(({ open }) => open).length;

export function oracle(mac: OracleMac, packet: OraclePacket): End | 'unknown' {
  const ends = new Set<End>();
  for (let guesses = 0; guesses < 2 ** openRules(mac); guesses++)
    for (const asked of mac.alf === 'none' ? (['open', 'blocked'] as const) : [null]) {
      const application = asked ?? (mac.alf === 'off' || mac.alf === 'allow' ? 'open' : 'blocked');
      ends.add(filter(mac, packet, guesses) === 'open' && application === 'open' ? 'open' : 'blocked');
    }
  const [only] = ends;
  return ends.size === 1 && only !== undefined ? only : 'unknown';
}
