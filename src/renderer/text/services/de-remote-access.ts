/** Ways to use this computer from another one, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const LOG_IN = 'Wer ein Passwort kennt oder errät, könnte diesen Computer so nutzen, wie du es tust.';
const SHOWS = 'Zeigt und steuert diesen Computer von einem anderen aus.';
const SHOWS_ELSEWHERE = 'Zeigt und steuert diesen Computer von anderswo.';
const SHELL = 'Eine Shell aus der Ferne, die einen Wechsel des Netzwerks übersteht.';
const LET_IN = 'Wer das Passwort kennt oder von dir hereingelassen wird, könnte diesen Computer sehen und steuern.';
const DESKTOP_CLOSED = 'Du kannst diesen Desktop nicht mehr von einem anderen Computer aus öffnen.';
const MANAGES = 'Verwaltet diesen Computer über eine Webseite.';
const MANAGE_ALL = 'Wer ein Passwort dieses Computers kennt oder errät, könnte ihn ganz verwalten.';
const MANAGE_CLOSED = 'Du kannst diesen Computer nicht mehr vom Browser eines anderen Geräts aus verwalten.';

export const remoteAccess: Readonly<Record<string, GermanService>> = {
  anydesk: {
    purpose: SHOWS_ELSEWHERE,
    ifExposed: LET_IN,
    ifClosed:
      'Direkte Verbindungen und das Finden in deinem Netzwerk enden. Verbindungen über die Server von AnyDesk gehen weiterhin.',
  },
  'apple-events': {
    purpose: 'Lässt Programme auf anderen Computern die Programme auf diesem Mac steuern.',
    ifExposed: 'Wer ein Passwort kennt, könnte die Programme auf diesem Mac steuern.',
    ifClosed: 'Skripte auf anderen Computern erreichen diesen Mac nicht mehr.',
  },
  'apple-remote-desktop': {
    purpose: 'Lässt einen Administrator diesen Mac von einem anderen Computer aus betreuen.',
    ifExposed: 'Wer ein Passwort kennt, könnte diesen Mac steuern und sehen, was darauf ist.',
    ifClosed: 'Wer sich aus der Ferne um diesen Mac kümmert, kann es nicht mehr.',
  },
  'chrome-remote-desktop': {
    purpose: 'Zeigt und steuert diesen Computer von einem Browser anderswo.',
    ifExposed: 'Wenig: Nur eine Sitzung, die über die Server von Google eingerichtet wurde, bekommt Antwort.',
    ifClosed: 'Sitzungen laufen über die Server von Google statt direkt und sind vielleicht langsamer.',
  },
  cockpit: {
    purpose: MANAGES,
    ifExposed: MANAGE_ALL,
    ifClosed: MANAGE_CLOSED,
  },
  dameware: {
    purpose: SHOWS,
    ifExposed: LOG_IN,
    ifClosed: 'Wer sich aus der Ferne um diesen Computer kümmert, kann es nicht mehr.',
  },
  dwservice: {
    purpose: 'Zeigt und steuert diesen Computer von einem Browser anderswo.',
    ifExposed: 'Wenig: Sitzungen kommen über die Server des Herstellers herein.',
    ifClosed: 'Nichts, was bekannt wäre: Sitzungen laufen über die Server des Herstellers.',
  },
  'eternal-terminal': {
    purpose: SHELL,
    ifExposed: 'Wenig ohne vorherige Anmeldung über SSH; ein Fehler darin stünde allen offen.',
    ifClosed: 'Du kannst dich mit et nicht mehr mit diesem Computer verbinden.',
  },
  'gnome-remote-desktop': {
    purpose: 'Zeigt und steuert den GNOME-Desktop von einem anderen Computer aus.',
    ifExposed: 'Wer sein Passwort kennt oder errät, könnte deinen Desktop sehen und steuern.',
    ifClosed: DESKTOP_CLOSED,
  },
  mosh: {
    purpose: SHELL,
    ifExposed: 'Wenig: Nur wer den Schlüssel dieser Sitzung hat, bekommt Antwort.',
    ifClosed: 'Die laufende Sitzung von mosh wird getrennt.',
  },
  netsupport: {
    purpose: 'Lässt jemanden diesen Computer von einem anderen aus betreuen.',
    ifExposed:
      'Wer das Passwort kennt oder von den Einstellungen hereingelassen wird, könnte diesen Computer sehen und steuern.',
    ifClosed: 'Wer sich aus der Ferne um diesen Computer kümmert, kann es nicht mehr.',
  },
  nomachine: {
    purpose: SHOWS,
    ifExposed: LOG_IN,
    ifClosed: DESKTOP_CLOSED,
  },
  parsec: {
    purpose: 'Schickt den Bildschirm an ein anderes Gerät und nimmt dessen Tastatur, Maus und Gamepad.',
    ifExposed: 'Wenig: Nur wer bei Parsec angemeldet ist und hier hereingelassen wird, bekommt Antwort.',
    ifClosed: 'Sitzungen sind vielleicht langsamer oder kommen nicht zustande.',
  },
  radmin: {
    purpose: SHOWS,
    ifExposed: LOG_IN,
    ifClosed: DESKTOP_CLOSED,
  },
  rdp: {
    purpose: SHOWS,
    ifExposed: LOG_IN,
    ifClosed: DESKTOP_CLOSED,
  },
  'remote-utilities': {
    purpose: SHOWS_ELSEWHERE,
    ifExposed: 'Wer das Passwort kennt oder errät, könnte diesen Computer sehen und steuern.',
    ifClosed: 'Direkte Verbindungen enden. Verbindungen über die Server des Herstellers gehen weiterhin.',
  },
  rustdesk: {
    purpose: SHOWS_ELSEWHERE,
    ifExposed: 'Wer das Passwort kennt oder errät, könnte diesen Computer sehen und steuern.',
    ifClosed:
      'Direkte Verbindungen in deinem Netzwerk enden. Verbindungen über einen vermittelnden Server (Relay) gehen weiterhin.',
  },
  screenconnect: {
    purpose: 'Lässt Helfer Computer von anderswo sehen und steuern.',
    ifExposed: 'Wer sich dort anmelden kann, könnte jeden Computer sehen und steuern, der darüber betreut wird.',
    ifClosed: 'Helfer und die Computer, die sie betreuen, verbinden sich nicht mehr über diesen.',
  },
  splashtop: {
    purpose: SHOWS_ELSEWHERE,
    ifExposed: LET_IN,
    ifClosed:
      'Direkte Verbindungen in deinem Netzwerk enden. Verbindungen über die Server von Splashtop gehen weiterhin.',
  },
  ssh: {
    purpose: 'Lässt dich von einem anderen Computer aus an diesem anmelden und Dateien kopieren.',
    ifExposed:
      'Wer ein Passwort dieses Computers kennt oder errät, könnte sich anmelden; gelten nur Schlüssel, kann es kaum jemand.',
    ifClosed: 'Du kannst dich von einem anderen Computer aus hier nicht mehr anmelden und keine Dateien mehr kopieren.',
  },
  'ssh-forwarded': {
    purpose: 'Führt durch eine SSH-Sitzung zu einem Computer, der hier angemeldet ist.',
    ifExposed: 'Andere könnten nutzen, was jener Computer hier veröffentlicht: Jemand hat sich mit ssh -R angemeldet.',
    ifClosed: 'Der Port jenes Computers ist über diesen nicht mehr zu erreichen.',
  },
  sunshine: {
    purpose: 'Schickt den Bildschirm an ein anderes Gerät und nimmt dessen Tastatur, Maus und Gamepad entgegen.',
    ifExposed: 'Nur ein gekoppeltes Gerät sieht den Bildschirm; die Einstellungsseite fragt nach ihrem Passwort.',
    ifClosed: 'Moonlight auf anderen Geräten findet diesen Computer nicht mehr und spielt nicht mehr von ihm.',
  },
  teamviewer: {
    purpose: SHOWS_ELSEWHERE,
    ifExposed: LET_IN,
    ifClosed:
      'Direkte Verbindungen in deinem Netzwerk enden. Verbindungen über die Server von TeamViewer gehen weiterhin.',
  },
  telnet: {
    purpose: 'Eine alte Art, sich an diesem Computer anzumelden, ohne jede Verschlüsselung.',
    ifExposed: 'Jemand im selben Netzwerk könnte Passwörter beim Tippen mitlesen und sich mit ihnen anmelden.',
    ifClosed: 'Niemand kann sich mehr mit Telnet anmelden. SSH leistet dasselbe auf sichere Art.',
  },
  ttyd: {
    purpose: 'Zeigt ein Terminal dieses Computers auf einer Webseite.',
    ifExposed: 'Jemand könnte auf diesem Computer Befehle ausführen; oft wird kein Passwort verlangt.',
    ifClosed: 'Du kannst das Terminal nicht mehr von einem anderen Gerät aus öffnen.',
  },
  vnc: {
    purpose: 'Zeigt und steuert den Bildschirm dieses Computers von einem anderen aus.',
    ifExposed:
      'Jemand könnte den Bildschirm sehen und steuern; das Passwort ist in vielen Versionen schwach oder fehlt.',
    ifClosed: 'Du kannst diesen Bildschirm nicht mehr von einem anderen Computer aus öffnen.',
  },
  webmin: {
    purpose: MANAGES,
    ifExposed: MANAGE_ALL,
    ifClosed: MANAGE_CLOSED,
  },
  winrm: {
    purpose: 'Lässt Administratoren von einem anderen Computer aus auf diesem Befehle ausführen.',
    ifExposed: 'Wer das Passwort eines Administrators kennt oder errät, könnte hier Programme laufen lassen.',
    ifClosed: 'Administratoren können diesen Computer nicht mehr von anderswo verwalten.',
  },
  x11: {
    purpose: 'Zeichnet die Fenster von Programmen, auch von solchen, die auf anderen Computern laufen.',
    ifExposed: 'Wer hereingelassen wird, könnte den Bildschirm sehen und jede Taste, die du drückst.',
    ifClosed: 'Programme auf anderen Computern können hier keine Fenster mehr direkt öffnen. ssh -X geht weiterhin.',
    bindLocal: 'Den X-Server mit -nolisten tcp starten',
  },
};
