/** What stands around the views: the rail, the palette, scans, what is live, the first start, in English. */
import type { ExportFormat, FirewallState, Report, Target } from '../../../core/model.ts';
import { FIREWALL } from '../../../core/firewalls/names.ts';
import type { LiveEvent } from '../../../core/live/index.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import { networkOf } from '../../state/select.ts';
import type { LanguageChoice } from '../../state/store.ts';
import { portName, upper } from '../facts.ts';
import { EXPORT_NAMES } from '../export-names.ts';
import { dateTime, list, plural, time } from '../format.ts';
import { ports, MOST } from './shared.ts';

export const frameWords = {
  name: 'Portcullis',

  motto: 'Keep ports closed unless you need them.',

  nav: {
    label: 'Views',
    'keep-closed': 'Keep closed',
    ports: 'Ports',
    review: 'Review',
    firewall: 'Firewall',
    history: 'History',
    export: 'Export',
    learn: 'Learn',
    advice: (count: number) => `${ports(count)} worth a look`,
  },

  theme: {
    label: 'Appearance',
    system: 'System theme',
    light: 'Light theme',
    dark: 'Dark theme',
  },

  language: {
    label: 'Language',
    system: 'System language',
    en: 'English',
    de: 'Deutsch',
  } satisfies Record<LanguageChoice | 'label', string>,

  network: {
    names: NETWORK,
    none: 'Not on a network',
    on: (report: Report): string => {
      const network = networkOf(report);
      if (network === null) return 'Not on a network';
      return `On ${network.kind === 'wifi' ? 'Wi-Fi' : `a ${NETWORK[network.kind]}`}`;
    },
    firewall: ({ id, active }: FirewallState): string =>
      `${FIREWALL[id]} ${active === null ? 'cannot be read' : active ? 'is on' : 'is off'}`,
    noFirewall: 'No firewall found',
  },

  scan: {
    again: 'Scan again',
    running: 'Looking…',
    first: 'Looking at what listens on this computer…',
    asOf: (iso: string) => `As of ${time(iso)}`,
    toKnow: 'Scan again to know how it is now.',
    /** Before a computer's name. */
    saved: 'Saved snapshot of',
    savedNameless: 'a computer whose name was taken out',
    savedAt: (iso: string) => `As it was on ${dateTime(iso)}. Nothing of it can be changed from here.`,
    maybeChanged: 'The network, the rules or the programs may have changed since.',
    socketsChanged: 'What listens has changed since.',
    failed: 'The scan did not work',
    retry: 'Try again',
    exactRunning: 'Reading the exact rules…',
  },

  live: {
    changed: 'Changed just now',
    /** One sentence for those who do not see the marks. */
    announce: (events: readonly LiveEvent[]): string => {
      const told = (kind: LiveEvent['kind']) =>
        events.filter((one) => one.kind === kind).map(({ subject }) => portName(subject));
      const [opened, closed] = [told('opened'), told('closed')];
      const named = (all: readonly string[]) => (all.length > MOST ? ports(all.length) : list(all));
      const says = [
        ...(opened.length === 0 ? [] : [`others can newly reach ${named(opened)}`]),
        ...(closed.length === 0 ? [] : [`fewer can reach ${named(closed)} now`]),
      ];
      return `${upper(says.join('; '))}.`;
    },
  },

  start: {
    title: 'One moment.',
    sentences: [
      'Programs on this computer may wait for others to connect to them. Each waits at a numbered port.',
      'Portcullis looks at which ones those are, and at who can reach them through your firewall.',
      'Nothing is changed, and nothing is sent anywhere.',
    ],
  },

  palette: {
    title: 'Commands',
    keys: 'Ctrl K',
    field: 'What do you want to do?',
    hint: 'close 3000, who can reach 22, export for Windows',
    list: 'Commands that fit',
    none: 'Nothing fits. Try a port’s number.',
    found: (count: number) => plural(count, { one: 'command fits', other: 'commands fit' }),
    busy: 'Another change is under way.',
    open: (view: string) => `Open ${view}`,
    close: (target: Target) => `Close ${portName(target)}`,
    who: (target: Target) => `Who can reach ${portName(target)}`,
    nothingListens: 'Nothing listens there now',
    nothingKnown: 'Nothing is known to listen there',
    exportFor: (format: ExportFormat) => `Export for ${format === 'windows' ? 'Windows' : EXPORT_NAMES[format]}`,
    openIntent: 'Open an intent file…',
    openIntentAlso: 'import carry out load json',
    scan: 'Scan again',
    exact: 'Read the exact rules',
    scanAlso: 'refresh rescan look',
    exactHint: 'Asks once for your password',
    exactAlso: 'exactly',
    undo: 'Undo the last change',
    theme: (name: string) => `Appearance: ${name}`,
    language: (name: string) => `Language: ${name}`,
    /** Also in the other language, for whoever cannot read this one. */
    languageAlso: 'Sprache German',
    /** What a person types before, or after, the number of a port. */
    asks: {
      close: /^(close|shut|block)\s+/i,
      who: /^(who\s+(can\s+)?(reach|reaches|use)|who|reach|show|explain|open(?=\s+port))\s+/i,
    },
  },
};
