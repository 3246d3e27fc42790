/** `portcullis open`: the window, by the best way that is here. */
import { command, none } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { openWindow } from '../window.ts';

const about = {
  name: 'open',
  usage: ['[--from SNAPSHOT]'],
  says: 'the window',
  more: [
    'On Electron where its runtime is here, otherwise (not on Windows) in a window of the system’s Chromium. Without a display it prints the scan instead.',
    'With a saved snapshot, also one of another computer or another system, it shows that: which computer and when stands above it, and nothing can be changed.',
  ],
  options: {
    from: { type: 'string', value: 'SNAPSHOT', says: 'show a saved snapshot instead of this machine' },
  },
} as const;

export const open = command({
  ...about,
  run: async ({ from }, operands, terminal) => {
    none(about, operands);
    return openWindow(terminal, from === undefined ? null : { path: from, snapshot: await loadSnapshot(from) });
  },
});
