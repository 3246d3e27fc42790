/** Keep closed: the state, the advice, what was checked, in English. */
import type { FirewallState, InterfaceKind, Report, Severity, Target } from '../../../core/model.ts';
import { headlineInEnglish, meantInEnglish } from '../../../core/advice/english/headline.ts';
import { openCount } from '../../../core/advice/headline.ts';
import { meantForInternet } from '../../../core/advice/meant.ts';
import { FIREWALL } from '../../../core/firewalls/names.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import { countExposure, needsRights, networkOf } from '../../state/select.ts';
import { portName, upper } from '../facts.ts';
import { foreign, number, plural, time } from '../format.ts';
import { ports } from './shared.ts';

export const homeWords = {
  home: {
    sentence: (report: Report): string => {
      const [headline] = headlineInEnglish(openCount(report));
      if (headline !== undefined) return headline;
      const { unknown } = countExposure(report);
      const off = report.firewalls.length > 0 && report.firewalls.every(({ active }) => active === false);
      if (unknown > 0) return `Who can reach ${unknown === 1 ? 'one port' : ports(unknown)} can’t be told yet.`;
      if (!isListWhole(report)) return 'Not everything that listens could be read.';
      if (off) return 'Nothing needs closing now, but the firewall is off.';
      return 'Nothing to close.';
    },
    /** What stands under the sentence. */
    detail: (report: Report): string => {
      const [headline, ...more] = headlineInEnglish(openCount(report));
      const meant = meantInEnglish(meantForInternet(report, headline !== undefined));
      const { unknown, others } = countExposure(report);
      const yet = unknown === 0 ? [] : [`Who can reach ${number(unknown)} more can’t be told yet.`];
      if (headline !== undefined)
        return [...more, ...meant, 'This computer itself can go on using what you close.', ...yet].join(' ');
      if (unknown > 0 && needsRights(report)) return 'The firewall’s exact rules need administrator rights to be read.';
      if (unknown > 0 || !isListWhole(report)) return 'What is missing, and what would settle it, is said below.';
      if (networkOf(report) === null && others === 0)
        return 'This computer is on no network now. Scan again once it is on one.';
      if (others === 0) return 'Nobody else can reach anything on this computer.';
      return meant[0] ?? 'What others can reach is meant for them, or you keep it open.';
    },
    closeAll: (count: number) => `Close all recommended (${number(count)})`,
    list: 'Worth a look',
    close: 'Close',
    closing: 'Closing…',
    keepOpen: 'Keep open',
    keepingOpen: 'Noting…',
    more: 'More',
    less: 'Less',
    turnOn: 'Turn on',
    turningOn: 'Preparing…',
    remove: 'Remove opening',
    removing: 'Removing…',
    readExactly: 'Read the exact rules',
    readExactlyWhy: 'Asks once for your password. Only reads; nothing is changed.',
    ifClosed: 'If you close it',
    runBy: 'Run by',
    decidedBy: 'Decided by',
    showPort: 'All about this port',
    closeLabel: (name: string) => `Close ${name}`,
    keepLabel: (name: string) => `Keep open: ${name}`,
    severity: { high: 'Close this first', medium: 'Worth closing', low: 'Minor' } satisfies Record<Severity, string>,
    yourCall: 'Your call',
    ways: 'Ways',
    showWays: 'How to close it',
    keptTitle: 'Kept open by you',
    stopKeeping: 'Advise again',
    stopKeepingLabel: (name: string) => `Advise again: ${name}`,
    keptAnnounced: (target: Target, keep: boolean) =>
      keep ? `${portName(target)} is kept open. No more advice on it.` : `${portName(target)} is advised on again.`,
    checkedTitle: (asOf: string | null) => (asOf === null ? 'What was checked' : `What was checked at ${time(asOf)}`),
    checkedListening: (count: number, self: number) =>
      count === 0
        ? 'Nothing listens'
        : `${plural(count, { one: 'port listens', other: 'ports listen' })}, ${number(self)} of them for this computer only`,
    checkedOthers: (count: number, unknown: number) => {
      if (count > 0) return `${number(count)} can be reached by others`;
      return unknown > 0 ? 'None is known to be reachable by others' : 'None can be reached by others';
    },
    checkedUnknown: (count: number) =>
      `Of ${number(count)} it cannot be told who can reach ${count === 1 ? 'it' : 'them'}`,
    checkedConnections: (inbound: number, outbound: number) =>
      `${plural(inbound, { one: 'connection', other: 'connections' })} from others, ${number(outbound)} to others`,
    checkedInterface: (kind: InterfaceKind, name: string, addresses: readonly string[]) =>
      `${upper(NETWORK[kind])} ${foreign(name)}: ${addresses.slice(0, 2).map(foreign).join(', ')}`,
    firewallLine: (state: FirewallState): string => {
      const name = `The firewall (${FIREWALL[state.id]})`;
      if (state.active === null) return `${name} may be on or off: that cannot be read`;
      if (!state.active) return `${name} is off: it stops nobody`;
      switch (state.defaults.inbound) {
        case 'deny':
        case 'reject':
          return `${name} is on and turns others away unless a rule lets them in`;
        case 'allow':
          return `${name} is on but lets others in unless a rule stops them`;
        case 'unknown':
          return `${name} is on`;
      }
    },
    unreadTitle: 'What could not be read',
    unreadLead: 'Where it matters for a verdict, the verdict says “cannot tell” rather than guessing.',
    historyTitle: 'Last change',
  },

  listGap: {
    title: 'Not everything that listens could be read.',
    text: 'There may be more ports than these. Keep closed says what is missing, and what would settle it.',
  },
};
