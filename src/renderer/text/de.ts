/**
 * Every word of the window, in German. It says “du”, as few times as it can: a program on one's own computer speaks as
 * Signal and Tailscale do, not as an office. The terms are those of German systems: Port, Firewall, Freigabe, lauschen.
 * Services are worded in `services/`, by their ids; findings in `findings/` and plans in `plans/`, by what they say as data; what
 * could not be read, and why something is unknown, in `gaps/`; problems in `problems/`: docs/decisions/0025-languages.md.
 */
import type { ListenerReach, Outcome, Place, Report, RuleInWords, TraceStep, Verdict, Way } from '../../core/model.ts';
import { subjectsOf } from '../../core/advice/subjects.ts';
import { isListWhole } from '../../core/listeners/whole.ts';
import type { Seen, Shut } from '../../core/reach/scanned.ts';
import { sourcesThrough } from '../../core/reach/summary.ts';
import { countExposure, needless, needsRights, networkOf, type Stop } from '../state/select.ts';
import { kindOf, nearKinds, portName, upper, wayIn } from './facts.ts';
import { dateTime, foreign, list, number, onButton, plural, sentence, time } from './format.ts';
import { inGerman } from './findings/de.ts';
import { germanGap, germanReason } from './gaps/de.ts';
import { FIREWALL, listenerWords, NETWORK } from './names-de.ts';
import { checkedWords } from './plans/de-checked.ts';
import { noteWords } from './plans/de-notes.ts';
import { endName } from './plans/de-parts.ts';
import { progressWords } from './plans/de-progress.ts';
import { stepWords } from './plans/de-steps.ts';
import { summary } from './plans/de-summary.ts';
import { warningWords } from './plans/de-warnings.ts';
import { germanProblem } from './problems/de.ts';
import { reportPartInGerman } from './report/part-de.ts';
import { identityName, serviceWords } from './services/de-words.ts';
import { importPartInGerman } from './import/part-de.ts';
import { networksOf, windowsPart, windowsPlace, windowsTool, windowsWhy } from './windows-de.ts';
import { EXPORT_NAMES_DE } from './export-names.ts';
import type { Words } from './en.ts';

const ports = (count: number): string => plural(count, { one: 'Port', other: 'Ports' });
const rules = (count: number): string => plural(count, { one: 'Regel', other: 'Regeln' });
const connections = (count: number): string => plural(count, { one: 'Verbindung', other: 'Verbindungen' });

const stopName = (stop: Stop): string => {
  if (stop.kind === 'internet') return stop.indirect ? 'Internet, nicht direkt' : 'Internet';
  const [only, ...more] = stop.networks;
  return only === undefined || more.length > 0 ? 'Netzwerke' : upper(NETWORK[only]);
};

const SLOWED = ', nach wiederholten Versuchen gebremst';

const VERDICT: Record<Verdict | 'some', string> = {
  open: 'offen',
  limited: `offen${SLOWED}`,
  blocked: 'geschlossen',
  unknown: 'unklar',
  some: 'offen für manche Adressen',
};

function who(
  listener: Pick<ListenerReach, 'exposure' | 'exposureComplete' | 'places' | 'reach'>,
  report: Report,
): string {
  const { exposure, exposureComplete } = listener;
  const doubt = exposureComplete ? '' : '; weitere sind nicht auszuschließen';
  switch (exposure) {
    case 'self':
      return exposureComplete ? 'Nur dieser Computer' : 'Unklar, wer sonst noch';
    case 'internet':
      return 'Alle im Internet';
    case 'network': {
      const names = nearKinds(listener, report).map((kind) =>
        kind === 'container' ? 'Container auf diesem Computer' : `alle in diesem ${NETWORK[kind]}`,
      );
      return `${upper(names.length === 0 ? 'alle in deinem Netzwerk' : list(names))}${doubt}`;
    }
    case 'some':
      return `Nur manche Adressen${doubt}`;
    case 'unknown':
      return 'Unklar';
  }
}

function whoLong(listener: ListenerReach, report: Report): string {
  const { exposure, exposureComplete } = listener;
  const { networks, slowed, groups, containers, doubt, router } = wayIn(listener, report);
  const where = [...new Set(networks.map((one) => inPlace(one, report)))];
  const how = slowed ? SLOWED : '';
  const rest = [
    ...(groups
      ? [
          'Nur was an viele zugleich geschickt wird (Multicast, Broadcast), kommt herein; was an diesen Computer allein geht, nicht.',
        ]
      : []),
    ...(containers ? ['Container auf diesem Computer können sich verbinden.'] : []),
    ...(doubt ? ['Ob auch andere es können, lässt sich nicht sagen.'] : []),
    ...(router
      ? [
          'Aus dem Internet: nicht direkt. Was dein Router oder Anbieter an diesen Computer weiterleitet, ist von hier aus nicht zu sehen.',
        ]
      : []),
  ];
  const first = ((): string | null => {
    switch (exposure) {
      case 'self':
        return exposureComplete ? 'Niemand sonst kommt durch.' : null;
      case 'unknown':
        return 'Ob andere durchkommen, lässt sich nicht sagen.';
      case 'some':
        return `Nur diese Adressen kommen durch: ${some(sourcesThrough(listener))}${how}.`;
      case 'network':
        return where.length === 0 ? null : `Alle ${list(where)} kommen durch${how}.`;
      case 'internet':
        return `Alle im Internet kommen durch${where.length === 0 ? '' : `, ebenso alle ${list(where)}`}${how}.`;
    }
  })();
  return [...(first === null ? [] : [first]), ...rest].join(' ');
}

