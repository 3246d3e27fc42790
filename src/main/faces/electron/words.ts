/** Every word of the tray, its notifications and what it has to say when a choice cannot be kept. English only, so far. */
import type { LiveEvent } from '../../../core/live/index.ts';
import type { TrayAdvice, TrayState } from '../../../core/live/tray.ts';
import type { Report, Target } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { eventSentence } from '../places.ts';

/** Sentences of a notification; a list of ports is for the window. */
const MOST = 3;

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

const stateOf = ({ gate, ports, firewallOff }: TrayState): string => {
  switch (gate) {
    case 'up':
      return ports === 1
        ? 'One port is open to others that you probably don’t need.'
        : `${ports} ports are open to others that you probably don’t need.`;
    case 'doubt':
      if (ports === null) return 'Looking at who can reach this computer…';
      if (ports === 0) return 'Not everything that listens could be read.';
      return `Who can reach ${ports === 1 ? 'one port' : `${ports} ports`} can’t be told yet.`;
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

export const words = {
  tray: {
    state: stateOf,
    tip: (state: TrayState, readAt: string | null): string =>
      ['Portcullis', stateOf(state), ...(readAt === null ? [] : [`As of ${CLOCK.format(new Date(readAt))}`])].join(
        '\n',
      ),
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
} as const;
