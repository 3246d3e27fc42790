/** One port that Portcullis's own table keeps closed, and the text of the whole table: what `nft -f` loads, and nothing else. */
import { parseRange } from '../../address.ts';
import type { Family, Protocol } from '../../model.ts';

export interface Door {
  readonly protocol: Protocol;
  readonly port: number;
  /** Networks that are let through to the rules of the others, as CIDRs or addresses; none: nobody is. */
  readonly except: readonly string[];
}

export const TABLE = { family: 'inet', name: 'portcullis', chain: 'doors', priority: -150 } as const;
export const TABLE_PATH = '/etc/portcullis/table.nft';

const HEAD = `#!/usr/sbin/nft -f
# The ports that Portcullis keeps closed. Written by Portcullis: portcullis close, portcullis reopen.
table inet portcullis
delete table inet portcullis
table inet portcullis {
	chain doors {
		type filter hook prerouting priority mangle; policy accept;
		# Connection tracking joins fragments before this chain: a SYN that was cut in two would else show no flags.
		ct state new,untracked
`;
const END = '\t}\n}\n';

/** Loaded by nft, this takes the table away, whether or not it is there. */
export const NO_TABLE = 'table inet portcullis\ndelete table inet portcullis\n';

/**
 * A packet that begins a connection, at the port that the sender wrote, before any rule rewrites it: for TCP that is SYN
 * alone (RFC 9293, 3.5), so that live connections stay whether or not they are tracked. `iif != lo` and the address being
 * this computer's own leave this computer, and what it passes on for guests, as they are.
 */
const START = {
  tcp: 'iif != "lo" fib daddr type local tcp flags & (fin | syn | rst | ack) == syn tcp dport',
  udp: 'iif != "lo" fib daddr type { local, anycast, broadcast, multicast } ct state new,untracked udp dport',
} as const;

const SADDR = { 4: 'ip saddr', 6: 'ip6 saddr' } as const;
const NFPROTO = { 4: 'meta nfproto ipv4', 6: 'meta nfproto ipv6' } as const;

export const exceptOf = ({ except }: Door, family: Family): readonly string[] =>
  except.filter((network) => parseRange(network)?.family === family);

/** The rules that close it, as nft reads them: in a chain at prerouting whose first rule has asked for `ct state`. */
export function doorLines(door: Door): readonly string[] {
  const { protocol, port, except } = door;
  const start = `${START[protocol]} ${port}`;
  if (except.length === 0) return [`${start} drop`];
  return ([4, 6] as const).map((family) => {
    const networks = exceptOf(door, family);
    return networks.length === 0
      ? `${NFPROTO[family]} ${start} drop`
      : `${SADDR[family]} != { ${networks.join(', ')} } ${start} drop`;
  });
}

/** The file; null where nothing is closed, and there is none. */
export function printTable(doors: readonly Door[]): string | null {
  if (doors.length === 0) return null;
  const lines = doors.flatMap((door) => [
    `\t\t# ${JSON.stringify({ protocol: door.protocol, port: door.port, except: door.except })}\n`,
    ...doorLines(door).map((line) => `\t\t${line}\n`),
  ]);
  return `${HEAD}${lines.join('')}${END}`;
}

/** The doors of a file that `printTable` wrote, to the byte; null for anything else. */
export function parseTable(text: string): readonly Door[] | null {
  const doors: Door[] = [];
  for (const [, json = ''] of text.matchAll(/^\t\t# (\{.*\})$/gm)) {
    try {
      doors.push(JSON.parse(json) as Door);
    } catch {
      return null;
    }
  }
  return doors.every(isDoor) && printTable(doors) === text ? doors : null;
}

export function isDoor(door: Door): boolean {
  const { protocol, port, except } = door;
  return (
    (protocol === 'tcp' || protocol === 'udp') &&
    Number.isInteger(port) &&
    port >= 1 &&
    port <= 65535 &&
    Array.isArray(except) &&
    except.every((network) => typeof network === 'string' && isNetwork(network))
  );
}

/** An address or a CIDR in its plain form: what nft can be given without it meaning anything else. */
export const isNetwork = (text: string): boolean =>
  /^[0-9a-f:.]{2,45}(\/\d{1,3})?$/.test(text) && parseRange(text) !== null;
