/**
 * The report as one page that needs nothing else: no script, no request, no picture from elsewhere. Its own policy allows it
 * exactly one style, by its hash, so that even a fault in here could load and run nothing.
 *
 *   index    the page: head, contents, its parts in order
 *   ports    who can reach what, with the ways
 *   machine  firewalls, networks, what was not read
 *   style    the one style; markup: text made harmless
 */
import { type Advice, adviceOf, forwardsOf, gapsOf, headOf } from '../content/index.ts';
import type { ReportSource } from '../source.ts';
import { firewallsPart, networksPart, unreadPart } from './machine.ts';
import { prose, text, typed } from './markup.ts';
import { forwardsPart, listenersPart } from './ports.ts';
import { STYLE } from './style.ts';

/** The mark of the window, in the colour of the text around it. */
const LOGO =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M3.5 21V11a8.5 8.5 0 0 1 17 0v10M8 6v11.5M12 4v15M16 6v11.5M4 10.5h16M4 15h16"></path></svg>';

/** From so many listeners and pieces of advice on it has a table of contents. */
const LONG = 8;

/** @returns the file, part by part */
export function* htmlReport(source: ReportSource): Generator<string> {
  const { words, host, hash, report } = source;
  const head = headOf(source);
  const advice = adviceOf(source);
  const forwards = [...forwardsOf(source)];
  const policy = `default-src 'none'; style-src 'sha256-${hash(STYLE)}'; base-uri 'none'; form-action 'none'`;
  const title = host === null ? head.title : `${head.title}: ${host}`;
  yield `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="page">
<header>
<p class="mark">${LOGO}Portcullis<span>${text(head.title)}</span></p>
<div class="state ${head.tone}">
<h1>${text(head.state)}</h1>
<p class="lead">${text(head.detail)}</p>
</div>
<ul class="counts">${head.counts
    .filter(({ count }) => count > 0)
    .map(({ tone, text: said }) => `<li class="${tone}">${text(said)}</li>`)
    .join('')}</ul>
<dl class="facts">${head.facts
    .map(({ name, value }) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`)
    .join('')}</dl>
`;
  const { headings } = words;
  const parts = [
    ['advice', headings.advice],
    ['ports', headings.ports],
    ...(forwards.length === 0 ? [] : [['led', headings.led] as const]),
    ['firewalls', headings.firewalls],
    ['networks', headings.networks],
    ['unread', headings.unread],
  ] as const;
  if (report.listeners.length + advice.length >= LONG) {
    yield `<nav aria-labelledby="contents"><h2 id="contents">${text(words.contents)}</h2><ol>${parts
      .map(([id, name]) => `<li><a href="#${id}">${text(name)}</a></li>`)
      .join('')}</ol></nav>\n`;
  }
  yield '</header>\n<main>\n';
  yield* advicePart(advice, source);
  yield* listenersPart(head.listWhole, source);
  if (forwards.length > 0) yield* forwardsPart(forwards, source);
  yield* firewallsPart(source);
  yield* networksPart(source);
  yield* unreadPart(gapsOf(source), source);
  yield `</main>\n<footer><p>${text(words.end(source.version))}</p></footer>\n</div>\n</body>\n</html>\n`;
}

function* advicePart(advice: readonly Advice[], { words }: ReportSource): Generator<string> {
  yield `<section id="advice" aria-labelledby="h-advice">\n<h2 id="h-advice">${text(words.headings.advice)}</h2>\n`;
  yield `<p class="lead">${text(advice.length === 0 ? words.none.advice : words.leads.advice)}</p>\n`;
  if (advice.length > 0) {
    yield '<ol class="cards">\n';
    for (const one of advice) yield card(one, words.advice);
    yield '</ol>\n';
  }
  yield '</section>\n';
}

function card(one: Advice, names: ReportSource['words']['advice']): string {
  const line = (name: string, value: string): string => `<dt>${text(name)}</dt><dd>${value}</dd>`;
  const ways = one.ways.map(
    (way) => `<li><strong>${text(way.title)}:</strong> <span>${prose(way.text, way.commands)}</span></li>`,
  );
  return `<li class="card ${one.severity}">
<div class="card-head"><h3>${text(one.title)}</h3><span class="tag">${text(one.severityWords)}</span></div>
<dl class="said">${[
    line(names.why, prose(one.why, one.commands)),
    ...(one.ifClosed === '' ? [] : [line(names.ifClosed, prose(one.ifClosed, one.commands))]),
    ...(one.command === null ? [] : [line(names.type, typed(one.command))]),
    ...(ways.length === 0 ? [] : [line(names.how, `<ul>${ways.join('')}</ul>`)]),
    ...(one.source === null
      ? []
      : [
          line(names.source, `<a href="${text(one.source)}" rel="noreferrer noopener">${text(hostOf(one.source))}</a>`),
        ]),
  ].join('')}</dl>
</li>
`;
}

/** `www.postgresql.org` of an address in the web. */
const hostOf = (address: string): string => /^https:\/\/([^/]+)/.exec(address)?.[1] ?? address;
