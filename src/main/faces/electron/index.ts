/**
 * The window on Electron. Trusted: the advisor, and this room. Not trusted: everything the page sends.
 *
 *   index      starts, one instance
 *   guard      what no page may do: navigate, open windows, ask for permissions
 *   scheme     the page's files, under app://portcullis
 *   calls      the page's messages: who sent them, then the contract
 *   collector  the process that hints at changes
 *   window     the one window, and where it was last
 *   preload    what the page finds at window.portcullis
 */
import { app, Menu } from 'electron';
import { createAdvisor } from '../../advisor.ts';
import { answerCalls } from './calls.ts';
import { chooseFile } from './choose-file.ts';
import { asUtility } from './collector.ts';
import { guard } from './guard.ts';
import { claimScheme, servePage } from './scheme.ts';
import { openWindow, showWindow } from './window.ts';

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  claimScheme();
  guard();
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  // The menu bar repeats nothing that the window does not have; macOS needs one for copy, paste and quit.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  servePage();
  const advisor = createAdvisor({ chooseFile, launch: asUtility });
  answerCalls(advisor);
  const unseen = (): void => void advisor.attend({ visible: false });
  app.on('will-quit', unseen);
  app.on('render-process-gone', unseen);
  openWindow();
}
