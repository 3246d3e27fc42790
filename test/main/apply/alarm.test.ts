import { describe, expect, test } from 'vitest';
import { type AlarmSystem, arm } from '../../../src/main/apply/alarm.ts';

function system(more: Partial<AlarmSystem> = {}) {
  const did: (readonly string[])[] = [];
  const given: AlarmSystem = {
    hasSystemd: true,
    run: async (program, args) => {
      did.push([program, ...args]);
      return { exit: 0 };
    },
    start: (argv) => {
      did.push(argv);
      return () => void did.push(['stopped']);
    },
    self: ['/usr/bin/node', '/opt/helper.cjs'],
    isElectron: false,
    ...more,
  };
  return { given, did };
}

describe('who puts it back when the helper is gone', () => {
  test('a timer of systemd, some seconds after the deadline, with nothing but the verb; stopped at the end', async () => {
    const { given, did } = system();
    const alarm = await arm(30, given);
    expect(alarm.note).toBeNull();
    const [command = []] = did;
    const unit = /^--unit=(portcullis-recover-[0-9a-f]{12})$/.exec(command[1] ?? '')?.[1];
    expect(command).toEqual([
      'systemd-run',
      `--unit=${unit}`,
      '--on-active=40s',
      '--timer-property=AccuracySec=1s',
      '--collect',
      '--quiet',
      '--',
      '/usr/bin/node',
      '/opt/helper.cjs',
      'recover',
    ]);
    await alarm.disarm();
    expect(did[1]).toEqual(['systemctl', 'stop', `${unit}.timer`]);
  });

  test('Electron is told to be plain Node there too', async () => {
    const { given, did } = system({ isElectron: true });
    await arm(30, given);
    expect(did[0]).toContain('--setenv=ELECTRON_RUN_AS_NODE=1');
  });

  test('no systemd: a process of its own, and it is said what that cannot do', async () => {
    const { given, did } = system({ hasSystemd: false });
    const alarm = await arm(600, given);
    expect(did).toEqual([['/usr/bin/node', '/opt/helper.cjs', 'recover', '610']]);
    expect(alarm.note).toEqual({ kind: 'no-systemd' });
    await alarm.disarm();
    expect(did[1]).toEqual(['stopped']);
  });

  test('systemd refuses: a process all the same', async () => {
    const { given, did } = system();
    const alarm = await arm(10, { ...given, run: async () => ({ exit: 1 }) });
    expect(did).toEqual([['/usr/bin/node', '/opt/helper.cjs', 'recover', '20']]);
    expect(alarm.note).toBeNull();
  });
});
