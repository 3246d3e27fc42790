/** The computer: its firewalls with what they do by default, its networks, and what was not read. */
import { firewallsOf, networksOf, type ToldFirewall, type ToldGap } from '../content/index.ts';
import type { ReportSource } from '../source.ts';
import { prose, text } from './markup.ts';

const begin = (id: string, title: string): string =>
  `<section id="${id}" aria-labelledby="h-${id}">\n<h2 id="h-${id}">${text(title)}</h2>\n`;

export function* firewallsPart(source: ReportSource): Generator<string> {
  const { words, report } = source;
  const firewalls = firewallsOf(source);
  yield begin('firewalls', words.headings.firewalls);
  if (firewalls.length === 0)
    yield `<p class="lead">${text(report.complete ? words.none.firewalls : words.none.firewallsUnread)}</p>\n`;
  else yield `<ul class="cards">\n${firewalls.map((one) => firewall(one, source)).join('')}</ul>\n`;
  yield '</section>\n';
}

function firewall(one: ToldFirewall, { words }: ReportSource): string {
  const { firewall: names } = words;
  const tone = one.state.active === null ? 'unknown' : one.state.active ? 'self' : 'others';
  const facts = [
    [names.inbound, one.inbound],
    [names.outbound, one.outbound],
    ...(one.rules === null ? [] : [[names.rules, one.rules] as const]),
  ] as const;
  return `<li class="card">
<div class="card-head"><h3>${text(one.name)}</h3><span class="tag ${tone}">${text(one.is)}</span></div>
<p class="lead">${text(one.says)}</p>
<dl class="inline">${facts.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>
${one.profiles.length === 0 ? '' : profiles(one, words)}</li>
`;
}

function profiles({ profiles: all }: ToldFirewall, { firewall: names }: ReportSource['words']): string {
  const heads = [names.profile, names.state, names.inbound, names.interfaces];
  const rows = all.map(
    ({ name, is, inbound, interfaces }) =>
      `<tr><th scope="row">${text(name)}</th><td>${text(is)}</td><td>${text(inbound)}</td><td class="mono">${text(interfaces.join(', '))}</td></tr>`,
  );
  return `<table class="small"><caption>${text(names.profiles)}</caption><thead><tr>${heads
    .map((name) => `<th scope="col">${text(name)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>\n`;
}

export function* networksPart(source: ReportSource): Generator<string> {
  const { words } = source;
  const networks = networksOf(source);
  yield begin('networks', words.headings.networks);
  if (networks.length === 0) yield `<p class="lead">${text(words.none.networks)}</p>\n`;
  else
    yield `<ul class="plain">${networks
      .map(
        ({ name, kind, addresses }) =>
          `<li><strong>${text(name)}</strong> (${text(kind)})<br><span class="mono">${text(addresses.join(', '))}</span></li>`,
      )
      .join('')}</ul>\n`;
  yield '</section>\n';
}

export function* unreadPart(gaps: readonly ToldGap[], { words }: ReportSource): Generator<string> {
  yield begin('unread', words.headings.unread);
  yield `<p class="lead">${text(gaps.length === 0 ? words.none.unread : words.leads.unread)}</p>\n`;
  if (gaps.length > 0)
    yield `<ul class="plain">${gaps
      .map(
        ({ what, why, how, commands }) =>
          `<li class="card"><strong>${text(what.join('; '))}</strong>: ${text(why)}.<br><span class="note">${text(words.settle)}:</span> ${prose(how, commands)}</li>`,
      )
      .join('')}</ul>\n`;
  yield '</section>\n';
}
