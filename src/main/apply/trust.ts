/**
 * Who could change the helper, or the program that runs it? Whoever can is root as soon as it runs as root. So each file
 * and each folder above it must be root's alone; a developer's own checkout is let through, and said.
 */
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problem } from '../../core/problem.ts';
import type { Command } from './locate.ts';

interface Stat {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export interface Look {
  /** Of the thing itself, not of what a link leads to. Throws where there is none. */
  readonly stat: (path: string) => Stat;
  readonly real: (path: string) => string;
  readonly list: (folder: string) => readonly string[];
  /** The text of a file, empty where there is none. */
  readonly read: (path: string) => string;
}

const disk: Look = {
  stat: lstatSync,
  real: (path) => realpathSync(path),
  list: (folder) => readdirSync(folder),
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
};

const STICKY = 0o1000;
const LINK = 0o120000;
const KIND = 0o170000;

/** Accounts in a group: its members, and whoever has it as the primary one. */
function accountsIn(gid: number, look: Look): ReadonlySet<number> {
  const rows = (path: string) =>
    look
      .read(path)
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => line.split(':'));
  const members = rows('/etc/group')
    .filter(([, , id]) => Number(id) === gid)
    .flatMap(([, , , names = '']) => names.split(','));
  const inside = rows('/etc/passwd').filter(
    ([name = '', , , group]) => Number(group) === gid || members.includes(name),
  );
  return new Set(inside.map(([, , uid]) => Number(uid)));
}

/** Accounts other than root that can change the thing or put another in its place; -1 stands for everybody. */
function writersOf(path: string, look: Look): readonly number[] {
  const { uid, gid, mode } = look.stat(path);
  if ((mode & KIND) === LINK) return [uid];
  // In a sticky folder only the owner of an entry can replace it, and the entry itself is looked at.
  if ((mode & STICKY) !== 0) return [uid];
  return [uid, ...((mode & 0o020) === 0 ? [] : accountsIn(gid, look)), ...((mode & 0o002) === 0 ? [] : [-1])];
}

const upwards = (path: string): readonly string[] => (path === '/' ? [path] : [path, ...upwards(dirname(path))]);

/** Paths that decide what runs: the given ones, where links lead, everything above, and what lies beside the helper. */
function deciding(command: Command, look: Look): readonly string[] {
  const given = [command.program, ...command.args];
  const real = given.map(look.real);
  const beside = real.slice(1).flatMap((path) => look.list(dirname(path)).map((name) => join(dirname(path), name)));
  return [...new Set([...given, ...real, ...beside].flatMap(upwards))];
}

/**
 * Throws a ProblemError unless only root, or in a checkout its owner `uid`, could change what is about to run as root.
 * Gives a sentence to be said where the owner could, else null.
 */
export function checkTrust(command: Command, uid: number, look: Look = disk): string | null {
  const paths = deciding(command, look).map((path) => ({
    path,
    writers: writersOf(path, look).filter((one) => one !== 0),
  }));
  const others = paths.find(({ writers }) => writers.some((one) => one !== uid));
  const own = paths.find(({ writers }) => writers.includes(uid));
  const bad = others ?? (command.fromCheckout ? undefined : own);
  if (bad !== undefined) {
    throw problem('not-permitted', {
      kind: 'helper-changeable',
      path: bad.path,
      by: others === undefined ? 'ordinary' : 'another',
    });
  }
  return own === undefined
    ? null
    : `Portcullis was started from a checkout: what runs as root now lies in ${dirname(own.path)}, which is yours to change.`;
}