function inPlace(place: Place, report: Report): string {
  const { kind, interface: name } = place;
  const shown = name === null ? '' : foreign(name);
  switch (kind) {
    case 'vpn':
      return `im VPN ${shown}`;
    case 'tailnet':
      return 'in deinem Tailnet';
    case 'container':
      return 'in Containern auf diesem Computer';
    case 'internet':
      return 'im Internet';
    case 'lan':
      return `in deinem ${NETWORK[kindOf(place, report)]} (${shown})`;
  }
}

const MOST = 6;

const some = (ranges: readonly string[]): string =>
  list(
    ranges.length > MOST
      ? [...ranges.slice(0, MOST).map(foreign), `${number(ranges.length - MOST)} weitere`]
      : ranges.map(foreign),
  );

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
};

const ONLY: Record<NonNullable<RuleInWords['only']>, string> = {
  replies: 'Antworten auf bestehende Verbindungen',
  invalid: 'Pakete ohne zugehörige Verbindung',
  itself: 'Pakete dieses Computers an sich selbst',
};

/** The verb, and what of it stands behind what it is about. */
const DOES: Record<
  RuleInWords['traffic'],
  Record<Exclude<RuleInWords['action'], 'depends'>, readonly [verb: string, behind: string]>
> = {
  in: {
    allow: ['Lässt', ' herein'],
    limit: ['Lässt', ' herein'],
    deny: ['Blockiert', ''],
    reject: ['Weist', ' ab'],
    forward: ['Leitet', ' anderswohin'],
  },
  out: {
    allow: ['Lässt', ' hinaus'],
    limit: ['Lässt', ' hinaus'],
    deny: ['Blockiert', ' nach außen'],
    reject: ['Blockiert', ' nach außen'],
    forward: ['Leitet', ' anderswohin'],
  },
  through: {
    allow: ['Leitet', ' weiter'],
    limit: ['Leitet', ' weiter'],
    deny: ['Blockiert', ' beim Weiterleiten'],
    reject: ['Blockiert', ' beim Weiterleiten'],
    forward: ['Leitet', ' anderswohin'],
  },
};

function ruleSentence(rule: RuleInWords): string {
  const { action, traffic, about, from, except, on, only, more, families, windows } = rule;
  if (action === 'depends') return 'Entscheidet auf mehr Arten, als ein Satz fasst.';
  const what =
    only !== null
      ? `${ONLY[only]}${about === null ? '' : ` (${some(about)})`}`
      : about === null
        ? 'alles'
        : about.length === 0
          ? 'das, was sie nennt,'
          : some(about);
  const but = except.length === 0 ? '' : ` außer ${some(except)}`;
  const source =
    only === 'itself' || (traffic !== 'in' && from === null && but === '')
      ? ''
      : ` von ${from === null ? 'allen' : some(from)}${but}`;
  const [verb, behind] = DOES[traffic][action];
  const through = on.length === 0 ? '' : `, über ${some(on)}`;
  const slowed = action === 'limit' ? SLOWED : '';
  const family = families.length === 1 && from === null && except.length === 0 ? `, nur IPv${families[0]}` : '';
  return `${verb} ${what}${source}${behind}${through}${slowed}${family}${windows === undefined ? '' : windowsPart(windows)}${more ? ', wenn auch alles andere zutrifft, was sie verlangt' : ''}.`;
}

const CHANGE_STATES: Words['history']['states'] = {
  waiting: 'Wartet auf „Behalten“',
  applied: 'Gilt',
  undone: 'Rückgängig gemacht',
  'rolled-back': 'Zurückgenommen',
  failed: 'Fehlgeschlagen',
};

const changes = (count: number): string => plural(count, { one: 'Änderung', other: 'Änderungen' });

const NOT_KEPT = 'Zurückgenommen, weil es nicht behalten wurde';

