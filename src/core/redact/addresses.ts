/**
 * Addresses -> other addresses that stand in the same relation to each other.
 *
 * All addresses of a snapshot are laid into one tree of bits for each family. A bit is cleared where no two of them
 * differ; where they do it stays. So their order stays, which ones share a network of any length stays, and what is
 * inside or outside of a rule's range stays: a firewall decides as it did. The bounds of special ranges (private,
 * link-local, …) lie in the tree as well and never move, so that an address keeps its class.
 */
import { TOP, formatAddress, network, parseAddress, parseRange } from '../address.ts';
import type { Family } from '../model.ts';

/**
 * Ranges whose members keep their class. Sources: IANA special-purpose address registries;
 * fd7a:115c:a1e0::/48 is Tailscale's.
 */
const CLASSES = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/64',
  '64:ff9b::/96',
  '2000::/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fd7a:115c:a1e0::/48',
  'fe80::/64',
  'fe80::/10',
  'ff00::/8',
];

/** Ranges that tell nothing of anybody: their members stay as they are. */
const PLAIN = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/64', 'ff00::/8'];

/** Low bits that stay: the last number of an IPv4 address names nobody, and ranges inside a network keep their size. */
const KEPT_BITS: Record<Family, number> = { 4: 8, 6: 0 };

/** `192.168.77.10/24`, or as JSON `"192.168.77.10","prefixlen":24` and `"addr": "192.168.77.0", "len": 24`. */
const ADDRESS = new RegExp(
  '(?:' +
    String.raw`(?<![\w.:])((?=[\da-f]*:)[\da-f:]*:[\da-f:]*(?:(?:\d{1,3}\.){3}\d{1,3})?(?![\w:]|\.\d))` +
    String.raw`|(?<![\w.])((?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d))` +
    ')' +
    String.raw`(?:(?:\/|",\s*"(?:len|prefix|prefixlen)":\s*)(\d{1,3})(?!\d))?`,
  'gi',
);

const MAPPED = /^::ffff:(?=\d+\.)/i;
const MAC = /(?<![\w:])[\da-f]{2}(?::[\da-f]{2}){5}(?![\w:])/gi;

/** Gives a function that replaces every IP and hardware address in a text, the same way in all texts. */
export function addressRedactor(texts: readonly string[]): (text: string) => string {
  const seen: Record<Family, Set<bigint>> = { 4: new Set(), 6: new Set() };
  for (const text of texts) {
    for (const [, six, four, length] of text.matchAll(ADDRESS)) {
      const token = six ?? four ?? '';
      const address = parseAddress(token.replace(MAPPED, ''));
      if (address === null) continue;
      seen[address.family].add(address.value);
      const prefix = Number(length ?? (address.family === 4 ? 32 : 64));
      if (prefix > (address.family === 4 ? 32 : 128)) continue;
      for (const end of network(address, prefix)) seen[address.family].add(end);
    }
  }
  const replaced = { 4: replacements(seen[4], 4), 6: replacements(seen[6], 6) };
  const hardware = new Map<string, string>();
  return (text) =>
    text
      .replace(ADDRESS, (whole: string, six: string | undefined, four: string | undefined) => {
        const token = six ?? four ?? '';
        const mapped = MAPPED.exec(token)?.[0] ?? '';
        const address = parseAddress(token.slice(mapped.length));
        const value = address === null ? undefined : replaced[address.family].get(address.value);
        if (address === null || value === undefined || value === address.value) return whole;
        return `${mapped}${formatAddress({ family: address.family, value })}${whole.slice(token.length)}`;
      })
      .replace(MAC, (mac) => {
        if (/^(00:){5}00$|^(ff:){5}ff$/i.test(mac)) return mac;
        const known = hardware.get(mac.toLowerCase()) ?? hardwareAddress(hardware.size + 1);
        hardware.set(mac.toLowerCase(), known);
        return known;
      });
}

/** Locally administered, numbered in the order in which they are met. */
const hardwareAddress = (n: number): string =>
  `02:00:00:00:${[n >> 8, n & 255].map((part) => part.toString(16).padStart(2, '0')).join(':')}`;

function replacements(seen: ReadonlySet<bigint>, family: Family): ReadonlyMap<bigint, bigint> {
  const bounds = new Set(rangesOf(CLASSES, family).flat());
  const plain = rangesOf(PLAIN, family);
  const fixed = (value: bigint): boolean =>
    bounds.has(value) || plain.some(([first, last]) => value >= first && value <= last);
  const out = new Map<bigint, bigint>();
  const top = family === 4 ? 31 : 127;
  const lay = (values: readonly bigint[], bit: number, moved: bigint): void => {
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) return;
    if (bit < KEPT_BITS[family]) {
      const low = (1n << BigInt(bit + 1)) - 1n;
      for (const value of values) out.set(value, moved | (value & low));
      return;
    }
    const one = 1n << BigInt(bit);
    const middle = values.findIndex((value) => (value & one) !== 0n);
    if (middle > 0) {
      lay(values.slice(0, middle), bit - 1, moved);
      lay(values.slice(middle), bit - 1, moved | one);
    } else {
      const keep = middle === 0 && values.some(fixed);
      lay(values, bit - 1, keep ? moved | one : moved);
    }
  };
  const all = [...new Set([0n, TOP[family], ...bounds, ...seen])].sort((a, b) => (a < b ? -1 : 1));
  lay(all, top, 0n);
  return out;
}

const rangesOf = (texts: readonly string[], family: Family): readonly (readonly [bigint, bigint])[] =>
  texts.flatMap((text) => {
    const read = parseRange(text);
    return read === null || read.family !== family ? [] : [read.range];
  });
