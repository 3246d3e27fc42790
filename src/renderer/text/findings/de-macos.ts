/** What is particular to macOS, in German. */
import { type Sentences } from '../../../core/advice/english/parts.ts';
import { byName, withProgram } from '../../../core/advice/named.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type { MacSetting, SaysMacOption, SaysMacPf, SaysMacSetting, SaysMacUnlessPf } from '../../../core/says.ts';
import { list, number, sentence } from '../format.ts';
import { identityName } from '../services/de-words.ts';
import { audience, portOf, portsOf, together } from './de-parts.ts';

const SHARING = 'Systemeinstellungen, Allgemein, Teilen';

/** Where it is turned off, what it does for others, and what stops. */
const SETTINGS: Readonly<Record<MacSetting, readonly [where: string, does: string, stops: string]>> = {
  airplay: [
    'Systemeinstellungen, Allgemein, AirDrop & Handoff: AirPlay-Empfänger',
    'Der AirPlay-Empfänger lässt Apple-Geräte auf diesem Mac abspielen und ist ab Werk an',
    'Apple-Geräte können auf diesem Mac nichts mehr abspielen. Was du von ihm aus abspielst, geht weiter.',
  ],
  screen: [
    `${SHARING}: Bildschirmfreigabe`,
    'Die Bildschirmfreigabe zeigt und steuert diesen Bildschirm für alle, die ein Passwort haben',
    'Du kannst diesen Mac nicht mehr von einem anderen Computer aus sehen oder steuern.',
  ],
  management: [
    `${SHARING}: Entfernte Verwaltung`,
    'Über die entfernte Verwaltung steuert ein Administrator diesen Mac aus der Ferne',
    'Wer sich aus der Ferne um diesen Mac kümmert, kann es nicht mehr.',
  ],
  files: [
    `${SHARING}: Dateifreigabe`,
    'Die Dateifreigabe bietet Ordner dieses Mac anderen Computern an',
    'Andere Computer sehen keine Ordner dieses Mac mehr. Ihre erreichst du weiterhin.',
  ],
  login: [
    `${SHARING}: Entfernte Anmeldung`,
    'Mit der entfernten Anmeldung arbeitet über SSH an diesem Mac, wer ein Passwort oder einen Schlüssel hat',
    'Du kannst dich nicht mehr von einem anderen Computer aus an diesem Mac anmelden; offene Sitzungen können enden.',
  ],
  events: [
    `${SHARING}: Entfernte Apple-Events`,
    'Über entfernte Apple-Events steuern Programme auf anderen Computern Programme hier',
    'Skripte auf anderen Computern erreichen diesen Mac nicht mehr.',
  ],
  printers: [
    `${SHARING}: Druckerfreigabe`,
    'Über die Druckerfreigabe nutzen andere Computer die Drucker dieses Mac',
    'Andere Computer können nicht mehr über diesen Mac drucken. Du kannst es weiterhin.',
  ],
  media: [
    `${SHARING}: Medienfreigabe`,
    'Die Medienfreigabe bietet anderen Geräten Musik, Filme und Fotos dieses Mac an',
    'Andere Geräte spielen nicht mehr ab, was auf diesem Mac liegt.',
  ],
  caching: [
    `${SHARING}: Inhaltscaching`,
    'Das Inhaltscaching hält Downloads von Apple für die anderen Geräte dieses Netzwerks bereit',
    'Andere Geräte holen ihre Updates wieder aus dem Internet.',
  ],
  internet: [
    `${SHARING}: Internetfreigabe`,
    'Die Internetfreigabe vergibt Adressen an andere Geräte und leitet weiter, was sie senden',
    'Geräte, die die Verbindung dieses Mac nutzen, verlieren sie.',
  ],
};

export function setting({ listener: id, others, setting: which, who }: SaysMacSetting, subjects: Subjects): Sentences {
  const [where, does, stops] = SETTINGS[which];
  const named = byName([id, ...others].map(subjects.listener), (one) => withProgram(identityName(one), one.owner));
  const reached =
    who === null ? 'Wer das erreicht, lässt sich noch nicht sagen.' : `Offen ist das für ${audience(who)}.`;
  return {
    title: `${list(named.map(([name, targets]) => `${name} an ${portsOf(targets)}`))} ${named.length === 1 ? 'ist' : 'sind'} durch eine Einstellung von macOS offen`,
    why: `${does}. ${reached} Wenn du es nicht nutzt, schalte es aus, statt ${others.length === 0 ? 'den Port' : 'die Ports'} zu sperren: ${where}.`,
    ifClosed: stops,
  };
}

export const stealth = ({ command }: SaysMacOption): Sentences => ({
  title: 'Der Tarnmodus der Programm-Firewall ist aus',
  why: `Dieser Mac antwortet, wenn jemand Fremdes im Netzwerk einen Port versucht oder ihn anpingt, und wird so gefunden. Offen ist dadurch nichts. Einschalten: ${command}.`,
  ifClosed: 'Pings an diesen Mac bleiben ohne Antwort; manche Werkzeuge halten ihn dann für ausgeschaltet.',
});

export const signed = ({ command }: SaysMacOption): Sentences => ({
  title: 'Signierte Programme werden ohne Nachfrage hereingelassen',
  why: `Die Programm-Firewall lässt jedes signierte Programm herein, auch eines, das du heute geladen hast, solange ihre Liste es nicht sperrt. Stattdessen gefragt werden: ${command}.`,
  ifClosed: 'macOS fragt dich, wenn ein geladenes Programm zum ersten Mal erreichbar sein will.',
});

const names = (few: SaysMacPf['anchors']): string =>
  list([...few.first.map(sentence), ...(few.more === 0 ? [] : [`${number(few.more)} weitere`])]);

export const pf = ({ anchors, askers }: SaysMacPf): Sentences => ({
  title: 'Der Paketfilter (pf) ist an',
  why: together(
    'Ab Werk ist pf aus: ein Programm oder ein Mensch hat ihn eingeschaltet.',
    askers.first.length === 0 ? null : `An bleibt er wegen ${names(askers)}.`,
    anchors.first.length === 0 ? 'In keinem Anker stehen Regeln.' : `Regeln stehen in ${names(anchors)}.`,
    'Sie sind hier mit allen anderen beurteilt.',
  ),
  ifClosed:
    'Wenn du ihn ausschaltest, geht vielleicht nicht mehr, was ihn eingeschaltet hat: ein VPN, die Internetfreigabe, eine virtuelle Maschine.',
});

export function unlessPf({ open, local }: SaysMacUnlessPf): Sentences {
  const ports = list([...open.first.map(portOf), ...(open.more === 0 ? [] : [`${number(open.more)} weitere`])]);
  const count = open.first.length + open.more;
  const own = local === 1 ? 'Ein Port ist' : `${number(local)} Ports sind`;
  return {
    title:
      count === 0
        ? `${own} nur für diesen Mac, solange der Paketfilter (pf) nicht dorthin umleitet`
        : `Offen, solange der Paketfilter (pf) es nicht sperrt: ${ports}`,
    why: together(
      count === 0 ? null : 'Die Programm-Firewall hält dort niemanden auf.',
      local === 0 || count === 0 ? null : `${own} nur für diesen Mac, solange pf keine Verbindungen dorthin umleitet.`,
      'Was pf tut, darf nur ein Administrator lesen; ab Werk ist er aus und sperrt nichts, und /etc/pf.conf sagt nicht, was jetzt geladen ist.',
      'Um es zu klären: sudo portcullis scan.',
    ),
    ifClosed: 'Nichts ändert sich: Nachsehen liest nur.',
  };
}
