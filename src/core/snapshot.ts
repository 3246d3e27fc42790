/** Reading a saved snapshot: the schema of what `portcullis snapshot` writes. */
import { z } from 'zod';
import type { Snapshot } from './model.ts';
import { problem } from './problem.ts';

const text = z.string();

const transcript = z.object({
  id: text.min(1).max(200),
  kind: z.enum(['command', 'file', 'collected']),
  argv: z.array(text).max(1000),
  exit: z.number().int().nullable(),
  signal: text.nullable(),
  stdout: text,
  stderr: text,
  startedAt: text,
  ms: z.number(),
  failure: z.enum(['missing', 'refused', 'timeout', 'killed', 'too-large', 'failed']).nullable(),
});

const schema = z.object({
  schema: z.literal(1),
  takenAt: z.iso.datetime(),
  platform: z.enum(['linux', 'win32', 'darwin']),
  host: text,
  uid: z.number().int(),
  redacted: z.boolean(),
  transcripts: z.array(transcript).max(10_000),
});

/**
 * The snapshot that a file's text holds.
 * @param name how to call the file in a message
 * @throws ProblemError `bad-input` where it is not JSON, not a snapshot, or not of a schema known here
 */
export function parseSnapshot(json: string, name: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw problem('bad-input', { kind: 'snapshot-not-json', name });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const at =
      first === undefined || first.path.length === 0 ? null : { field: first.path.join('.'), said: first.message };
    throw problem('bad-input', { kind: 'snapshot-unknown', name, at });
  }
  const ids = parsed.data.transcripts.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw problem('bad-input', { kind: 'snapshot-twice', name, id: twice });
  }
  return parsed.data;
}
