/** `portcullis open`: the window, by the best way that is here. */
import { command, none } from '../command.ts';
import { openWindow } from '../window.ts';

const about = {
  name: 'open',
  usage: [''],
  says: 'the window',
  more: [
    'On Electron where its runtime is here, otherwise (not on Windows) in a window of the system’s Chromium. Without a display it prints the scan instead.',
  ],
  options: {},
} as const;

export const open = command({
  ...about,
  run: (_values, operands, terminal) => {
    none(about, operands);
    return openWindow(terminal);
  },
});
