/** The lists of ports and connections, and one port in detail, in German. */
import type { TraceStep, Way } from '../../../core/model.ts';
import { upper } from '../facts.ts';
import { foreign, list, number, onButton, sentence } from '../format.ts';
import { ports, connections, SLOWED, some } from './shared.ts';
import type { portsWords as English } from '../en/ports.ts';

/** The verb first, since the rule itself stands above it. */
function step({ effect, decides, when, sources, share, more }: TraceStep, one: boolean): string {
  const ranges = more > 0 ? [...sources, ...Array.from({ length: more }, () => '')] : sources;
  const whom = one ? 'es' : share === 'everyone' ? 'alle' : share === 'rest' ? 'alle anderen' : some(ranges);
  const perhaps = when === 'perhaps' ? ' vielleicht' : '';
  const from = when === 'ports' ? ', von manchen Quellports aus' : '';
  const beyond = when === 'rate' ? ' jenseits der Rate' : '';
  switch (effect) {
    case 'accept':
      return `Lässt${perhaps} ${whom} ${decides === null ? 'weitergehen' : 'herein'}${when === 'rate' ? ', solange die Rate eingehalten wird' : from}`;
    case 'drop':
      return `Blockiert${perhaps} ${whom}${beyond} ohne Antwort${from}`;
    case 'reject':
      return `Weist${perhaps} ${whom}${beyond} ab${from}`;
    case 'redirect':
    case 'dnat':
      return `Schickt${perhaps} ${whom} dorthin, wohin die Regel sagt`;
    case 'notrack':
      return `Verfolgt${perhaps} ${whom} nicht mit`;
    case 'goes elsewhere':
      return `Leitet${perhaps} ${whom} anderswohin`;
    case 'may do anything':
      return `Tut vielleicht irgendetwas mit ${whom}`;
    default:
      return upper(`${perhaps} ${foreign(effect)}: ${whom}`.trim());
  }
}

const WAYS: Record<Way, { readonly title: string; readonly text: string }> = {
  firewall: {
    title: 'In der Firewall schließen',
    text: 'Das Programm läuft weiter, und dieser Computer kann es weiter nutzen. Niemand sonst kann sich verbinden.',
  },
  'own-table': {
    title: 'Vor der Firewall schließen',
    text: 'Für Ports, die an der Firewall vorbei geöffnet werden, etwa die von Containern.',
  },
  'bind-loopback': {
    title: 'Nur auf diesem Computer lauschen lassen',
    text: 'Der sauberste Weg, wo das Programm es kann: Es braucht keine Regel, und kein Netzwerk kann es aufheben.',
  },
  stop: {
    title: 'Das Programm beenden',
    text: 'Der sicherste Weg, wenn nichts auf diesem Computer es braucht. Was mit ihm endet, wird vorher gezeigt.',
  },
  container: {
    title: 'Den Port des Containers nur auf diesem Computer veröffentlichen',
    text: 'Setze 127.0.0.1: vor den veröffentlichten Port und starte den Container neu.',
  },
  'install-firewall': {
    title: 'Eine Firewall installieren',
    text: 'Unter Debian und Ubuntu: sudo apt install ufw. Danach neu scannen.',
  },
  'enable-firewall': {
    title: 'Die Firewall einschalten',
    text: 'Alles, was nicht offen bleiben soll, wird auf einmal geschlossen.',
  },
  'by-policy': {
    title: 'Fragen, wer diesen Computer verwaltet',
    text: 'Hier entscheidet eine Richtlinie: Was auf diesem Computer selbst eingestellt ist, bewirkt nichts.',
  },
};

