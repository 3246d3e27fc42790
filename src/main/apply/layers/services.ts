/** Services of systemd: stopped and started, with the links that start them with the computer. systemctl(1). */
import { chmod, lstat, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { commandsOf } from '../../../core/firewalls/registry.ts';
import type { Operation, Snapshot } from '../../../core/model.ts';
import { readUnits, UNIT_NAME } from '../../../core/services/index.ts';
import { sha256, syncFolder } from '../files.ts';
import type { PutBack } from '../kernel.ts';
import { run } from '../run.ts';
import { outputOrExit, StepError } from '../step-error.ts';
import type { LayerWork, Left } from './layer.ts';

const FOLDER = '/etc/systemd/system';
/** Seconds for a service to stop or start. systemd's own limit for each is 90, unless a unit has another. */
const PATIENCE = 200;
/** More units than any switches on along with it. */
const MOST = 50;

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

/** What is switched on and off along with them: `Also=` of their `[Install]`, and of those again. systemd.unit(5). */
async function withAlso(units: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set(units);
  for (const id of known) {
    if (known.size > MOST) break;
    // A unit without a file has no such line either.
    const { stdout } = await run('systemctl', ['cat', '--', id]);
    const also = [...stdout.matchAll(/^Also=(.*)$/gm)].flatMap(([, names = '']) => names.trim().split(/\s+/));
    for (const name of also) if (UNIT_NAME.test(name)) known.add(name);
  }
  return known;
}

async function left(operations: readonly Operation[]): Promise<Left> {
  const units = await withAlso(operations.flatMap((one) => ('unit' in one ? one.unit : [])));
  const links = Object.entries(await linksOf(units)).map(([path, target]) => `${path} ${target}`);
  return { [FOLDER]: sha256(links.sort().join('\n')) };
}

async function save(states: readonly Snapshot[]): Promise<ServicesBefore | null> {
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [now, then] = [readUnits(first).value, readUnits(last).value];
  const units = [...new Set([...now.keys(), ...then.keys()])]
    .filter((id) => now.get(id)?.active !== then.get(id)?.active || now.get(id)?.file !== then.get(id)?.file)
    .map((id) => ({ id, active: now.get(id)?.active === true }));
  return { layer: 'services', units, links: await linksOf(await withAlso(units.map(({ id }) => id))) };
}

/** Throws where systemd does not say. */
async function property(unit: string, name: string): Promise<string> {
  const ran = await run('systemctl', ['show', `--property=${name}`, '--value', '--', unit]);
  if (ran.exit !== 0) throw new StepError({ kind: 'program', program: 'systemctl show', output: outputOrExit(ran) });
  return ran.stdout.trim();
}

/** What is on its way down does not run any more: it would be gone a moment later. */
const runs = async (unit: string): Promise<boolean> =>
  ['active', 'activating', 'reloading', 'refreshing'].includes(await property(unit, 'ActiveState'));

const isDown = async (unit: string): Promise<boolean> =>
  ['inactive', 'failed'].includes(await property(unit, 'ActiveState'));

/** Can it be started at all? A package that was removed took its units along, and what is masked is not to start. */
const isStartable = async (unit: string): Promise<boolean> =>
  !['not-found', 'masked'].includes(await property(unit, 'LoadState'));

async function systemctl(...args: readonly string[]): Promise<void> {
  const ran = await run('systemctl', args, { seconds: PATIENCE });
  if (ran.exit === 0) return;
  throw new StepError({ kind: 'program', program: `systemctl ${args[0]}`, output: outputOrExit(ran) });
}

async function carryOut(operation: Operation): Promise<void> {
  for (const [, ...args] of commandsOf(operation)) await systemctl(...args);
  if (operation.kind !== 'service-stop' && operation.kind !== 'service-start') return;
  const { unit } = operation;
  if (operation.kind === 'service-stop' && !(await isDown(unit)))
    throw new StepError({ kind: 'unit-started-again', unit });
  if (operation.kind === 'service-start' && !(await runs(unit)))
    throw new StepError({ kind: 'unit-not-started', unit });
}

/** Make a link where it was. systemd takes a folder away with its last link; everybody may read one. */
async function link(path: string, target: string): Promise<boolean> {
  const [place, folder] = [join(FOLDER, path), dirname(join(FOLDER, path))];
  const isThere = (await lstat(place).catch(() => null)) !== null;
  // What led to a unit that was removed since leads nowhere.
  if (isThere || (await stat(resolve(folder, target)).catch(() => null)) === null) return false;
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755);
  await symlink(target, place);
  await syncFolder(folder);
  return true;
}

