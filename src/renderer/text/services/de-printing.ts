/** Printers and scanners, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

export const printing: Readonly<Record<string, GermanService>> = {
  cups: {
    purpose: 'Druckt und gibt Drucker frei, wo das eingeschaltet ist.',
    ifExposed:
      'Jemand könnte hier drucken, die Drucker und Druckaufträge sehen und auf der Einstellungsseite Passwörter probieren.',
    ifClosed: 'Andere Geräte können über diesen Computer nicht mehr drucken. Du kannst weiter drucken.',
    bindLocal: 'cupsctl --no-remote-any --no-share-printers, oder in cupsd.conf: Listen localhost:631',
  },
  'cups-browsed': {
    purpose: 'Fügt die Drucker des Netzwerks von selbst hinzu.',
    ifExposed:
      'Jemand könnte einen falschen Drucker hinzufügen; in Versionen vor Herbst 2024 führt es fremden Code aus, darauf zu drucken.',
    ifClosed:
      'Drucker alter Druckserver werden nicht mehr von selbst hinzugefügt. Moderne Drucker werden auf anderem Weg gefunden.',
  },
  'ipp-usb': {
    purpose: 'Lässt Programme mit einem USB-Drucker oder -Scanner sprechen, als wäre er im Netzwerk.',
    ifExposed: 'Jemand könnte drucken, scannen und die Einstellungen des Druckers ändern.',
    ifClosed: 'Andere Computer können diesen Drucker nicht mehr direkt nutzen. Du kannst weiter drucken und scannen.',
  },
  jetdirect: {
    purpose: 'Reicht alles, was gesendet wird, geradewegs an einen Drucker weiter.',
    ifExposed: 'Jemand könnte alles Mögliche drucken; niemand wird nach einem Passwort gefragt.',
    ifClosed: 'Andere Geräte können über diesen Computer nicht mehr drucken.',
  },
  lpd: {
    purpose: 'Nimmt Druckaufträge alter Computer an.',
    ifExposed: 'Jemand könnte hier drucken; niemand wird nach einem Passwort gefragt.',
    ifClosed: 'Alte Computer können über diesen nicht mehr drucken.',
  },
  sane: {
    purpose: 'Lässt andere Computer einen Scanner nutzen, der hier angeschlossen ist.',
    ifExposed: 'Jemand in einem erlaubten Netzwerk könnte einscannen, was im Scanner liegt.',
    ifClosed: 'Andere Computer können diesen Scanner nicht mehr nutzen.',
  },
};
