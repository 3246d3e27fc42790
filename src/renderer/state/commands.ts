/** What was typed into the list of commands -> the commands that fit, the best first. Pure. */
import { isListWhole } from '../../core/listeners/whole.ts';
import { EXPORT_FORMATS } from '../../core/firewalls/formats.ts';
import type { Change, ExportFormat, Report, ReportListener, Target } from '../../core/model.ts';
import { words } from '../text/words.ts';
import { foreign } from '../text/format.ts';
import { lastApplied, listenerOf, targetKey, toneOf } from './select.ts';
import { LANGUAGES } from './language.ts';
import type { LanguageChoice, Route, Theme } from './store.ts';

type Does =
  | { readonly do: 'go'; readonly route: Route }
  | { readonly do: 'close'; readonly target: Target; readonly finding: string | null; readonly listener: string | null }
  | { readonly do: 'show'; readonly listener: string }
  | { readonly do: 'export'; readonly format: ExportFormat }
  | { readonly do: 'open-intent' }
  | { readonly do: 'scan'; readonly exact: boolean }
  | { readonly do: 'undo'; readonly change: string }
  | { readonly do: 'theme'; readonly theme: Theme }
  | { readonly do: 'language'; readonly language: LanguageChoice };

export interface Command {
  readonly id: string;
  readonly title: string;
  /** What stands beside it: whose port it is, what it asks for. */
  readonly hint: string;
  /** Other words that people have for it. */
  readonly also?: string;
  readonly does: Does;
}

export interface Surroundings {
  readonly report: Report | null;
  readonly history: readonly Change[];
}

/** As many as are shown; more could not be looked over. */
const MOST = 14;

