/** What a command of the terminal is, and how its arguments are read. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Target } from '../../../core/model.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { visible } from '../../../core/visible.ts';
import { nearest } from './nearest.ts';
import type { Status } from './status.ts';
import type { Terminal } from './terminal.ts';

interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  readonly says: string;
}

type Options = Readonly<Record<string, Option>>;
type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends { readonly multiple: true }
    ? readonly string[]
    : O[K]['type'] extends 'boolean'
      ? boolean
      : string;
};

export interface Command {
  readonly name: string;
  /** Arguments without the program and command: `PORT[/tcp] [--json]`. */
  readonly usage: readonly string[];
  /** One line for the list of commands. */
  readonly says: string;
  /** Paragraphs for `help COMMAND`. */
  readonly more: readonly string[];
  readonly options: Options;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Status>;
}

/** A command from its description; `run` gets its arguments parsed and checked against `options`. */
export function command<const O extends Options>(
  description: Omit<Command, 'options' | 'run'> & {
    readonly options: O;
    readonly run: (values: Values<O>, operands: readonly string[], terminal: Terminal) => Promise<Status>;
  },
): Command {
  return {
    ...description,
    run: (args, terminal) => {
      const { values, operands } = read(description, args);
      return description.run(values as Values<O>, operands, terminal);
    },
  };
}

function read(of: Pick<Command, 'name' | 'usage' | 'options'>, args: readonly string[]) {
  // parseArgs takes `-3000` apart into options; a person meant something else.
  const options = of.options as NonNullable<ParseArgsConfig['options']>;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = of.options[token.name];
    if (option === undefined) {
      const near = nearest(token.name, Object.keys(of.options));
      throw usage(of, `"${of.name}" has no option ${token.rawName}.`, near === null ? null : `--${near}`);
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      throw usage(of, `${token.rawName} takes no value.`, token.rawName);
    }
    if (
      option.type === 'string' &&
      (token.value === undefined ||
        token.value === '' ||
        (!token.inlineValue && token.value.startsWith('-') && token.value !== '-'))
    ) {
      throw usage(of, `${token.rawName} needs a value.`, `${token.rawName} ${option.value ?? 'VALUE'}`);
    }
    if (
      option.multiple !== true &&
      tokens.some(
        (other) =>
          other.kind === 'option' && other.name === token.name && other.index > token.index && option.type === 'string',
      )
    ) {
      throw usage(of, `${token.rawName} was given twice.`, null);
    }
  }
  const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  return { values, operands: positionals };
}

/** A usage problem, with the right way beside it. */
export function usage(of: Pick<Command, 'name' | 'usage'>, message: string, suggestion: string | null): Error {
  const right = of.usage.map((line) => `portcullis ${of.name} ${line}`.trimEnd()).join('\n       ');
  return terminalProblem(
    'bad-input',
    visible(message),
    `${suggestion === null ? '' : `Did you mean ${suggestion}?\n`}usage: ${right}`,
  );
}

export interface PortArgument {
  readonly port: number;
  /** null = not said. */
  readonly protocol: Target['protocol'] | null;
}

/** `3000`, `3000/tcp`, and the ids of reports: `tcp/3000`, `tcp/53@127.0.0.53`. */
export function readPort(of: Pick<Command, 'name' | 'usage'>, text: string): PortArgument {
  const found =
    /^(?<port>\d{1,5})(?:\/(?<protocol>tcp|udp))?$/i.exec(text) ??
    /^(?<protocol>tcp|udp)\/(?<port>\d{1,5})(?:@.*)?$/i.exec(text);
  const port = Number(found?.groups?.['port'] ?? Number.NaN);
  if (!(port >= 1 && port <= 65_535)) {
    const digits = /\d{1,5}/.exec(text)?.[0];
    const number = Number(digits ?? 0);
    throw usage(
      of,
      `"${text}" is not a port: a number from 1 to 65535, with /tcp or /udp if you like.`,
      number >= 1 && number <= 65_535 ? String(number) : null,
    );
  }
  const protocol = found?.groups?.['protocol']?.toLowerCase();
  return { port, protocol: protocol === 'tcp' || protocol === 'udp' ? protocol : null };
}

/** Exactly one operand, or a usage problem that names it. */
export function onePort(of: Pick<Command, 'name' | 'usage'>, operands: readonly string[]): PortArgument {
  const [first, second] = operands;
  if (first === undefined) throw usage(of, `"${of.name}" needs a port.`, `portcullis ${of.name} 3000`);
  if (second !== undefined)
    throw usage(of, `"${of.name}" takes one port, not ${operands.length}.`, `portcullis ${of.name} ${first}`);
  return readPort(of, first);
}

/** No operands, or a usage problem. */
export function none(of: Pick<Command, 'name' | 'usage'>, operands: readonly string[]): void {
  if (operands[0] !== undefined) throw usage(of, `"${of.name}" does not take "${operands[0]}".`, null);
}

/** One of a list of words, or a usage problem with the nearest. */
export function oneOf<const W extends string>(
  of: Pick<Command, 'name' | 'usage'>,
  option: string,
  text: string,
  words: readonly W[],
): W {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const near = nearest(text, words);
  throw usage(
    of,
    `--${option} is one of ${words.join(', ')}, not "${text}".`,
    near === null ? null : `--${option} ${near}`,
  );
}

/** The value of `--confirm` as a part of a choice, or a usage problem. */
export function readSeconds(
  of: Pick<Command, 'name' | 'usage'>,
  text: string | undefined,
): { readonly confirm?: number } {
  if (text === undefined) return {};
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 10 && seconds <= 600) return { confirm: seconds };
  throw usage(of, `--confirm takes seconds, 10 to 600, not "${text}".`, '--confirm 30');
}
