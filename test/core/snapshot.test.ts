import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/model.ts';
import { ProblemError } from '../../src/core/problem.ts';
import { inWords } from './in-words.ts';
import { parseSnapshot } from '../../src/core/snapshot.ts';

/** synthetic */
const snapshot: Snapshot = {
  schema: 1,
  takenAt: '2026-11-20T18:00:00.000Z',
  platform: 'linux',
  host: 'laptop',
  uid: 1000,
  redacted: false,
  transcripts: [
    {
      id: 'ss.listening',
      kind: 'command',
      argv: ['ss', '-H'],
      exit: 0,
      signal: null,
      stdout: 'x\n',
      stderr: '',
      startedAt: '2026-11-20T18:00:00.000Z',
      ms: 3.5,
      failure: null,
    },
  ],
};

test('what was saved is read back whole', () => {
  expect(parseSnapshot(JSON.stringify(snapshot), 'a.json')).toEqual(snapshot);
});

test('fields of later versions are no obstacle', () => {
  expect(parseSnapshot(JSON.stringify({ ...snapshot, later: true }), 'a.json').host).toBe('laptop');
});

describe('a broken file is named, with why', () => {
  const [transcript] = snapshot.transcripts;
  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['half a file', JSON.stringify(snapshot).slice(0, 100), /a\.json is not JSON/],
    ['nothing', '', /not JSON/],
    ['another JSON', '[1,2]', /not a snapshot/],
    ['null', 'null', /not a snapshot/],
    ['a later schema', JSON.stringify({ ...snapshot, schema: 2 }), /schema/],
    ['another platform', JSON.stringify({ ...snapshot, platform: 'beos' }), /platform/],
    ['no time', JSON.stringify({ ...snapshot, takenAt: 'yesterday' }), /takenAt/],
    [
      'a transcript of another shape',
      JSON.stringify({ ...snapshot, transcripts: [{ ...transcript, stdout: 5 }] }),
      /transcripts\.0\.stdout/,
    ],
    [
      'an unknown failure',
      JSON.stringify({ ...snapshot, transcripts: [{ ...transcript, failure: 'bored' }] }),
      /failure/,
    ],
    [
      'one transcript twice',
      JSON.stringify({ ...snapshot, transcripts: [transcript, transcript] }),
      /"ss\.listening" twice/,
    ],
  ];
  test.each(broken)('%s', (_name, text, message) => {
    const read = () => parseSnapshot(text, 'a.json');
    expect(read).toThrow(ProblemError);
    expect(() => inWords(read)).toThrow(message);
  });
});
