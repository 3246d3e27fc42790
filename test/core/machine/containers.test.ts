import { expect, test } from 'vitest';
import { readContainers } from '../../../src/core/machine/index.ts';
import type { Snapshot, Transcript } from '../../../src/core/model.ts';

const snapshot = (stdout: string): Snapshot => ({
  schema: 1,
  takenAt: '2026-11-20T18:00:00.000Z',
  platform: 'linux',
  host: 'laptop',
  uid: 0,
  redacted: false,
  transcripts: [{ id: 'docker.ps', stdout, failure: null } as Transcript],
});

test('names by the ports that are published, of both families, bound ones, ranges', () => {
  const rows = [
    { ID: 'a', Names: 'web', Ports: '0.0.0.0:8080->80/tcp, :::8080->80/tcp, 127.0.0.1:5533->53/udp' },
    { ID: 'b', Names: 'games,web/alias', Ports: '192.168.1.5:9000-9002->9000-9002/tcp, 443/tcp' },
    { ID: 'c', Names: 'quiet', Ports: '' },
  ];
  expect([...readContainers(snapshot(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))]).toEqual([
    ['tcp/8080', 'web'],
    ['udp/5533', 'web'],
    ['tcp/9000', 'games'],
    ['tcp/9001', 'games'],
    ['tcp/9002', 'games'],
  ]);
});

test('garbage names nothing', () => expect([...readContainers(snapshot('?\n{"Names":1}\nnot json'))]).toEqual([]));
