/** The firewalls, and every rule in a sentence, in German. */
import type { RuleInWords } from '../../../core/model.ts';
import { foreign, list, number, plural } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { networksOf, windowsPart, windowsPlace, windowsTool, windowsWhy } from '../windows-de.ts';
import { SLOWED, some } from './shared.ts';
import type { firewallWords as English } from '../en/firewall.ts';

const rules = (count: number): string => plural(count, { one: 'Regel', other: 'Regeln' });

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

export const firewallWords: typeof English = {
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
};
