/** Why a step did not go, in German: what stands behind a colon or in brackets. */
import type { Cause, Output, Wrong } from '../../../core/problem.ts';
import type { Around } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { number, sentence } from '../format.ts';
import { germanWhat } from '../gaps/de-what.ts';
import { germanReason, germanWhy } from '../gaps/de-why.ts';
import { endOf } from '../plans/de-parts.ts';
import { plainWords } from './de-plain.ts';

function outputWords(output: Output): string {
  switch (output.is) {
    case 'said':
      return sentence(output.said);
    case 'exit':
      return `Status ${output.status ?? 'unbekannt'}`;
    case 'stopped':
      return 'Es wurde abgebrochen';
    case 'late':
      return `Es endete nicht innerhalb von ${number(output.seconds)} Sekunden`;
  }
}

function wrongWords(wrong: Wrong, { report }: Around): string {
  switch (wrong.is) {
    case 'unread':
      return 'was jetzt lauscht, ließ sich nicht lesen, darum ist nicht zu sehen, ob es so kam';
    case 'still-listens':
      return `${endOf(wrong.end, report)} lauscht noch`;
    case 'other-reach':
      return `${endOf(wrong.end, report)} ist für andere erreichbar als vorhergesagt`;
    case 'reach-untold': {
      const why = wrong.reason === null ? '' : `: ${germanReason(wrong.reason)}`;
      return `wer ${endOf(wrong.end, report)} erreicht, ist nicht mehr zu sagen${why}`;
    }
    case 'not-loaded':
      return `die Regeln von ufw für IPv${wrong.family} waren im Kernel nicht so zu sehen, wie sie sein sollten`;
    case 'left-out':
      return `ufw hat aus ${sentence(wrong.path)} etwas weggelassen, das vorher darin stand`;
  }
}

const said = (firewall: string, output: Output | null): string =>
  output === null ? '' : `; ${firewall} meldete: ${outputWords(output)}`;

export function causeWords(cause: Cause, around: Around): string {
  switch (cause.kind) {
    case 'disk-full':
      return 'der Datenträger ist voll';
    case 'disk-fails':
      return 'der Datenträger ist fehlerhaft';
    case 'disk-read-only':
      return 'auf den Datenträger lässt sich nicht schreiben';
    case 'not-writable':
      return 'dort lässt sich nicht schreiben';
    case 'said':
      return sentence(cause.said);
    case 'problem':
      return plainWords(cause.means, around)?.[0] ?? 'der Grund ist nicht bekannt';
    case 'found':
      return cause.wrong.map((one) => wrongWords(one, around)).join('; ');
    case 'not-a-file':
      return `${sentence(cause.path)} ist keine gewöhnliche Datei`;
    case 'program':
      return `${sentence(cause.program)}: ${outputWords(cause.output)}`;
    case 'unfinished':
      return `${sentence(cause.program)} lief nicht bis zum Ende: ${outputWords(cause.output)}`;
    case 'listing':
      return `${sentence(cause.program)} konnte die Tabelle nicht auflisten: ${outputWords(cause.output)}`;
    case 'table-not-kept':
      return 'nft hat die Tabelle nicht behalten';
    case 'unit-started-again':
      return `${sentence(cause.unit)} wurde sofort wieder gestartet`;
    case 'unit-not-started':
      return `${sentence(cause.unit)} ist nicht gestartet`;
    case 'ufw-other-rules':
      return `nach Schritt ${cause.step} sind die Regeln von ufw nicht die erwarteten${said('ufw', cause.output)}`;
    case 'ufw-on':
      return `nach Schritt ${cause.step} ist ufw an${said('ufw', cause.output)}`;
    case 'ufw-off':
      return `nach Schritt ${cause.step} ist ufw aus${said('ufw', cause.output)}`;
    case 'zone-other-rules':
      return `nach Schritt ${cause.step} sind die Regeln der Zone ${quoted(cause.zone)} von firewalld nicht die erwarteten${said('firewalld', cause.output)}`;
    case 'zone-not-back':
      return `firewalld hat in der Zone ${quoted(cause.zone)} andere Regeln als zuvor`;
    case 'firewalld-untold':
      return `firewalld gibt keine Auskunft: ${germanWhat(cause.what)}, ${germanWhy(cause.why)}`;
    case 'firewalld-down':
      return 'firewalld läuft nicht, darum ist nicht zu erfahren, was es gespeichert hat';
  }
}