export function commandsFor(text: string, { report, history }: Surroundings): readonly Command[] {
  const asked = report === null ? null : askedPort(text);
  if (asked !== null && report !== null) return portCommands(asked, report).slice(0, MOST);
  const typed = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fixed = [...views(), ...others(history)];
  if (typed.length === 0) return fixed.slice(0, MOST);
  const all = report === null ? fixed : [...fixed, ...report.listeners.flatMap((one) => listenerCommands(one, report))];
  return all
    .map((command) => ({ command, score: scoreOf(`${command.title} ${command.hint} ${command.also ?? ''}`, typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ command }) => command);
}

export interface AskedPort {
  readonly wants: 'close' | 'who' | 'either';
  readonly port: number;
  readonly protocol: Target['protocol'] | null;
}

/** `close 3000`, `who can reach 22/tcp`, `5353/udp`; null: it names no port. */
export function askedPort(text: string): AskedPort | null {
  const { asks } = words.palette;
  const trimmed = text.trim().replace(/\s+/g, ' ').replace(/ ?\?$/, '');
  const wants = (['close', 'who'] as const).find((one) => trimmed.search(asks[one]) >= 0) ?? 'either';
  const rest = (wants === 'either' ? trimmed : trimmed.replace(asks[wants], '')).replace(/^port /i, '').trim();
  const named = /^(\d{1,5})(?:\s*[/ ]\s*(tcp|udp))?$/i.exec(rest);
  const port = Number(named?.[1]);
  if (named === null || port < 1 || port > 65535) return null;
  const protocol = named[2]?.toLowerCase();
  return { wants, port, protocol: protocol === 'tcp' || protocol === 'udp' ? protocol : null };
}

function portCommands({ wants, port, protocol }: AskedPort, report: Report): readonly Command[] {
  const there = report.listeners.filter((one) => one.port === port && (protocol === null || one.protocol === protocol));
  const close = (one: ReportListener): readonly Command[] =>
    toneOf(one) === 'self' ? [] : [closeCommand(one, one, report)];
  if (there.length === 0) {
    const target: Target = { protocol: protocol ?? 'tcp', port };
    return wants === 'who' ? [] : [closeCommand(target, null, report)];
  }
  switch (wants) {
    case 'close':
      // A port that nobody else reaches has nothing to close: why that is stands with its details.
      return there.flatMap((one) => (toneOf(one) === 'self' ? [whoCommand(one)] : close(one)));
    case 'who':
      return there.map(whoCommand);
    case 'either':
      return [...there.map(whoCommand), ...there.flatMap(close)];
  }
}

const listenerCommands = (one: ReportListener, report: Report): readonly Command[] => [
  whoCommand(one),
  ...(toneOf(one) === 'self' ? [] : [closeCommand(one, one, report)]),
];

const nameOf = (one: ReportListener): string => foreign(one.owner.program ?? words.identityName(one));

const whoCommand = (one: ReportListener): Command => ({
  id: `who:${one.id}`,
  title: words.palette.who(one),
  hint: nameOf(one),
  does: { do: 'show', listener: one.id },
});

function closeCommand({ protocol, port }: Target, listener: ReportListener | null, report: Report): Command {
  const target: Target = { protocol, port };
  const finding = report.findings.find((one) => one.listener !== null && listenerOf(report, one.listener) === listener);
  return {
    id: `close:${listener?.id ?? targetKey(target)}`,
    title: words.palette.close(target),
    hint: listener !== null ? nameOf(listener) : words.palette[isListWhole(report) ? 'nothingListens' : 'nothingKnown'],
    does: {
      do: 'close',
      target,
      finding: listener === null ? null : (finding?.id ?? null),
      listener: listener?.id ?? null,
    },
  };
}

const ROUTES: readonly Route[] = [
  { view: 'keep-closed' },
  { view: 'ports', tab: 'inbound', listener: null },
  { view: 'firewall' },
  { view: 'export', targets: null },
  { view: 'history' },
  { view: 'learn' },
];

const views = (): readonly Command[] =>
  ROUTES.map((route) => ({
    id: `go:${route.view}`,
    title: words.palette.open(words.nav[route.view]),
    hint: '',
    does: { do: 'go', route },
  }));

/** Shown before anything is typed; the other formats are found by their names. */
const OFTEN: readonly ExportFormat[] = ['ufw', 'windows'];

const exporting = (format: ExportFormat): Command => ({
  id: `export:${format}`,
  title: words.palette.exportFor(format),
  hint: '',
  does: { do: 'export', format },
});

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function others(history: readonly Change[]): readonly Command[] {
  const last = lastApplied(history);
  const { palette, theme, language } = words;
  return [
    { id: 'scan', title: palette.scan, hint: '', also: palette.scanAlso, does: { do: 'scan', exact: false } },
    {
      id: 'exact',
      title: palette.exact,
      hint: palette.exactHint,
      also: palette.exactAlso,
      does: { do: 'scan', exact: true },
    },
    ...(last === undefined
      ? []
      : [
          {
            id: 'undo',
            title: palette.undo,
            hint: foreign(words.plan.summary(last.plan, history)),
            does: { do: 'undo', change: last.id },
          } satisfies Command,
        ]),
    ...OFTEN.map(exporting),
    ...THEMES.map(
      (one): Command => ({
        id: `theme:${one}`,
        title: palette.theme(theme[one]),
        hint: '',
        does: { do: 'theme', theme: one },
      }),
    ),
    {
      id: 'open-intent',
      title: palette.openIntent,
      hint: '',
      also: palette.openIntentAlso,
      does: { do: 'open-intent' },
    },
    ...LANGUAGES.map(
      (one): Command => ({
        id: `language:${one}`,
        title: palette.language(language[one]),
        hint: '',
        also: palette.languageAlso,
        does: { do: 'language', language: one },
      }),
    ),
    ...EXPORT_FORMATS.filter((format) => !OFTEN.includes(format)).map(exporting),
  ];
}

/** Every word that was typed must fit a word of the command: its beginning best, then a part, then its letters in order. */
export function scoreOf(title: string, typed: readonly string[]): number {
  const parts = title
    .toLowerCase()
    .split(/[\s/:()]+/)
    .filter(Boolean);
  let score = 0;
  for (const word of typed) {
    const best = Math.max(0, ...parts.map((part) => fit(part, word)));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

function fit(part: string, word: string): number {
  if (part.startsWith(word)) return part.length === word.length ? 5 : 4;
  if (word.length > 1 && part.includes(word)) return 2;
  // Letters in order, from the first one on: `expt` is export. Numbers are never guessed at.
  if (word.length < 3 || part[0] !== word[0] || /\d/.test(word)) return 0;
  let at = 0;
  for (const letter of part) if (letter === word[at]) at += 1;
  return at === word.length ? 1 : 0;
}
