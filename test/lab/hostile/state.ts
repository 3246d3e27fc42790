/** What must not change: every file in the folders that can be written to, and every rule in the kernel. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { realSystem } from './trap.ts';

/** What is on machine A but cannot be written to needs no look. */
const WATCHED = [
  '/etc',
  '/var/lib',
  '/run',
  '/root',
  '/home',
  '/tmp',
  '/srv',
  '/opt',
  '/usr/local/bin',
  '/usr/local/sbin',
];
/** Locks of ufw and iptables, which every one of their runs touches; the harness's own folder. */
const PASSING = /^\/run\/(ufw\.lock|xtables\.lock)$/;

export type Files = ReadonlyMap<string, string>;

/** Every file's inode, size, owner, mode and times: nobody can change one and leave its ctime. */
export function files(): Files {
  const found = new Map<string, string>();
  const look = (path: string): void => {
    if (PASSING.test(path)) return;
    const stat = lstatSync(path, { bigint: true });
    const isFolder = stat.isDirectory();
    // A folder's own times and links tell only of what is in it, and that is looked at.
    const rest = isFolder ? '' : `${stat.nlink} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.size}`;
    found.set(path, `${stat.ino} ${stat.uid} ${stat.gid} ${stat.mode} ${rest}`);
    if (isFolder) for (const name of readdirSync(path)) look(join(path, name));
  };
  for (const path of WATCHED) look(path);
  return found;
}

/** Paths that are not what they were. */
export function changed(before: Files, after: Files): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path));
}

/** SHA-256 over path, kind and content of everything below; the product's own store is root's book of what was done. */
export function contents(): Files {
  const found = new Map<string, string>();
  for (const [path, told] of files()) {
    if (path.startsWith('/var/lib/portcullis')) continue;
    const [, uid, gid, mode] = told.split(' ');
    const stat = lstatSync(path);
    const data = stat.isFile() ? readFileSync(path) : stat.isSymbolicLink() ? readlinkSync(path) : '';
    found.set(path, `${uid} ${gid} ${mode} ${createHash('sha256').update(data).digest('hex')}`);
  }
  return found;
}

function printed(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(realSystem(program), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Every rule of the kernel, without counters. What iptables made is in it too. */
export const rules = (): string =>
  printed('nft', '-s', 'list', 'ruleset').replaceAll(/counter packets \d+ bytes \d+/g, '');

/** The rules without those of ufw and Portcullis: what is somebody else's, and no change may touch. */
export const foreignRules = (text: string): string =>
  text
    .replace(/^table inet portcullis \{\n(?:\t.*\n|\n)*\}\n/m, '')
    .replaceAll(/^\tchain ufw6?-[^ ]+ \{\n(?:\t\t.*\n)*\t\}\n\n?/gm, '')
    .split('\n')
    // Turning ufw on adds its jumps to the built-in chains, and sets their policies.
    .filter((line) => !/ufw6?-/.test(line) && line.trim() !== '')
    .map((line) => line.replace(/policy (accept|drop);/, 'policy;'))
    .join('\n');

export const pids = (): ReadonlySet<number> =>
  new Set(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
  );
