/** Who can reach what: for each listener and each forwarded port a row, and below it the ways in behind a fold. */
import { listenersOf, type ToldForward, type ToldListener, type ToldWay } from '../content/index.ts';
import type { ReportSource } from '../source.ts';
import { text } from './markup.ts';

export function* listenersPart(listWhole: boolean, source: ReportSource): Generator<string> {
  const { words, report } = source;
  const { port, what, who, why } = words.columns;
  yield `<section id="ports" aria-labelledby="h-ports">\n<h2 id="h-ports">${text(words.headings.ports)}</h2>\n`;
  if (report.listeners.length === 0) {
    yield `<p class="lead">${text(listWhole ? words.none.ports : words.none.portsUnread)}</p>\n</section>\n`;
    return;
  }
  if (!listWhole) yield `<p class="lead">${text(words.moreMayListen)}</p>\n`;
  yield tableHead('h-ports', [port, what, who, why]);
  for (const one of listenersOf(source)) yield listenerRow(one, source);
  yield '</table>\n</section>\n';
}

export function* forwardsPart(forwards: readonly ToldForward[], source: ReportSource): Generator<string> {
  const { words } = source;
  const { port, leads, who, why } = words.columns;
  yield `<section id="led" aria-labelledby="h-led">\n<h2 id="h-led">${text(words.headings.led)}</h2>\n`;
  yield `<p class="lead">${text(words.leads.led)}</p>\n${tableHead('h-led', [port, leads, who, why])}`;
  for (const one of forwards) {
    const led = `<span class="mono">${text(one.to)}</span><br><span class="note">${text(words.labels.ruleOf)} ${text(one.ruleOf)}</span>`;
    yield row(one.door, one.forward.kept, led, one, source);
  }
  yield '</table>\n</section>\n';
}

const CLASSES = ['c-port', 'c-what', 'c-who', 'c-why'];

const tableHead = (title: string, names: readonly string[]): string =>
  `<table class="rows" aria-labelledby="${title}"><thead><tr>${names
    .map((name, at) => `<th scope="col" class="${CLASSES[at] ?? ''}">${text(name)}</th>`)
    .join('')}</tr></thead>\n`;

function listenerRow(one: ToldListener, source: ReportSource): string {
  const { labels, byNumber } = source.words;
  const what = [
    `<span class="name">${text(one.name)}${one.byNumber ? '?' : ''}</span>`,
    `<span class="note">${text(labels.program)} <span class="mono">${text(one.program)}</span></span>`,
    `<span class="note">${text(labels.listens)} <span class="mono">${text(one.listens.join(', '))}</span></span>`,
    ...(one.byNumber ? [`<span class="note">${text(byNumber)}</span>`] : []),
  ].join('<br>');
  return row(one.port, one.listener.kept, what, one, source);
}

function row(
  port: string,
  kept: boolean,
  what: string,
  { tone, whoLong, why, ways }: Pick<ToldListener, 'tone' | 'whoLong' | 'why' | 'ways'>,
  { words }: ReportSource,
): string {
  const keeps = kept ? `<span class="kept">${text(words.labels.kept)}</span>` : '';
  const trace =
    ways.length === 0
      ? ''
      : `<tr class="trace"><td></td><td colspan="3"><details><summary>${text(words.labels.trace)}<span class="unseen">: ${text(port)}</span></summary><ul class="ways">${ways
          .map((way) => wayItem(way, words.labels.decides))
          .join('')}</ul></details></td></tr>`;
  return `<tbody><tr><th scope="row">${text(port)}${keeps}</th><td>${what}</td><td><span class="dot t-${tone}">${text(whoLong)}</span></td><td>${why === null ? '' : text(why)}</td></tr>${trace}</tbody>\n`;
}

function wayItem({ tone, outcome, where, steps, reasons }: ToldWay, decides: string): string {
  const told = steps.map(
    ({ place, rule, effect, decides: last }) =>
      `<li>${place === '' ? '' : `${text(place)}: `}<code>${text(rule)}</code>${effect === '' ? '' : ` → ${text(effect)}`}${last ? ` <span class="decides">(${text(decides)})</span>` : ''}</li>`,
  );
  return `<li><span class="way w-${tone}">${text(outcome)}</span>: ${text(where)}${told.length === 0 ? '' : `<ul class="steps">${told.join('')}</ul>`}${reasons.map((reason) => `<p class="note">${text(reason)}</p>`).join('')}</li>`;
}
