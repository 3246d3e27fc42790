/** Reading an exported intent, which may come from anywhere: `portcullis-intent.json`, schema 1. */
import { z } from 'zod';
import { isPlainNetwork } from '../address.ts';
import type { Intent } from '../firewalls/export.ts';
import { problem } from '../problem.ts';

const port = z.number().int().min(1).max(65_535);
const protocol = z.enum(['tcp', 'udp']);
const text = (most: number) => z.string().max(most).nullable();

const schema = z.strictObject({
  schema: z.literal(1),
  madeAt: z.iso.datetime(),
  host: text(255),
  close: z
    .array(
      z.strictObject({
        protocol,
        port,
        for: z.union([
          z.literal('everyone'),
          z.strictObject({
            allBut: z.enum(['this-network', 'private']),
            networks: z.array(z.string().max(60).refine(isPlainNetwork, 'not a network in its plain form')).max(200),
          }),
        ]),
        name: text(500),
        why: text(500),
      }),
    )
    .max(1000),
  keep: z.array(z.strictObject({ protocol, port, name: text(500) })).max(1000),
  rest: z.enum(['leave', 'close']),
});

/**
 * @param name how to call the file in a message
 * @throws ProblemError `bad-input` where it is not JSON, not in UTF-8, not an intent, or says two things of one port
 */
export function parseIntent(json: string, name: string): Intent {
  let value: unknown;
  try {
    // Editors of Windows begin a file with U+FEFF, which RFC 8259, 8.1 lets a reader pass over.
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    // No JSON holds a zero as it is (RFC 8259, 7): read as UTF-8, UTF-16 has one beside each letter of ASCII.
    throw problem('bad-input', { kind: json.includes('\u0000') ? 'intent-utf16' : 'intent-not-json', name });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const at =
      first === undefined || first.path.length === 0 ? null : { field: first.path.join('.'), said: first.message };
    throw problem('bad-input', { kind: 'intent-unknown', name, at });
  }
  const ports = [...parsed.data.close, ...parsed.data.keep].map((one) => `${one.port}/${one.protocol}`);
  const twice = ports.find((one, at) => ports.indexOf(one) !== at);
  if (twice !== undefined) throw problem('bad-input', { kind: 'intent-twice', name, port: twice });
  return parsed.data;
}
