/** An exposed listener, in German. */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import { RULE_MAKERS } from '../../../core/advice/makers.ts';
import { LONGEST_NAME, short } from '../../../core/advice/named.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type { ReportListener } from '../../../core/model.ts';
import type { Because, SaysExposed } from '../../../core/says.ts';
import { list } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { serviceWords } from '../services/de-words.ts';
import { audience, quoted, subjectOf, together } from './de-parts.ts';
import { answersWeb, passesOn } from './de-windows.ts';

export function exposed(says: SaysExposed, subjects: Subjects): Sentences {
  const listener = subjects.listener(says.listener);
  const { service } = listener.identity;
  const told = service === null ? null : serviceWords(service);
  return {
    title: `${subjectOf(listener)} ist offen für ${audience(says.who)}${tail(says)}`,
    why: together(
      about(says, listener),
      told?.ifExposed ?? null,
      says.because === null ? null : reason(says.because),
      says.overIPv6 ? 'Der Weg führt über IPv6, wo dieser Computer eine eigene Adresse im Internet hat.' : null,
      says.slowed ? 'Die Firewall bremst wiederholte Versuche, lässt Verbindungen aber herein.' : null,
      says.passing
        ? 'Diese Nummer hat ihm das System nur für jetzt gegeben. Startet es neu, hat es eine andere, und eine Regel für diese schlösse nichts oder etwas anderes.'
        : null,
      sideDoors(says, listener),
    ),
    ifClosed:
      told?.ifClosed ??
      'Was andere Geräte mit diesem Port tun, geht nicht mehr. Dieser Computer erreicht ihn weiterhin.',
  };
}

function tail({ title, because, others, direct }: SaysExposed): string {
  switch (title) {
    case 'past':
      return because === null || typeof because === 'string' || !('firewall' in because)
        ? ''
        : `, an ${FIREWALL[because.firewall]} vorbei`;
    case 'slowed':
      return ', nach mehreren Versuchen gebremst';
    case 'ports':
      return others.length === 0 || direct ? '' : `, nur über ${portsOf(others)}`;
  }
}

/** What is known of it, in one sentence: what it is for, or how far a guess goes. */
function about({ known }: SaysExposed, { identity: { service }, owner, port }: ReportListener): string {
  const program = short(owner.program ?? '', LONGEST_NAME);
  const told = service === null ? null : serviceWords(service);
  const guess = `der Nummer nach ist es am ehesten dies: ${told?.name ?? ''}.`;
  switch (known) {
    case 'service':
      return told?.purpose ?? '';
    case 'runtime-guess':
      return `${program} führt Programme vieler Arten aus; ${guess}`;
    case 'guess':
      return `Welches Programm lauscht, war nicht zu sehen; ${guess}`;
    case 'runtime':
      return `${program} führt Programme vieler Arten aus, darum ist nicht bekannt, was dort angeboten wird.`;
    case 'uncatalogued':
      return 'Dieses Programm steht nicht im Katalog, darum ist nicht bekannt, was es dort anbietet.';
    case 'unseen':
      return `Welches Programm an Port ${port} lauscht, war nicht zu sehen.`;
  }
}

function reason(because: Because): string {
  switch (because) {
    case 'published':
      return 'Ein veröffentlichter Port ist an jeder Adresse offen, wenn keine genannt wird.';
    case 'one-person':
      return 'Gedacht ist das für eine Person an einem Computer.';
    case 'log-in':
      return 'Lass ihn offen, wenn du dich von anderswo anmeldest; sonst braucht ihn niemand.';
    case 'unless-needed':
      return 'Schließe ihn, es sei denn, du weißt, dass andere Geräte ihn brauchen.';
    default: {
      if ('urls' in because) return answersWeb(because);
      if ('passes' in because) return passesOn(because);
      const name = FIREWALL[because.firewall];
      return because.by.firewall === 'kernel'
        ? `Die Firewall (${name}) ist an, aber keine ihrer Regeln steht hier im Weg.`
        : `Die Firewall (${name}) ist an, aber ${RULE_MAKERS[because.by.firewall] ?? 'eine Regel, die nicht ihre eigene ist,'} lässt diese Verbindungen herein, bevor sie gefragt wird: ${quoted(because.by.rule)}. Eine Regel in ${name} würde das nicht schließen.`;
    }
  }
}

const portsOf = (ports: readonly number[]): string =>
  `${ports.length === 1 ? 'Port' : 'die Ports'} ${list(ports.map(String))}`;

/** Which way in is which, and why a plain rule is not the way to close one. */
function sideDoors({ direct, others, letBy, passedOn }: SaysExposed, { port }: ReportListener): string | null {
  if (others.length === 0) return null;
  const [own, side] = [`Port ${port}`, portsOf(others)];
  const [is, that] = others.length === 1 ? ['ist', 'den'] : ['sind', 'die'];
  if (passedOn) {
    return direct
      ? `Es gibt zwei Wege herein: ${own} selbst und ${side}, ${that} dieser Computer an ihn weiterleitet (netsh interface portproxy). Beide sind für sich zu schließen.`
      : `Der Weg herein ${is} ${side}, ${that} dieser Computer an ihn weiterleitet (netsh interface portproxy); ${own} selbst ist zu.`;
  }
  if (letBy.length > 0) {
    const one = letBy.length === 1;
    const past = `${portsOf(letBy)} ${one ? 'wird' : 'werden'} durchgelassen, bevor eine Filterregel gefragt wird (rdr pass); keine Regel des Filters schließt ${one ? 'ihn' : 'sie'}. Dafür ${one ? 'ist die rdr-Regel' : 'sind die rdr-Regeln'} zu entfernen.`;
    const ways = direct
      ? `Es gibt zwei Wege herein: ${own} selbst und ${side}, ${that} eine Regel von pf hierher leitet.`
      : `Der Weg herein ${is} ${side}, ${that} eine Regel von pf hierher leitet; ${own} selbst ist zu.`;
    return `${ways} ${past}`;
  }
  if (!direct)
    return `Der Weg herein ${is} ${side}, ${that} eine Regel hierher leitet; ${own} selbst ist zu. Eine Regel für ${own} in der Firewall würde auch ${side} schließen.`;
  return `Es gibt zwei Wege herein: ${own} selbst und ${side}, ${that} eine Regel hierher leitet. Sollen andere nur über ${side} kommen, ist ${own} zu schließen; eine einfache Regel dafür in der Firewall würde aber beide schließen, denn sie sieht für beide ${own}.`;
}
