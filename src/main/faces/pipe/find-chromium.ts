/** Where the system keeps a browser of the Chromium family. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { terminalProblem } from '../terminal-problem.ts';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'brave-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const FIXED: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
};

/** @param path the folders to look in, as in `PATH`. Throws a `TerminalProblem` that says what to install. */
export function findChromium(path: string): string {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith('/'));
  const candidates = [
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(FIXED[process.platform] ?? []),
  ];
  const found = candidates.find(isProgram);
  if (found !== undefined) return found;
  throw terminalProblem(
    'failed',
    'There is no browser that can show the window.',
    'Install Chromium (on Debian and Ubuntu: sudo apt install chromium), or use the terminal: portcullis scan',
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
