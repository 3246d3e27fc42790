/** Why it is not known, and why something is unknown, in German. What a program said, and a rule, stay as they are. */
import { asksOf } from '../../../core/gaps/asks.ts';
import type { Fault, GapWhy, Reason } from '../../../core/gaps/index.ts';
import { plural, sentence } from '../format.ts';
import { germanAddresses, germanAsk } from './de-asks.ts';
import { germanWhat } from './de-what.ts';

const OSQUERY: Record<Extract<GapWhy, { kind: 'osquery' }>['of'], string> = {
  rules: 'osquery zeigt nur einen Teil davon',
  query: 'was die Abfrage von osquery ausgelassen hat, steht nicht in dessen Protokoll',
  start: 'das Protokoll von osquery reicht nicht bis zum ersten Ergebnis zurück',
  table: 'in dem, was osquery protokolliert hat, stehen sie nicht',
  places: 'osquery nennt die von Containern mit und sagt nicht, welche es sind',
};

const WSL_FILTER = {
  off: 'die Hyper-V-Firewall ist dafür aus',
  allows: 'die Hyper-V-Firewall lässt dorthin herein, was keine Regel sperrt',
  blocks: 'die Hyper-V-Firewall, nicht die Windows-Firewall, entscheidet, wer es erreicht',
  unknown: 'was die Hyper-V-Firewall dort tut, ist nicht bekannt',
} as const;

export function germanWhy(why: GapWhy): string {
  switch (why.kind) {
    case 'missing':
      return 'das Programm oder die Datei gibt es hier nicht';
    case 'refused':
      return 'dafür braucht es Administratorrechte';
    case 'timeout':
      return 'es dauerte zu lange und wurde abgebrochen';
    case 'killed':
      return 'es wurde durch ein Signal beendet';
    case 'too-large':
      return 'es kam mehr, als sich aufnehmen lässt';
    case 'failed':
      return `es kam zu einem Fehler${why.said === '' ? '' : `: ${sentence(why.said)}`}`;
    case 'not-gathered':
      return 'es wurde nicht gelesen';
    case 'nonsense':
      return 'sie ergibt keinen Sinn';
    case 'netstat-blind':
      return 'netstat sagt es nicht, und ss ist nicht installiert';
    case 'ended-early':
      return 'es endete, bevor alles durchgesehen war';
    case 'nft-missing':
      return 'der Kernel hat Regeln von nftables, und das Programm nft ist nicht installiert';
    case 'dormancy':
      return 'diese Version von nft sagt nicht, ob die Tabelle ruht';
    case 'iptables-only':
      return 'nft hat Regeln, die nur iptables vollständig zeigen kann';
    case 'not-nftables':
      return 'es sind nicht die von nftables (FirewallBackend in /etc/firewalld/firewalld.conf)';
    case 'written-by-others':
      return 'darin steht, was Portcullis nicht geschrieben hat';
    case 'would-be-lost':
      return 'sie ist anders als die Datei von Portcullis und ginge deshalb mit einer Änderung verloren';
    case 'not-shown':
      return 'nach ihnen wird geurteilt, aber diese Version zeigt sie nicht';
    case 'setting-invalid':
      return 'sie fehlt oder ist ungültig';
    case 'file-cut':
      return 'die Datei ist abgeschnitten';
    case 'file-damaged':
      return 'die Datei dafür ist beschädigt';
    case 'file-unreadable':
      return 'die Datei dafür ist nicht lesbar';
    case 'depends-on-vrf':
      return 'welche Sockets seine Pakete bekommen, hängt nicht nur von Regeln ab';
    case 'chooses-socket':
      return 'es wählt, welcher Socket ein Paket bekommt';
    case 'decides-beside':
      return 'es entscheidet neben den Regeln und kann Pakete verwerfen';
    case 'sees-program':
      return 'es sieht, was für dieses Programm ankommt, und kann es verwerfen';
    case 'drops-some':
      return 'sie sehen Pakete vor den Regeln und verwerfen manche';
    case 'drops-source':
      return 'sie verwirft, was von dort kommt';
    case 'leads-to-name':
      return 'sie führen zu einem Namen, der dieser Computer sein kann';
    case 'address-of-none':
      return 'es sind Ports an einer Adresse in Gebrauch, die keiner der Adapter hat';
    case 'only-ipsec':
      return 'nur was durch IPsec kommt, gelangt an ihr vorbei';
    case 'sees-answers':
      return why.many
        ? 'sie sehen die Antworten dieses Computers und können sie verwerfen'
        : 'es sieht die Antworten dieses Computers und kann sie verwerfen';
    case 'sees-packets':
      return why.many
        ? 'sie sehen Pakete vor den Regeln und können sie verwerfen oder ändern'
        : 'es sieht Pakete vor den Regeln und kann sie verwerfen oder ändern';
    case 'acts-before':
      return `sie wirken vor den gewöhnlichen Regeln, ${why.at === 'bridge' ? 'in der Bridge' : 'am Netzwerkgerät'} selbst`;
    case 'garbled':
      return `was ${why.by} ${why.by === 'firewalld' ? 'geantwortet' : 'ausgegeben'} hat, war nicht zu verstehen`;
    case 'lines-garbled': {
      const lines = plural(why.count, { one: 'Zeile', other: 'Zeilen' });
      return `${lines}${why.of === null ? '' : ` von ${why.of}`} ${were(why.count)} nicht zu verstehen`;
    }
    case 'settings-refused':
      return `${plural(why.count, { one: 'Einstellung', other: 'Einstellungen' })} ${were(why.count)} nicht lesbar`;
    case 'complained':
      return `${why.program} meldete: ${sentence(why.said)}`;
    case 'osquery':
      return OSQUERY[why.of];
    case 'within-wsl':
      return `was in Linux (WSL) lauscht, ${why.sure ? 'liegt' : 'liegt vielleicht'} an den eigenen Adressen dieses Computers (gespiegeltes Netzwerk), und Windows führt es nicht auf; ${WSL_FILTER[why.filter ?? 'unknown']}`;
    case 'no-force':
      return why.other === null
        ? 'ihr Dienst (mpssvc) läuft nicht, was gefiltert wird, weiß also niemand'
        : `eine andere Firewall ist an ihre Stelle getreten: ${sentence(why.other)}`;
    case 'gave-up':
      return 'die Suche wurde abgebrochen, bevor alles durchgesehen war';
    case 'message':
      return `gemeldet wurde: ${sentence(why.said)}`;
    case 'not-whole':
      return `was ${why.program} ausgegeben hat, ist nicht vollständig: ${faultOf(why.fault)}`;
    case 'nft-in-chain':
      return `die Kette ${sentence(why.chain)} enthält Regeln von nft, die iptables nicht zeigen kann`;
    case 'legacy-loaded':
      return `sie sind geladen, aber nicht gelesen: ${germanWhy(why.why)}`;
    case 'ufw-line':
      return `diese Zeile versteht ufw nicht: ${sentence(why.line)}`;
    case 'undecided':
      return germanReason(why.reason);
  }
}

