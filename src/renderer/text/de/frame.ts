/** What stands around the views: the rail, the palette, scans, what is live, the first start, in German. */
import { NETWORK } from '../../../core/reach/place-words-de.ts';
import { networkOf } from '../../state/select.ts';
import { portName, upper } from '../facts.ts';
import { dateTime, list, plural, time } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { EXPORT_NAMES_DE } from '../export-names.ts';
import { ports, MOST } from './shared.ts';
import type { frameWords as English } from '../en/frame.ts';

export const frameWords: typeof English = {
  name: 'Portcullis',

  motto: 'Halte Ports geschlossen, solange du sie nicht brauchst.',

  nav: {
    label: 'Ansichten',
    'keep-closed': 'Übersicht',
    ports: 'Ports',
    review: 'Durchsehen',
    firewall: 'Firewall',
    history: 'Verlauf',
    export: 'Export',
    learn: 'Lernen',
    advice: (count) => `${ports(count)} zum Ansehen`,
  },

  theme: {
    label: 'Darstellung',
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
  },

  language: {
    label: 'Sprache',
    system: 'Systemsprache',
    en: 'English',
    de: 'Deutsch',
  },

  network: {
    names: NETWORK,
    none: 'In keinem Netzwerk',
    on: (report) => {
      const network = networkOf(report);
      return network === null ? 'In keinem Netzwerk' : `Im ${NETWORK[network.kind]}`;
    },
    firewall: ({ id, active }) =>
      `${FIREWALL[id]} ${active === null ? 'ist nicht lesbar' : active ? 'ist an' : 'ist aus'}`,
    noFirewall: 'Keine Firewall gefunden',
  },

  scan: {
    again: 'Neu scannen',
    running: 'Wird geprüft …',
    first: 'Prüft, was auf diesem Computer lauscht …',
    asOf: (iso) => `Stand ${time(iso)}`,
    toKnow: 'Scanne neu, um zu wissen, wie es jetzt ist.',
    saved: 'Gespeicherter Snapshot von',
    savedNameless: 'einem Computer, dessen Name entfernt wurde',
    savedAt: (iso) => `Wie es am ${dateTime(iso)} war. Von hier aus lässt sich nichts davon ändern.`,
    maybeChanged: 'Das Netzwerk, die Regeln oder die Programme können sich seitdem geändert haben.',
    socketsChanged: 'Was lauscht, hat sich seitdem geändert.',
    failed: 'Der Scan hat nicht geklappt',
    retry: 'Noch einmal versuchen',
    exactRunning: 'Liest die genauen Regeln …',
  },

  live: {
    changed: 'Eben geändert',
    announce: (events) => {
      const told = (kind: (typeof events)[number]['kind']) =>
        events.filter((one) => one.kind === kind).map(({ subject }) => portName(subject));
      const [opened, closed] = [told('opened'), told('closed')];
      const named = (all: readonly string[]) => (all.length > MOST ? ports(all.length) : list(all));
      const says = [
        ...(opened.length === 0 ? [] : [`neu für andere erreichbar: ${named(opened)}`]),
        ...(closed.length === 0 ? [] : [`für weniger andere erreichbar: ${named(closed)}`]),
      ];
      return `${upper(says.join('; '))}.`;
    },
  },

  start: {
    title: 'Einen Moment.',
    sentences: [
      'Programme auf diesem Computer können darauf warten, dass andere sich mit ihnen verbinden. Jedes wartet an einem nummerierten Port.',
      'Portcullis sieht nach, welche das sind und wer sie durch deine Firewall erreicht.',
      'Nichts wird geändert, und nichts wird irgendwohin geschickt.',
    ],
  },

  palette: {
    title: 'Befehle',
    keys: 'Strg K',
    field: 'Was möchtest du tun?',
    hint: '3000 schließen, wer erreicht 22, Export für Windows',
    list: 'Passende Befehle',
    none: 'Nichts passt. Versuche es mit der Nummer eines Ports.',
    found: (count) => plural(count, { one: 'Befehl passt', other: 'Befehle passen' }),
    busy: 'Eine andere Änderung läuft gerade.',
    open: (view) => `Gehe zu: ${view}`,
    close: (target) => `${portName(target)} schließen`,
    who: (target) => `Wer erreicht ${portName(target)}`,
    nothingListens: 'Dort lauscht gerade nichts',
    nothingKnown: 'Dort ist nichts bekannt, das lauscht',
    exportFor: (format) => `Export für ${format === 'windows' ? 'Windows' : EXPORT_NAMES_DE[format]}`,
    openIntent: 'Absichtsdatei öffnen …',
    openIntentAlso: 'Import importieren ausführen laden JSON',
    scan: 'Neu scannen',
    exact: 'Genaue Regeln lesen',
    scanAlso: 'aktualisieren nachsehen prüfen',
    exactHint: 'Fragt einmal nach deinem Passwort',
    exactAlso: 'genau',
    undo: 'Letzte Änderung rückgängig machen',
    theme: (name) => `Darstellung: ${name}`,
    language: (name) => `Sprache: ${name}`,
    languageAlso: 'Language Englisch',
    asks: {
      close:
        /^(?:schlie(?:ß|ss)e?n?|sperren?|blockieren?|close)\s+|\s+(?:schlie(?:ß|ss)en|zumachen|sperren|blockieren)$/gi,
      who: /^(?:wer\s+(?:kann\s+|erreicht\s+|nutzt\s+)?|zeigen?\s+|erkläre?n?\s+)|\s+(?:erreichen|nutzen|zeigen|erklären)$/gi,
    },
  },
};
