/** Starting at login, with the tray alone. What the system will do is asked of it each time, and remembered nowhere else. */
import { readFileSync, promises as fs } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { app } from 'electron';
import { problem } from '../../../core/problem.ts';
import { replaceFile } from '../../files.ts';
import { autostartEntry, HIDDEN, isStarted } from './autostart-entry.ts';

const isLinux = process.platform === 'linux';
const asItem = { args: [HIDDEN] };

/** Only what is installed has a place that is the same tomorrow. */
export const canStartAtLogin = (): boolean => app.isPackaged && (!isLinux || entry() !== null);

export function startsAtLogin(): boolean {
  if (!isLinux) return app.getLoginItemSettings(asItem).openAtLogin;
  try {
    return isStarted(readFileSync(place(), 'utf8'));
  } catch {
    return false;
  }
}

/** Was it started so that nobody is waiting for a window? */
export const isHiddenStart = (): boolean =>
  process.argv.includes(HIDDEN) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** @throws ProblemError where the desktop's folder cannot be written to */
export async function startAtLogin(wanted: boolean): Promise<void> {
  if (!isLinux) {
    app.setLoginItemSettings({ openAtLogin: wanted, ...asItem });
    return;
  }
  const content = entry();
  try {
    if (!wanted || content === null) {
      await fs.rm(place(), { force: true });
      return;
    }
    await fs.mkdir(dirname(place()), { recursive: true, mode: 0o700 });
    await replaceFile(place(), content, 0o644);
  } catch (error) {
    throw problem('failed', {
      kind: wanted ? 'login-unwritten' : 'login-unremoved',
      path: place(),
      said: (error as Error).message,
    });
  }
}

/** `$XDG_CONFIG_HOME`, or `~/.config`. */
const place = (): string => join(app.getPath('appData'), 'autostart', 'portcullis.desktop');

const entry = (): string | null => autostartEntry(program());

/** An AppImage runs from where it was unpacked for this once; its own file is what can be started again. */
function program(): string {
  const exe = app.getPath('exe');
  const { APPIMAGE: image, APPDIR: unpacked } = process.env;
  const isImage = image !== undefined && isAbsolute(image) && unpacked !== undefined && exe.startsWith(`${unpacked}/`);
  return isImage ? image : exe;
}
