/** Finding the command that was named, running it, and saying what went wrong. */
import { visible } from '../../../core/visible.ts';
import { commands } from './commands/index.ts';
import { nearest } from './nearest.ts';
import { STATUS, type Status, statusOf } from './status.ts';
import type { Terminal } from './terminal.ts';
import { type TerminalProblem, terminalProblem } from '../terminal-problem.ts';
import { problemIn } from './said.ts';
import { generalHelp, commandHelp } from './help.ts';
import { version } from '../../../../package.json';

/** Run the command line (without node and script) and resolve to the exit status. Never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<Status> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    const { noteStyle: style } = terminal;
    const said = await problemIn(error);
    if (said !== null) {
      const { code, message, hint } = said;
      terminal.note(`${style.bold('portcullis:')} ${lines(message)}\n${lines(hint)}\n`);
      return statusOf(code);
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.note(`${style.bold('portcullis:')} this is a fault of the program, not of yours.\n${lines(what)}\n`);
    return STATUS.fault;
  }
}

/** Every line made visible; the breaks between them stay. */
const lines = (text: string): string => text.split('\n').map(visible).join('\n');

async function dispatch(args: readonly string[], terminal: Terminal): Promise<Status> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') return help(rest[0], terminal);
  if (name === 'help') return help(rest[0], terminal);
  if (name === '--version' || name === '-v' || name === 'version') {
    terminal.out(`portcullis ${version}\n`);
    return STATUS.done;
  }
  const found = commands.find((one) => one.name === name);
  if (found === undefined) throw unknown(name);
  const end = rest.indexOf('--');
  const asked = (end === -1 ? rest : rest.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
  return asked ? help(name, terminal) : found.run(rest, terminal);
}

function help(name: string | undefined, terminal: Terminal): Status {
  if (name === undefined) {
    terminal.out(generalHelp(commands, terminal));
    return STATUS.done;
  }
  const found = commands.find((one) => one.name === name);
  if (found === undefined) throw unknown(name);
  terminal.out(commandHelp(found, terminal));
  return STATUS.done;
}

function unknown(name: string): TerminalProblem {
  const near = nearest(name, [...commands.map((one) => one.name), 'help']);
  const port = /^\d{1,5}(?:\/(?:tcp|udp))?$/.test(name);
  return terminalProblem(
    'bad-input',
    `there is no command "${name}".`,
    port
      ? `Did you mean: portcullis explain ${name}?`
      : `${near === null ? '' : `Did you mean: portcullis ${near}?\n`}All commands: portcullis help`,
  );
}
