/** Ports that wait for a debugger, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLOSED =
  'Ein Debugger auf einem anderen Computer kann sich nicht mehr anhängen. Einer auf diesem Computer kann es weiter.';
const ANY_CODE =
  'Jemand könnte beliebigen Code ausführen, mit den Rechten des Benutzers, unter dem das untersuchte Programm läuft.';
const steps = (program: string): string => `Wartet auf einen Debugger, der ${program} Schritt für Schritt durchgeht.`;

export const debuggers: Readonly<Record<string, GermanService>> = {
  'browser-debugging': {
    purpose: 'Lässt ein Programm einen Browser steuern und untersuchen, der dafür gestartet wurde.',
    ifExposed:
      'Jemand könnte jede offene Seite lesen, die Konten darin übernehmen und Dateien dieses Computers öffnen.',
    ifClosed: CLOSED,
    bindLocal: 'Ohne --remote-debugging-address starten',
  },
  debugpy: {
    purpose: steps('ein Python-Programm'),
    ifExposed: ANY_CODE,
    ifClosed: CLOSED,
  },
  delve: {
    purpose: steps('ein Go-Programm'),
    ifExposed: ANY_CODE,
    ifClosed: CLOSED,
  },
  gdbserver: {
    purpose: steps('ein Programm'),
    ifExposed: ANY_CODE,
    ifClosed: CLOSED,
  },
  jdwp: {
    purpose: steps('ein Java-Programm'),
    ifExposed: ANY_CODE,
    ifClosed: CLOSED,
  },
  'node-inspector': {
    purpose: steps('ein Node.js-Programm'),
    ifExposed: ANY_CODE,
    ifClosed: CLOSED,
  },
};
