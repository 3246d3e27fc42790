/**
 * Opening the window: on Electron where its runtime is, else in Chromium over a pipe (not on Windows), else the scan in the
 * terminal.
 */
import { spawn } from 'node:child_process';
import { existsSync, promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse, resolve as resolvePath } from 'node:path';
import type { Snapshot } from '../../../core/model.ts';
import { createAdvisor } from '../../advisor/index.ts';
import { noSettings } from '../../settings.ts';
import { SAVED } from '../saved.ts';
import { scan } from './commands/scan.ts';
import { electronProgram, hasDisplay, hasPipe, INSTALLED_WINDOW, ROOT } from './host.ts';
import { problemIn } from './said.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';

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
  const electron = electronProgram();
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
  const [{ openInChromium }, { takeBrowserAhead }] = await Promise.all([
    import('../pipe/index.ts'),
    import('./browser-ahead.ts'),
  ]);
  try {
    await openInChromium({
      started: takeBrowserAhead,
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
