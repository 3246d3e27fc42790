/** A redacted snapshot of a Mac names nobody, and says the same of who can reach what. */
import { expect, test } from 'vitest';
import { redact } from '../../../../src/core/redact.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { MACS } from '../../../main/cli/mac-machines.ts';
import { HOME, macSnapshot } from './machine.ts';

const verdicts = (snapshot: Parameters<typeof makeReport>[0]) =>
  makeReport(snapshot, { kept: new Set() }).listeners.map(({ id, exposure, exposureComplete, places }) => [
    id,
    exposure,
    exposureComplete,
    places,
  ]);

test.each(Object.entries(MACS))('the same verdicts, and no names: %s', (_, snapshot) => {
  const hidden = redact(snapshot);
  expect(verdicts(hidden)).toEqual(verdicts(snapshot));
  const text = JSON.stringify(hidden);
  for (const name of ['anna', 'ben/', 'annas-macbook', 'dev-mac', '17.57.144.10', '3c:06:30'])
    expect(text).not.toContain(name);
  expect(redact(hidden)).toBe(hidden);
  expect(redact(snapshot)).toEqual(hidden);
});

test('addresses, disks, accounts and command lines in the shapes that macOS prints', () => {
  const snapshot = macSnapshot({
    interfaces: [{ ...HOME, addresses: ['10.77.66.20/24', '2a02:1234:5678::20/64'] }],
    processes: [{ pid: 7, path: '/Volumes/Annas Disk/tool', args: '/Volumes/Annas Disk/tool --token geheim' }],
    sockets: [
      { at: 'tcp4 10.77.66.20.3000', pid: 7 },
      { at: 'tcp6 2a02:1234:5678::20.3000', pid: 7 },
      { at: 'tcp4 10.77.66.20.3000', pid: 7, peer: '93.184.216.34.443' },
    ],
    alf: { state: 1, apps: ['block /Volumes/Annas Disk/tool'] },
    pf: { rules: ['block drop in inet from 93.184.216.34 to any label "Anna"'], nat: [] },
    uid: 0,
  });
  const hidden = redact(snapshot);
  const text = JSON.stringify(hidden);
  for (const secret of ['Annas', 'geheim', '93.184.216', '10.77.66', '5678', '\\nLanna', '"Anna'])
    expect(text).not.toContain(secret);
  expect(verdicts(hidden).map(([id, exposure]) => [id, exposure])).toEqual(
    verdicts(snapshot).map(([id, exposure]) => [id, exposure]),
  );
});
