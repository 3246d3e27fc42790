/** The page's messages. Only the main frame of our own window, on our own origin, is answered. */
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Advisor } from '../../../core/api.ts';
import { answerPage, refusal } from '../bridge.ts';
import { CALL_CHANNEL, NEWS_CHANNEL, PROGRESS_CHANNEL } from './channels.ts';
import { isOurs, ORIGIN } from './scheme.ts';

export function answerCalls(advisor: Advisor): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    isFromPage(event) ? answerPage(advisor, name, input) : refusal('request-foreign'),
  );
  advisor.onProgress((progress) => sendAll(PROGRESS_CHANNEL, progress));
  advisor.onNews((news) => sendAll(NEWS_CHANNEL, news));
}

function sendAll(channel: string, what: unknown): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, what);
}

function isFromPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  // An address alone does not say who controls a document (it may be sandboxed, or opened by another); its origin does.
  if (senderFrame === null || senderFrame.parent !== null || senderFrame.origin !== ORIGIN) return false;
  if (!isOurs(senderFrame.url)) return false;
  return BrowserWindow.fromWebContents(sender) !== null;
}
