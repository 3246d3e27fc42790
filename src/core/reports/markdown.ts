/**
 * The report as Markdown: CommonMark with the tables of GitHub Flavored Markdown.
 *
 * In running text every character that could begin markup has a backslash (CommonMark 0.31.2, 2.4 Backslash escapes), and
 * what a reader would make a link or a mention of by itself (`https://`, `www.`, `name@`: GFM 0.29, 6.9) is broken by an
 * escape, a reference to a character, or an empty comment. Rules and commands stand in code with a fence longer than any in
 * them (6.1). In tables `|` has a backslash, in code too (GFM, 4.10), and in code only there: elsewhere it would be read as a
 * backslash (6.1). `visible` has left no line break in foreign text.
 */
import {
  type Advice,
  adviceOf,
  firewallsOf,
  forwardsOf,
  gapsOf,
  headOf,
  listenersOf,
  networksOf,
  type ToldWay,
} from './content/index.ts';
import { inPieces } from '../advice/pieces.ts';
import type { ReportSource } from './source.ts';
import { visible } from '../visible.ts';

/** @returns the file, part by part */
export function* markdownReport(source: ReportSource): Generator<string> {
  const { words } = source;
  const head = headOf(source);
  yield `# ${text(head.title)}\n\n**${text(head.state)}**\n\n${text(head.detail)}\n\n`;
  yield table(
    ['', ''],
    head.facts.map(({ name, value }) => [bold(name), text(value)]),
  );
  yield `\n${head.counts
    .filter(({ count }) => count > 0)
    .map(({ text: said }) => `- ${text(said)}\n`)
    .join('')}`;

  yield heading(words.headings.advice);
  const advice = adviceOf(source);
  yield advice.length === 0 ? `${text(words.none.advice)}\n` : `${text(words.leads.advice)}\n`;
  for (const [index, one] of advice.entries()) yield adviceText(one, index, source);

  yield heading(words.headings.ports);
  if (!head.listWhole) yield `${text(words.moreMayListen)}\n\n`;
  if (source.report.listeners.length === 0) {
    yield `${text(head.listWhole ? words.none.ports : words.none.portsUnread)}\n`;
  } else {
    const { port, what, who, why } = words.columns;
    yield tableHead([port, what, who, why]);
    for (const one of listenersOf(source)) {
      yield row([
        bold(one.port) + (one.listener.kept ? `<br>${text(words.labels.kept)}` : ''),
        `${text(one.name)}${one.byNumber ? '?' : ''}<br>${codeInCell(one.program)}<br>${text(one.listens.join(', '))}`,
        text(one.whoLong),
        [one.why === null ? '' : text(one.why), waysText(one.ways, source)].filter((part) => part !== '').join('<br>'),
      ]);
    }
  }

  const forwards = [...forwardsOf(source)];
  if (forwards.length > 0) {
    const { port, leads, who, why } = words.columns;
    yield heading(words.headings.led);
    yield `${text(words.leads.led)}\n\n${tableHead([port, leads, who, why])}`;
    for (const one of forwards) {
      yield row([
        bold(one.door) + (one.forward.kept ? `<br>${text(words.labels.kept)}` : ''),
        `${text(one.to)}<br>${text(`${words.labels.ruleOf} ${one.ruleOf}`)}`,
        text(one.whoLong),
        [one.why === null ? '' : text(one.why), waysText(one.ways, source)].filter((part) => part !== '').join('<br>'),
      ]);
    }
  }
  yield* machine(source);
  yield* unread(source);
  yield `\n---\n\n${text(words.end(source.version))}\n`;
}

function* machine(source: ReportSource): Generator<string> {
  const { words, report } = source;
  const { firewall } = words;
  yield heading(words.headings.firewalls);
  const firewalls = firewallsOf(source);
  if (firewalls.length === 0) yield `${text(report.complete ? words.none.firewalls : words.none.firewallsUnread)}\n`;
  for (const one of firewalls) {
    yield `- ${bold(one.name)}: ${text(one.is)}. ${text(one.says)}\n`;
    yield `  - ${text(firewall.inbound)}: ${text(one.inbound)}\n  - ${text(firewall.outbound)}: ${text(one.outbound)}\n`;
    for (const { name, is, inbound, interfaces } of one.profiles) {
      const on = interfaces.length === 0 ? '' : ` (${firewall.interfaces}: ${interfaces.join(', ')})`;
      yield `  - ${text(`${firewall.profile} ${name}: ${is}; ${firewall.inbound}: ${inbound}${on}`)}\n`;
    }
  }
  yield heading(words.headings.networks);
  const networks = networksOf(source);
  if (networks.length === 0) yield `${text(words.none.networks)}\n`;
  for (const { name, kind, addresses } of networks)
    yield `- ${bold(name)} (${text(kind)}): ${text(addresses.join(', '))}\n`;
}

