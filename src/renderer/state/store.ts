/** The one source of state: a value, replaced and never changed, and those who want to know when it is. */
import type { Progress } from '../../core/api.ts';
import type {
  Change,
  Choice,
  Connection,
  ExportFormat,
  Outcome,
  Plan,
  Report,
  RuleBook,
  Target,
} from '../../core/model.ts';
import type { Problem } from '../../core/problem.ts';
import type { OpenIntent } from './intent.ts';

export type PortsTab = 'inbound' | 'outbound';

/** Where the person is. */
export type Route =
  | { readonly view: 'keep-closed' }
  /** `listener`: whose details are shown. */
  | { readonly view: 'ports'; readonly tab: PortsTab; readonly listener: string | null }
  | { readonly view: 'review'; readonly deed: number }
  | { readonly view: 'firewall' }
  | { readonly view: 'history' }
  | { readonly view: 'export'; readonly targets: readonly Target[] | null }
  | { readonly view: 'learn' };

export type View = Route['view'];

/** `waiting`: in force, and put back by itself unless it is kept. */
type DeedPhase = 'planning' | 'ready' | 'applying' | 'waiting' | 'done' | 'undoing' | 'undone' | 'failed';

/** Something that the person set going: from the choice, over the plan, to what was checked. */
export interface Deed {
  readonly id: number;
  readonly choice: Choice;
  /** The findings that it is about. */
  readonly findings: readonly string[];
  readonly phase: DeedPhase;
  readonly plan: Plan | null;
  readonly progress: Progress | null;
  readonly outcome: Outcome | null;
  /** What the person said to a change that waits. */
  readonly word: 'confirm' | 'undo' | null;
  /** What went wrong: with planning and applying (`failed`), or with undoing (`done`). */
  readonly problem: Problem | null;
}

interface ScanState {
  readonly running: boolean;
  readonly exact: boolean;
  readonly progress: Progress | null;
  /** Why the last scan failed; the report before it is kept. */
  readonly problem: Problem | null;
}

type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'here'; readonly value: T };

export type Theme = 'system' | 'light' | 'dark';

export type LanguageChoice = 'system' | 'en' | 'de';

export interface State {
  readonly route: Route;
  readonly theme: Theme;
  readonly language: LanguageChoice;
  /** The tag of the language that is spoken: another draws everything anew. */
  readonly tongue: string;
  readonly report: Report | null;
  /** Too long ago, or something hints at a change since: what the report says holds for its own time only. */
  readonly stale: boolean;
  /** What listens is known to be different since. */
  readonly socketsDiffer: boolean;
  /** Listeners and findings that a pushed report has changed, for a moment. */
  readonly changed: ReadonlySet<string>;
  /** The finding that the person came for, from outside of the window; it takes the focus. */
  readonly visited: string | null;
  /** Counts the reports that were asked for: a pushed one leaves the rows where they are. */
  readonly arranged: number;
  readonly scan: ScanState;
  readonly connections: Loaded<readonly Connection[]> | null;
  /** Every rule in words; null: not asked for yet. */
  readonly rules: Loaded<RuleBook> | null;
  readonly history: readonly Change[];
  readonly deeds: readonly Deed[];
  /** The finding or listener whose "keep" is under way, and what went wrong with the last one. */
  readonly keeping: string | null;
  readonly keepProblem: Problem | null;
  readonly format: ExportFormat;
  /** A file of another computer that was opened here. */
  readonly intent: OpenIntent | null;
  /** The list of commands is open. */
  readonly palette: boolean;
  /** Said to screen readers, politely. */
  readonly announcement: string;
}

export interface Store {
  readonly get: () => State;
  readonly set: (change: (state: State) => Partial<State>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore(theme: Theme, language: LanguageChoice): Store {
  let state: State = {
    route: { view: 'keep-closed' },
    theme,
    language,
    tongue: language,
    report: null,
    stale: false,
    socketsDiffer: false,
    changed: new Set(),
    visited: null,
    arranged: 0,
    scan: { running: true, exact: false, progress: null, problem: null },
    connections: null,
    rules: null,
    history: [],
    deeds: [],
    keeping: null,
    keepProblem: null,
    format: 'ufw',
    intent: null,
    palette: false,
    announcement: '',
  };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change(state) };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
