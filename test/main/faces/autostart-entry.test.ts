import { expect, test } from 'vitest';
import { autostartEntry, isStarted } from '../../../src/main/faces/electron/autostart-entry.ts';

/** As a desktop reads it: a string's own backslashes, then the argument in quotes, then field codes. */
function argumentsOf(entry: string): readonly string[] {
  const value = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const text = value.replace(/\\\\/g, '\\');
  const [, quoted = '', rest = ''] = /^"((?:[^"\\`$]|\\["`$\\])*)" (.*)$/.exec(text) ?? [];
  return [quoted.replace(/\\(["`$\\])/g, '$1').replaceAll('%%', '%'), rest];
}

test.each([
  '/opt/Portcullis/portcullis',
  '/home/ada/My Apps/Portcullis-0.1.0.AppImage',
  '/tmp/100 % "sure"/$HOME/`id`/back\\slash',
])('%s is started by its entry, with the tray alone', (program) => {
  const entry = autostartEntry(program) ?? '';
  expect(argumentsOf(entry)).toEqual([program, '--hidden']);
  expect(/^TryExec=(.*)$/m.exec(entry)?.[1]?.replaceAll('\\\\', '\\')).toBe(program);
  expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/);
  expect(isStarted(entry)).toBe(true);
});

test.each(['portcullis', '', '/opt/a\nExec=/bin/sh', '/opt/a=b', '/opt/a\u0000'])('%j is in no entry', (program) => {
  expect(autostartEntry(program)).toBeNull();
});

test('an entry that the desktop was told to leave alone is not started', () => {
  const entry = autostartEntry('/opt/Portcullis/portcullis') ?? '';
  expect(isStarted(`${entry}Hidden=true\n`)).toBe(false);
  expect(isStarted(entry.replace('enabled=true', 'enabled=false'))).toBe(false);
  expect(isStarted('')).toBe(false);
});
