/**
 * The plan as it travels to the helper: everything of it but commands. The helper checks every field by itself, makes
 * the commands and the words again from the typed operations, and the plan's id proves that both sides mean the same.
 */
import { z } from 'zod';
import { choiceSchema, confirmSchema } from '../../core/api.ts';
import { firewalld, layerOf, layersOf, ufw } from '../../core/firewalls/registry.ts';
import type { Plan, UfwTuple } from '../../core/model.ts';
import { confirmFits, misfit, planId, stepOf, summaryOf } from '../../core/plan/index.ts';
import { isPlainNetwork, parseAddress } from '../../core/address.ts';
import { family, line, port, protocol } from '../../core/problem/fields.ts';
import { problem, type Refusal } from '../../core/problem.ts';
import { UNIT_NAME } from '../../core/services/index.ts';
import { HELPED } from './layers/layer.ts';
import { warningSchema } from './order-warnings.ts';

const nullable = (limit: number) => line(limit).nullable();

const tupleSchema = z
  .strictObject({
    family,
    action: z.enum(['allow', 'deny', 'reject', 'limit']),
    log: z.enum(['log', 'log-all']).nullable(),
    route: z.boolean(),
    protocol: line(8),
    dport: line(120),
    dst: line(64),
    sport: line(120),
    src: line(64),
    dapp: nullable(64),
    sapp: nullable(64),
    direction: z.enum(['in', 'out']),
    interfaceIn: nullable(15),
    interfaceOut: nullable(15),
    comment: nullable(4096),
    line: line(8192),
  })
  // Only what ufw itself reads back is a rule: the fields must say what the line says, and nothing else.
  .refine((tuple) => isSelf(tuple), { error: 'the fields and the line of a rule differ' });

function isSelf(tuple: UfwTuple): boolean {
  const read = ufw.parseTuple(tuple.line, tuple.family);
  return read !== null && (Object.keys(read) as (keyof UfwTuple)[]).every((key) => read[key] === tuple[key]);
}

const from = z.string().max(64).refine(ufw.isSource, { error: 'not an address or a network as ufw keeps it' });

const deleteSchema = z.strictObject({ kind: z.literal('ufw-delete'), tuple: tupleSchema });
const prependSchema = z
  .strictObject({
    kind: z.literal('ufw-prepend'),
    action: z.enum(['allow', 'limit', 'deny']),
    protocol,
    port,
    from,
    families: z.array(family).min(1).max(2),
  })
  .refine(({ from: source, families }) => {
    if (new Set(families).size !== families.length) return false;
    const own = source === 'any' ? null : parseAddress(source.split('/', 1)[0] ?? '')?.family;
    return own === null || (families.length === 1 && families[0] === own);
  });
/** A rule for a port, as ufw writes it itself. */
const insertSchema = z.strictObject({
  kind: z.literal('ufw-insert'),
  tuple: tupleSchema.refine(
    (tuple) => !tuple.route && tuple.dapp === null && tuple.sapp === null && ufw.withLine(tuple).line === tuple.line,
    { error: 'not a rule for a port as ufw writes it' },
  ),
  number: z.number().int().min(1).max(100_000).nullable(),
});
const enableSchema = z.strictObject({ kind: z.enum(['ufw-enable', 'ufw-disable']) });
const network = z.string().max(64).refine(isPlainNetwork, { error: 'not an address or a network in its plain form' });
const tableSchema = z.strictObject({
  kind: z.enum(['table-close', 'table-open']),
  protocol,
  port,
  except: z.array(network).max(1000),
});
const zoneSchema = z
  .strictObject({
    kind: z.enum(['firewalld-add', 'firewalld-remove']),
    zone: z.string().refine(firewalld.isZone, { error: 'not the name of a zone' }),
    action: z.enum(['accept', 'drop']),
    protocol,
    port,
    source: z.string(),
  })
  .refine(firewalld.isOwnRule, { error: 'not a rule of Portcullis' });
const zoneRestoreSchema = z.strictObject({ kind: z.literal('firewalld-restore') });
const tableRestoreSchema = z.strictObject({ kind: z.literal('table-restore') });
const serviceSchema = z.strictObject({
  kind: z.enum(['service-stop', 'service-start']),
  unit: z.string().regex(UNIT_NAME),
  boot: z.boolean(),
});
const serviceRestoreSchema = z.strictObject({ kind: z.literal('service-restore') });
const dropSchema = z.strictObject({
  kind: z.literal('connections-drop'),
  port,
  from: z
    .array(z.string().refine((text) => /^[0-9a-f:.]{2,45}$/.test(text) && parseAddress(text) !== null))
    .min(1)
    .max(1000),
});
const restoreSchema = z.strictObject({ kind: z.literal('ufw-restore'), disable: z.boolean() });