export const de: Words = {
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

  home: {
    sentence: (report) => {
      const count = needless(report).length;
      const { unknown } = countExposure(report);
      const off = report.firewalls.length > 0 && report.firewalls.every(({ active }) => active === false);
      if (count === 1) return 'Ein Port ist für andere offen, den du wahrscheinlich nicht brauchst.';
      if (count > 0) return `${ports(count)} sind für andere offen, die du wahrscheinlich nicht brauchst.`;
      if (unknown > 0)
        return `Wer ${unknown === 1 ? 'einen Port' : ports(unknown)} erreicht, lässt sich noch nicht sagen.`;
      if (!isListWhole(report)) return 'Nicht alles, was lauscht, konnte gelesen werden.';
      if (off) return 'Gerade muss nichts geschlossen werden, aber die Firewall ist aus.';
      return 'Nichts zu schließen.';
    },
    detail: (report) => {
      const count = needless(report).length;
      const { unknown, others } = countExposure(report);
      if (count > 0) return 'Schließe, was du nicht nutzt. Dieser Computer selbst kann es weiter nutzen.';
      if (unknown > 0 && needsRights(report))
        return 'Die genauen Regeln der Firewall sind nur mit Administratorrechten lesbar.';
      if (unknown > 0 || !isListWhole(report)) return 'Was fehlt und wie es sich klären lässt, steht weiter unten.';
      if (networkOf(report) === null && others === 0)
        return 'Dieser Computer ist gerade in keinem Netzwerk. Scanne neu, sobald er in einem ist.';
      if (others === 0) return 'Niemand sonst erreicht etwas auf diesem Computer.';
      return 'Was andere erreichen, ist für sie gedacht, oder du lässt es offen.';
    },
    closeAll: (count) => `Alle empfohlenen schließen (${number(count)})`,
    list: 'Zum Ansehen',
    close: 'Schließen',
    closing: 'Wird geschlossen …',
    keepOpen: 'Offen lassen',
    keepingOpen: 'Wird notiert …',
    more: 'Mehr',
    less: 'Weniger',
    turnOn: 'Einschalten',
    turningOn: 'Wird vorbereitet …',
    remove: 'Freigabe entfernen',
    removing: 'Wird entfernt …',
    readExactly: 'Genaue Regeln lesen',
    readExactlyWhy: 'Fragt einmal nach deinem Passwort. Liest nur; nichts wird geändert.',
    ifClosed: 'Wenn du ihn schließt',
    runBy: 'Programm',
    decidedBy: 'Entschieden durch',
    showPort: 'Alles zu diesem Port',
    closeLabel: (name) => `${name} schließen`,
    keepLabel: (name) => `Offen lassen: ${name}`,
    severity: { high: 'Zuerst schließen', medium: 'Besser schließen', low: 'Kleinigkeit' },
    yourCall: 'Deine Wahl',
    ways: 'Wege',
    showWays: 'So wird er geschlossen',
    keptTitle: 'Von dir offen gelassen',
    stopKeeping: 'Wieder melden',
    stopKeepingLabel: (name) => `Wieder melden: ${name}`,
    keptAnnounced: (target, keep) =>
      keep
        ? `${portName(target)} bleibt offen und wird nicht mehr gemeldet.`
        : `${portName(target)} wird wieder gemeldet.`,
    checkedTitle: (asOf) => (asOf === null ? 'Was geprüft wurde' : `Was um ${time(asOf)} geprüft wurde`),
    checkedListening: (count, self) =>
      count === 0
        ? 'Nichts lauscht'
        : `${plural(count, { one: 'Port lauscht', other: 'Ports lauschen' })}, ${number(self)} davon nur für diesen Computer`,
    checkedOthers: (count, unknown) => {
      if (count > 0) return `${number(count)} ${count === 1 ? 'ist' : 'sind'} für andere erreichbar`;
      return unknown > 0 ? 'Von keinem ist bekannt, dass andere ihn erreichen' : 'Keiner ist für andere erreichbar';
    },
    checkedUnknown: (count) =>
      `Bei ${number(count)} lässt sich nicht sagen, wer ${count === 1 ? 'ihn' : 'sie'} erreicht`,
    checkedConnections: (inbound, outbound) => `${connections(inbound)} von anderen, ${number(outbound)} zu anderen`,
    checkedInterface: (kind, name, addresses) =>
      `${upper(NETWORK[kind])} ${foreign(name)}: ${addresses.slice(0, 2).map(foreign).join(', ')}`,
    firewallLine: (state) => {
      const name = `Die Firewall (${FIREWALL[state.id]})`;
      if (state.active === null) return `${name} kann an oder aus sein: Das ist nicht lesbar`;
      if (!state.active) return `${name} ist aus: Sie hält niemanden auf`;
      switch (state.defaults.inbound) {
        case 'deny':
        case 'reject':
          return `${name} ist an und weist andere ab, wenn keine Regel sie hereinlässt`;
        case 'allow':
          return `${name} ist an, lässt aber andere herein, wenn keine Regel sie aufhält`;
        case 'unknown':
          return `${name} ist an`;
      }
    },
    unreadTitle: 'Was nicht gelesen werden konnte',
    unreadLead: 'Wo es für ein Urteil zählt, heißt das Urteil „unklar“, statt zu raten.',
    historyTitle: 'Letzte Änderung',
  },

  listGap: {
    title: 'Nicht alles, was lauscht, konnte gelesen werden.',
    text: 'Es kann mehr Ports geben als diese. In der Übersicht steht, was fehlt und wie es sich klären lässt.',
  },

  firewall: {
    title: 'Firewall',
    lead: 'Was entscheidet, wer hereinkommt: die Firewalls hier und jede Regel mit dem, was sie tut.',
    first: 'Liest die Regeln …',
    none: 'Keine Firewall gefunden.',
    noneWhy: 'Nichts steht zwischen den Programmen, die lauschen, und dem Netzwerk.',
    noneUnread: 'Ob es Regeln gibt, lässt sich nicht sagen, weil sie nicht gelesen werden konnten.',
    states: 'Firewalls auf diesem Computer',
    name: ({ id }) => FIREWALL[id],
    on: 'An',
    off: 'Aus',
    unknown: 'Unklar',
    says: ({ active, defaults, rules: count }) => {
      const counted = count === null ? 'Ihre Regeln konnten nicht gezählt werden.' : `${rules(count)}.`;
      if (active === false)
        return count === 0 ? 'Sie ist aus und hat keine Regeln.' : `Sie ist aus: Nichts von ihr gilt. ${counted}`;
      const inbound = {
        deny: 'Was keine Regel hereinlässt, wird ohne Antwort verworfen.',
        reject: 'Was keine Regel hereinlässt, wird abgewiesen.',
        allow: 'Was keine Regel aufhält, kommt herein.',
        unknown: 'Was mit Verbindungen geschieht, die keine Regel nennt, lässt sich nicht sagen.',
      }[defaults.inbound];
      const outbound = {
        deny: ' Was keine Regel hinauslässt, bleibt drinnen.',
        reject: ' Was keine Regel hinauslässt, bleibt drinnen.',
        allow: ' Dieser Computer darf sich mit allem verbinden.',
        unknown: '',
      }[defaults.outbound];
      return `${active === null ? 'Ob sie an ist, lässt sich nicht sagen. So ist sie eingestellt: ' : ''}${inbound}${outbound} ${counted}`;
    },
    unreadTitle: 'Nicht jede Regel konnte gelesen werden',
    unread: (what) => `Nicht gelesen: ${list(what.map(foreign))}. Die Liste ist vielleicht nicht vollständig.`,
    partly: 'Es sind zu viele Regeln, um von jeder zu prüfen, ob sie etwas nützt. Was markiert ist, wurde geprüft.',
    rules: 'Regeln',
    search: 'Port, Adresse, Regel, Programm',
    filter: 'Zeigen',
    filters: {
      all: 'Alle',
      idle: 'Ohne Nutzen',
      you: 'Deine',
      portcullis: 'Portcullis',
      tool: 'Andere Programme',
    },
    count: (shown, all) => (shown === all ? rules(all) : `${number(shown)} von ${rules(all)}`),
    noRules: 'Es gibt keine Regeln.',
    noneFound: 'Keine Regel passt. Nimm weniger Wörter oder zeige alle.',
    more: (count) => `${number(count)} weitere zeigen`,
    sentence: ruleSentence,
    of: (firewall) => (firewall === 'windows' ? FIREWALL.windows : foreign(firewall)),
    place: ({ firewall, place, windows }) =>
      windows !== undefined ? windowsPlace(windows) : place === null ? firewall : `${firewall}, ${foreign(place)}`,
    networks: networksOf,
    owner: ({ owner, tool, windows }) =>
      owner === 'you'
        ? windows === undefined
          ? 'Deine'
          : 'Hier angelegt'
        : owner === 'portcullis'
          ? 'Portcullis'
          : tool === null
            ? 'Anderes Programm'
            : windows === undefined
              ? foreign(tool)
              : windowsTool(tool),
    uses: {
      'in-use': 'In Gebrauch',
      'in-force': 'Gilt',
      'nothing-listens': 'Nichts lauscht',
      'never-matches': 'Trifft nie zu',
      'no-effect': 'Ändert nichts',
      off: 'Gilt nicht',
      unknown: 'Unklar',
    },
    why: (given) => {
      const { use, because, windows } = given;
      const named = because.map(
        ({ firewall, rule }) => `„${foreign(rule)}“ (${firewall === 'windows' ? FIREWALL.windows : foreign(firewall)})`,
      );
      const stands = named.length === 0 ? windowsWhy(given) : null;
      if (stands !== null) return stands;
      switch (use) {
        case 'nothing-listens':
          return windows != null && (windows.program ?? windows.service) !== null
            ? 'Wofür sie gedacht ist, wäre offen, sobald es lauscht.'
            : 'Das nächste Programm, das dort lauscht, wäre sofort offen.';
        case 'never-matches':
          return named.length === 0
            ? 'Kein Paket kommt bis zu ihr.'
            : `Für sie bleibt nichts übrig, wegen ${list(named)}.`;
        case 'no-effect':
          return named.length === 0
            ? 'Ohne sie wäre alles gleich.'
            : `Ohne sie wäre alles gleich, wegen ${list(named)}.`;
        case 'in-use':
        case 'in-force':
        case 'off':
        case 'unknown':
          return null;
      }
    },
    removeLabel: (rule) => `Freigabe entfernen: ${foreign(rule)}`,
  },

  map: {
    title: 'Wer hereinkommt',
    caption: (asOf) => `Wie viele Ports von wo durchkommen${asOf === null ? '' : `, Stand ${time(asOf)}`}`,
    from: 'Von',
    columns: { open: 'Kommen durch', blocked: 'Aufgehalten', unknown: 'Unklar' },
    short: {
      open: (count) => `${number(count)} offen`,
      unknown: (count) => `${number(count)} unklar`,
      closed: 'alle geschlossen',
      doubt: 'unklar',
    },
    notWhole: 'nicht alles lesbar',
    listening: ports,
    listeningSmall: (count) => (count === 1 ? 'lauscht' : 'lauschen'),
    network: (report) => {
      const network = networkOf(report);
      return network === null ? 'Kein Netzwerk' : `Dieses ${NETWORK[network.kind]}`;
    },
    internet: 'Internet',
    indirect: 'Was dein Router oder Anbieter an diesen Computer weiterleitet, ist von hier aus nicht zu sehen.',
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

  deed: {
    planning: 'Rechnet aus, was sich ändern würde …',
    applying: 'Ändert die Firewall …',
    undoing: 'Wird rückgängig gemacht …',
    title: (undone, closes, outcome, asOf) => {
      const verified = outcome?.verified !== false;
      if (outcome?.change.state === 'rolled-back')
        return verified ? NOT_KEPT : `${NOT_KEPT}, aber nicht alles konnte geprüft werden`;
      const checked = asOf === null ? 'Geprüft' : `Um ${time(asOf)} geprüft`;
      if (!verified)
        return undone
          ? 'Rückgängig gemacht, aber nicht alles konnte geprüft werden'
          : 'Erledigt, aber nicht alles konnte geprüft werden';
      if (undone) return 'Rückgängig gemacht';
      return `${checked}: ${closes ? 'geschlossen' : 'erledigt'}`;
    },
    undo: 'Rückgängig machen',
    undoLabel: (summary) => `Rückgängig machen: ${foreign(summary)}`,
    seeTakeBack: 'Zeigen, was sich zurücknehmen lässt',
    dismiss: 'Ausblenden',
    before: 'Vorher',
    after: 'Nachher',
    failed: 'Das hat nicht geklappt. Nichts ist halb erledigt:',
    rolledBack: 'Alles ist wieder so, wie es war',
    refused: 'Nichts wurde geändert',
    scanAgain: 'Neu scannen',
    step: (done, of) => `Schritt ${number(Math.min(done + 1, of))} von ${number(of)}`,
    announce: (phase: 'done' | 'undone', { checked, change, report }: Outcome) =>
      `${change.state === 'rolled-back' ? NOT_KEPT : phase === 'done' ? 'Erledigt' : 'Rückgängig gemacht'}. ${checked.map((line) => foreign(checkedWords(line, { report, history: [] }))).join(' ')}`,
  },

  waiting: {
    title: 'Diese Änderung behalten?',
    left: (seconds) => (seconds === 0 ? 'Wird zurückgenommen …' : `Wird in ${number(seconds)} s zurückgenommen`),
    lead: 'Sie gilt und ist geprüft. Wenn etwas nicht mehr geht, tu nichts: Sie wird von selbst zurückgenommen, auch wenn dieses Fenster zu ist.',
    keep: 'Behalten',
    keeping: 'Wird behalten …',
    putBack: 'Zurücknehmen',
    announce: (seconds) =>
      `Die Änderung gilt. Diese Änderung behalten? Sie wird in ${number(seconds)} Sekunden zurückgenommen, wenn du sie nicht behältst.`,
    lastCall: (seconds) => `Sie wird in ${number(seconds)} Sekunden zurückgenommen, wenn du sie nicht behältst.`,
  },

  who,
  whoLong,
  // After a colon a sentence keeps its capital letter.
  verdict: (asOf, text) => (asOf === null ? text : `Stand ${time(asOf)}: ${text}`),
  listenerName: listenerWords,
  identityName,
  service: serviceWords,
  finding: ({ says }, report) => inGerman(says, subjectsOf(report)),
  gap: ({ means }) => germanGap(means),
  reason: (reason) => sentence(germanReason(reason)),
  plan: {
    summary,
    step: ({ operation }) => stepWords(operation),
    warning: warningWords,
    checked: checkedWords,
    name: (end, report) => endName(end, report) ?? end.name,
    progress: progressWords,
    note: ({ note, says }, around) => (says === undefined ? note : noteWords(says, around)),
  },
  problem: germanProblem,
  stopName,
  portName,
  verdicts: VERDICT,
  path: (network, internet) =>
    `${stopName(network)}: ${VERDICT[network.verdict]}. Internet: ${internet.indirect ? 'nicht direkt; was der Router weiterleitet, ist von hier aus nicht zu sehen' : VERDICT[internet.verdict]}.`,
  thisComputer: 'Dieser Computer',

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
    noRules: 'Keine Regel sagt etwas darüber.',
    ifClosed: 'Wenn du ihn schließt',
    unknownIfClosed:
      'Was ihn von anderswo nutzt, kann sich nicht mehr verbinden. Dieser Computer selbst kann ihn weiter nutzen.',
    ways: 'Wege, ihn zu schließen',
    stopIt: (name) => (name === '' ? 'Beenden …' : `${onButton(name)} beenden …`),
    way: WAYS,
    closeNow: 'In der Firewall schließen',
    copyCommand: 'Befehl kopieren',
    selfAlready: 'Nur dieser Computer erreicht ihn: Es gibt nichts zu schließen.',
    selfForNow:
      'Nur dieser Computer erreicht ihn, solange er in keinem Netzwerk ist. Scanne neu, sobald er in einem ist.',
  },

  review: {
    title: 'Durchsehen',
    nothing: 'Es gibt nichts durchzusehen.',
    nothingHint: 'Wähle bei einem Port „Schließen“; was sich ändern würde, steht dann zuerst hier.',
    toHome: 'Zur Übersicht',
    warnings: 'Vor dem Anwenden zu wissen',
    effects: 'Wer was erreicht',
    effectsTable: 'Wer was erreicht, vorher und nachher',
    effectsLead: 'Alles andere bleibt, wie es ist.',
    noEffects: 'Für niemanden ändert sich der Weg herein.',
    steps: 'Was getan wird',
    stepsDone: 'Was getan wurde',
    undoSteps: 'Wie es rückgängig gemacht wird',
    apply: 'Anwenden',
    applying: 'Wird angewendet …',
    cancel: 'Abbrechen',
    drop: (live) =>
      live === 1
        ? 'Auch die Verbindung beenden, die gerade offen ist'
        : `Auch die ${number(live)} Verbindungen beenden, die gerade offen sind`,
    dropHint: 'Wer von anderswo hier arbeitet, wird nie getrennt.',
    replanned: (steps) => `Der Plan hat jetzt ${plural(steps, { one: 'Schritt', other: 'Schritte' })}.`,
    noUndo: 'Das lässt sich von hier aus nicht rückgängig machen.',
    password: 'Vielleicht wirst du einmal nach deinem Passwort gefragt.',
    done: 'Fertig',
    progressLabel: 'Fortschritt',
    checkedLabel: 'Danach geprüft',
  },

  history: {
    title: 'Verlauf',
    lead: 'Jede Änderung, die neueste zuerst. Jede, die gilt, lässt sich rückgängig machen, in beliebiger Reihenfolge.',
    none: 'Noch wurde nichts geändert.',
    all: 'Alle Änderungen',
    review: 'Rückgängig machen …',
    by: (when) => `am ${when}`,
    states: CHANGE_STATES,
    timeline: {
      title: 'Änderungen im Lauf der Zeit',
      label: (count, from, to) =>
        from === to
          ? `Änderungen im Lauf der Zeit: ${changes(count)}, ${dateTime(to)}`
          : `Änderungen im Lauf der Zeit: ${changes(count)}, von ${dateTime(from)} bis ${dateTime(to)}`,
      looks: { ...CHANGE_STATES, drifted: 'Regeln seitdem geändert' },
      number: changes,
      one: (at, summary, look) => `${dateTime(at)}: ${summary}. ${look}.`,
      several: (count, from, to, states) =>
        `${changes(count)}, ${from === to ? dateTime(to) : `${dateTime(from)} bis ${dateTime(to)}`}: ${states}. Führt zur neuesten davon.`,
      counts: (all) => all.map(({ count, name }) => `${number(count)} × ${name}`).join(', '),
    },
  },

  reportPart: reportPartInGerman,
  importPart: importPartInGerman,

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

  learn: {
    title: 'Lernen',
    lead: 'Ports in zwei Minuten, mit diesem Computer als Beispiel.',
    leadExample: 'Ports in zwei Minuten. Dieser Computer wurde noch nicht gelesen, darum sind die Beispiele erfunden.',
    here: 'Auf diesem Computer',
    example: 'Ein erfundenes Beispiel',
    others: 'Andere Computer',
    port: {
      title: 'Was ein Port ist',
      text: [
        'Andere Computer finden diesen über seine Adresse, wie Briefe ein Haus finden. Hinter der Adresse sind nummerierte Türen, von 0 bis 65535. Das sind seine Ports.',
        'Ein Programm, das gefunden werden will, wartet hinter einer Tür. Man sagt: Es lauscht. Wo niemand lauscht, führt die Tür nirgendwohin.',
        'Es gibt zwei Reihen von Türen. TCP ist für Gespräche, etwa eine Webseite. UDP ist für einzelne Nachrichten, etwa die Frage nach der Uhrzeit. 53/tcp und 53/udp sind also zwei Türen.',
      ],
      mine: (name, port) => `${foreign(name)} lauscht an ${port}.`,
      made: 'Ein Webserver lauscht an 443/tcp.',
      notWhole:
        'Was hier lauscht, konnte nicht gelesen werden. Darum ist dieses Bild ein erfundenes Beispiel: ein Webserver an 443/tcp.',
      noneListens:
        'Nichts lauscht auf diesem Computer. Darum ist dieses Bild ein erfundenes Beispiel: ein Webserver an 443/tcp.',
      picture: (doors) =>
        `Vier Türen. ${doors.map(({ port, listening }) => `${port}: ${listening ? 'ein Programm lauscht' : 'niemand lauscht'}`).join('. ')}.`,
    },
    ways: {
      title: 'Eingehend und ausgehend',
      text: [
        'Eingehend: Jemand anderes fängt an. Er klopft an einen Port, an dem hier ein Programm lauscht. Eine Firewall entscheidet, wer durchkommt.',
        'Ausgehend: Du fängst an. Dein Programm bekommt für die Antworten einen freien Port. Der wird zurückgegeben, wenn das Gespräch endet. Er braucht keine Freigabe.',
      ],
      picture: (inbound, local, remote) =>
        `Eingehend: Ein anderer Computer klopft an Port ${inbound} dieses Computers. Ausgehend: Dieser Computer geht von seinem Port ${local} zu Port ${remote} eines anderen.`,
      columns: { way: 'Richtung', program: 'Programm hier', from: 'Von', to: 'Nach' },
      inbound: 'Eingehend',
      outbound: 'Ausgehend',
      anyone: 'wer auch immer klopft',
      thisPort: (port) => `dieser Computer, Port ${port}`,
      otherPort: (address, port) => `${foreign(address)}, Port ${port}`,
      madeUp: '(erfunden)',
    },
    ranges: {
      title: 'Drei Bereiche von Nummern',
      text: 'Die IANA, die Stelle, die die Liste der Portnummern führt, teilt sie in drei Bereiche. Sie sind Gewohnheiten, keine Mauern: Jedes Programm darf fast jede Nummer nutzen. Eine Nummer allein sagt also nicht, wer da ist.',
      picture: (count) =>
        `Bild aller 65.536 Ports in ihren drei Bereichen, mit den ${number(count)}, an denen hier etwas lauscht. Die Tabelle darunter zählt sie.`,
      columns: { range: 'Bereich', numbers: 'Nummern', use: 'Wofür', mine: 'Lauscht hier' },
    },
    addresses: {
      title: 'Private und öffentliche Adressen',
      text: [
        'Eine öffentliche Adresse ist von überall im Internet ansprechbar. Eine private bedeutet nur innerhalb eines Netzwerks etwas, etwa im WLAN zu Hause. Dieselben privaten Nummern werden in vielen anderen Netzwerken noch einmal benutzt.',
        'Ein Router leiht seine öffentliche Adresse allen hinter ihm und sortiert die Antworten. Das heißt NAT. Von außen kann niemand ein Gespräch mit dir anfangen, es sei denn, der Router soll einen Port weiterleiten.',
        'NAT schützt dich nicht vor Nachbarn: Wer im selben Netzwerk ist, spricht dich direkt an. IPv6-Adressen sind oft öffentlich, ohne NAT.',
      ],
      picture:
        'Dieser Computer, mit einer privaten Adresse, spricht mit seinem Router. Der Router, mit einer öffentlichen Adresse, spricht mit dem Internet.',
      router: 'Router (NAT)',
      privateSide: 'private Adresse',
      publicSide: 'öffentliche Adresse',
      columns: { address: 'Adresse', on: 'In', kind: 'Art' },
      kinds: {
        private: 'Privat: nur in diesem Netzwerk',
        public: 'Öffentlich: vielleicht aus dem Internet ansprechbar',
        link: 'Link-lokal: nur direkte Nachbarn',
        shared: 'Geteilt: innerhalb eines Anbieters oder Tailnets',
        other: 'Für einen besonderen Zweck',
      },
      unseen:
        'Welche öffentliche Adresse dein Router nutzt, ist von hier aus nicht zu sehen. Portcullis fragt niemanden im Internet.',
    },
    scan: {
      title: 'Was ein Portscan dieses Computers fände',
      asOf: (iso) => `Stand ${time(iso)}. Es kann sich seitdem geändert haben.`,
      text: 'Ein Portscan klopft an viele Türen und notiert die Antworten. Alle im selben Netzwerk können das. Portcullis tut es nicht: Es leitet die Antworten aus dem ab, was hier lauscht, und aus den Regeln der Firewall. Nichts wird gesendet.',
      answers: [
        { seen: 'open', text: '„Ja.“ Ein Programm lauscht, und die Regeln lassen das Klopfen durch.' },
        {
          seen: 'closed',
          text: '„Nein.“ Das Klopfen wird sofort abgelehnt. Der Scanner weiß, dass hier ein Computer ist.',
        },
        { seen: 'filtered', text: 'Stille. Die Firewall verwirft das Klopfen. Der Scanner wartet und gibt dann auf.' },
      ] satisfies readonly { seen: Seen; text: string }[],
      as: (kind, name) => `Wie es Nachbarn in deinem ${NETWORK[kind]} (${foreign(name)}) sähen`,
      noNetwork:
        'Dieser Computer ist gerade in keinem WLAN oder LAN, also könnten keine Nachbarn ihn von dort scannen.',
      columns: { port: 'Port', seen: 'Der Scanner sieht', what: 'Was es ist' },
      seen: {
        open: 'Offen',
        limited: `Offen${SLOWED}`,
        some: 'Offen für manche Nachbarn',
        unknown: 'Unklar',
        filtered: 'Gefiltert',
        refused: 'Geschlossen, durch eine Regel abgelehnt',
        closed: 'Geschlossen',
        shut: 'Geschlossen oder gefiltert',
      },
      byDefault: (seen) => `${seen}, als Voreinstellung`,
      emptyDoor: 'Wie eine leere Tür',
      unheardWhy: 'Nichts wartet auf dieses Netzwerk.',
      refusedWhy: 'Manche Scanner schreiben dafür „gefiltert“.',
      leadsOn: 'Eine Regel leitet anderswohin weiter.',
      restUnread:
        'Alle anderen Ports: Was dort lauscht, konnte nicht gelesen werden. Wie sie wirken, lässt sich nicht sagen.',
      rest: (seen: Shut) => {
        switch (seen) {
          case 'filtered':
            return 'Alle anderen Ports: Dort lauscht nichts. Ihrer Voreinstellung nach verwirft die Firewall das Klopfen, also wirken sie gefiltert, wenn keine Regel etwas anderes sagt.';
          case 'refused':
            return 'Alle anderen Ports: Dort lauscht nichts. Ihrer Voreinstellung nach lehnt die Firewall das Klopfen ab, wenn keine Regel etwas anderes sagt.';
          case 'closed':
            return 'Alle anderen Ports: Dort lauscht nichts. Dieser Computer sagt von selbst Nein, also wirken sie geschlossen, wenn keine Regel etwas anderes sagt.';
          case 'shut':
            return 'Alle anderen Ports: Dort lauscht nichts, sie sind wie leere Türen. Ob eine solche Tür geschlossen oder gefiltert wirkt oder ob eine Regel von ihr anderswohin leitet, lässt sich aus dem Gelesenen nicht sagen.';
        }
      },
      more: (count) =>
        `${plural(count, { one: 'weiterer Port', other: 'weitere Ports' })}, ${count === 1 ? 'nicht' : 'keiner davon'} offener als diese. Alle stehen unter „Ports“.`,
      udp: 'Ein UDP-Programm muss nicht antworten. Ein Scanner kann einen offenen UDP-Port oft nicht von einem gefilterten unterscheiden.',
      settle: 'Was Unklares klären würde',
      examples: [
        { port: '443/tcp', seen: 'open', what: 'Webserver' },
        { port: '22/tcp', seen: 'filtered', what: 'Anmeldung aus der Ferne' },
        { port: '3000/tcp', seen: 'closed', what: 'Nichts lauscht' },
      ] satisfies readonly { port: string; seen: Seen; what: string }[],
    },
  },

  problems: {
    carrier: {
      message: 'Das Fenster hat die Verbindung zu seinem Programm verloren.',
      hint: 'Schließe das Fenster und öffne es wieder.',
    },
    unknown: { code: 'failed', message: 'Etwas ist schiefgegangen.', hint: 'Scanne neu und sieh nach.' },
  },
};
