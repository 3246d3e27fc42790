/**
 * firewalld, as root: rules of zones put in and taken out by firewall-cmd, both for now and for its next start; saved, told
 * from others' work, put back.
 *
 * What is kept is put back byte for byte, with the copy (`.old`) that firewalld leaves beside a file. What acts now is
 * changed back rule by rule: what others do at the same time stays.
 */
import { readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { firewalld } from '../../../core/firewalls/registry.ts';
import type { Operation, Snapshot } from '../../../core/model.ts';
import type { Output } from '../../../core/problem.ts';
import { readFirewalld } from '../../gather/firewalld.ts';
import { putBack, saveFile, savedFileSchema, sha256, standBy, syncFolder } from '../files.ts';
import type { PutBack } from '../kernel.ts';
import { run } from '../run.ts';
import { outputOrStopped, StepError } from '../step-error.ts';
import type { Left, LayerWork } from './layer.ts';

const FOLDER = '/etc/firewalld/zones';
const pathOf = (zone: string): string => `${FOLDER}/${zone}.xml`;
const pathsOf = (zone: string): readonly string[] => [pathOf(zone), `${pathOf(zone)}.old`];

const zoneSchema = z.strictObject({
  name: z.string().refine(firewalld.isZone),
  /** The file of the zone and its older copy; null: there was none. */
  files: z.array(z.strictObject({ path: z.string(), was: savedFileSchema.nullable() })),
  /** The rules that the change puts in or takes out. */
  touched: z.array(z.string()),
  /** Those of them that stood there before, by form. */
  now: z.array(z.string()),
  kept: z.array(z.string()),
  /** All else that firewalld keeps of the zone, as text. */
  others: z.string(),
});
type Zone = z.infer<typeof zoneSchema>;

export const firewalldBeforeSchema = z.strictObject({
  layer: z.literal('firewalld'),
  zones: z.array(zoneSchema),
});
export type FirewalldBefore = z.infer<typeof firewalldBeforeSchema>;

const stateOf = (snapshot: Snapshot): firewalld.FirewalldState | null => firewalld.readFirewalld(snapshot).value;

/** What firewalld says now, of these zones also where they are not in use; null: it does not run. Throws where it does not say it all. */
async function stateNow(zones: readonly string[]): Promise<firewalld.FirewalldState | null> {
  const takenAt = new Date().toISOString();
  const all = await readFirewalld(true, {}, zones);
  // A zone that was removed has no rules.
  const transcripts = all.filter(
    ({ id, stderr }) => !(/^firewalld\.(kept-)?zone:/.test(id) && /\bINVALID_ZONE\b/.test(stderr)),
  );
  const { value, gaps } = firewalld.readFirewalld({
    schema: 1,
    takenAt,
    platform: 'linux',
    host: '',
    uid: 0,
    redacted: false,
    transcripts,
  });
  if (value?.running === false || value === null) return null;
  if (gaps[0] !== undefined) {
    const { what, why } = gaps[0].means;
    throw new StepError({ kind: 'firewalld-untold', what, why });
  }
  return value;
}

interface Rules {
  readonly now: readonly string[];
  readonly kept: readonly string[];
}

const rulesOf = (state: firewalld.FirewalldState | null, zone: string): Rules => ({
  now: state?.zones.get(zone)?.richRules ?? [],
  kept: state?.keptZones.get(zone)?.richRules ?? [],
});

const same = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join('\n') === [...b].sort().join('\n');
const sameRules = (a: Rules, b: Rules): boolean => same(a.now, b.now) && same(a.kept, b.kept);

/** What is kept of a zone but for some of its rules. */
function othersOf(state: firewalld.FirewalldState | null, zone: string, touched: readonly string[]): string {
  const settings = state?.keptZones.get(zone);
  if (settings === undefined) return '';
  return JSON.stringify({
    ...settings,
    richRules: settings.richRules.filter((rule) => !touched.includes(rule)).sort(),
  });
}

/** The rules of a zone that are not the same in all states. */
function touchedIn(states: readonly (firewalld.FirewalldState | null)[], zone: string): readonly string[] {
  const each = states.map((state) => rulesOf(state, zone));
  const all = new Set(each.flatMap(({ now, kept }) => [...now, ...kept]));
  return [...all].filter((rule) => !each.every(({ now, kept }) => now.includes(rule) && kept.includes(rule)));
}

async function save(snapshots: readonly Snapshot[]): Promise<FirewalldBefore | null> {
  const states = snapshots.map(stateOf);
  const [first = null] = states;
  const names = [...(first?.zones.keys() ?? [])].filter(firewalld.isZone);
  const found = await stateNow(names);
  const zones: Zone[] = [];
  for (const name of names) {
    if (!sameRules(rulesOf(first, name), rulesOf(found, name))) return null;
    const touched = touchedIn(states, name).filter((text) => firewalld.parseRule(text) !== null);
    if (touched.length === 0) continue;
    const { now, kept } = rulesOf(found, name);
    zones.push({
      name,
      files: await Promise.all(pathsOf(name).map(async (path) => ({ path, was: await saveIfThere(path) }))),
      touched: [...touched],
      now: now.filter((rule) => touched.includes(rule)),
      kept: kept.filter((rule) => touched.includes(rule)),
      others: othersOf(found, name, touched),
    });
  }
  return { layer: 'firewalld', zones };
}

const absent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};
const saveIfThere = (path: string) => saveFile(path).catch(absent);