function* unread(source: ReportSource): Generator<string> {
  const { words } = source;
  const gaps = gapsOf(source);
  yield heading(words.headings.unread);
  yield gaps.length === 0 ? `${text(words.none.unread)}\n` : `${text(words.leads.unread)}\n\n`;
  for (const { what, why, how, commands } of gaps)
    yield `- ${text(what.join('; '))}: ${text(why)}. ${text(words.settle)}: ${prose(how, commands, '  ')}\n`;
}

function adviceText(one: Advice, index: number, { words }: ReportSource): string {
  const { advice } = words;
  return [
    `\n### ${index + 1}\\. ${text(one.title)}\n\n${bold(one.severityWords)}\n`,
    `${bold(advice.why)}: ${prose(one.why, one.commands)}\n`,
    ...(one.ifClosed === '' ? [] : [`${bold(advice.ifClosed)}: ${prose(one.ifClosed, one.commands)}\n`]),
    ...(one.command === null ? [] : [`${bold(advice.type)}: ${code(one.command)}\n`]),
    ...(one.ways.length === 0
      ? []
      : [
          `${bold(advice.how)}:\n\n${one.ways.map((way) => `- ${bold(way.title)}: ${prose(way.text, way.commands, '  ')}\n`).join('')}`,
        ]),
    ...(one.source === null ? [] : [`${bold(advice.source)}: <${one.source}>\n`]),
  ].join('\n');
}

/** The ways in, short: how each ends, and the rule that decides it. */
const waysText = (ways: readonly ToldWay[], { words }: ReportSource): string =>
  ways
    .map(({ outcome, where, steps, reasons }) => {
      const rules = steps
        .filter(({ decides }) => decides)
        .map(({ place, rule, effect }) =>
          [place === '' ? '' : `${text(place)}: `, codeInCell(rule), effect === '' ? '' : ` → ${text(effect)}`].join(
            '',
          ),
        );
      return [
        `${text(outcome)}: ${text(where)}`,
        ...rules.map((rule) => `${rule} (${text(words.labels.decides)})`),
        ...reasons.map(text),
      ].join('<br>');
    })
    .join('<br>');

/**
 * Sentences, in which each command that they name is a paragraph of its own.
 * @param indent of what follows the first line, in blanks: in a list, as far as its text is
 */
const prose = (said: string, commands: readonly string[], indent = ''): string =>
  inPieces(said, commands)
    .map((piece) => (piece.kind === 'command' ? code(piece.text) : text(piece.text)))
    .join(`\n\n${indent}`);

const heading = (said: string): string => `\n## ${text(said)}\n\n`;
const bold = (said: string): string => `**${text(said)}**`;

const tableHead = (names: readonly string[]): string => `${row(names.map(text))}|${' --- |'.repeat(names.length)}\n`;
const table = (names: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${tableHead(names)}${rows.map(row).join('')}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const MARKUP = /[\\`*_{}[\]<>|~#$!&]/g;

/** Running text, in which nothing is markup. */
export const text = (said: string): string =>
  visible(said)
    .replace(MARKUP, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1&#46;')
    .replace(/@(?=\w)/g, '@<!-- -->')
    // At the beginning of a line it would make a list or a heading.
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');

/** A rule or a command, exactly as it is. A span of blanks alone is none: there an element holds it. */
export function code(said: string): string {
  const shown = visible(said);
  if (shown.trim() === '') return `<code>${text(shown)}</code>`;
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same in a table. A backslash right before `|` could not stand in a span of code there: an element holds it. */
export function codeInCell(said: string): string {
  const shown = visible(said);
  return shown.includes('\\|') ? `<code>${text(shown)}</code>` : code(shown).replaceAll('|', '\\|');
}
