/** The firewalls that a change may be made in, behind one set of words: what is done to each of a plan's layers in turn. */
import { z } from 'zod';
import { layerOf, predict } from '../../../core/firewalls/registry.ts';
import type { Layer, Operation, Plan, Snapshot } from '../../../core/model.ts';
import type { Checked } from '../../../core/told.ts';
import { standDown } from '../files.ts';
import type { PutBack } from '../kernel.ts';
import { type ConnectionsBefore, connectionsBeforeSchema, connectionsWork } from './connections.ts';
import { type FirewalldBefore, firewalldBeforeSchema, firewalldWork } from './firewalld.ts';
import type { Helped, LayerWork, Left } from './layer.ts';
import { type ServicesBefore, servicesBeforeSchema, servicesWork } from './services.ts';
import { type TableBefore, tableBeforeSchema, tableWork } from './table.ts';
import { type UfwBefore, ufwBeforeSchema, ufwWork } from './ufw.ts';

export type { Left } from './layer.ts';

/** What was there before a change, in the order of its layers. */
export const beforeSchema = z.strictObject({
  schema: z.literal(1),
  layers: z
    .array(
      z.discriminatedUnion('layer', [
        ufwBeforeSchema,
        firewalldBeforeSchema,
        tableBeforeSchema,
        servicesBeforeSchema,
        connectionsBeforeSchema,
      ]),
    )
    .min(1),
});
export type Before = z.infer<typeof beforeSchema>;
type LayerBefore = UfwBefore | FirewalldBefore | TableBefore | ServicesBefore | ConnectionsBefore;

const WORK: { readonly [L in Helped]: LayerWork<Extract<LayerBefore, { readonly layer: L }>> } = {
  ufw: ufwWork,
  firewalld: firewalldWork,
  nftables: tableWork,
  services: servicesWork,
  connections: connectionsWork,
};
type Layers = readonly Layer[];

/** Programs are ended by those whose they are, never as root. */
function workFor(layer: Layer): LayerWork<LayerBefore> {
  if (layer === 'programs' || layer === 'windows') throw new Error(`${layer} is not the helper’s work`);
  return WORK[layer] as LayerWork<LayerBefore>;
}

/** The work of the layer that saved this. */
const workOf = ({ layer }: LayerBefore): LayerWork<LayerBefore> => workFor(layer);

/** What there is now, with every state that files may have on the way; null: it is not as the snapshot has it. */
export async function save(
  layers: Layers,
  snapshot: Snapshot,
  operations: readonly Operation[],
): Promise<Before | null> {
  const states = [snapshot, ...operations.map((_, at) => predict(snapshot, operations.slice(0, at + 1)))];
  const saved: LayerBefore[] = [];
  for (const layer of layers) {
    const before = await workFor(layer).save(states);
    if (before === null) return null;
    saved.push(before);
  }
  return { schema: 1, layers: saved };
}

/** Make sure that putting back cannot fail for want of room. */
export async function standByAll({ layers }: Before): Promise<void> {
  for (const before of layers) await workOf(before).standBy(before);
}

/** Carry out step number `at` (from 0). Throws where things are then not those of `expected`. `hold`: see `lock.ts`. */
export const carryOut = (operation: Operation, at: number, expected: Snapshot, hold: number): Promise<void> =>
  workFor(layerOf(operation)).carryOut(operation, at, expected, hold);

/** The files that a plan is about as they are now. */
export async function leftBy({ layers, steps }: Pick<Plan, 'layers' | 'steps'>): Promise<Left> {
  const operations = steps.map(({ operation }) => operation);
  const each = await Promise.all(layers.map((layer) => workFor(layer).left(operations)));
  return Object.assign({}, ...each) as Left;
}

/** Files that hold what neither the change nor a cut-off write of it can have left: somebody else's work. */
export async function foreignFiles({ layers }: Before, left: readonly Left[]): Promise<readonly string[]> {
  const each = await Promise.all(layers.map((before) => workOf(before).foreign(before, left)));
  return each.flat();
}

/** Files and kernel as they were saved, the last layer first. Throws with what failed, after doing all that could be done. */
export async function restore({ layers }: Before): Promise<PutBack> {
  let failure: unknown = null;
  let all: PutBack = { ours: true, whole: true };
  for (const before of layers.toReversed()) {
    const one = await workOf(before)
      .restore(before)
      .catch((error: unknown): PutBack => {
        failure ??= error;
        return { ours: false, whole: false };
      });
    all = { ours: all.ours && one.ours, whole: all.whole && one.whole };
  }
  if (failure !== null) throw failure;
  await standDown();
  return all;
}

/** What was put back. */
export const restoredIn = ({ layers }: Pick<Plan, 'layers'>, ours: boolean): readonly Checked[] =>
  layers.flatMap((layer) => workFor(layer).restored(ours));

/** For how long a change holds, where people would not expect it to end. */
export const lastingIn = ({ layers }: Pick<Plan, 'layers'>): readonly Checked[] =>
  layers.flatMap((layer) => workFor(layer).lasting());

/** `sudo ufw status verbose; sudo nft list table inet portcullis`. */
export const lookWords = (layers: Layers): string => layers.map((layer) => workFor(layer).look).join('; ');

/** `/etc/ufw`, `/etc/portcullis`. */
export const foldersOf = (layers: Layers): readonly string[] => layers.map((layer) => workFor(layer).folder);
