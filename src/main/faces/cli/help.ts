/** The help, made from the commands themselves. */
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';
import { definitions, paragraph, wrap } from './text.ts';

export const STATUSES = [
  ['0', 'done'],
  ['1', 'there is advice at or above --fail-on'],
  ['2', 'wrong usage'],
  ['3', 'the verdict that was asked for cannot be told'],
  ['4', 'refused, or not permitted'],
  ['5', 'a change was put back: it did not do what it should, or was not confirmed'],
  ['70', 'a fault of the program itself'],
] as const;

export function generalHelp(commands: readonly Command[], { style, columns }: Terminal): string {
  return [
    `${style.bold('portcullis')}: keep ports closed unless you need them.`,
    '',
    definitions(
      commands.map(({ name, says }) => [name, says] as const),
      columns,
    ),
    '',
    'Start with: portcullis scan',
    'More on a command: portcullis help COMMAND',
    '',
    style.bold('Exit status'),
    definitions(STATUSES, columns),
    '',
  ].join('\n');
}

export function commandHelp({ name, usage, more, options }: Command, { style, columns }: Terminal): string {
  const rows = Object.entries(options).map(
    ([option, { value, says }]) => [`--${option}${value === undefined ? '' : ` ${value}`}`, says] as const,
  );
  return [
    ...usage.map((line) => {
      const [first = '', ...rest] = wrap(`portcullis ${name} ${line}`.trimEnd(), columns - 4);
      return [style.bold(first), ...rest.map((part) => `    ${part}`)].join('\n');
    }),
    ...more.flatMap((text) => ['', paragraph(text, 0, columns)]),
    ...(rows.length === 0 ? [] : ['', style.bold('Options'), definitions(rows, columns)]),
    '',
  ].join('\n');
}
