/** What became of a change, in German. */
import type { WaitedWhy } from '../../../core/problem.ts';
import type { Back, Note } from '../../../core/told.ts';
import type { Around } from '../facts.ts';
import { list, number, sentence } from '../format.ts';
import { causeWords } from '../problems/de-cause.ts';
import { englishReason } from './de-parts.ts';

/** Behind “alles wurde zurückgenommen”, where it was not all. */
export const EXCEPT_OTHERS = ', außer was andere inzwischen geändert oder entfernt haben oder was nicht mehr läuft';

const but = (back: Exclude<Back, object>): string => (back === 'whole' ? '' : EXCEPT_OTHERS);

const files = (paths: readonly string[]): string => list(paths.map(sentence));

const waited = (why: string, back: Back): string =>
  typeof back === 'object'
    ? `${why}; ein anderes Programm hat seitdem ${files(back.files)} geändert, darum blieb das, wie es war.`
    : `${why}, darum wurde alles zurückgenommen${but(back)}.`;

/** Why a change that waited was not kept; text of an earlier version stands behind it. `it`: what it is called. */
export function whyWords(note: WaitedWhy, around: Around, it = 'Sie'): string {
  switch (note.kind) {
    case 'unwanted':
      return `${it} sollte nicht bleiben`;
    case 'unconfirmed':
      return `${it} wurde nicht innerhalb von ${number(note.seconds)} Sekunden bestätigt`;
    case 'unable-to-wait': {
      const why = typeof note.reason === 'string' ? '' : ` (${causeWords(note.reason, around)})`;
      return `${it} konnte nicht auf eine Bestätigung warten${why}`;
    }
  }
}

export function noteWords(note: Note, around: Around): string {
  switch (note.kind) {
    case 'unwanted':
    case 'unconfirmed':
      return waited(whyWords(note, around), note.back);
    case 'unable-to-wait': {
      const said = typeof note.reason === 'string' ? ` ${englishReason(note.reason)}` : '';
      return `${waited(whyWords(note, around), note.back)}${said}`;
    }
    case 'interrupted':
      return 'Sie wurde unterbrochen. Vor der nächsten Änderung wird sie zurückgenommen.';
    case 'may-stand':
      return 'Sie wurde unterbrochen, und vielleicht gilt sie; „portcullis undo“ nimmt sie zurück.';
    case 'not-begun':
      return 'Sie wurde unterbrochen, bevor etwas geändert war.';
    case 'unreadable':
      return 'Sie wurde unterbrochen, und was davor gesichert wurde, ist nicht lesbar: Vielleicht gilt sie zum Teil.';
    case 'recovered':
      return `Sie wurde unterbrochen; alles wurde zurückgenommen${but(note.back)}.`;
    case 'recovered-waiting':
      return `Sie wurde nicht rechtzeitig bestätigt; alles wurde zurückgenommen${but(note.back)}.`;
    case 'recovered-undo':
      return `Das Zurücknehmen wurde unterbrochen und später zu Ende gebracht${but(note.back)}.`;
    case 'unrecovered':
      return `Sie wurde unterbrochen, und seitdem hat ein anderes Programm ${files(note.files)} geändert; die Regeln blieben, wie sie waren.`;
    case 'unheard':
      return 'Sie wurde nach Ablauf ihrer Zeit zurückgenommen, wenn sie nicht anderswo bestätigt wurde: Was aus ihr wurde, war hier nicht zu hören.';
    case 'under-way':
      return 'Sie wird gerade vorgenommen.';
    case 'not-as-planned': {
      const others = `; ein anderes Programm hat zur selben Zeit ${files(note.files)} geändert, darum blieb das, wie es war`;
      return `Sie verlief nicht wie geplant (${causeWords(note.cause, around)})${note.files.length === 0 ? '' : others}.`;
    }
  }
}
