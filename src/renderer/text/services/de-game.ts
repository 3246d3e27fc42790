/** Games that others join over the network, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const JOIN = 'Jemand könnte mitspielen; ein Fehler im Server stünde allen offen.';
const CLOSED =
  'Andere können an einem Spiel auf diesem Computer nicht mehr teilnehmen. Anderswo mitzuspielen geht weiterhin.';

export const game: Readonly<Record<string, GermanService>> = {
  factorio: {
    purpose: 'Stellt ein Spiel von Factorio für andere bereit.',
    ifExposed: JOIN,
    ifClosed: CLOSED,
  },
  luanti: {
    purpose: 'Stellt ein Spiel von Luanti für andere bereit.',
    ifExposed: JOIN,
    ifClosed: CLOSED,
  },
  minecraft: {
    purpose: 'Stellt eine Welt von Minecraft für andere bereit.',
    ifExposed: 'Jemand könnte deine Welt betreten, wenn sie keine Liste der Mitspielenden hat.',
    ifClosed: CLOSED,
  },
  openttd: {
    purpose: 'Stellt ein Spiel von OpenTTD für andere bereit.',
    ifExposed: JOIN,
    ifClosed: CLOSED,
  },
  'source-server': {
    purpose: 'Stellt ein Spiel wie Counter-Strike oder Team Fortress für andere bereit.',
    ifExposed: 'Jemand könnte mitspielen und an seiner Fernkonsole Passwörter probieren.',
    ifClosed: CLOSED,
  },
  steam: {
    purpose: 'Findet andere Geräte mit Steam, schickt ihnen Spiele und kopiert Spieldateien im selben Netzwerk.',
    ifExposed: 'Jemand könnte sehen, dass Steam hier läuft; spielen kann nur ein Gerät, das du gekoppelt hast.',
    ifClosed:
      'Steam Link und andere Geräte in deinem Netzwerk finden diesen Computer nicht mehr. Hier zu spielen geht weiterhin.',
    bindLocal: 'Steam, Einstellungen, Remote Play: ausschalten',
  },
  terraria: {
    purpose: 'Stellt eine Welt von Terraria für andere bereit.',
    ifExposed: JOIN,
    ifClosed: CLOSED,
  },
  valheim: {
    purpose: 'Stellt eine Welt von Valheim für andere bereit.',
    ifExposed: JOIN,
    ifClosed: CLOSED,
  },
};
