/** `portcullis open` where a browser is asked to show the window, and one stands in for it. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { program, run } from './program.ts';

// synthetic: a browser that writes down how it was started, and ends.
const folder = mkdtempSync(join(tmpdir(), 'portcullis-open-'));
const told = join(folder, 'told');
writeFileSync(join(folder, 'chromium'), `#!/bin/sh\nprintf '%s\\n' "$*" >> ${told}\nexit 3\n`);
chmodSync(join(folder, 'chromium'), 0o755);
beforeEach(() => rmSync(told, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (...args: readonly string[]) =>
  run(['open', ...args], {
    env: {
      DISPLAY: ':portcullis',
      ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent',
      PATH: `${folder}:${process.env['PATH']}`,
    },
  });

describe.skipIf(process.platform !== 'linux')('portcullis open', () => {
  test('starts the browser once; where that ends at once, the scan is printed', () => {
    const { status, stdout, stderr } = open();
    expect(readFileSync(told, 'utf8').match(/--remote-debugging-pipe/g)).toHaveLength(1);
    expect(stderr).toContain('chromium ended at once (status 3)');
    expect(stdout).toMatch(/^Listening /m);
    expect(status).toBe(0);
  });

  test('starts none for what it refuses', () => {
    for (const args of [['--bogus'], ['3000'], ['--from', join(folder, 'missing.json')], ['--help']]) open(...args);
    expect(existsSync(told)).toBe(false);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends its browser and removes its folder when it gets %s as soon as there is one',
    async (signal) => {
      const bin = join(folder, `${signal}-bin`);
      mkdirSync(bin);
      // In memory, where a browser's folder is made; where that is not enough for one, it is made in TMPDIR.
      const tmp = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : folder, 'portcullis-open-'));
      onTestFinished(() => rmSync(tmp, { recursive: true, force: true }));
      const pid = join(bin, 'pid');
      // synthetic: a browser that stays until it is told to close, or nobody speaks to it any more.
      writeFileSync(join(bin, 'chromium'), `#!/bin/sh\necho $$ > ${pid}\nexec grep -qz Browser.close <&3\n`, {
        mode: 0o755,
      });
      const child = spawn(process.execPath, [program, 'open'], {
        stdio: 'ignore',
        env: {
          DISPLAY: ':portcullis',
          ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent',
          HOME: '/nonexistent',
          TMPDIR: tmp,
          XDG_RUNTIME_DIR: tmp,
          PATH: `${bin}:${process.env['PATH']}`,
        },
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      while (readdirSync(tmp).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill(signal);
      await ended;
      expect(child.signalCode === signal || child.exitCode === 0).toBe(true);
      expect(readdirSync(tmp)).toEqual([]);
      if (existsSync(pid)) expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow('ESRCH');
    },
    20_000,
  );
});
