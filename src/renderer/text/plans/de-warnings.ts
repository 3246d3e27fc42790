/** What is to be known before a plan is carried out, in German, by what is meant as data (`core/told.ts`). */
import type { ProblemMeaning } from '../../../core/problem.ts';
import type { Warning } from '../../../core/told.ts';
import type { Around } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, number, sentence } from '../format.ts';
import { meaningWords } from '../problems/de.ts';
import { leftWords } from './de-left.ts';
import { endOf, endsOf, englishReason, namedPortOf, portOf } from './de-parts.ts';
import { coversOf, networksOf } from './de-windows.ts';

const TURNS_ON = 'Ist die Firewall an, blockiert sie jeden Port, den keine Regel öffnet.';

const CONFIRM = {
  unread: 'Ob eine Sitzung aus der Ferne offen ist, die dadurch abbräche, ließ sich nicht lesen. ',
  session: 'Das betrifft den Weg herein, den eine Sitzung aus der Ferne gerade nutzt. ',
} as const;

const names = (all: readonly string[]): string => list(all.map(sentence));

const zones = (all: readonly string[], many: string): string =>
  `${all.length === 1 ? 'der Zone' : many} ${list(all.map(quoted))}`;

function staying({ target, count }: Extract<Warning, { readonly kind: 'connections-stay' }>): string {
  const to = `zu ${portOf(target)}`;
  const rest = 'nur neue Verbindungen werden blockiert.';
  return count === 1
    ? `Eine Verbindung ${to} ist gerade offen und bleibt es; ${rest}`
    : `${number(count)} Verbindungen ${to} sind gerade offen und bleiben es; ${rest}`;
}

const AHEAD = 'Darum wird der Zugang davor geschlossen, in einer eigenen Tabelle von Portcullis.';

/** Text: of an earlier version. */
function aheadWords(because: ProblemMeaning | string, around: Around): string {
  const said = typeof because === 'string' ? null : meaningWords(because, around);
  if (said !== null) return `${said[0]} ${AHEAD}`;
  const text = typeof because === 'string' ? ` ${englishReason(because)}` : '';
  return `In der Firewall selbst geht das nicht. ${AHEAD}${text}`;
}

