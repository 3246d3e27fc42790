/**
 * Opening the window: on Electron where its runtime is, else in Chromium over a pipe (not on Windows), else the scan in the
 * terminal.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse, resolve as resolvePath } from 'node:path';
import type { Snapshot } from '../../../core/model.ts';
import { createAdvisor } from '../../advisor.ts';
import { noSettings } from '../../settings.ts';
import { SAVED } from '../saved.ts';
import { scan } from './commands/scan.ts';
import { problemIn } from './said.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';

/** The folder of the application, where `package.json` and `out` are: two above the bundle that runs. */
const ROOT = join(import.meta.dirname, '..', '..');

/** Where the package puts the window on Electron; it holds the page itself. */
const INSTALLED_WINDOW = '/opt/Portcullis/portcullis';

/** A runtime that ends with an error within this time did not show a window. Milliseconds. */
const TOO_SOON = 10_000;

/** What was saved before, to be shown instead of this machine. */
export interface SavedFile {
  readonly path: string;
  readonly snapshot: Snapshot;
}

export async function openWindow(terminal: Terminal, saved: SavedFile | null = null): Promise<Status> {
  const asText = (): Promise<Status> => scan.run(saved === null ? [] : ['--from', saved.path], terminal);
  const note = (text: string): void => terminal.note(`portcullis: ${text}\n`);
  if (!hasDisplay()) {
    note('there is no display here, so this is the scan as text.');
    return asText();
  }
  const electron = installedWindow() ?? electronRuntime(ROOT);
  if (electron !== null) {
    note('opening the window.');
    if (await runElectron(electron, saved)) return STATUS.done;
    note(
      hasPipe ? 'Electron did not start here; using the system’s Chromium instead.' : 'Electron did not start here.',
    );
  } else if (hasPipe) {
    note('opening the window in the system’s Chromium, because Electron’s runtime is not here.');
  }
  if (!hasPipe) {
    note('on Windows the window needs Electron: install Portcullis with its installer. This is the scan as text.');
    return asText();
  }
  const { openInChromium } = await import('../pipe/index.ts');
  try {
    await openInChromium({
      advisor: createAdvisor(
        saved === null ? { chooseFile } : { chooseFile, snapshot: saved.snapshot, settings: noSettings },
      ),
      folder: join(ROOT, 'out', 'renderer'),
      onNote: note,
    });
    return STATUS.done;
  } catch (error) {
    const said = await problemIn(error);
    if (said === null) throw error;
    note(`${said.message} ${said.hint}`);
    note('this is the scan as text.');
    return asText();
  }
}

/** Whether a browser can be spoken to over a pair of pipes: on Windows nobody has seen that work. */
const hasPipe = process.platform !== 'win32';

const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');

/** The packaged window, for the packaged terminal program alone: a checkout shows its own. */
const installedWindow = (): string | null =>
  ROOT.startsWith('/usr/lib/portcullis/') && existsSync(INSTALLED_WINDOW) ? INSTALLED_WINDOW : null;

/**
 * The program that `require('electron')` would give, without its side effect of fetching it. Null where it is not here.
 * Source: electron 45, index.js: `path.txt` names the program inside `dist`, ELECTRON_OVERRIDE_DIST_PATH replaces that folder.
 */
function electronRuntime(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  let name: string;
  try {
    name = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  }
  const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(program) ? program : null;
}

/** Run the window to its end; false where it did not come up. */
function runElectron(program: string, saved: SavedFile | null): Promise<boolean> {
  // Chromium's sandbox refuses to be started by root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const started = Date.now();
  return new Promise((resolve) => {
    const page = program === INSTALLED_WINDOW ? [] : [ROOT];
    const from = saved === null ? [] : [`${SAVED}${resolvePath(saved.path)}`];
    const child = spawn(program, [...asRoot, ...page, ...from], { stdio: ['ignore', 'ignore', 'inherit'] });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const end = (up: boolean): void => {
      for (const signal of signals) process.off(signal, pass);
      resolve(up);
    };
    child.once('error', () => end(false));
    child.once('exit', (code, signal) => end(code === 0 || signal !== null || Date.now() - started > TOO_SOON));
  });
}

/** There is no dialog without Electron: a file goes to the downloads folder, beside what is there already. */
async function chooseFile(suggested: string): Promise<string> {
  const folder = join(homedir(), 'Downloads');
  await fs.mkdir(folder, { recursive: true });
  const { name, ext } = parse(suggested);
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? suggested : `${name}-${number}${ext}`);
    if (!existsSync(path)) return path;
  }
}
