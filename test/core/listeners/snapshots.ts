/** Snapshots for tests of readers: synthetic transcripts put together by hand. */
import type { Failure, Snapshot, Transcript } from '../../../src/core/model.ts';

export function transcript(id: string, stdout: string, failure: Failure | null = null): Transcript {
  return {
    id,
    kind: 'command',
    argv: [id],
    exit: failure === null ? 0 : null,
    signal: null,
    stdout,
    stderr: '',
    startedAt: '2026-11-20T18:00:00.000Z',
    ms: 1,
    failure,
  };
}

export const snapshotOf = (transcripts: readonly Transcript[], uid = 0): Snapshot => ({
  schema: 1,
  takenAt: '2026-11-20T18:00:00.000Z',
  platform: 'linux',
  host: 'laptop',
  uid,
  redacted: false,
  transcripts,
});

export const lines = (...items: readonly unknown[]): string =>
  items.map((item) => `${JSON.stringify(item)}\n`).join('');
