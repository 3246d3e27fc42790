/**
 * The terminal face: the process around it. Loaded by `bin/portcullis.cjs`.
 *
 *   index      this process: arguments in, exit status out
 *   run        which command, and what to say when it fails
 *   commands/  one file a command; `command` reads their arguments, `nearest` guesses what was meant
 *   terminal   standard output, standard error, questions
 *   text       layout; `words` the report in words; `json` the promised JSON
 *   status     the promised exit statuses
 *
 * Start-up time counts here: nothing on the way of `scan` may load schemas, the window, or what only a change needs, and
 * this file is small, so that a scan's commands start at once.
 */
import { lookAhead } from '../../ahead.ts';
import { STATUS } from './status.ts';
import { processTerminal } from './terminal.ts';

const args = process.argv.slice(2);
// What a scan reads is under way while the rest is loaded. A saved snapshot needs none of it.
if (args[0] === 'scan' && !args.some((arg) => arg.startsWith('--from') || arg === '--help')) lookAhead();
// A window shows a scan first, and its browser takes longer to come up than all else.
const ahead = args[0] === 'open' && args.length === 1 ? windowAhead() : undefined;
async function windowAhead(): Promise<void> {
  const { startBrowserAhead } = await import('./browser-ahead.ts');
  if (await startBrowserAhead()) lookAhead();
}

const terminal = processTerminal((error) => {
  // Where only the reader has gone, there is nobody left to work for, and nothing went wrong.
  if (error === null) process.exit(STATUS.done);
  terminal.note(`portcullis: the result could not be written: ${error.message}\n`);
  process.exit(STATUS.refused);
});

void Promise.resolve(ahead)
  .then(() => import('./run.ts'))
  .then(({ run }) => run(args, terminal))
  // All that was to be done is done and written; taking Node apart piece by piece would only take time.
  .then((status) => process.exit(status));
