/** Problems of a change that was begun, in German. */
import type { ChangingProblem, Wording } from '../../../core/problem.ts';
import type { Note } from '../../../core/told.ts';
import type { Around } from '../facts.ts';
import { list, sentence } from '../format.ts';
import { EXCEPT_OTHERS, noteWords, whyWords } from '../plans/de-notes.ts';
import { portsOf } from '../plans/de-parts.ts';
import { causeWords } from './de-cause.ts';

/** Behind another sentence. A note of which only the English text is known stays as it is. */
const noted = (note: Note | string | null, around: Around): string =>
  note === null ? '' : ` ${typeof note === 'string' ? sentence(note) : noteWords(note, around)}`;

const files = (paths: readonly string[]): string => list(paths.map(sentence));
const look = (command: string): string => `Sieh dir die Regeln an: ${sentence(command)}`;
const again = (command: string): string =>
  `Für einen neuen Versuch: portcullis undo. Den Stand der Firewall zeigt: ${sentence(command)}`;
const FREE = 'Sieh nach, ob noch Platz frei ist (df -h /etc /var)';
const AGAIN = 'und versuche es dann noch einmal.';

export const changingWords: Wording<ChangingProblem, [Around]> = {
  'closed-otherwise': ({ held, cause }, around) => [
    `Nur ${portsOf(held)} ${held.length === 1 ? 'ist' : 'sind'} in der eigenen Tabelle von Portcullis geschlossen; die anderen sind anders geschlossen. ${causeWords(cause, around)}`,
    `Öffne ${held.length === 1 ? 'diesen Port' : 'diese Ports'} für sich.`,
  ],
  'not-saved-first': ({ cause, folders }, around) => [
    `Die Regeln der Firewall ließen sich nicht vorher sichern (${causeWords(cause, around)}), darum wurde nichts geändert.`,
    `${FREE}, und sieh dir die Dateien in ${files(folders)} an, ${AGAIN}`,
  ],
  'put-back': ({ cause, whole }, around) => [
    `Die Änderung verlief nicht wie geplant (${causeWords(cause, around)}), darum wurde alles zurückgenommen${whole ? '' : EXCEPT_OTHERS}.`,
    'Scanne neu; wenn es wieder geschieht, speichere einen Snapshot und melde es.',
  ],
  'left-to-others': ({ cause, files: paths, look: command }, around) => [
    `Die Änderung verlief nicht wie geplant (${causeWords(cause, around)}). Ein anderes Programm hat zur selben Zeit ${files(paths)} geändert, darum blieb das, wie es war.`,
    look(command),
  ],
  'not-put-back': ({ cause, failure, look: command }, around) => [
    `Die Änderung verlief nicht wie geplant (${causeWords(cause, around)}), und sie ließ sich nicht zurücknehmen (${causeWords(failure, around)}).`,
    again(command),
  ],
  'waited-left': ({ waited, files: paths, look: command }, around) => [
    `${whyWords(waited, around, 'Die Änderung')}, aber ein anderes Programm hat seitdem ${files(paths)} geändert, darum blieb das, wie es war.`,
    look(command),
  ],
  'waited-not-put-back': ({ waited, failure, look: command }, around) => [
    `${whyWords(waited, around, 'Die Änderung')}, und sie ließ sich nicht zurücknehmen (${causeWords(failure, around)}).`,
    again(command),
  ],
  'too-late': ({ note }, around) => [
    `Es ist zu spät, um diese Änderung zu behalten: Sie wurde zurückgenommen.${noted(note, around)}`,
    'Um sie noch einmal vorzunehmen, beginne wieder mit dem Scan.',
  ],
  'not-restored': ({ note, look: command }, around) => [
    `Die Änderung ließ sich nicht zurücknehmen.${noted(note, around)}`,
    look(command),
  ],
  'does-not-wait': ({ note, look: command }, around) => [
    `Diese Änderung wartet nicht auf eine Bestätigung.${noted(note, around)}`,
    look(command),
  ],
  'ended-otherwise': ({ note, look: command }, around) => [
    `Diese Änderung ist anders ausgegangen.${noted(note, around)}`,
    look(command),
  ],
  'not-recovered': ({ cause, look: command }, around) => [
    `Eine frühere Änderung wurde unterbrochen und ließ sich nicht zurücknehmen (${causeWords(cause, around)}).`,
    `${FREE}, und sieh dir die Firewall an (${sentence(command)}), ${AGAIN}`,
  ],
  'not-undone': ({ cause, look: command }, around) => [
    `Die Änderung ließ sich nicht vollständig rückgängig machen (${causeWords(cause, around)}).`,
    `Versuche es noch einmal: Es geht dort weiter, wo es aufgehört hat. Zum Nachsehen: ${sentence(command)}`,
  ],
  'helper-failed': ({ cause }, around) => [
    `Im Hilfsprogramm ist ein Fehler aufgetreten (${causeWords(cause, around)}).`,
    'Scanne neu; wenn es dabei bleibt, melde es.',
  ],
};
