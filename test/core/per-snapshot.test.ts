import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/model.ts';
import { perSnapshot } from '../../src/core/per-snapshot.ts';

// synthetic: a snapshot with nothing in it.
const snapshot = (host: string): Snapshot => ({
  schema: 1,
  takenAt: '2026-11-30T12:00:00.000Z',
  platform: 'linux',
  host,
  uid: 0,
  redacted: false,
  transcripts: [],
});

test('is read once for a snapshot, even where that gives nothing, and anew for another', () => {
  let reads = 0;
  const read = perSnapshot(({ host }) => {
    reads++;
    return host === 'empty' ? undefined : host;
  });
  const [one, same, empty] = [snapshot('a'), snapshot('a'), snapshot('empty')];
  expect([read(one), read(one), read(empty), read(empty)]).toEqual(['a', 'a', undefined, undefined]);
  expect(reads).toBe(2);
  // One that looks the same may yet differ in what is inside.
  expect(read(same)).toBe('a');
  expect(reads).toBe(3);
});