const step = <T extends z.ZodType>(operation: T) => z.strictObject({ operation, says: line(1000) });

const reachSchema = z.strictObject({
  exposure: z.enum(['self', 'some', 'network', 'internet', 'unknown']),
  exposureComplete: z.boolean(),
  places: z
    .array(
      z.strictObject({
        kind: z.enum(['lan', 'vpn', 'tailnet', 'container', 'internet']),
        interface: nullable(64),
        verdict: z.enum(['open', 'limited', 'blocked', 'unknown', 'some']),
      }),
    )
    .max(1000),
  reach: z
    .array(
      z.strictObject({
        interface: line(64),
        family,
        address: line(64),
        port,
        open: z.array(line(128)).max(10_000),
        limited: z.array(line(128)).max(10_000),
        unknown: z.array(line(128)).max(10_000),
        decidedBy: z.array(z.strictObject({ firewall: line(64), rule: line(4096) })).max(1000),
        reasons: z.array(line(4096)).max(1000),
        doubts: z.array(z.never()).length(0),
        trace: z.array(z.never()).length(0),
      }),
    )
    .max(1000),
});

const orderSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{64}$/),
  layers: z.array(z.enum(HELPED)).min(1).max(HELPED.length),
  choice: choiceSchema,
  summary: line(2000),
  rulesDigest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  steps: z
    .array(
      step(
        z.discriminatedUnion('kind', [
          deleteSchema,
          prependSchema,
          insertSchema,
          enableSchema,
          zoneSchema,
          tableSchema,
          serviceSchema,
          dropSchema,
        ]),
      ),
    )
    .min(1)
    .max(5000),
  undo: z
    .array(
      step(z.discriminatedUnion('kind', [restoreSchema, zoneRestoreSchema, tableRestoreSchema, serviceRestoreSchema])),
    )
    .min(1)
    .max(HELPED.length),
  effects: z
    .array(z.strictObject({ listener: line(128), name: line(256), before: reachSchema, after: reachSchema }))
    .max(10_000),
  warnings: z.array(warningSchema).max(1000),
  live: z.number().int().min(0).max(1_000_000),
  simple: z.boolean(),
  confirmWithin: confirmSchema.nullable(),
});

/** The text to send for a plan. */
export function printOrder(plan: Plan): string {
  const bare = (steps: Plan['steps']) => steps.map(({ operation, says }) => ({ operation, says }));
  return JSON.stringify({ ...plan, steps: bare(plan.steps), undo: bare(plan.undo) });
}

/**
 * The plan that a text orders. Throws a ProblemError for anything that is not exactly one. Whether an undo takes back what
 * it says is for `undo-order.ts` to tell.
 */
export function readOrder(text: string, sha256: (text: string) => string): Plan {
  const refuse = (why: Refusal) => problem('bad-input', { kind: 'plan-refused', why });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse({ is: 'not-json' });
  }
  const parsed = orderSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse({ is: 'field', field: issue?.path.join('.') ?? '', said: issue?.message ?? '' });
  }
  const { id, ...order } = parsed.data;
  const operations = order.steps.map(({ operation }) => operation);
  if (order.layers.join() !== layersOf(operations).join()) throw refuse({ is: 'other-layers' });
  const back = order.undo.map(({ operation }) => layerOf(operation));
  const undone = order.layers.filter((layer) => layer !== 'connections');
  if (undone.join() !== back.join()) throw refuse({ is: 'other-way-back' });
  const wrong = misfit(order.choice, operations);
  if (wrong !== null) throw refuse(wrong);
  const turnsOn = operations.some(({ kind }) => kind === 'ufw-enable');
  // What an undo is called is known by the journal alone, and compared with it before anything is done.
  if (order.choice.kind !== 'undo' && order.summary !== summaryOf(order.choice, turnsOn))
    throw refuse({ is: 'summary' });
  const body: Omit<Plan, 'id'> = {
    ...order,
    steps: operations.map(stepOf),
    undo: order.undo.map(({ operation }) => stepOf(operation)),
  };
  if (!confirmFits(order.choice, order.confirmWithin)) throw refuse({ is: 'confirmation' });
  if (planId(body, sha256) !== id) throw refuse({ is: 'id' });
  return { ...body, id };
}