export const portsWords: typeof English = {
  ports: {
    title: 'Ports',
    inbound: 'Eingehend',
    outbound: 'Ausgehend',
    inboundLead: 'Programme, die darauf warten, dass andere sich verbinden. Sie sind es, die eine Firewall schließt.',
    outboundLead:
      'Verbindungen, die es gerade gibt. Deine eigenen gehen von vorübergehenden Ports aus, die sich von selbst schließen; sie brauchen keine Freigabe.',
    picture: 'Alle 65.536 Ports',
    pictureLabel: (others, self, unknown) =>
      `Bild aller 65.536 Ports in ihren drei Bereichen. ${number(others)} lauschen und sind für andere erreichbar, ${number(self)} nur für diesen Computer, ${number(unknown)} sind unklar. Die Liste darunter enthält dasselbe.`,
    pictureOutbound: (count) =>
      `Bild aller 65.536 Ports in ihren drei Bereichen, mit den ${number(count)}, die deine Verbindungen gerade nutzen. Die Liste darunter enthält dasselbe.`,
    ranges: {
      'well-known': {
        name: 'Bekannt',
        span: '0 – 1023',
        text: 'Für Dienste, die alle kennen, etwa Web oder E-Mail.',
      },
      registered: {
        name: 'Registriert',
        span: '1024 – 49151',
        text: 'Für Dienste von Programmen, die um eine Nummer gebeten haben.',
      },
      dynamic: {
        name: 'Dynamisch',
        span: '49152 – 65535',
        text: 'Für niemand Bestimmten: eine Weile vergeben und dann zurückgenommen.',
      },
    },
    search: 'Suchen',
    searchHint: 'Nummer, Programm, Dienst, Adresse',
    filter: 'Zeigen',
    filters: {
      all: 'Alle',
      others: 'Für andere erreichbar',
      self: 'Nur dieser Computer',
      unknown: 'Unklar',
    },
    legend: {
      others: 'Für andere erreichbar',
      self: 'Nur dieser Computer',
      unknown: 'Unklar',
      live: 'Gerade in Gebrauch',
    },
    columns: { port: 'Port', program: 'Programm', reach: 'Wer ihn erreicht', address: 'Lauscht an' },
    sortBy: (column) => `Sortieren nach: ${column}`,
    connectionColumns: { program: 'Programm', remote: 'Nach', service: 'Registriert für', local: 'Von Port' },
    count: (shown, all) => (shown === all ? ports(all) : `${number(shown)} von ${ports(all)}`),
    countConnections: connections,
    none: 'Nichts lauscht auf diesem Computer.',
    led: 'Anderswohin weitergeleitet',
    ledWhy:
      'Nichts auf diesem Computer lauscht an diesen Ports. Eine Regel leitet an eine andere Stelle, was bei ihnen ankommt.',
    leadsTo: { container: 'ein Container', guest: 'eine virtuelle Maschine', computer: 'ein anderer Computer' },
    noneFound: 'Kein Port passt. Nimm weniger Wörter oder zeige alle.',
    noConnections: 'Im Moment ist keine Verbindung offen.',
    connectionsUnread:
      'Die Verbindungen konnten nicht gelesen werden. In der Übersicht steht, wie es sich klären lässt.',
    noConnectionsFound: 'Keine Verbindung passt.',
    loading: 'Prüft die Verbindungen …',
    hiddenProgram: 'Braucht Rechte',
    hiddenProgramWhy:
      'Das Programm gehört einem anderen Benutzer; sein Name ist nur mit Administratorrechten zu sehen.',
    clear: 'Alle zeigen',
  },

  detail: {
    back: 'Zurück zur Liste',
    close: 'Details schließen',
    what: 'Was es ist',
    unknownService: 'Kein Dienst, den Portcullis kennt.',
    registered: (name) =>
      `Die Nummer ist für „${foreign(name)}“ registriert; das sagt nichts darüber, wer sie hier nutzt.`,
    byPort: 'Nur nach der Nummer benannt; ein anderes Programm kann sie nutzen.',
    owner: 'Wer ihn betreibt',
    program: 'Programm',
    path: 'Datei',
    unit: 'Systemdienst',
    container: 'Container',
    user: 'Benutzer',
    pid: 'Prozess',
    incomplete: 'Mehr darüber ist nur mit Administratorrechten zu sehen.',
    listens: 'Lauscht an',
    scopes: {
      any: 'alle Adressen',
      interface: 'eine Adresse',
      link: 'nur dieser Abschnitt',
      loopback: 'nur dieser Computer',
      multicast: 'eine Gruppenadresse',
    },
    connected: 'Gerade verbunden',
    nobodyConnected: 'Niemand von außen.',
    reach: 'Wer ihn erreicht',
    redirected: (port) => `über Port ${port}, den eine Regel hierher leitet`,
    wayName: (way, own) =>
      `${foreign(way.interface)} · ${foreign(way.address)}${way.port === own ? '' : ` Port ${way.port}`}`,
    everybody: 'alle',
    openTo: (what) => `Offen für ${what}`,
    limitedTo: (what) => `Offen für ${what}${SLOWED}`,
    unknownFor: (what) => `Unklar für ${what}`,
    closedToAll: 'Geschlossen',
    step,
    decides: '(diese Regel entscheidet)',
    more: (count) => `und ${number(count)} weitere`,
    noWays: 'Er lauscht nur auf diesem Computer, also führt kein Netzwerk zu ihm.',
    noNetwork: 'Dieser Computer ist gerade in keinem Netzwerk, also gelangt niemand sonst hierher.',
    ask: 'Ein Paket verfolgen',
    askLead: 'Durch welche Regeln ginge eine neue Verbindung von dieser Adresse?',
    askInterface: 'Kommt an bei',
    askSource: 'Von Adresse',
    askButton: 'Verfolgen',
    asking: 'Wird verfolgt …',
    verdictSentence: {
      open: 'Es kommt durch.',
      limited: `Es kommt durch${SLOWED}.`,
      blocked: 'Es wird aufgehalten.',
      unknown: 'Es lässt sich nicht sagen.',
    },
    traceLabel: 'Die Regeln, an denen es vorbeikommt, der Reihe nach',
    rulesAlike: (named, count) =>
      `${number(count)} Regeln: ${list([...named.map((one) => `„${sentence(one)}“`), `${number(count - named.length)} weitere`])}`,
    each: (effect) => `Jede: ${effect}`,
    noRules: 'Keine Regel sagt etwas darüber.',
    ifClosed: 'Wenn du ihn schließt',
    unknownIfClosed:
      'Was ihn von anderswo nutzt, kann sich nicht mehr verbinden. Dieser Computer selbst kann ihn weiter nutzen.',
    ways: 'Wege, ihn zu schließen',
    stopIt: (name) => (name === '' ? 'Beenden …' : `${onButton(name)} beenden …`),
    way: WAYS,
    restByPolicy: {
      title: 'Für den Rest fragen, wer diesen Computer verwaltet',
      text: 'In manchen seiner Netzwerke entscheidet eine Richtlinie: Dort bleibt er offen, bis sie geändert wird.',
    },
    closeNow: 'In der Firewall schließen',
    copyCommand: 'Befehl kopieren',
    selfAlready: 'Nur dieser Computer erreicht ihn: Es gibt nichts zu schließen.',
    selfForNow:
      'Nur dieser Computer erreicht ihn, solange er in keinem Netzwerk ist. Scanne neu, sobald er in einem ist.',
  },
};
