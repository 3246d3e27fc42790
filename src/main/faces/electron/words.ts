/** Every word of the tray, its notifications and what it has to say when a choice cannot be kept; `words-de` has the German. */
import { headlineInEnglish } from '../../../core/advice/english/headline.ts';
import type { LiveEvent } from '../../../core/live/index.ts';
import type { TrayAdvice, TrayState } from '../../../core/live/tray.ts';
import type { Report, Target } from '../../../core/model.ts';
import { filesWords } from '../../../core/problem-words/files.ts';
import type { ProblemMeaning, ProblemText } from '../../../core/problem.ts';
import { visible } from '../../../core/visible.ts';
import { eventSentence } from '../events.ts';

/** Sentences of a notification; a list of ports is for the window. */
export const MOST = 3;

/** Twelve hours or twenty-four is a habit of the person, not of the language. */
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

export function clock(language: string): (iso: string) => string {
  const habit = hourCycle === undefined ? {} : { hourCycle };
  const format = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', ...habit });
  return (iso) => format.format(new Date(iso));
}

const time = clock('en');

/** A choice that cannot be kept. */
export type TrayProblem = Extract<
  ProblemMeaning,
  { readonly kind: 'login-unwritten' | 'login-unremoved' | 'preference-unsaved' }
>;

export interface TrayWords {
  readonly tray: {
    readonly state: (state: TrayState) => string;
    readonly tip: (state: TrayState, readAt: string | null) => string;
    readonly advice: (advice: TrayAdvice) => string;
    readonly open: string;
    readonly keepWatching: string;
    readonly atLogin: string;
    readonly quit: string;
  };
  readonly notice: {
    readonly title: (events: readonly LiveEvent[]) => string;
    readonly body: (events: readonly LiveEvent[], report: Report) => string;
    readonly close: string;
  };
  readonly problem: (means: TrayProblem) => ProblemText;
  /** What to do next, where nothing is known of what happened. */
  readonly again: string;
}

const stateOf = ({ gate, open, untold, firewallOff }: TrayState): string => {
  if (open === null) return 'Looking at who can reach this computer…';
  const headline = headlineInEnglish(open);
  if (headline.length > 0) return headline.join(' ');
  switch (gate) {
    case 'up':
    case 'doubt':
      if (untold === 0) return 'Not everything that listens could be read.';
      return `Who can reach ${untold === 1 ? 'one port' : `${untold} ports`} can’t be told yet.`;
    case 'down':
      return firewallOff ? 'Nothing needs closing now, but the firewall is off.' : 'Nothing to close.';
  }
};

const portOf = ({ port, protocol }: Target): string => `port ${port}${protocol === 'udp' ? ' (UDP)' : ''}`;

const adviceOf = ({ does, target, program }: TrayAdvice): string => {
  const port = target === null ? '' : ` ${portOf(target)}`;
  switch (does) {
    case 'close':
      return `Close${port}${program === null ? '' : ` (${visible(program)})`}…`;
    case 'turn-on-firewall':
      return 'Turn the firewall on…';
    case 'remove-opening':
      return `Remove the opening for${port}…`;
  }
};

const problemOf = <K extends TrayProblem['kind']>(kind: K, means: TrayProblem & { readonly kind: K }): ProblemText =>
  filesWords[kind](means);

export const english: TrayWords = {
  tray: {
    state: stateOf,
    tip: (state: TrayState, readAt: string | null): string =>
      ['Portcullis', stateOf(state), ...(readAt === null ? [] : [`As of ${time(readAt)}`])].join('\n'),
    advice: adviceOf,
    open: 'Open Portcullis',
    keepWatching: 'Keep watching when the window is closed',
    atLogin: 'Start at login, hidden',
    quit: 'Quit',
  },
  notice: {
    title: (events: readonly LiveEvent[]): string => {
      const [only, ...more] = events;
      return only === undefined || more.length > 0
        ? `Others can reach ${events.length} more ports`
        : `Others can reach ${portOf(only.subject)}`;
    },
    body: (events: readonly LiveEvent[], report: Report): string =>
      [
        ...events.slice(0, MOST).map((event) => eventSentence(event, report)),
        ...(events.length > MOST ? [`And ${events.length - MOST} more.`] : []),
      ].join('\n'),
    close: 'Close…',
  },
  problem: (means) => problemOf(means.kind, means),
  again: 'Try it again.',
};
