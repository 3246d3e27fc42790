/** What is being done, on a terminal's last line, once it takes long enough to be noticed. */
import type { Advisor } from '../../../core/api.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds after which a person wonders. */
const NOTICED = 300;

/** Show progress until the returned function is called. */
export function showProgress(advisor: Pick<Advisor, 'onProgress'>, terminal: Terminal): () => void {
  let latest = '';
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    if (latest !== '') terminal.status(latest);
  }, NOTICED);
  const stop = advisor.onProgress(({ text, done, of }) => {
    latest = done === null || of === null ? `${text} …` : `${text} (${done} of ${of}) …`;
    if (shown) terminal.status(latest);
  });
  return () => {
    clearTimeout(timer);
    stop();
    terminal.status(null);
  };
}
