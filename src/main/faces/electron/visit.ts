/** Bring the window to the front, at a place in it. */
import type { News, Visit } from '../../../core/live/news.ts';
import { NEWS_CHANNEL } from './channels.ts';
import { showWindow, whenLoaded } from './window.ts';

export function visitWindow(visit: Visit): void {
  const window = showWindow();
  const news: News = { kind: 'visit', visit };
  if (window !== null) whenLoaded(window, () => window.webContents.send(NEWS_CHANNEL, news));
}
