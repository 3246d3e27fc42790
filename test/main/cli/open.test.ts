/** `portcullis open` where a browser is asked to show the window, and one stands in for it. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from './program.ts';

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
});
