/** What only a report says, in German. */
import type { DocumentWords } from '../../../core/reports/words.ts';
import { list, number, plural } from '../format.ts';
import { rulesInGerman } from './rules-de.ts';

const MOMENT = new Intl.DateTimeFormat('de-DE', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

const more = (count: number): string =>
  count === 0 ? '' : ` und ${plural(count, { one: 'weitere Regel', other: 'weitere Regeln' })}`;

export const inGerman: DocumentWords = {
  language: 'de',
  title: 'Wer diesen Computer erreicht',
  contents: 'Inhalt',
  facts: { machine: 'Computer', taken: 'Stand', platform: 'System', read: 'Gelesen', version: 'Erstellt mit' },
  platforms: { linux: 'Linux', win32: 'Windows', darwin: 'macOS' },
  moment: (iso) => `${MOMENT.format(new Date(iso))} UTC`,
  whole: 'Alles, was ein Urteil braucht',
  partly: 'Nicht alles; was fehlt, steht unten',
  redacted: 'Ungenannt: Namen und Adressen wurden ersetzt',
  counts: {
    others: (count) => plural(count, { one: 'Port, den andere erreichen', other: 'Ports, die andere erreichen' }),
    self: (count) => `${plural(count, { one: 'Port', other: 'Ports' })} nur für diesen Computer`,
    unknown: (count) => `${plural(count, { one: 'Port, bei dem', other: 'Ports, bei denen' })} es unklar ist`,
  },
  headings: {
    advice: 'Was zu tun ist',
    ports: 'Wer was erreicht',
    led: 'Ports, die weiterführen',
    firewalls: 'Firewalls',
    networks: 'Netzwerke',
    unread: 'Was nicht gelesen wurde',
  },
  leads: {
    advice: 'Das Dringendste zuerst. Dieser Computer selbst kann weiter benutzen, was für andere geschlossen ist.',
    led: 'Auf diesem Computer lauscht dort nichts. Eine Regel leitet an eine andere Stelle um, was dort ankommt.',
    unread: 'Wo es für ein Urteil darauf ankommt, lautet das Urteil „unklar“, statt zu raten.',
  },
  none: {
    advice: 'Es gibt nichts zu schließen und nichts anzusehen.',
    ports: 'Nichts lauscht.',
    portsUnread: 'Was lauscht, war nicht zu lesen.',
    firewalls: 'Keine Firewall gefunden. Nichts steht zwischen den lauschenden Programmen und dem Netzwerk.',
    firewallsUnread: 'Hier ist keine Firewall bekannt, aber ob es Regeln gibt, war nicht zu lesen.',
    networks: 'Dieser Computer war in keinem Netzwerk.',
    unread: 'Alles wurde gelesen.',
  },
  moreMayListen: 'Nicht alles, was lauscht, war zu lesen: Es kann mehr Ports geben als diese.',
  advice: { why: 'Warum', ifClosed: 'Was dann fehlt', how: 'Wie', type: 'Im Terminal', source: 'Mehr dazu' },
  columns: { port: 'Port', what: 'Was es ist', who: 'Wer ihn erreicht', why: 'Warum', leads: 'Führt zu' },
  labels: {
    program: 'Programm',
    listens: 'Lauscht auf',
    kept: 'Mit Absicht offen',
    trace: 'Weg für Weg',
    ruleOf: 'Regel von',
    decides: 'entscheidet',
  },
  byNumber: 'Nur nach der Nummer benannt; ein anderes Programm kann sie benutzen.',
  notAllowedToKnow: 'ein Programm, das nicht zu sehen war',
  port: (port) => `Port ${port}`,
  manyAtOnce: (addresses) => `an viele zugleich über ${addresses}`,
  toAddresses: (addresses) => `an ${addresses}`,
  more: (count) => `${number(count)} weitere`,
  ownAddress: 'seine eigene Adresse',
  because: {
    loopback: 'Er lauscht nur auf der Loopback-Adresse dieses Computers, zu der kein Netzwerk führt.',
    noRule: 'Keine Regel einer Firewall steht im Weg.',
    letIn: (rules, rest) => `Eingelassen durch ${list(rules)}${more(rest)}.`,
    turnedAway: (rules, rest) => `Abgewiesen durch ${list(rules)}${more(rest)}.`,
    unknown: (reasons, rest) =>
      `Nicht bekannt: ${reasons.join('; ')}${rest === 0 ? '' : `; und ${number(rest)} weitere`}.`,
  },
  exposure: {
    self: 'nur dieser Computer',
    some: 'manche Adressen',
    network: 'seine Netzwerke',
    internet: 'das Internet',
    unknown: 'unklar',
  },
  firewall: {
    on: 'An',
    off: 'Aus',
    unknown: 'Unklar',
    inbound: 'Eingehend ohne Regel',
    outbound: 'Ausgehend ohne Regel',
    rules: 'Regeln',
    profiles: 'Nach Art des Netzwerks',
    profile: 'Profil',
    state: 'Zustand',
    interfaces: 'Netzwerke, die jetzt dazugehören',
  },
  policies: { allow: 'durchgelassen', deny: 'verworfen', reject: 'abgewiesen', unknown: 'unklar' },
  profiles: { domain: 'Domäne', private: 'Privat', public: 'Öffentlich' },
  settle: 'Das klärt es',
  end: (version) =>
    `Erstellt mit Portcullis ${version} aus dem, was in diesem Moment lauschte, und aus den Regeln der Firewall. Um es herauszufinden, wurde nichts gesendet; seither kann sich etwas geändert haben.`,
  rules: rulesInGerman,
};
