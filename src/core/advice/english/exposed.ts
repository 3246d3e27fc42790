/** An exposed listener, in English. */
import { FIREWALL } from '../../firewalls/names.ts';
import type { ReportListener } from '../../model.ts';
import type { Because, SaysExposed } from '../../says.ts';
import { visible } from '../../visible.ts';
import { RULE_MAKERS } from '../makers.ts';
import { LONGEST_NAME, short } from '../named.ts';
import type { Subjects } from '../subjects.ts';
import { answersWeb, passesOn } from './windows.ts';
import { audience, capital, joined, type Sentences, subjectOf, together } from './parts.ts';

export function exposed(says: SaysExposed, subjects: Subjects): Sentences {
  const listener = subjects.listener(says.listener);
  const { service } = listener.identity;
  return {
    title: `${subjectOf(listener)} is open to ${audience(says.who)}${tail(says)}`,
    why: together(
      about(says, listener),
      service?.ifExposed ?? null,
      says.because === null ? null : reason(says.because),
      says.overIPv6
        ? 'It gets through over IPv6, where this computer has an address of its own on the internet.'
        : null,
      says.slowed ? 'The firewall slows repeated tries but lets connections in.' : null,
      says.passing
        ? 'The system gave it this number for now. When it starts again it has another, and a rule for this one would shut nothing, or something else.'
        : null,
      sideDoors(says, listener),
    ),
    ifClosed:
      service?.ifClosed ?? 'What other devices do with this port stops working. This computer still reaches it.',
  };
}

function tail({ title, because, others, direct }: SaysExposed): string {
  switch (title) {
    case 'past':
      return because === null || typeof because === 'string' || !('firewall' in because)
        ? ''
        : `, past ${FIREWALL[because.firewall]}`;
    case 'slowed':
      return ', slowed after several tries';
    case 'ports':
      return others.length === 0 || direct ? '' : `, through ${portsOf(others)} only`;
  }
}

/** What is known of it, in one sentence: what it is for, or how far a guess goes. */
function about({ known }: SaysExposed, { identity: { service }, owner, port }: ReportListener): string {
  const program = short(owner.program ?? '', LONGEST_NAME);
  const guess = `by its number it is most likely this: ${service?.name ?? ''}.`;
  switch (known) {
    case 'service':
      return service?.purpose ?? '';
    case 'runtime-guess':
      return `${program} runs programs of many kinds; ${guess}`;
    case 'guess':
      return `Which program listens could not be seen; ${guess}`;
    case 'runtime':
      return `${program} runs programs of many kinds, so what is offered there is not known.`;
    case 'uncatalogued':
      return 'This program is not in the catalog, so what it offers there is not known.';
    case 'unseen':
      return `Which program listens on port ${port} could not be seen.`;
  }
}

function reason(because: Because): string {
  switch (because) {
    case 'published':
      return 'A published port is open on every address unless one is named.';
    case 'one-person':
      return 'It is made for one person on one computer.';
    case 'log-in':
      return 'Keep it if you log in from elsewhere; otherwise nobody needs it.';
    case 'unless-needed':
      return 'Close it unless you know that other devices need it.';
    default: {
      if ('urls' in because) return answersWeb(because);
      if ('passes' in because) return passesOn(because);
      const name = FIREWALL[because.firewall];
      return because.by.firewall === 'kernel'
        ? `${name} is on, but none of its rules stands in the way here.`
        : `${name} is on, but ${RULE_MAKERS[because.by.firewall] ?? 'a rule that is not its own'} lets these connections in before it is asked: ${visible(because.by.rule)}. A rule in ${name} would not close this.`;
    }
  }
}

const portsOf = (ports: readonly number[]): string =>
  `${ports.length === 1 ? 'port' : 'ports'} ${joined(ports.map(String))}`;

/**
 * A site that is served through a redirect: which way in is which, and why a plain rule is not the way to close one. Rules
 * that turn packets elsewhere come first, so the firewall sees the listener's number for both.
 */
function sideDoors({ direct, others, letBy, passedOn }: SaysExposed, { port }: ReportListener): string | null {
  if (others.length === 0) return null;
  const [own, side] = [`port ${port}`, portsOf(others)];
  if (passedOn) {
    return direct
      ? `There are two ways in: ${own} itself, and ${side}, which this computer passes on to it (netsh interface portproxy). Each has to be closed by itself.`
      : `The way in is ${side}, which this computer passes on to it (netsh interface portproxy); ${own} itself is shut.`;
  }
  if (letBy.length > 0) {
    const past = `${portsOf(letBy)} ${letBy.length === 1 ? 'is' : 'are'} let by before any filter rule is asked (rdr pass), so no rule of the filter closes ${letBy.length === 1 ? 'it' : 'them'}: take the rdr ${letBy.length === 1 ? 'rule' : 'rules'} away.`;
    const ways = direct
      ? `There are two ways in: ${own} itself, and ${side}, which a rule of pf leads here.`
      : `The way in is ${side}, which a rule of pf leads here; ${own} itself is shut.`;
    return `${ways} ${capital(past)}`;
  }
  if (!direct)
    return `The way in is ${side}, which a rule leads here; ${own} itself is shut. A rule for ${own} in the firewall would close ${side} too.`;
  return `There are two ways in: ${own} itself, and ${side}, which a rule leads here. If others are meant to come through ${side} only, it is ${own} that is to be closed, but a plain rule for it in the firewall would close both: the firewall sees ${own} for both.`;
}
