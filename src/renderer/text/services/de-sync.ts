/** Programs that keep devices in step or pass files between them, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const SLOWER = 'Ordner werden über vermittelnde Server (Relays) abgeglichen, langsamer.';

export const sync: Readonly<Record<string, GermanService>> = {
  'apple-content-caching': {
    purpose: 'Hält Downloads von Apple für die anderen Geräte dieses Netzwerks bereit.',
    ifExposed: 'Jemand könnte von diesem Mac holen, was Apple allen anbietet.',
    ifClosed: 'Andere Geräte holen ihre Updates wieder aus dem Internet.',
  },
  bittorrent: {
    purpose: 'Holt Dateien zusammen mit vielen anderen und gibt sie weiter.',
    ifExposed: 'Fremde könnten sehen, welche Dateien du teilst; so funktioniert es.',
    ifClosed: 'Downloads gehen weiterhin, aber vielleicht langsamer, und andere finden dich seltener.',
  },
  'bittorrent-remote': {
    purpose: 'Steuert ein BitTorrent-Programm über eine Webseite.',
    ifExposed:
      'Jemand könnte Downloads starten und wählen, wohin Dateien geschrieben werden, wo kein Passwort gesetzt ist.',
    ifClosed: 'Du kannst Downloads nicht mehr von einem anderen Gerät aus steuern.',
  },
  'dropbox-lan-sync': {
    purpose: 'Holt Dateien von Dropbox von deinen anderen Computern im selben Netzwerk.',
    ifExposed: 'Jemand könnte sehen, dass Dropbox hier läuft; Dateien gehen nur an Computer desselben Kontos.',
    ifClosed: 'Dropbox funktioniert weiter, über das Internet.',
    bindLocal: 'Dropbox, unter Preferences, Bandwidth: „Enable LAN sync“ abwählen',
  },
  'kde-connect': {
    purpose: 'Verbindet dein Handy mit diesem Computer: Nachrichten, Dateien, Zwischenablage, Medientasten.',
    ifExposed: 'Jemand könnte um Kopplung mit diesem Computer bitten; nichts geschieht, bevor du zustimmst.',
    ifClosed: 'Dein Handy findet diesen Computer nicht mehr.',
  },
  localsend: {
    purpose: 'Schickt Dateien zwischen Geräten im selben Netzwerk.',
    ifExposed:
      'Jemand könnte dir Dateien anbieten und den Namen dieses Computers sehen; du wirst gefragt, bevor etwas gespeichert wird.',
    ifClosed: 'Andere Geräte können diesem Computer keine Dateien mehr schicken. Verschicken geht weiterhin.',
  },
  'resilio-sync': {
    purpose: 'Hält Ordner auf mehreren Computern gleich.',
    ifExposed:
      'Nur wer den Schlüssel eines Ordners hat, bekommt seine Dateien; auch die Einstellungsseite kann erreichbar sein.',
    ifClosed: SLOWER,
    bindLocal: 'In seiner Konfiguration: "webui": { "listen": "127.0.0.1:8888" }',
  },
  syncthing: {
    purpose: 'Hält Ordner auf mehreren deiner Computer gleich.',
    ifExposed: 'Nur Geräte, die du hinzugefügt hast, bekommen Dateien; andere sehen, dass Syncthing hier läuft.',
    ifClosed: SLOWER,
  },
  'syncthing-gui': {
    purpose: 'Die Webseite, auf der Syncthing eingerichtet wird.',
    ifExposed:
      'Jemand könnte jeden deiner Ordner mit sich selbst teilen; frisch installiert fragt sie nach keinem Passwort.',
    ifClosed: 'Du kannst die Einstellungen nicht mehr von einem anderen Gerät aus öffnen. Der Abgleich geht weiter.',
    bindLocal: 'Unter Actions, Settings, GUI: „GUI Listen Address“ auf 127.0.0.1:8384 setzen',
  },
  unison: {
    purpose: 'Hält Ordner auf zwei Computern gleich.',
    ifExposed: 'Im Socket-Modus fragt es nach keinem Passwort: Jemand könnte deine Dateien lesen und ändern.',
    ifClosed:
      'Ein anderer Computer kann sich nicht mehr über einen einfachen Socket abgleichen. Über SSH kann er es weiter.',
  },
  warpinator: {
    purpose: 'Schickt Dateien zwischen Computern im selben Netzwerk.',
    ifExposed:
      'Wer denselben Gruppencode hat, könnte dir Dateien anbieten; du wirst gefragt, bevor etwas gespeichert wird.',
    ifClosed: 'Andere Geräte finden diesen Computer in Warpinator nicht mehr.',
  },
};
