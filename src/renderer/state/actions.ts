/**
 * Everything that the window can do. Each action asks through the client and writes what came of it into the store.
 *
 *   look     the machine, read and shown      deeds    what is planned, carried out, undone
 *   hear     what comes unasked               waiting  a change that is put back unless it is kept
 *   intent   a file of another computer
 */
import type { Input, Reply, ReportFile } from '../../core/api.ts';
import type { Answer, ExportFormat, RuleFile, Target } from '../../core/model.ts';
import { type Language, words } from '../text/words.ts';
import type { Client } from './client.ts';
import { createDeedList } from './deed-list.ts';
import { createDeeds, type DeedActions } from './deeds.ts';
import { hearNews } from './hear.ts';
import { createIntentActions, type IntentActions } from './intent.ts';
import { fetchChosen } from './language.ts';
import { painted } from './painted.ts';
import { createLook, type LookActions } from './look.ts';
import { createSay } from './say.ts';
import { targetKey } from './select.ts';
import type { LanguageChoice, PortsTab, Route, Store, Theme } from './store.ts';

export interface Actions extends LookActions, DeedActions, IntentActions {
  readonly go: (route: Route) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: LanguageChoice) => Promise<void>;
  readonly setFormat: (format: ExportFormat) => void;
  readonly showPalette: (open: boolean) => void;
  readonly showListener: (id: string | null, tab?: PortsTab) => void;
  readonly keep: (target: Target, keep: boolean) => Promise<void>;
  readonly reach: (question: Input<'reach'>) => Promise<Reply<Answer>>;
  readonly exportRules: (input: Input<'exportRules'>) => Promise<Reply<RuleFile>>;
  readonly saveRules: (input: Input<'saveRules'>) => Promise<Reply<{ readonly path: string | null }>>;
  readonly makeReport: (input: Input<'report'>) => Promise<Reply<ReportFile>>;
  readonly announce: (text: string) => void;
  /** The finding that the person came for has the focus. */
  readonly visited: () => void;
  /** Whether the window can be seen: only then the main side looks by itself. */
  readonly attend: (visible: boolean) => void;
  /** Tells which language the window speaks now. */
  readonly speak: (language: Language) => void;
}

/**
 * @param clock milliseconds, going on while the computer sleeps
 * @param shown resolves once what was put into the store is on the screen
 */
export function createActions(
  store: Store,
  client: Client,
  clock: () => number = Date.now,
  shown: () => Promise<void> = painted,
): Actions {
  const say = createSay(store);
  const list = createDeedList(store);
  const look = createLook(store, client, say, { clock, shown }, () => deeds.resume());
  const deeds = createDeeds(store, client, list, look, say, clock);
  hearNews(store, client, list, look, say, deeds.reviewClosing);

  client.onProgress((progress) => {
    store.set((state) =>
      progress.call === 'scan'
        ? { scan: { ...state.scan, progress } }
        : {
            deeds: state.deeds.map((deed) =>
              deed.phase === 'applying' || deed.phase === 'undoing' ? { ...deed, progress } : deed,
            ),
          },
    );
  });

  const { announce, announceProblem } = say;
  const { scan, loadConnections, loadRules, doubt, checkAge } = look;
  return {
    scan,
    loadConnections,
    loadRules,
    doubt,
    checkAge,
    ...deeds.actions,
    visited: () => store.set(() => ({ visited: null })),
    attend: (visible) => void client.call('attend', { visible }),
    speak: (language) => void client.call('speak', { language }),
    go: (route) => store.set(() => ({ route })),
    setTheme: (theme) => store.set(() => ({ theme })),
    setLanguage: async (language) => {
      await fetchChosen(language);
      store.set(() => ({ language }));
    },
    setFormat: (format) => store.set(() => ({ format })),
    showPalette: (palette) => store.set(() => ({ palette })),
    showListener: (listener, tab = 'inbound') => store.set(() => ({ route: { view: 'ports', tab, listener } })),
    keep: async (target, keep) => {
      store.set(() => ({ keeping: targetKey(target), keepProblem: null }));
      const reply = await client.call('keep', { target, keep });
      store.set(() => ({ keeping: null, ...(reply.ok ? { report: reply.value } : { keepProblem: reply.error }) }));
      if (reply.ok) announce(words.home.keptAnnounced(target, keep));
      else announceProblem(reply.error);
    },
    reach: (question) => client.call('reach', question),
    exportRules: (input) => client.call('exportRules', input),
    saveRules: (input) => client.call('saveRules', input),
    makeReport: (input) => client.call('report', input),
    announce,
    ...createIntentActions(store, client, announce),
  };
}
