/** Services of systemd: stopped and started, with the links that start them with the computer. systemctl(1). */
import { lstat, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { commandsOf } from '../../../core/firewalls/registry.ts';
import type { Operation, Snapshot } from '../../../core/model.ts';
import { readUnits, UNIT_NAME } from '../../../core/services/index.ts';
import { sha256, syncFolder } from '../files.ts';
import type { PutBack } from '../kernel.ts';
import { run } from '../run.ts';
import type { LayerWork, Left } from './layer.ts';

const FOLDER = '/etc/systemd/system';

export const servicesBeforeSchema = z.strictObject({
  layer: z.literal('services'),
  /** Units that ran and are to stop, or that did not run and are to start. */
  units: z.array(z.strictObject({ id: z.string().regex(UNIT_NAME), active: z.boolean() })),
  /** Links by which they are started with the computer: path below `/etc/systemd/system` -> where it leads. */
  links: z.record(z.string().regex(/^([\w@:.\\-]+\/)?[\w@:.\\-]+$/), z.string()),
});
export type ServicesBefore = z.infer<typeof servicesBeforeSchema>;

/** The links of these units, whatever they are called: `sshd.service -> /lib/systemd/system/ssh.service`. */
async function linksOf(units: ReadonlySet<string>): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const folders = ['', ...(await names(FOLDER)).filter((name) => /\.(wants|requires|upholds)$/.test(name))];
  for (const folder of folders) {
    for (const name of await names(join(FOLDER, folder))) {
      const target = await readlink(join(FOLDER, folder, name)).catch(() => null);
      if (target !== null && (units.has(name) || units.has(basename(target)))) found[join(folder, name)] = target;
    }
  }
  return found;
}

const names = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

async function left(operations: readonly Operation[]): Promise<Left> {
  const units = operations.flatMap((one) => ('unit' in one ? one.unit : []));
  const links = Object.entries(await linksOf(new Set(units))).map(([path, target]) => `${path} ${target}`);
  return { [FOLDER]: sha256(links.sort().join('\n')) };
}

async function save(states: readonly Snapshot[]): Promise<ServicesBefore | null> {
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) return null;
  const then = readUnits(last).value;
  const units = [...readUnits(first).value.values()]
    .filter(({ id, active, file }) => active !== then.get(id)?.active || file !== then.get(id)?.file)
    .map(({ id, active }) => ({ id, active }));
  return { layer: 'services', units, links: await linksOf(new Set(units.map(({ id }) => id))) };
}

async function isActive(unit: string): Promise<boolean> {
  const { stdout } = await run('systemctl', ['show', '--property=ActiveState', '--value', '--', unit]);
  return !['inactive', 'failed', ''].includes(stdout.trim());
}

/** Can it be started at all? A package that was removed took its units along, and what is masked is not to start. */
async function isStartable(unit: string): Promise<boolean> {
  const { stdout } = await run('systemctl', ['show', '--property=LoadState', '--value', '--', unit]);
  return !['not-found', 'masked'].includes(stdout.trim());
}

async function systemctl(...args: readonly string[]): Promise<void> {
  const { exit, stderr } = await run('systemctl', args);
  if (exit !== 0) throw new Error(`systemctl ${args[0]}: ${stderr.trim().split('\n', 1)[0] || `exit ${exit}`}`);
}

async function carryOut(operation: Operation): Promise<void> {
  for (const [, ...args] of commandsOf(operation)) await systemctl(...args);
  if (operation.kind !== 'service-stop' && operation.kind !== 'service-start') return;
  const stopped = operation.kind === 'service-stop';
  if ((await isActive(operation.unit)) === stopped) {
    throw new Error(`${operation.unit} ${stopped ? 'was started again at once' : 'did not start'}`);
  }
}

async function restore({ units, links }: ServicesBefore): Promise<PutBack> {
  let failure: unknown = null;
  let missing = 0;
  try {
    // A unit may itself be a link to elsewhere: those stand first, and others may lead to them.
    for (const [path, target] of Object.entries(links)) {
      const link = join(FOLDER, path);
      const isThere = (await lstat(link).catch(() => null)) !== null;
      // What led to a unit that was removed since leads nowhere.
      if (isThere || (await stat(resolve(dirname(link), target)).catch(() => null)) === null) continue;
      await symlink(target, link);
      missing += 1;
    }
    if (missing > 0) await syncFolder(FOLDER);
    const more = Object.keys(await linksOf(new Set(units.map(({ id }) => id)))).filter((path) => !(path in links));
    // What the change enabled is not enabled any more.
    if (more.length > 0) await systemctl('disable', ...units.filter(({ active }) => !active).map(({ id }) => id));
    if (missing > 0) await systemctl('daemon-reload');
  } catch (error) {
    failure = error;
  }
  const startable = new Map<string, boolean>();
  for (const { id } of units) startable.set(id, await isStartable(id));
  // Services after the sockets that start them: the list is in the order of the names that systemd gave.
  for (const { id, active } of units) {
    if ((await isActive(id)) === active || (active && startable.get(id) === false)) continue;
    await systemctl(active ? 'start' : 'stop', id).catch((error: unknown) => (failure ??= error));
  }
  if (failure !== null) throw failure;
  const whole = units.every(({ id, active }) => !active || startable.get(id) !== false);
  return { ours: whole, whole };
}

export const servicesWork: LayerWork<ServicesBefore> = {
  save,
  standBy: async () => {},
  carryOut,
  left,
  // A link that somebody adds meanwhile is theirs, and is left as it is.
  foreign: async () => [],
  restore,
  restored: (ours) => [
    ours
      ? 'What was stopped runs again, and starts with the computer as it did.'
      : 'What was stopped and can be started runs again, and starts with the computer as it did.',
  ],
  lasting: () => [],
  look: 'systemctl --failed',
  folder: FOLDER,
};
