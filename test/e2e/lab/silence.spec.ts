/** The window opens no port and asks nobody: `portcullis open`, as people start it. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startDisplay } from './hosts.ts';
import { listening } from './machine.ts';

const program = fileURLToPath(new URL('../../../bin/portcullis.cjs', import.meta.url));

/** Command lines of everything that runs here. */
const running = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });

const windows = (): number =>
  running().filter((line) => line.includes('--type=renderer') && line.includes('portcullis-window-')).length;

/** What watches for it: the collector, and what that started. */
const watching = (): number => running().filter((line) => /collector\.cjs|sock_diag/.test(line)).length;

test('nothing listens for it, and closing it ends it', async () => {
  const display = await startDisplay();
  const before = await listening();
  // No Electron here: an empty folder in its place.
  const child = spawn(process.execPath, [program, 'open'], {
    env: { ...process.env, DISPLAY: display.name, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await expect.poll(windows, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(watching, { timeout: 30_000 }).toBe(2);
  expect(await listening()).toEqual(before);
  if (process.getuid?.() === 0) expect(said).toContain('without');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await expect.poll(windows).toBe(0);
  await expect.poll(watching).toBe(0);
  display.stop();
});
