/** The words of the tray in German. */
import { headlineInGerman } from '../../../core/advice/headline-de.ts';
import { germanName } from '../../../core/catalog/german-names.ts';
import type { LiveEvent } from '../../../core/live/index.ts';
import type { TrayAdvice, TrayState } from '../../../core/live/tray.ts';
import type { Place, Report, Target } from '../../../core/model.ts';
import type { ProblemText } from '../../../core/problem.ts';
import { inPlace } from '../../../core/reach/place-words-de.ts';
import { visible } from '../../../core/visible.ts';
import { portOf as portName } from '../events.ts';
import { clock, MOST, type TrayProblem, type TrayWords } from './words.ts';

const time = clock('de');
const listed = new Intl.ListFormat('de', { type: 'conjunction' });

function stateOf({ gate, open, untold, firewallOff }: TrayState): string {
  if (open === null) return 'Sieht nach, wer diesen Computer erreicht…';
  const headline = headlineInGerman(open);
  if (headline.length > 0) return headline.join(' ');
  switch (gate) {
    case 'up':
    case 'doubt':
      if (untold === 0) return 'Nicht alles, was lauscht, ließ sich lesen.';
      return `Wer ${untold === 1 ? 'einen Port' : `${untold} Ports`} erreicht, ist noch unklar.`;
    case 'down':
      return firewallOff ? 'Gerade ist nichts zu schließen, aber die Firewall ist aus.' : 'Nichts zu schließen.';
  }
}

const portOf = ({ port, protocol }: Target): string => `Port ${port}${protocol === 'udp' ? ' (UDP)' : ''}`;

function adviceOf({ does, target, program }: TrayAdvice): string {
  const port = target === null ? 'Port' : portOf(target);
  switch (does) {
    case 'close':
      return `${port}${program === null ? '' : ` (${visible(program)})`} schließen…`;
    case 'turn-on-firewall':
      return 'Die Firewall einschalten…';
    case 'remove-opening':
      return `Die Freigabe für ${port} entfernen…`;
  }
}

function placeName(place: Place, interfaces: Report['interfaces']): string {
  const { kind, interface: name } = place;
  const on = (kind === 'lan' || kind === 'vpn') && name !== null ? ` (${visible(name)})` : '';
  return `${inPlace(place, interfaces)}${on}`;
}

/** Its program; where nobody may see that, what it is, as the window calls it. */
function whoOf({ program, name, service, unknown }: LiveEvent['subject']): string {
  if (program !== null) return program;
  if (unknown) return 'unbekanntes Programm';
  return (service === null ? null : germanName(service)) ?? name;
}

/** `3000/tcp, python3: Alle in deinem WLAN (wlan0) können sich jetzt verbinden.` */
function eventSentence({ kind, subject, places }: LiveEvent, { interfaces }: Report): string {
  const who = visible(whoOf(subject));
  const where = listed.format(new Set(places.map((place) => placeName(place, interfaces))));
  const only = places.every(({ verdict }) => verdict === 'some');
  const start = `${portName(subject)}, ${who}:`;
  switch (kind) {
    case 'opened':
      return `${start} ${only ? 'Manche' : 'Alle'} ${where} können sich jetzt verbinden.`;
    case 'closed':
      return `${start} Niemand ${where} kann sich mehr verbinden.`;
    case 'unknown':
      return `${start} Ob andere sich verbinden können, ist jetzt unklar.`;
  }
}

/** What the system said stays as it is. */
function problemOf({ kind, path, said }: TrayProblem): ProblemText {
  switch (kind) {
    case 'login-unwritten':
      return [
        `${path} ließ sich nicht schreiben: ${said}`,
        'Portcullis startet nicht bei der Anmeldung. Sorge dafür, dass du in diesen Ordner schreiben darfst, und wähle es noch einmal.',
      ];
    case 'login-unremoved':
      return [
        `${path} ließ sich nicht löschen: ${said}`,
        'Portcullis startet weiter bei der Anmeldung. Lösche diese Datei selbst.',
      ];
    case 'preference-unsaved':
      return [
        `Deine Wahl ließ sich nicht in ${path} speichern: ${said}`,
        'Sie gilt, bis du Portcullis beendest. Schaffe Platz oder sorge dafür, dass du dort schreiben darfst, und wähle es noch einmal.',
      ];
  }
}

const moreOf = (count: number): string => (count === 1 ? 'Und 1 weiterer.' : `Und ${count} weitere.`);

export const german: TrayWords = {
  tray: {
    state: stateOf,
    tip: (state, readAt) =>
      ['Portcullis', stateOf(state), ...(readAt === null ? [] : [`Stand ${time(readAt)}`])].join('\n'),
    advice: adviceOf,
    open: 'Portcullis öffnen',
    keepWatching: 'Weiter beobachten, wenn das Fenster geschlossen ist',
    atLogin: 'Bei der Anmeldung unsichtbar starten',
    quit: 'Beenden',
  },
  notice: {
    title: (events) => {
      const [only, ...more] = events;
      return only === undefined || more.length > 0
        ? `Andere erreichen ${events.length} weitere Ports`
        : `Andere erreichen ${portOf(only.subject)}`;
    },
    body: (events, report) =>
      [
        ...events.slice(0, MOST).map((event) => eventSentence(event, report)),
        ...(events.length > MOST ? [moreOf(events.length - MOST)] : []),
      ].join('\n'),
    close: 'Schließen…',
  },
  problem: problemOf,
  again: 'Versuche es noch einmal.',
};
