/** The manual page, made from the commands themselves as the help is; written when a package is made. */
import { version } from '../../../../package.json';
import { commands } from './commands/index.ts';
import { STATUSES } from './help.ts';

/** Text that no line of it can be read as a request to the formatter. */
const plain = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replace(/^(?=[.'])/gm, String.raw`\&`);

const entry = (term: string, says: string): string => `.TP\n.B ${plain(term)}\n${plain(says)}`;

/** @param date `2026-11-28` */
export function manual(date: string): string {
  return [
    `.TH PORTCULLIS 1 "${date}" "Portcullis ${version}" "User Commands"`,
    '.SH NAME',
    String.raw`portcullis \- keep ports closed unless you need them`,
    '.SH SYNOPSIS',
    '.B portcullis',
    '.I COMMAND',
    '[ARGUMENT...]',
    '.SH DESCRIPTION',
    plain(
      'Shows which ports of this computer wait for others, who can get through to each one and by which firewall rule, and which of them are probably not needed. Closes them through the firewall, proves that they are closed, and can undo it. It opens no network connection.',
    ),
    '.PP',
    plain(
      'Run it as yourself. Where a change needs it you are asked for the permission, and the question says what will be changed.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, usage, says, more, options }) => [
      `.SS ${plain(name)}`,
      plain(`${says.charAt(0).toUpperCase()}${says.slice(1)}.`),
      ...usage.map((line) => `.PP\n.B ${plain(`portcullis ${name} ${line}`.trimEnd())}`),
      ...more.map((text) => `.PP\n${plain(text)}`),
      ...Object.entries(options).map(([option, { value, says: what }]) =>
        entry(`--${option}${value === undefined ? '' : ` ${value}`}`, what),
      ),
    ]),
    '.SH EXIT STATUS',
    ...STATUSES.map(([status, says]) => entry(status, says)),
    '.SH FILES',
    entry('/var/lib/portcullis', 'The journal of all changes, and what was there before each; for root alone.'),
    entry('~/.local/state/portcullis', 'Your own copy of the history.'),
    '.SH SEE ALSO',
    '.BR ufw (8),',
    '.BR pkexec (1)',
    '',
  ].join('\n');
}
