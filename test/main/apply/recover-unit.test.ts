/** The unit that puts back at the start of the computer what was interrupted: its shape, and what systemd says to it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VERBS } from '../../../src/main/apply/protocol.ts';

const path = join(import.meta.dirname, '../../../assets/linux/portcullis-recover.service');
const text = readFileSync(path, 'utf8');
const valuesOf = (key: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value = '']) => value.split(' '));

test('runs the helper’s verb once, before the network, after the firewall’s own rules', () => {
  expect(valuesOf('ExecStart')).toEqual(['/usr/lib/portcullis/helper', 'recover']);
  expect(VERBS).toContain('recover');
  expect(valuesOf('Type')).toEqual(['oneshot']);
  expect(valuesOf('Before')).toContain('network-pre.target');
  expect(valuesOf('After')).toEqual(['local-fs.target', 'ufw.service', 'portcullis-table.service', 'nftables.service']);
  expect(valuesOf('WantedBy')).toEqual(['multi-user.target']);
  // What comes before the network may not wait for all that is started with it.
  expect(valuesOf('DefaultDependencies')).toEqual(['no']);
});

const analyze = '/usr/bin/systemd-analyze';
const hasSystemd = spawnSync(analyze, ['--version']).status === 0;
test.skipIf(!hasSystemd)('systemd finds no fault in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-unit-'));
  try {
    // The helper is not installed where this is tested.
    const unit = join(folder, 'portcullis-recover.service');
    writeFileSync(unit, text.replace('/usr/lib/portcullis/helper recover', '/bin/true recover'));
    const { status, stdout, stderr } = spawnSync(analyze, ['verify', '--man=no', '--recursive-errors=no', unit], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('portcullis-recover'))).toEqual([]);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
