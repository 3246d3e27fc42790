/** Music, films, pictures and sound over the network, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const OFFERS = 'Bietet anderen Geräten Filme und Musik an.';

export const media: Readonly<Record<string, GermanService>> = {
  airplay: {
    purpose: 'Spielt den Ton von Apple-Geräten auf diesem Computer oder zeigt ihren Bildschirm.',
    ifExposed: 'Jemand könnte auf diesem Computer Ton oder Bilder abspielen.',
    ifClosed: 'Apple-Geräte können auf diesem Computer nichts mehr abspielen.',
  },
  'apple-home-sharing': {
    purpose: 'Bietet Musik und Filme dieses Mac anderen Geräten an.',
    ifExposed: 'Jemand könnte die Musik und die Filme dieses Mac sehen und abspielen.',
    ifClosed: 'Andere Geräte spielen nicht mehr ab, was auf diesem Mac liegt.',
  },
  dlna: {
    purpose: 'Bietet Fernsehern und Abspielgeräten Musik, Bilder und Filme an.',
    ifExposed:
      'Jemand könnte alle Musik, Bilder und Filme sehen und kopieren, die er anbietet; niemand wird nach einem Passwort gefragt.',
    ifClosed: 'Fernseher und Abspielgeräte finden die Filme und die Musik dieses Computers nicht mehr.',
  },
  icecast: {
    purpose: 'Sendet ein Radioprogramm an alle, die zuhören.',
    ifExposed: 'Alle können zuhören; wer ein Passwort errät, könnte ein eigenes Programm senden.',
    ifClosed: 'Wer anderswo zuhört, hört das Programm nicht mehr.',
    bindLocal: 'In icecast.xml, Abschnitt <listen-socket>: <bind-address>127.0.0.1</bind-address>',
  },
  jellyfin: {
    purpose: OFFERS,
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte deine Filme, Musik und Bilder sehen.',
    ifClosed: 'Andere Geräte können von diesem Computer nichts mehr abspielen.',
    bindLocal: 'Unter Dashboard, Networking: „Bind to local network address“ auf 127.0.0.1 setzen',
  },
  kodi: {
    purpose: 'Lässt ein Handy oder eine Webseite den Mediaplayer steuern.',
    ifExposed: 'Jemand könnte steuern, was gespielt wird, und Mediendateien lesen, wo kein Passwort gesetzt ist.',
    ifClosed: 'Apps zur Fernsteuerung erreichen Kodi nicht mehr.',
    bindLocal:
      'Unter Settings, Services, Control: „Allow remote control from applications on other systems“ ausschalten',
  },
  mpd: {
    purpose: 'Spielt Musik und wird von anderen Programmen gesteuert.',
    ifExposed: 'Jemand könnte steuern, was gespielt wird, und deine Musik sehen.',
    ifClosed: 'Apps zur Fernsteuerung erreichen ihn nicht mehr.',
  },
  navidrome: {
    purpose: 'Bietet anderen Geräten deine Musik an.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte deine Musik hören und kopieren.',
    ifClosed: 'Andere Geräte können von diesem Computer keine Musik mehr abspielen.',
  },
  'obs-websocket': {
    purpose: 'Lässt andere Programme und Geräte OBS Studio steuern.',
    ifExposed: 'Wer das Passwort kennt, könnte steuern, was du aufnimmst und streamst.',
    ifClosed: 'Fernsteuerungen auf anderen Geräten erreichen OBS nicht mehr.',
    bindLocal: 'Unter Tools, WebSocket Server Settings: „Enable WebSocket server“ abwählen',
  },
  plex: {
    purpose: OFFERS,
    ifExposed: 'Wer ein Konto hat, mit dem du teilst, könnte deine Medien sehen; andere sehen, dass Plex hier läuft.',
    ifClosed: 'Andere Geräte können von diesem Computer nicht mehr direkt abspielen.',
  },
  pulseaudio: {
    purpose: 'Gibt Ton für Programme auf anderen Computern wieder und nimmt ihn auf.',
    ifExposed: 'Wer hereingelassen wird, könnte über das Mikrofon mithören und Ton abspielen.',
    ifClosed: 'Programme auf anderen Computern können hier keinen Ton mehr abspielen.',
    bindLocal: 'Das Modul entladen: pactl unload-module module-native-protocol-tcp',
  },
  snapcast: {
    purpose: 'Spielt dieselbe Musik in mehreren Räumen.',
    ifExposed: 'Jemand könnte mithören und die Lautstärke ändern.',
    ifClosed: 'Lautsprecher in anderen Räumen verstummen.',
  },
  'spotify-connect': {
    purpose: 'Lässt ein Handy diesen Computer als Lautsprecher wählen.',
    ifExposed: 'Jemand könnte sehen, dass Spotify hier läuft, und Musik darauf abspielen.',
    ifClosed:
      'Geräte in deinem Netzwerk finden diesen Computer vielleicht nicht als Lautsprecher. Abspielen geht weiterhin.',
  },
};