/** What is text already was made by an earlier version, and stays as it is. */
export function warningWords(warning: Warning | string, around: Around): string {
  const { report, history } = around;
  if (typeof warning === 'string') return warning;
  switch (warning.kind) {
    case 'ahead':
      return aheadWords(warning.because, around);
    case 'shared-networks': {
      const { networks } = warning;
      return `${names(networks)} ${networks.length === 1 ? 'ist ein privater Bereich, den' : 'sind private Bereiche, die'} auch andere Netzwerke nutzen, etwa das eines Cafés: Wer dort ist, kommt ebenfalls herein.`;
    }
    case 'nothing-listens':
      return `An ${portOf(warning.target)} lauscht gerade nichts; die Regel gilt für alles, was dort lauschen wird.`;
    case 'unread':
      return `Ob an ${portOf(warning.target)} etwas lauscht, ließ sich nicht lesen; die Regel gilt für alles, was dort lauscht.`;
    case 'nobody-to-shut-out':
      return `An ${portOf(warning.target)} würde niemand ausgesperrt: Wer den Port erreicht, bleibt gleich, und dort wird nichts geändert.`;
    case 'kept-port':
      return `Du wolltest ${namedPortOf(warning.port, report)} offen lassen.`;
    case 'kept-end':
      return `Du wolltest ${endOf(warning.end, report)} offen lassen.`;
    case 'turns-on':
      return `${TURNS_ON} Verbindungen, die andere gerade zu diesem Computer haben, brechen vielleicht ab.`;
    case 'turns-on-again':
      return `${TURNS_ON}${warning.closes.length === 0 ? '' : ` Das schließt ${endsOf(warning.closes, report)}.`}`;
    case 'also-closes':
      return `Das schließt auch ${endsOf(warning.ends, report)}.`;
    case 'stays-open':
      return `${namedPortOf(warning.port, report)} bleibt offen.`;
    case 'in-use':
      return `${namedPortOf(warning.port, report)} ist in Gebrauch.`;
    case 'both-protocols':
      return `Die Regel ${quoted(warning.rule)} öffnet sowohl TCP als auch UDP; beides wird entfernt.`;
    case 'closed-again': {
      const { targets } = warning;
      return `Ein anderes Programm hat nftables geleert, seit ${list(targets.map(portOf))} geschlossen ${targets.length === 1 ? 'wurde' : 'wurden'}: Auch das wird wieder geschlossen.`;
    }
    case 'zones-here':
      return `Das gilt dort, wo firewalld mit ${zones(warning.zones, 'den Zonen')} arbeitet, also in den Netzwerken, mit denen du jetzt verbunden bist; in einem Netzwerk, das es einer anderen Zone zuordnet, entscheiden deren Regeln.`;
    case 'zones-differ':
      return `Was firewalld jetzt in ${zones(warning.zones, 'den Zonen')} tut, ist nicht das, was es für seinen nächsten Start gespeichert hat; diese Änderung gilt für beides.`;
    case 'connections-stay':
      return staying(warning);
    case 'confirm': {
      const { seconds, because } = warning;
      return `${because === null ? '' : CONFIRM[because]}Die Änderung wird nach ${number(seconds)} Sekunden zurückgenommen, wenn du sie dann nicht behältst.`;
    }
    case 'stops-too':
      return `Das beendet auch, was darauf angewiesen ist: ${names(warning.units)}.`;
    case 'ports-too':
      return `Das schließt auch, woran es sonst noch lauscht: ${list(warning.targets.map(portOf))}.`;
    case 'wanted-by':
      return warning.units.length === 1
        ? `${names(warning.units)} verlangt danach: Beim eigenen Start startet es das vielleicht wieder.`
        : `${names(warning.units)} verlangen danach: Beim eigenen Start starten sie das vielleicht wieder.`;
    case 'not-enabled':
      return `${names(warning.units)} ${warning.units.length === 1 ? 'startet' : 'starten'} nicht von selbst: Etwas anderes startet das vielleicht wieder, spätestens beim Start des Computers.`;
    case 'unsaved':
      return 'Was das Programm nicht gespeichert hat, geht verloren, und von hier aus lässt es sich nicht zurückholen: Starte es selbst wieder.';
    case 'turns-off':
      return `Ist ufw aus, gilt keine seiner Regeln mehr.${warning.opens.length === 0 ? '' : ` Das öffnet ${list([...warning.opens.map((end) => endOf(end, report)), 'alles, was noch lauschen wird'])}.`}`;
    case 'lets-in':
      return `Das lässt andere wieder herein: ${endsOf(warning.ends, report)}.`;
    case 'starts':
      return `Woran ${names(warning.units)} lauschen ${warning.units.length === 1 ? 'wird' : 'werden'} und wer das erreicht, ist erst danach bekannt.`;
    case 'windows-rule-off':
      return `Das schaltet ${quoted(warning.rule)} aus, eine Regel der Windows-Firewall, die nicht von Portcullis ist.${coversOf(warning)} Rückgängig machen schaltet sie wieder ein.`;
    case 'windows-rule-on':
      return `Das schaltet ${quoted(warning.rule)} ein, eine Regel der Windows-Firewall, die nicht von Portcullis ist.${coversOf(warning)} Rückgängig machen schaltet sie wieder aus.`;
    case 'windows-cuts': {
      const { target, count } = warning;
      return `${count === 1 ? 'Eine Verbindung' : `${number(count)} Verbindungen`} zu ${portOf(target)} ${count === 1 ? 'ist gerade offen und bricht' : 'sind gerade offen und brechen'} ab: Die Windows-Firewall prüft Verbindungen neu, wenn sich ihre Regeln ändern.`;
    }
    case 'windows-inert-in':
      return `In ${networksOf(warning.profiles)} bewirkt das nichts: Eine Gruppenrichtlinie lässt Regeln von diesem Computer dort nicht gelten.`;
    case 'windows-by-policy':
      return `Über ${names(warning.interfaces)} ändert sich nichts, dort bleibt es so offen, wie es ist: Eine Richtlinie entscheidet, und nur wer diesen Computer verwaltet, kann es dort schließen.`;
    case 'windows-off':
      return `Ist die Windows-Firewall in ${networksOf(warning.profiles)} aus, gilt dort keine ihrer Regeln mehr.${warning.opens.length === 0 ? '' : ` Das öffnet ${list([...warning.opens.map((end) => endOf(end, report)), 'alles, was noch lauschen wird'])}.`}`;
    case 'left':
      return leftWords(warning, history);
  }
}
