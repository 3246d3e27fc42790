/** What can show the window here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the application, where `package.json` and `out` are: two above the bundle that runs. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Where the package puts the window on Electron; it holds the page itself. */
export const INSTALLED_WINDOW = '/opt/Portcullis/portcullis';

/** Whether a browser can be spoken to over a pair of pipes: on Windows nobody has seen that work. */
export const hasPipe = process.platform !== 'win32';

export const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');

/** The program that shows the window on Electron; null where it is not here. */
export const electronProgram = (): string | null => installedWindow() ?? electronRuntime(ROOT);

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
