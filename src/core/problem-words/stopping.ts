/** Problems of stopping what listens, in English. */
import { howText } from '../gaps/how.ts';
import { whyText } from '../gaps/index.ts';
import { portWords } from '../plan/english/parts.ts';
import type { Wording } from '../problem.ts';
import type { StoppingProblem } from '../problem/stopping.ts';
import { shownCommand } from '../shell-command.ts';

const IN_FIREWALL = 'Close the port in the firewall instead.';
const PUT_BACK = 'Close the port in the firewall instead: that is put back unless you confirm it.';

export const stoppingWords: Wording<StoppingProblem> = {
  'stops-for-all': ({ reopen }) => [
    'Stopping a program closes its port for everyone.',
    reopen ? 'To start it again, undo the change that stopped it.' : 'Leave out for whom.',
  ],
  'nothing-listens': ({ target }) => [`Nothing listens on ${portWords(target)}.`, 'Scan again.'],
  'listening-unread': ({ target }) => [
    `Whether anything listens on ${portWords(target)} could not be read.`,
    'Scan: it says what is missing, and what would settle it.',
  ],
  'owner-unseen': ({ target }) => [
    `Whose ${portWords(target)} is cannot be seen.`,
    'See all owners: sudo portcullis scan',
  ],
  'services-and-programs': () => [
    'Some of these are services, which can be started again by undo, and some are programs, which cannot.',
    'Stop them one by one.',
  ],
  'services-unknown': ({ why, how }) => [`The services are not known: ${whyText(why)}.`, `Look with: ${howText(how)}`],
  'unit-not-systems': ({ unit }) => [
    `${unit} is not stopped: it is no service of the system’s.`,
    `If it is one of your own: ${shownCommand(['systemctl', '--user', 'stop', unit])}`,
  ],
  'unit-of-containers': ({ unit }) => [
    `${unit} is not stopped: it runs the containers, all of them.`,
    'Publish the container’s port on 127.0.0.1 only, stop the container, or close the port ahead of it: --way own-table',
  ],
  'unit-needed': ({ unit }) => [`${unit} is not stopped: this computer needs it to work.`, IN_FIREWALL],
  'of-container': ({ port }) => [
    `${portWords(port)}, ${port.name ?? ''}, belongs to a container.`,
    'Stop the container, or publish its port on 127.0.0.1 only.',
  ],
  'of-another-user': ({ program, pid }) => [
    `${program} (process ${pid}) is another user’s, and Portcullis ends only your own programs.`,
    `End it by hand: sudo kill ${pid}`,
  ],
  'nothing-to-confirm': () => [
    'A program that was ended cannot be brought back from here, so there is nothing to confirm.',
    IN_FIREWALL,
  ],
  'another-listens': ({ port }) => [
    `Another program listens on ${portWords(port)} as well: ${port.name ?? ''}.`,
    IN_FIREWALL,
  ],
  'session-ends': () => [
    'A remote session comes in through this program, and nothing here could start it again.',
    PUT_BACK,
  ],
  'sessions-unread': () => [
    'It could not be read whether a remote session is open that this would end, and nothing here could start it again.',
    PUT_BACK,
  ],
  'program-left': ({ program, pid }) => [
    `${program} (process ${pid}) no longer listens there, so nothing was ended.`,
    'Scan again.',
  ],
  'program-unasked': ({ program, pid }) => [
    `${program} (process ${pid}) could not be asked to end, so nothing was ended.`,
    'Scan again.',
  ],
  'end-unread': ({ programs }) => [
    `${programs.join(' and ')} was asked to end; whether anything listens there still could not be read.`,
    'Scan again to see whether it has ended.',
  ],
  'still-listens': ({ name, seconds, pid }) => [
    `${name} still listens: it did not end within ${seconds} seconds, or was started again.`,
    `End what starts it, or end it by force: kill -9 ${pid ?? ''}`.trim(),
  ],
};
