/** Problems of stopping what listens, in German. */
import type { Wording } from '../../../core/problem.ts';
import type { StoppingProblem } from '../../../core/problem/stopping.ts';
import { shownCommand } from '../../../core/shell-command.ts';
import type { Around } from '../facts.ts';
import { list, number, sentence } from '../format.ts';
import { germanHow } from '../gaps/de-how.ts';
import { germanWhy } from '../gaps/de-why.ts';
import { namedPortOf, nameAt, portOf } from '../plans/de-parts.ts';

const IN_FIREWALL = 'Schließe den Port stattdessen in der Firewall.';
const PUT_BACK = 'Schließe den Port stattdessen in der Firewall: Das wird zurückgenommen, wenn du es nicht bestätigst.';

const processOf = ({ program, pid }: { readonly program: string; readonly pid: number }): string =>
  `${sentence(program)} (Prozess ${pid})`;

export const stoppingWords: Wording<StoppingProblem, [Around]> = {
  'stops-for-all': ({ reopen }) => [
    'Wird ein Programm beendet, ist sein Port für alle geschlossen.',
    reopen
      ? 'Um es wieder zu starten, mach die Änderung rückgängig, die es beendet hat.'
      : 'Lass weg, für wen geschlossen werden soll.',
  ],
  'nothing-listens': ({ target }) => [`An ${portOf(target)} lauscht nichts.`, 'Scanne neu.'],
  'listening-unread': ({ target }) => [
    `Ob an ${portOf(target)} etwas lauscht, ließ sich nicht lesen.`,
    'Scanne neu: Dann siehst du, was fehlt und was Klarheit schaffen würde.',
  ],
  'owner-unseen': ({ target }) => [
    `Wem ${portOf(target)} gehört, ist nicht zu sehen.`,
    'Alle Besitzer zeigt: sudo portcullis scan',
  ],
  'services-and-programs': () => [
    'Manches davon sind Dienste, die sich nach dem Beenden wieder starten lassen, und manches sind Programme, bei denen das nicht geht.',
    'Beende sie einzeln.',
  ],
  'services-unknown': ({ why, how }) => [
    `Die Systemdienste sind nicht bekannt (${germanWhy(why)}).`,
    `Sieh nach mit: ${germanHow(how)}`,
  ],
  'unit-not-systems': ({ unit }) => [
    `${sentence(unit)} wird nicht beendet: Das ist kein Dienst des Systems.`,
    `Wenn es einer von deinen eigenen ist: ${sentence(shownCommand(['systemctl', '--user', 'stop', unit]))}`,
  ],
  'unit-of-containers': ({ unit }) => [
    `${sentence(unit)} wird nicht beendet: Damit laufen alle Container.`,
    'Veröffentliche den Port des Containers nur auf 127.0.0.1, stoppe den Container oder schließe den Port davor: --way own-table',
  ],
  'unit-needed': ({ unit }) => [
    `${sentence(unit)} wird nicht beendet: Dieser Computer braucht diesen Dienst.`,
    IN_FIREWALL,
  ],
  'of-container': ({ port }, { report }) => [
    `${namedPortOf(port, report)} gehört zu einem Container.`,
    'Stoppe den Container oder veröffentliche seinen Port nur auf 127.0.0.1.',
  ],
  'of-another-user': (means) => [
    `${processOf(means)} gehört jemand anderem, und Portcullis beendet nur deine eigenen Programme.`,
    `Beende es von Hand: sudo kill ${means.pid}`,
  ],
  'nothing-to-confirm': () => [
    'Ein beendetes Programm lässt sich von hier aus nicht zurückholen, darum gibt es nichts zu bestätigen.',
    IN_FIREWALL,
  ],
  'another-listens': ({ port }, { report }) => [
    `An ${portOf(port)} lauscht noch ein anderes Programm: ${nameAt(port, report)}.`,
    IN_FIREWALL,
  ],
  'session-ends': () => [
    'Durch dieses Programm kommt eine Sitzung aus der Ferne herein, und nichts könnte es von hier aus wieder starten.',
    PUT_BACK,
  ],
  'sessions-unread': () => [
    'Ob eine Sitzung aus der Ferne offen ist, die dadurch abbräche, ließ sich nicht lesen, und nichts könnte das Programm von hier aus wieder starten.',
    PUT_BACK,
  ],
  'program-left': (means) => [
    `${processOf(means)} lauscht dort nicht mehr, darum wurde nichts beendet.`,
    'Scanne neu.',
  ],
  'program-unasked': (means) => [
    `${processOf(means)} konnte nicht gebeten werden, sich zu beenden; darum wurde nichts beendet.`,
    'Scanne neu.',
  ],
  'end-unread': ({ programs }) => [
    `${list(programs.map(sentence))} ${programs.length === 1 ? 'wurde' : 'wurden'} gebeten, sich zu beenden; ob dort noch etwas lauscht, ließ sich nicht lesen.`,
    'Scanne neu, um das zu sehen.',
  ],
  'still-listens': ({ name, seconds, pid }) => [
    `${sentence(name)} lauscht noch: Es hat sich nicht innerhalb von ${number(seconds)} Sekunden beendet, oder es wurde neu gestartet.`,
    `Beende, was es startet, oder erzwinge das Ende: kill -9 ${pid ?? ''}`.trim(),
  ],
};
