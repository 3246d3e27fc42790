/** What a plan warns of, on its way to the helper: it does nothing with it but keep it in the journal. */
import { z } from 'zod';
import { family, line, port, protocol } from './order-fields.ts';

const many = <T extends z.ZodType>(one: T) => z.array(one).max(10_000);

const name = line(256);
const target = z.strictObject({ protocol, port });
const targets = many(target);
const namedPort = z.strictObject({ protocol, port, name: name.nullable() });
const end = z.strictObject({ listener: line(128), name });
const ends = many(end);
const names = many(name);
const count = z.number().int().min(0).max(1_000_000);
const change = z.strictObject({ id: line(64), summary: line(2000) });

const thing = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('ufw') }),
  z.strictObject({ is: z.literal('rule'), family, rule: line(8192) }),
  z.strictObject({ is: z.literal('block'), target }),
  z.strictObject({ is: z.literal('zone-rule'), target, zone: name }),
  z.strictObject({ is: z.literal('unit'), unit: name }),
]);

const why = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['differs', 'there', 'no-ipv6', 'unit-gone', 'unseen']) }),
  z.strictObject({ kind: z.enum(['needed', 'made-by-hand', 'taken-by-hand', 'taken-too']), later: change }),
  z.strictObject({ kind: z.enum(['belonged', 'taken-before']), to: change }),
  z.strictObject({ kind: z.literal('replaced'), by: line(8192) }),
]);

export const warningSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ahead'), because: line(8192) }),
  z.strictObject({ kind: z.literal('shared-networks'), networks: names }),
  z.strictObject({ kind: z.enum(['nothing-listens', 'unread']), target }),
  z.strictObject({ kind: z.enum(['kept-port', 'stays-open', 'in-use']), port: namedPort }),
  z.strictObject({ kind: z.literal('kept-end'), end }),
  z.strictObject({ kind: z.enum(['turns-on', 'unsaved']) }),
  z.strictObject({ kind: z.literal('turns-on-again'), closes: ends }),
  z.strictObject({ kind: z.literal('turns-off'), opens: ends }),
  z.strictObject({ kind: z.enum(['also-closes', 'lets-in']), ends }),
  z.strictObject({ kind: z.literal('both-protocols'), rule: line(8192) }),
  z.strictObject({ kind: z.enum(['closed-again', 'ports-too']), targets }),
  z.strictObject({ kind: z.enum(['zones-here', 'zones-differ']), zones: names }),
  z.strictObject({ kind: z.literal('connections-stay'), target, count }),
  z.strictObject({ kind: z.literal('confirm'), seconds: count, because: z.enum(['session', 'unread']).nullable() }),
  z.strictObject({ kind: z.enum(['stops-too', 'wanted-by', 'not-enabled', 'starts']), units: names }),
  z.strictObject({ kind: z.literal('left'), thing, why }),
]);
