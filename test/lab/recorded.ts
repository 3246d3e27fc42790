/**
 * Probes that were recorded in the lab: rules as the product reads them, and what became of real packets. They are kept in
 * `recorded.json.br`, so that the engine can be held to them where no lab can run. `npm run prove:reach -- --record` makes
 * them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Recording } from './record.ts';

export type Recorded = Pick<Recording, 'snapshot' | 'probes' | 'outcomes'> & { readonly table: string };

const file = new URL('recorded.json.br', import.meta.url);

export const readRecorded = (): readonly Recorded[] =>
  JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8')) as readonly Recorded[];

/** The window is as large as all of it, because every recording repeats most of the one before. */
export function writeRecorded(recordings: readonly Recorded[]): void {
  const text = JSON.stringify(
    recordings.map(({ table, snapshot, probes, outcomes }) => ({ table, snapshot, probes, outcomes })),
  );
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  writeFileSync(file, brotliCompressSync(text, { params }));
}
