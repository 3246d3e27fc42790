/** Problems of the program itself, and of changes that stand in each other's way, in English. */
import type { Wording } from '../problem.ts';
import type { RunningProblem } from '../problem/running.ts';

const CLOSE_WINDOW = 'Close the window and open it again.';

export const runningWords: Wording<RunningProblem> = {
  busy: ({ holder, retry }) => {
    const by =
      holder === null
        ? ''
        : `, by ${holder.who}, for ${holder.seconds} ${holder.seconds === 1 ? 'second' : 'seconds'}: “${holder.what}”`;
    return [
      `Another change of the firewall is being made right now${by}.`,
      `Wait until it is finished${retry ? ', then try again' : ''}.`,
    ];
  },
  'busy-here': () => ['Another change is being made right now.', 'Wait until it is finished, then try again.'],
  'another-waits': ({ change: { id, summary } }) => [
    `A change waits to be confirmed: “${summary}”.`,
    `Keep it with: portcullis confirm ${id}, or put it back with: portcullis undo ${id}`,
  ],
  'silent-holder': () => [
    'The program that made this change still runs and does not answer: it is putting it back, or was stopped.',
    'See what became of it with: portcullis history',
  ],
  'lock-failed': ({ exit }) => [`The lock could not be taken: ${exit}.`, 'Try again.'],
  replayed: () => [
    'This is a saved snapshot, so there is nothing here to change.',
    'Run Portcullis on the computer itself, without --from.',
  ],
  'request-misunderstood': ({ request, said }) => [`The request "${request}" was not understood.`, said],
  'request-unknown': () => ['The window asked for something that does not exist.', CLOSE_WINDOW],
  'request-foreign': () => ['The message did not come from the window.', CLOSE_WINDOW],
  'answer-failed': () => ['The answer failed.', CLOSE_WINDOW],
  fault: ({ said }) => [`Something went wrong: ${said}`, 'Scan again; if it stays, save a snapshot and report it.'],
  told: ({ message, hint }) => [message, hint],
};