async function carryOut(operation: Operation, at: number, expected: Snapshot, hold: number): Promise<void> {
  if (operation.kind !== 'firewalld-add' && operation.kind !== 'firewalld-remove') return;
  let output: Output | null = null;
  for (const [, ...args] of firewalld.commandsOf(operation)) {
    const ran = await run('firewall-cmd', args, { hold });
    if (ran.exit !== 0) output ??= outputOrStopped(ran);
  }
  const { zone } = operation;
  if (sameRules(rulesOf(await stateNow([zone]), zone), rulesOf(stateOf(expected), zone))) return;
  throw new StepError({ kind: 'zone-other-rules', step: at + 1, zone, output });
}

const hashOf = (path: string): Promise<string | null> => readFile(path).then(sha256, absent);

async function left(operations: readonly Operation[]): Promise<Left> {
  const zones = new Set(operations.flatMap((one) => ('zone' in one ? [one.zone] : [])));
  const each = [...zones].map(async (zone) => [pathOf(zone), await hashOf(pathOf(zone))] as const);
  return Object.fromEntries(await Promise.all(each));
}

/** firewalld writes its files in a form of its own, so it is asked whether all but the change's rules is as it was. */
async function foreign({ zones }: FirewalldBefore, seen: readonly Left[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, files, touched, others } of zones) {
    const path = pathOf(name);
    const hash = await hashOf(path);
    if (hash === (files.find((file) => file.path === path)?.was?.sha256 ?? null)) continue;
    if (seen.some((one) => one[path] === hash)) continue;
    const state = await stateNow([name]);
    // Until then it is left open, and tried again.
    if (state === null) throw new StepError({ kind: 'firewalld-down' });
    if (othersOf(state, name, touched) !== others) found.push(path);
  }
  return found;
}

async function command(zone: string, verb: 'add' | 'remove', rule: string, form: readonly string[]): Promise<void> {
  const ran = await run('firewall-cmd', [...form, `--zone=${zone}`, `--${verb}-rich-rule=${rule}`]);
  if (ran.exit !== 0) throw new StepError({ kind: 'program', program: 'firewall-cmd', output: outputOrStopped(ran) });
}

/** The change's rules as they were, in both forms; new ones first, so that nothing is open that is closed before and after. */
async function restoreRules({ name, touched, now, kept }: Zone): Promise<void> {
  // In the order in which they are kept, which is that of the kernel.
  const inOrder = [...kept, ...touched.filter((rule) => !kept.includes(rule))];
  const there = rulesOf(await stateNow([name]), name);
  for (const [form, were, are] of [
    [[], now, there.now],
    [['--permanent'], kept, there.kept],
  ] as const) {
    for (const rule of inOrder) if (were.includes(rule) && !are.includes(rule)) await command(name, 'add', rule, form);
    for (const rule of inOrder)
      if (!were.includes(rule) && are.includes(rule)) await command(name, 'remove', rule, form);
  }
}

async function restoreFiles({ files }: Zone): Promise<void> {
  for (const { path, was } of files) {
    if (was !== null) await putBack(was);
    else await unlink(path).catch(absent);
    await syncFolder(dirname(path));
  }
}

/** What firewalld says of the change's rules, once more. */
async function isAsBefore({ name, touched, now, kept }: Zone): Promise<boolean> {
  const rules = rulesOf(await stateNow([name]), name);
  const of = (list: readonly string[]) => list.filter((rule) => touched.includes(rule));
  return sameRules({ now: of(rules.now), kept: of(rules.kept) }, { now, kept });
}

/** Throws with what failed, after doing all that could be done. */
async function restore({ zones }: FirewalldBefore): Promise<PutBack> {
  const runs = (await stateNow(zones.map(({ name }) => name))) !== null;
  let failure: unknown = null;
  for (const zone of zones) {
    // The rules first: firewalld writes the files when it is told of them.
    if (runs) await restoreRules(zone).catch((error: unknown) => (failure ??= error));
    await restoreFiles(zone).catch((error: unknown) => (failure ??= error));
    if (runs && failure === null && !(await isAsBefore(zone))) {
      failure = new StepError({ kind: 'zone-not-back', zone: zone.name });
    }
  }
  if (failure !== null) throw failure;
  // One that does not run may have left its rules in the kernel; they go with its next start.
  return { ours: runs, whole: runs };
}

export const firewalldWork: LayerWork<FirewalldBefore> = {
  save,
  standBy: async ({ zones }) => {
    for (const { was } of zones.flatMap(({ files }) => files)) if (was !== null) await standBy(was);
  },
  carryOut,
  left,
  foreign,
  restore,
  restored: (ours) => [
    { kind: 'files-back', of: 'firewalld' },
    ours ? { kind: 'rules-back', of: 'firewalld' } : { kind: 'rules-at-start' },
  ],
  lasting: () => [],
  look: 'sudo firewall-cmd --list-all-zones',
  folder: FOLDER,
};
