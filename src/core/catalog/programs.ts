/** Names of programs and units -> services. Built once, when the first listener is looked at. */
import type { Protocol, Service } from '../model.ts';
import { usesNumber } from './numbers.ts';
import { services } from './services/index.ts';

/** Programs that do many things: their name counts only together with a number of the service. */
const manyThings: ReadonlySet<string> = new Set(['docker', 'electron', 'master', 'registry', 'x']);

/** What a program with several services is on any other number. Those that are not here need the number as well. */
const mainly: Readonly<Record<string, string>> = {
  'com.docker.backend': 'published-port',
  deluged: 'bittorrent',
  dnsmasq: 'dns',
  qbittorrent: 'bittorrent',
  'qbittorrent-nox': 'bittorrent',
  spotify: 'spotify-connect',
  syncthing: 'syncthing',
  'transmission-daemon': 'bittorrent',
  'transmission-gtk': 'bittorrent',
  'transmission-qt': 'bittorrent',
};

/** Units that are called otherwise than their program. */
const units: Readonly<Record<string, string>> = {
  bind9: 'named',
  chrony: 'chronyd',
  mariadb: 'mariadbd',
  mongodb: 'mongod',
  mysql: 'mysqld',
  'nfs-mountd': 'rpc.mountd',
  nmb: 'nmbd',
  postfix: 'master',
  redis: 'redis-server',
  rsyslog: 'rsyslogd',
  smb: 'smbd',
  ssh: 'sshd',
  strongswan: 'charon',
  'wg-quick': 'wireguard',
};

/** Linux keeps this much of a program's name in `comm`. */
const COMM = 15;

interface Index {
  readonly byName: ReadonlyMap<string, readonly Service[]>;
  readonly byShort: ReadonlyMap<string, string>;
}

let index: Index | null = null;

function build(): Index {
  const byName = new Map<string, Service[]>();
  const byShort = new Map<string, string>();
  for (const service of services) {
    for (const program of service.programs) {
      const list = byName.get(program);
      if (list === undefined) byName.set(program, [service]);
      else list.push(service);
      if (program.length > COMM) byShort.set(program.slice(0, COMM), program);
    }
  }
  return { byName, byShort };
}

/** The last part of a path, without what Linux adds when the file was replaced. */
export const lastPart = (text: string): string =>
  text
    .replace(/ \(deleted\)$/, '')
    .split(/[/\\]/)
    .at(-1) ?? '';

/** A path or name as the catalog writes it: last part, lower case, without `.exe`. */
export const plainName = (text: string): string =>
  lastPart(text)
    .toLowerCase()
    .replace(/\.exe$/, '');

/** The service that a program of this name is on this port; null where the name is not known or says too little. */
export function serviceOfProgram(name: string, protocol: Protocol, port: number): Service | null {
  index ??= build();
  const known = [name, index.byShort.get(name), name.replace(/[-_]?\d+(?:\.\d+)*$/, '')].find(
    (candidate) => candidate !== undefined && index?.byName.has(candidate),
  );
  const candidates = known === undefined ? undefined : index.byName.get(known);
  if (known === undefined || candidates === undefined) return null;
  const fitting = candidates.find((service) => usesNumber(service, protocol, port));
  if (fitting !== undefined) return fitting;
  if (candidates.length === 1 && !manyThings.has(known)) return candidates[0] ?? null;
  return candidates.find((service) => service.id === mainly[known]) ?? null;
}

/** `ssh.service`, `postgresql@15-main.service` -> `ssh`, `postgresql`; null for a unit that says nothing of a program. */
export function stemOfUnit(unit: string): string | null {
  const stem = /^([^@]+)(?:@.*)?\.(?:service|socket)$/.exec(unit)?.[1]?.toLowerCase() ?? null;
  return stem === null || stem === 'user' || stem === 'session' ? null : stem;
}

export const serviceOfUnit = (stem: string, protocol: Protocol, port: number): Service | null =>
  serviceOfProgram(units[stem] ?? stem, protocol, port);
