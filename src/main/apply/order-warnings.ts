/** What a plan warns of, on its way to the helper: it does nothing with it but keep it in the journal. */
import { z } from 'zod';
import { aheadWhy } from '../../core/problem/ahead.ts';
import {
  count,
  end,
  ends,
  leftFields,
  line,
  many,
  namedPort,
  names,
  path,
  profile,
  rule,
  target,
  targets,
} from '../../core/problem/fields.ts';

const covers = z.strictObject({
  does: z.enum(['lets-in', 'blocks']),
  protocol: z.enum(['tcp', 'udp', 'any', 'other']),
  ports: names.nullable(),
  more: count,
  program: path.nullable(),
  service: path.nullable(),
});

export const warningSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ahead'), because: z.union([aheadWhy, line(8192)]) }),
  z.strictObject({ kind: z.literal('shared-networks'), networks: names }),
  z.strictObject({ kind: z.enum(['nothing-listens', 'unread', 'nobody-to-shut-out']), target }),
  z.strictObject({ kind: z.enum(['kept-port', 'stays-open', 'in-use']), port: namedPort }),
  z.strictObject({ kind: z.literal('kept-end'), end }),
  z.strictObject({ kind: z.enum(['turns-on', 'unsaved']) }),
  z.strictObject({ kind: z.literal('turns-on-again'), closes: ends }),
  z.strictObject({ kind: z.literal('turns-off'), opens: ends }),
  z.strictObject({ kind: z.enum(['also-closes', 'lets-in']), ends }),
  z.strictObject({ kind: z.literal('both-protocols'), rule }),
  z.strictObject({ kind: z.enum(['closed-again', 'ports-too']), targets }),
  z.strictObject({ kind: z.enum(['zones-here', 'zones-differ']), zones: names }),
  z.strictObject({ kind: z.literal('connections-stay'), target, count }),
  z.strictObject({ kind: z.literal('confirm'), seconds: count, because: z.enum(['session', 'unread']).nullable() }),
  z.strictObject({ kind: z.enum(['windows-rule-off', 'windows-rule-on']), rule, covers: covers.optional() }),
  z.strictObject({ kind: z.literal('windows-cuts'), target, count }),
  z.strictObject({ kind: z.literal('windows-inert-in'), profiles: many(profile) }),
  z.strictObject({ kind: z.literal('windows-by-policy'), interfaces: names }),
  z.strictObject({ kind: z.literal('windows-off'), profiles: many(profile), opens: ends }),
  z.strictObject({ kind: z.enum(['stops-too', 'wanted-by', 'not-enabled', 'starts']), units: names }),
  z.strictObject(leftFields),
]);
