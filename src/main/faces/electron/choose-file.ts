/** Ask where a file shall go. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';

/** @returns an absolute path, or null where the question was cancelled */
export async function chooseFile(suggested: string): Promise<string | null> {
  const window = BrowserWindow.getAllWindows()[0];
  const options = { defaultPath: join(app.getPath('documents'), suggested) };
  const { canceled, filePath } = await (window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}
