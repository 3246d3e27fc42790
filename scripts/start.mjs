/**
 * `npm start`: build if needed, get Electron's runtime if it can be had, open the window. Each step in one line.
 *
 * Electron 45 brings no runtime with `npm ci`; its own script fetches it at the first start. That is tried once a day,
 * with a limit in time; without it the window opens in the system's Chromium, and without a display the scan is printed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './tasks.mjs';

const electron = join(root, 'node_modules', 'electron');
const cache = join(root, 'node_modules', '.cache', 'portcullis');
const tried = join(cache, 'electron-runtime.json');

/** Milliseconds. */
const LIMIT = 60_000;
const LIMIT_WITHOUT_PROGRESS = 20_000;
const AGAIN_AFTER = 24 * 60 * 60 * 1000;

const say = (text) => console.error(`start: ${text}`);

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function hasRuntime() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return true;
  try {
    return existsSync(join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8').trim()));
  } catch {
    return false;
  }
}

const version = () => JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')).version;

/** The failure of the last try, while it is recent and of the same version. */
function recentFailure() {
  try {
    const last = JSON.parse(readFileSync(tried, 'utf8'));
    return last.version === version() && Date.now() - last.at < AGAIN_AFTER && Date.now() >= last.at ? last : null;
  } catch {
    return null;
  }
}

/** Bytes below a folder: how far the fetch has come. */
async function bytesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath ?? entry.path, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Run Electron's own script; resolves to null when the runtime is there, else to what went wrong. */
async function fetchRuntime() {
  // The script fetches into the folder for temporary files: one of our own shows whether it gets on.
  const fetching = join(cache, 'fetching');
  mkdirSync(fetching, { recursive: true });
  const child = spawn(process.execPath, [join(electron, 'install.js')], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: fetching },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) =>
      resolve(code === 0 ? null : (/^\w*Error:? .*$/m.exec(said)?.[0] ?? `it ended with status ${code}`)),
    );
  });
  const stop = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', stop);
  const started = Date.now();
  let moved = started;
  let bytes = 0;
  let why;
  const look = async () => {
    const now = (await bytesIn(fetching)) + (await bytesIn(join(electron, 'dist')));
    if (now !== bytes) [bytes, moved] = [now, Date.now()];
    if (Date.now() - moved > LIMIT_WITHOUT_PROGRESS) why = `nothing came for ${LIMIT_WITHOUT_PROGRESS / 1000} s`;
    else if (Date.now() - started > LIMIT) why = `it took longer than ${LIMIT / 1000} s`;
    if (why !== undefined) stop();
  };
  const watch = setInterval(() => void look(), 500);
  const result = await ended;
  clearInterval(watch);
  process.off('exit', stop);
  rmSync(fetching, { recursive: true, force: true });
  return result === null
    ? null
    : (why ?? (/fetch failed/.test(result) ? 'the place that it is fetched from cannot be reached' : result));
}

function needsBuild() {
  try {
    return ['cli/portcullis.cjs', 'main/index.cjs', 'renderer/index.html'].some(
      (file) => !statSync(join(root, 'out', file)).isFile(),
    );
  } catch {
    return true;
  }
}

/** Run to the end with this terminal, and end as it did. */
const run = (program, args) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
    // Ctrl+C reaches the child as well; it decides what to do about it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', () => resolve(70));
    child.once('exit', (code) => resolve(code ?? 1));
  });

if (needsBuild()) {
  say('building.');
  const status = await run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  if (status !== 0) process.exit(status);
}
if (hasDisplay() && !hasRuntime()) {
  const failure = recentFailure();
  if (failure !== null) {
    say(`Electron’s runtime could not be fetched today (${failure.why}); not trying again before tomorrow.`);
  } else {
    say(`fetching Electron’s runtime (at most ${LIMIT / 1000} s, once).`);
    const why = await fetchRuntime();
    if (why !== null) {
      mkdirSync(cache, { recursive: true });
      writeFileSync(tried, `${JSON.stringify({ version: version(), at: Date.now(), why })}\n`);
      say(`Electron’s runtime could not be fetched: ${why}`);
    }
  }
}
process.exitCode = await run(process.execPath, [join(root, 'bin', 'portcullis.cjs'), 'open']);
