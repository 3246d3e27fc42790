/**
 * The window on Electron. Trusted: the advisor, and this room. Not trusted: everything the page sends.
 *
 *   index      starts, one instance
 *   guard      what no page may do: navigate, open windows, ask for permissions
 *   scheme     the page's files, under app://portcullis
 *   calls      the page's messages: who sent them, then the contract
 *   collector  the process that hints at changes
 *   window     the one window, and where it was last
 *   visit      the window brought to the front at a place in it
 *   tray       what is open, in words and as a picture; `notify` tells of what newly is, once
 *   at-login   started by the desktop (`autostart-entry`), with the tray alone
 *   preferences  what is remembered of the tray's choices; `words` has all that it says
 *   preload    what the page finds at window.portcullis
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { createAdvisor, type LocalAdvisor } from '../../advisor/index.ts';
import { noSettings } from '../../settings.ts';
import { savedIn } from '../saved.ts';
import { answerCalls } from './calls.ts';
import { chooseFile } from './choose-file.ts';
import { asUtility } from './collector.ts';
import { HIDDEN } from './autostart-entry.ts';
import { isHiddenStart } from './at-login.ts';
import { guard } from './guard.ts';
import { claimScheme, servePage } from './scheme.ts';
import { openTray } from './tray.ts';
import { openWindow, showWindow } from './window.ts';

/** A saved snapshot has a window of its own, beside that of this machine: a folder of its own makes it another instance. */
const from = savedIn(process.argv);
if (from !== null) app.setPath('userData', mkdtempSync(join(tmpdir(), 'portcullis-saved-')));

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  claimScheme();
  guard();
  // Also the way to a window where the desktop has no tray.
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(HIDDEN)) showWindow();
  });
  app.on('activate', () => void showWindow());
  void app.whenReady().then(() => (from === null ? start() : startSaved(from)));
} else {
  app.quit();
}

function start(): void {
  // The menu bar repeats nothing that the window does not have; macOS needs one for copy, paste and quit.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  // Windows shows a notification only of an application that has this name, by which the installer knows it as well.
  if (process.platform === 'win32') app.setAppUserModelId('org.portcullis.Portcullis');
  servePage();
  const advisor = createAdvisor({ chooseFile, launch: asUtility, onLanguage: (language) => tray.speak(language) });
  answerCalls(advisor);
  const unseen = (): void => void advisor.attend({ visible: false });
  app.on('will-quit', unseen);
  app.on('render-process-gone', unseen);
  const tray = openTray(advisor);
  app.on('window-all-closed', () => {
    unseen();
    if (!tray.staysWithoutWindow()) app.quit();
  });
  if (isHiddenStart()) lookAlone(advisor);
  else openWindow();
}

/** Read only, without the tray: it has nothing to watch. */
async function startSaved(path: string): Promise<void> {
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  app.on('window-all-closed', () => app.quit());
  try {
    const { loadSnapshot } = await import('../cli/load.ts');
    const snapshot = await loadSnapshot(path);
    servePage();
    answerCalls(createAdvisor({ snapshot, settings: noSettings, chooseFile }));
    openWindow();
  } catch (error) {
    const { problemIn } = await import('../cli/said.ts');
    const said = await problemIn(error);
    dialog.showErrorBox('Portcullis', said === null ? String(error) : `${said.message} ${said.hint}`);
    app.exit(1);
  }
}

/** Without a page nobody else asks for the first report. Where it cannot be made, watching goes on trying. */
function lookAlone(advisor: LocalAdvisor): void {
  advisor.scan({ exact: false }).catch(() => {});
}
