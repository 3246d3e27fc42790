/**
 * Who puts a change back when the helper itself is killed while it waits. Set before the first step, so that there is no
 * moment without it: a timer of systemd where that runs the computer, else a process of its own session.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { Checked } from '../../core/told.ts';
import { CLEAN_ENV, type Program, run } from './run.ts';

export interface Alarm {
  /** What people should know about it, or null. */
  readonly note: Checked | null;
  readonly disarm: () => Promise<void>;
}

/** What the alarm needs of the system; a test gives its own. */
export interface AlarmSystem {
  readonly hasSystemd: boolean;
  readonly run: (program: Program, args: readonly string[]) => Promise<{ readonly exit: number | null }>;
  /** Start a program in a session of its own. Gives what ends it, or null where it could not be started. */
  readonly start: (argv: readonly [string, ...string[]]) => (() => void) | null;
  /** How this program was started: the program, then what makes it the helper. */
  readonly self: readonly [string, ...string[]];
  readonly isElectron: boolean;
}

/** Seconds after the deadline: the helper itself comes first. */
const GRACE = 10;

const thisSystem = (): AlarmSystem => ({
  // The way of sd_booted(3).
  hasSystemd: existsSync('/run/systemd/system') && existsSync('/usr/bin/systemd-run'),
  run,
  start: ([program, ...args]) => {
    const child = spawn(program, args, {
      env: { ...CLEAN_ENV, ...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }) },
      cwd: '/',
      detached: true,
      stdio: 'ignore',
    });
    child.on('error', () => {});
    child.unref();
    return child.pid === undefined ? null : () => void child.kill('SIGKILL');
  },
  self: [process.execPath, process.argv[1] ?? ''],
  isElectron: process.versions['electron'] !== undefined,
});

/** Have interrupted changes put back in so many seconds, unless it is disarmed before. */
export async function arm(seconds: number, system: AlarmSystem = thisSystem()): Promise<Alarm> {
  const delay = seconds + GRACE;
  if (system.hasSystemd) {
    const unit = `portcullis-recover-${randomBytes(6).toString('hex')}`;
    const { exit } = await system.run('systemd-run', [
      `--unit=${unit}`,
      `--on-active=${delay}s`,
      '--timer-property=AccuracySec=1s',
      '--collect',
      '--quiet',
      ...(system.isElectron ? ['--setenv=ELECTRON_RUN_AS_NODE=1'] : []),
      '--',
      ...system.self,
      'recover',
    ]);
    if (exit === 0) {
      return {
        note: null,
        disarm: async () => void (await system.run('systemctl', ['stop', `${unit}.timer`])),
      };
    }
  }
  const stop = system.start([...system.self, 'recover', String(delay)]);
  return {
    note: system.hasSystemd ? null : { kind: 'no-systemd' },
    disarm: async () => stop?.(),
  };
}