const were = (count: number): string => (count === 1 ? 'war' : 'waren');

function faultOf(fault: Fault): string {
  switch (fault.kind) {
    case 'unfinished-table':
      return `die Tabelle ${sentence(fault.table)} ist nicht abgeschlossen`;
    case 'missing-table':
      return `die Tabelle ${sentence(fault.table)} fehlt`;
    case 'garbled':
      return `nicht verstanden: ${sentence(fault.line)}`;
    case 'stray-commit':
      return 'COMMIT ohne eine Tabelle';
    case 'cut-line':
      return 'die letzte Zeile ist nicht vollständig';
  }
}

export function germanReason(reason: Reason): string {
  switch (reason.kind) {
    case 'unread':
      return `${germanWhat(reason.what)}: ${germanWhy(reason.why)}`;
    case 'rule':
      return sentence(reason.text);
    case 'set-grows':
      return `das Set ${sentence(reason.set)}, in das Regeln etwas eintragen`;
    case 'set-full':
      return `${sentence(reason.text)}, und ${reason.of === 'set' ? 'das Set' : 'die Map'} ist voll`;
    case 'set-unread':
      return `${sentence(reason.text)} (das Set ${sentence(reason.set)} wurde nicht gelesen: sudo ipset save)`;
    case 'source-type':
      return `Art der Quelladresse: ${reason.types.map(sentence).join(',')}`;
    case 'ct-status':
      return `Status der Verbindung (ct status): ${reason.statuses.map(sentence).join(',')}`;
    case 'nested':
      return `die Kette ${sentence(reason.chain)} ist zu tief verschachtelt`;
    case 'chain-unread':
      return `die Kette ${sentence(reason.chain)} wurde nicht gelesen`;
    case 'no-interface':
      return `eine Schnittstelle ${sentence(reason.interface)} gibt es nicht`;
    case 'network-kind':
      return `in welcher Art von Netz ${sentence(reason.interface)} ist (öffentlich, privat oder Domäne)`;
    case 'application':
      return applicationWords(reason);
    case 'holder':
      return holderWords(reason);
    case 'asks':
      return asksWords(reason);
    case 'hidden-family':
      return 'ct protocol (nft gibt nicht aus, für welche Familie)';
    case 'tracking':
      return 'ob der Kernel Verbindungen verfolgt; tut er es nicht, werden nat-Ketten übergangen';
    case 'chain-order':
      return 'welche von mehreren Ketten mit derselben Priorität zuerst kommt';
    case 'sent-somewhere':
      return 'wohin diese Regel Pakete schickt, ist nicht bekannt';
    case 'several-places':
      return 'an welche von mehreren Stellen der Kernel ein Paket schickt';
    case 'route-localnet':
      return 'ob Loopback von außen ansprechbar ist (route_localnet), wurde nicht gelesen';
    case 'forwarding':
      return 'ob dieser Computer Pakete weiterleitet (forwarding), wurde nicht gelesen';
    case 'tangled':
      return 'die Regeln sind zu verschlungen, um ihnen zu folgen';
    case 'rewritten-source':
      return 'die Quelle, die eine Regel auf dem Weg herein umgeschrieben hat';
    case 'mark':
      return 'die Markierung setzt eine Regel, der sich nicht folgen lässt';
    case 'source-bits':
      return 'nur einzelne Bits der Quelle';
    case 'answers':
      return 'auf welchem Weg Antworten an die Quelle gehen würden';
    case 'answers-unread':
      return 'auf welchem Weg Antworten an die Quelle gehen würden: die Regeln des Policy-Routings (ip rule) wurden nicht gelesen';
    case 'policy-routing':
      return 'die Regeln des Policy-Routings (ip rule) wurden nicht gelesen';
    case 'source-port':
      return 'es hängt vom Quellport ab';
    case 'takes-ipv4':
      return 'ob dieser Socket auch IPv4 annimmt, ist nicht bekannt';
    case 'no-address':
      return 'in der Frage steht etwas, das keine Adresse ist';
    case 'two-families':
      return 'Quelle und Ziel gehören nicht zur selben Familie';
  }
}

