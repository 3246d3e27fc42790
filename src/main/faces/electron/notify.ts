/** One notification for what has newly opened. A click, or its button, leads to the review of closing it. */
import { Notification } from 'electron';
import type { LiveEvent } from '../../../core/live/index.ts';
import type { Visit } from '../../../core/live/news.ts';
import type { Report } from '../../../core/model.ts';
import { visitWindow } from './visit.ts';
import { showWindow } from './window.ts';
import type { TrayWords } from './words.ts';

/** Those that are shown: what nobody holds is gone before it is clicked. */
const shown = new Set<Notification>();

export function notify(events: readonly LiveEvent[], report: Report, words: TrayWords): void {
  if (events.length === 0 || !Notification.isSupported()) return;
  const notification = new Notification({
    title: words.notice.title(events),
    body: words.notice.body(events, report),
    actions: [{ type: 'button', text: words.notice.close }],
  });
  const visit = visitOf(events);
  const follow = (): void => {
    if (visit === null) showWindow();
    else visitWindow(visit);
  };
  notification.on('click', follow);
  notification.on('action', follow);
  const forget = (): void => void shown.delete(notification);
  notification.on('close', forget);
  notification.on('failed', forget);
  shown.add(notification);
  notification.show();
}

/** Of several ports nobody can say which is meant: the list of advice has them all. */
function visitOf(events: readonly LiveEvent[]): Visit | null {
  const [only, ...more] = events;
  if (only === undefined || more.length > 0) return null;
  const { protocol, port } = only.subject;
  return { to: 'review', target: { protocol, port } };
}
