/** Which files make up a fleet: those that are named, and all that look like it in the folders that are named. */
import { promises as fs } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { TABLES } from '../../core/osquery/index.ts';

/** What is read at once. */
export interface Unit {
  /** The file; where several are one machine, their folder. */
  readonly from: string;
  /** Several: each is what `osqueryi --json` printed of one table, by the table's name. */
  readonly files: readonly string[];
  /** It was named itself, rather than found in a folder. */
  readonly named: boolean;
  /** It is left out, and why, in English, to stand after a colon: then there are no files. */
  readonly leftOut?: string;
}

/** Folders within each other; links to folders are not followed, since they may lead round in a circle. */
const DEEPEST = 32;

/** Snapshots, and the logs of osqueryd as its filesystem logger calls them. */
const WANTED = /\.json(\.gz)?$|(^|\.)osqueryd\.(results|snapshots)\.log(\.gz)?$/i;

const OF_TABLE = new Set(TABLES.map((table) => `${table}.json`));

/**
 * Every file once, in order of the names; in a folder with a `listening_ports.json` the tables there are one machine. Folders
 * that are not looked into are units too, to be told of.
 * @throws the system's error where something that was named is not there, or a folder cannot be listed
 */
export async function unitsIn(from: readonly string[]): Promise<readonly Unit[]> {
  const units = new Map<string, Unit>();
  for (const path of from) {
    const folder = (await fs.stat(path)).isDirectory();
    const found = folder ? await inFolder(path, 0) : [{ from: path, files: [path], named: true }];
    for (const unit of found) if (!units.has(resolve(unit.from))) units.set(resolve(unit.from), unit);
  }
  return [...units.values()];
}

async function inFolder(folder: string, depth: number): Promise<readonly Unit[]> {
  const entries = (await fs.readdir(folder, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );
  const tables = entries.some(({ name }) => name === 'listening_ports.json')
    ? entries.filter(({ name }) => OF_TABLE.has(name)).map(({ name }) => name)
    : [];
  const units: Unit[] = [];
  if (tables.length > 0) units.push({ from: folder, files: tables.map((name) => join(folder, name)), named: false });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const leave = (leftOut: string): Unit => ({ from: path, files: [], named: false, leftOut });
    if (entry.isDirectory()) {
      if (depth < DEEPEST) units.push(...(await inFolder(path, depth + 1)));
      else units.push(leave(`it is a folder in more than ${DEEPEST} others, and what is in it was not read`));
    } else if (entry.isSymbolicLink() && (await isFolder(path))) {
      units.push(leave('it is a link to a folder, and what is in it was not read'));
    } else if (WANTED.test(entry.name) && !tables.includes(entry.name)) {
      units.push({ from: path, files: [path], named: false });
    }
  }
  return units;
}

/** A link that leads nowhere is none. */
const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch {
    return false;
  }
};

/** What to call a machine that has no name, after its file or folder. */
export const nameAfter = ({ from }: Unit): string => {
  const name = basename(resolve(from)).replace(/(\.json|\.log)?(\.gz)?$/i, '');
  return name === '' ? basename(dirname(resolve(from))) : name;
};
