/** Recordings on which packets and the engine once disagreed: kept as files, replayed ever after. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agrees, answersFor } from './compare.ts';
import type { Recording } from './record.ts';

const folder = fileURLToPath(new URL('failures/', import.meta.url));

/** What a replay needs: what was read, and the probes that were judged wrongly. */
type Kept = Pick<Recording, 'snapshot' | 'probes' | 'outcomes'> & { readonly from: string };

/** Write the probes that were judged wrongly. Gives back the file's path from the project's folder. */
export function keepFailure(table: string, seed: number, recording: Recording): string {
  const { snapshot } = recording;
  const answers = answersFor(snapshot, recording.probes);
  const wrong = answers.flatMap((answer, index) => (agrees(answer, recording.outcomes[index]!) ? [] : [index]));
  const kept: Kept = {
    from: `the lab: ${table}, set ${seed}`,
    snapshot,
    probes: wrong.map((index) => recording.probes[index]!),
    outcomes: wrong.map((index) => recording.outcomes[index]!),
  };
  const file = `${writable()}${table.replaceAll(/[^a-z]+/g, '-')}-${seed}.json`;
  writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`);
  return relative(process.cwd(), file);
}

/** The folder, or a temporary one for a user who may not write here. */
function writable(): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'portcullis-failures-')) + sep;
  }
}

export function keptFailures(): (readonly [name: string, kept: Kept])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8')) as Kept]);
}
