/** Files of rules, and reports, in German. */
import { foreign, list, plural } from '../format.ts';
import { importPartInGerman } from '../import/part-de.ts';
import { reportPartInGerman } from '../report/part-de.ts';
import { EXPORT_NAMES_DE } from '../export-names.ts';
import type { exportWords as English } from '../en/export.ts';

export const exportWords: typeof English = {
  exportView: {
    title: 'Export',
    lead: 'Die Regeln, die diese Ports schließen, als Datei für diesen oder einen anderen Computer. Hier wird nichts geändert.',
    ports: 'Ports zum Schließen',
    none: 'Nichts auszuwählen: Kein Port ist für andere erreichbar.',
    noneKnown: 'Nichts auszuwählen: Von keinem Port ist bekannt, dass andere ihn erreichen.',
    onlyReachable: 'Ports, die nur dieser Computer erreicht, brauchen keine Regel und stehen nicht in der Liste.',
    ledOn: (names) =>
      `Nicht in der Liste: ${list(names)}. Regeln leiten das an einen Container oder anderen Computer weiter. Im Terminal:`,
    all: 'Alle',
    nothing: 'Keine',
    format: 'Für',
    formats: {
      ufw: { name: EXPORT_NAMES_DE.ufw, text: 'Shell-Skript für Debian und Ubuntu' },
      firewalld: { name: EXPORT_NAMES_DE.firewalld, text: 'Shell-Skript für Fedora, RHEL und openSUSE' },
      'firewalld-xml': { name: EXPORT_NAMES_DE['firewalld-xml'], text: 'Gilt auch für Netze, die später dazukommen' },
      nftables: { name: EXPORT_NAMES_DE.nftables, text: 'Eine eigene Tabelle vor allen Regeln' },
      iptables: { name: EXPORT_NAMES_DE.iptables, text: 'Eine eigene Kette, für ältere Systeme' },
      ansible: { name: EXPORT_NAMES_DE.ansible, text: 'Playbook für viele Computer' },
      windows: { name: EXPORT_NAMES_DE.windows, text: 'PowerShell-Skript' },
      netsh: { name: EXPORT_NAMES_DE.netsh, text: 'Batch-Datei, wo PowerShell nicht laufen soll' },
      pf: { name: EXPORT_NAMES_DE.pf, text: 'Shell-Skript für den Paketfilter (pf)' },
      alf: { name: EXPORT_NAMES_DE.alf, text: 'Shell-Skript für die Programm-Firewall' },
      intent: { name: EXPORT_NAMES_DE.intent, text: 'Was du willst, für Portcullis dort' },
    },
    whom: 'Ausgesperrt',
    audiences: {
      everyone: 'Alle',
      'all-but-this-network': 'Alle außerhalb dieses Netzes',
      internet: 'Das Internet',
    },
    posture: 'Auch alles andere schließen',
    postureText: 'Was du offen lassen wolltest, und Fernsitzungen bleiben erreichbar.',
    rules: 'Regeln',
    undo: 'Rückgängig',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyFailed: 'Kopieren hat nicht geklappt',
    save: 'Speichern …',
    saveUndo: 'Rückgängig-Datei speichern …',
    saved: (path) => `Gespeichert als ${foreign(path)}`,
    notExpressed: 'Was dieses Format nicht sagen kann',
    making: 'Schreibt die Datei …',
    moreLines: (count) => `${plural(count, { one: 'weitere Zeile', other: 'weitere Zeilen' })} zeigen`,
    choose: 'Wähle mindestens einen Port, um seine Datei zu sehen.',
    recommended: 'empfohlen',
  },

  reportPart: reportPartInGerman,
  importPart: importPartInGerman,
};