/** A socket does not start while what it starts runs already: that is stopped, and started after it. systemd.socket(5). */
async function start(unit: string, ours: ReadonlySet<string>): Promise<void> {
  try {
    await systemctl('start', unit);
  } catch (error) {
    const started = (await property(unit, 'Triggers')).split(/\s+/).filter((id) => ours.has(id));
    const running: string[] = [];
    for (const id of started) if (!(await isDown(id))) running.push(id);
    if (unit.endsWith('.service') || running.length === 0) throw error;
    await systemctl('stop', ...running);
    await systemctl('start', unit);
  }
}

/**
 * While the computer starts, what is started may wait for the network, and that waits for this: then it is only asked for.
 * systemctl(1), is-system-running.
 */
async function isStarting(): Promise<boolean> {
  const { stdout } = await run('systemctl', ['is-system-running']);
  return ['initializing', 'starting'].includes(stdout.trim());
}

/** Throws with what failed, after doing all that could be done. */
async function restore({ units, links }: ServicesBefore): Promise<PutBack> {
  const failures: unknown[] = [];
  const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> =>
    work().catch((error: unknown) => void failures.push(error));
  const isEarly = await isStarting();
  // What the change enabled is not enabled any more. One by one: where one is gone, the others are still to be seen to.
  for (const { id, active } of units) {
    if (active) continue;
    const more = Object.keys(await linksOf(new Set([id]))).filter((path) => !(path in links));
    if (more.length === 0) continue;
    await attempt(async () => {
      if (await isStartable(id)) await systemctl('disable', id);
    });
  }
  let linked = false;
  // A unit may itself be a link to elsewhere: those stand first, and others may lead to them.
  for (const [path, target] of Object.entries(links))
    linked = (await attempt(() => link(path, target))) === true || linked;
  if (linked) {
    await attempt(() => syncFolder(FOLDER));
    await attempt(() => systemctl('daemon-reload'));
  }
  const ours = new Set(units.flatMap(({ id, active }) => (active ? id : [])));
  const missing: string[] = [];
  for (const { id, active } of units.toSorted((a, b) => rankOf(a.id) - rankOf(b.id))) {
    await attempt(async () => {
      if (!active) {
        if (!(await isDown(id))) await systemctl('stop', id);
      } else if (!(await isStartable(id))) missing.push(id);
      else if (isEarly) await systemctl('start', '--no-block', id);
      else if (!(await runs(id))) await start(id, ours);
    });
  }
  if (failures.length > 0) throw failures[0];
  // One that ends by itself, or dies as soon as it runs, is not what it was.
  for (const { id, active } of units)
    if (active && !isEarly && !missing.includes(id) && !(await runs(id))) missing.push(id);
  const whole = missing.length === 0;
  return { ours: whole, whole };
}

/** What starts a service comes before it. */
const rankOf = (unit: string): number => (unit.endsWith('.service') ? 1 : 0);

export const servicesWork: LayerWork<ServicesBefore> = {
  save,
  standBy: async () => {},
  carryOut,
  left,
  // A link that somebody adds meanwhile is theirs, and is left as it is.
  foreign: async () => [],
  restore,
  restored: (ours) => [{ kind: 'services-back', all: ours }],
  lasting: () => [],
  look: 'systemctl --failed',
  folder: FOLDER,
};