/** `a, b und c`. */
const und = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`;

/** How many rules are named of many. */
const NAMED = 2;

/** `„A“`, `3 Regeln („A“, „B“ und 1 weitere)`; `what`: which kind of rules. */
function rulesWords(rules: readonly string[], what: string, [before, after] = [' (', ')']): string {
  const named = rules.slice(0, rules.length === NAMED + 1 ? NAMED + 1 : NAMED).map((rule) => `„${sentence(rule)}“`);
  const more = rules.length - named.length;
  if (rules.length < 2) return named.join('');
  return `${rules.length} ${what}${before}${und([...named, ...(more === 0 ? [] : [`${more} weitere`])])}${after}`;
}

function holderWords({ rules, apps }: Extract<Reason, { kind: 'holder' }>): string {
  if (rules.length > 1)
    return `${rulesWords(rules, apps ? 'Regeln für Apps (Pakete)' : 'Regeln für bestimmte Programme', [', ', ''])}: ob das Programm, das lauscht, eines davon ist, ist nicht bekannt`;
  return apps
    ? `${rulesWords(rules, '')}: gilt nur für eine App (ein Paket); ob das Programm, das lauscht, diese App ist, ist nicht bekannt`
    : `${rulesWords(rules, '')}: gilt nur für bestimmte Programme; ob das, was lauscht, eines davon ist, ist nicht bekannt`;
}

function asksWords({ rules, asks }: Extract<Reason, { kind: 'asks' }>): string {
  const all = asksOf(asks);
  if (rules.length === 0)
    return all
      .map((ask) =>
        ask.about === 'addresses' ? `welche Adressen gemeint sind mit: ${germanAddresses(ask)}` : germanAsk(ask),
      )
      .join('; ');
  if (all.every(({ about }) => about === 'other'))
    return `${rulesWords(rules, 'Regeln')}: ${all.map(germanAsk).join(', ')}`;
  return `${rulesWords(rules, 'Regeln')} ${rules.length === 1 ? 'verlangt' : 'verlangen'} ${und(all.map(germanAsk))}; ob das zutrifft, ist nicht bekannt`;
}

function applicationWords({ about, program }: Extract<Reason, { kind: 'application' }>): string {
  const which = program === null ? 'ein unbekanntes Programm' : sentence(program);
  switch (about) {
    case 'signed':
      return `die Programm-Firewall lässt signierte Programme von selbst herein; ob ${which} dazugehört, ist nicht bekannt`;
    case 'asks':
      return `in der Programm-Firewall steht nichts für ${which}: sie fragt nach, und was geantwortet wurde, ist nicht bekannt`;
    case 'program':
      return `ob ein Eintrag der Programm-Firewall für ${which} gilt, ist nicht bekannt`;
    case 'essential':
      return `die Programm-Firewall sperrt alles außer grundlegenden Diensten des Systems; ${which} könnte einer sein`;
  }
}
