/** What comes unasked: a newer report, a doubt, and the person, brought to where they wanted to be. */
import type { News, Visit } from '../../core/live/news.ts';
import type { Target } from '../../core/model.ts';
import { words } from '../text/words.ts';
import type { Client } from './client.ts';
import type { DeedList } from './deed-list.ts';
import { changedIn, inPlace, newlyIn } from './live.ts';
import type { Look } from './look.ts';
import type { Say } from './say.ts';
import { targetKey, targetsOf } from './select.ts';
import type { Store } from './store.ts';

/** Milliseconds for which a row that has changed is marked. */
const MARKED = 5000;

/** @param reviewClosing shows what closing would change; findings by their ids */
export function hearNews(
  store: Store,
  client: Client,
  { isReviewing }: DeedList,
  look: Look,
  { announce }: Say,
  reviewClosing: (targets: readonly Target[], findings: readonly string[]) => Promise<void>,
): void {
  /** What came while a review was open, for afterwards. */
  let held: readonly News[] = [];
  /** Where the person wants to be brought, until there is a report to show. */
  let wanted: Visit | null = null;

  const arrive = (): void => {
    const { report, scan: looking } = store.get();
    if (wanted === null || report === null || looking.running) return;
    const visit = wanted;
    wanted = null;
    // Whoever is in the middle of a change stays there: the window is in front of them now.
    if (isReviewing()) return;
    store.set(() => ({ route: { view: 'keep-closed' }, visited: visit.to === 'advice' ? visit.finding : null }));
    if (visit.to === 'advice') return;
    const { target } = visit;
    const about = report.findings.filter(({ listener }) => listener !== null);
    const findings = about.filter((one) =>
      targetsOf(report, one).some((other) => targetKey(other) === targetKey(target)),
    );
    void reviewClosing(
      [target],
      findings.map(({ id }) => id),
    );
  };

  const hear = (news: News): void => {
    if (news.kind === 'visit') {
      wanted = news.visit;
      arrive();
      return;
    }
    const { report: before, scan: looking } = store.get();
    // A reading that was asked for is on its way, and newer.
    if (before === null || looking.running) return;
    if (isReviewing()) {
      held = news.kind === 'report' ? [news] : [...held, news];
      return;
    }
    if (news.kind === 'doubt') {
      if (news.of !== before.takenAt) return;
      look.doubt();
      if (news.sockets) store.set(() => ({ socketsDiffer: true }));
      return;
    }
    if (news.report.takenAt <= before.takenAt) return;
    const report = inPlace(before, news.report);
    const changed = changedIn(before, report);
    store.set(() => ({ ...look.follow(report), changed }));
    const { route } = store.get();
    if (route.view === 'ports' && route.tab === 'outbound') void look.loadConnections();
    const newly = newlyIn(before, report);
    if (newly.length > 0) announce(words.live.announce(newly));
    if (changed.size === 0) return;
    setTimeout(() => store.set((state) => (state.changed === changed ? { changed: new Set() } : {})), MARKED);
  };

  client.onNews(hear);
  store.subscribe(() => {
    arrive();
    if (held.length === 0 || isReviewing()) return;
    const news = held;
    held = [];
    news.forEach(hear);
  });
}
