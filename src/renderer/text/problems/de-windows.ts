/** Problems of changing Windows Firewall, in German. */
import type { Wording } from '../../../core/problem.ts';
import type { WindowsProblem } from '../../../core/problem/windows.ts';
import type { Around } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, sentence } from '../format.ts';
import { namedPortOf, portsOf } from '../plans/de-parts.ts';
import { instead } from './de-closing.ts';
import { networksOf } from '../plans/de-windows.ts';

const OPEN_SETTINGS = 'Sieh in den eingehenden Regeln der Windows-Firewall nach (wf.msc).';

export const windowsWords: Wording<WindowsProblem, [Around]> = {
  'windows-inert': ({ profiles }) => [
    `Eine Gruppenrichtlinie lässt Regeln von diesem Computer in ${networksOf(profiles)} nicht gelten: Eine Regel hier würde nichts bewirken.`,
    'Wer diesen Computer verwaltet, kann den Port durch eine Richtlinie schließen; oder beende das Programm, das dort lauscht, außer es ist Windows selbst (System).',
  ],
  'windows-off-by-policy': ({ profiles }) => [
    `Eine Richtlinie hat die Windows-Firewall in ${networksOf(profiles)} ausgeschaltet, darum lässt sie sich von hier aus nicht einschalten.`,
    'Frag, wer diesen Computer verwaltet.',
  ],
  'windows-off-unknown': ({ profiles }) => [
    `Ob die Windows-Firewall in ${networksOf(profiles)} an ist, ist nicht zu sagen.`,
    'Scanne neu, als Administrator.',
  ],
  'windows-own-changed': ({ rule }) => [
    `Die Regel ${sentence(rule)} gibt es, aber nicht so, wie Portcullis sie macht: Jemand hat geändert, was sie tut, wie sie heißt oder was als Beschreibung dasteht.`,
    `Sieh sie dir an und lösche sie, wenn niemand sie braucht: Get-NetFirewallRule -Name '${sentence(rule)}'`,
  ],
  'windows-too-long': ({ characters, most }) => [
    `Das ist zu viel auf einmal: Das Skript hat ${characters} Zeichen, Windows nimmt ${most}.`,
    'Wähle weniger Ports auf einmal.',
  ],
  'windows-session': ({ targets, agreed }) => [
    `Durch ${portsOf(targets)} kommt eine Sitzung aus der Ferne herein, und sie bräche ab: Die Windows-Firewall beendet Verbindungen, die eine neue Regel blockiert, und nichts nähme das zurück.`,
    agreed
      ? 'Mach es am Computer selbst; oder beende die offenen Verbindungen mit: --drop'
      : 'Mach es am Computer selbst oder beende zuerst die Sitzung.',
  ],
  'windows-sessions-unread': () => [
    'Ob eine Sitzung aus der Ferne offen ist, die dadurch abbräche, ließ sich nicht lesen, und nichts nähme das zurück.',
    'Scanne neu.',
  ],
  'windows-no-timer': () => [
    'Unter Windows nimmt nichts eine Änderung von selbst zurück, darum gibt es nichts zu bestätigen.',
    'Lass das weg; zurück nimmt eine Änderung: portcullis undo',
  ],
  'windows-odd-step': () => [
    'Einer der Schritte nennt eine Regel, die sich nicht genau so in ein Skript schreiben lässt.',
    OPEN_SETTINGS,
  ],
  'windows-stays-shut': ({ port, by }, { report }) => [
    by.length === 0
      ? `Keine Regel in der Windows-Firewall würde ${namedPortOf(port, report)} öffnen, und Portcullis legt dort keine an, die etwas öffnet.`
      : `Nichts, was Portcullis in der Windows-Firewall tut, würde ${namedPortOf(port, report)} öffnen: Es ${by.length === 1 ? 'entscheidet' : 'entscheiden'} ${list(by.map(({ rule }) => quoted(rule)))}, und eine Sperre ist stärker als alles, was nur hereinlässt und nicht ausdrücklich über Sperren steht.`,
    OPEN_SETTINGS,
  ],
  'windows-not-kept': ({ port }, { report }) => [
    `Keine Regel lässt ${namedPortOf(port, report)} herein, wenn die Windows-Firewall an ist, und der Port soll offen bleiben.`,
    'Leg zuerst eine Regel dafür an („Eine App durch die Windows-Firewall zulassen“) und versuche es dann noch einmal.',
  ],
  'windows-no-opening': ({ targets }) => [
    `Keine eigene Regel in der Windows-Firewall ist an und lässt nur ${portsOf(targets)} herein.`,
    OPEN_SETTINGS,
  ],
  'windows-no-block': ({ targets }) => [
    `Portcullis hat in der Windows-Firewall keine Regel, die ${portsOf(targets)} blockiert, und dort lauscht nichts.`,
    'Wer durchkommt, zeigt: portcullis scan --all',
  ],
  'windows-by-hand': ({ ways }) => [
    'Unter Windows schließt Portcullis Ports in der Windows-Firewall; die anderen Wege gehst du von Hand.',
    instead(ways),
  ],
};
