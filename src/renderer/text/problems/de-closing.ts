/** Problems of closing and opening ports, in German. */
import type { GapHow } from '../../../core/gaps/index.ts';
import type { Target } from '../../../core/model.ts';
import type { WayOut, Wording } from '../../../core/problem.ts';
import type { ClosingProblem } from '../../../core/problem/closing.ts';
import { shownCommand } from '../../../core/shell-command.ts';
import { type Around, portName, upper } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, sentence } from '../format.ts';
import { germanHow } from '../gaps/de-how.ts';
import { germanWhat } from '../gaps/de-what.ts';
import { germanReason, germanWhy } from '../gaps/de-why.ts';
import { endName, endsOf, namedPortOf, portOf, portsOf } from '../plans/de-parts.ts';
import { localWords } from '../services/de-words.ts';

function wayWords(way: WayOut): string {
  switch (way.by) {
    case 'publishing':
      return `den Port des Containers nur auf diesem Computer veröffentlichen: 127.0.0.1:${way.port}:…`;
    case 'container':
      return 'den Container stoppen';
    case 'unit':
      return `den Dienst beenden: ${sentence(shownCommand(['systemctl', 'stop', way.unit]))}`;
    case 'program': {
      const { program, pid } = way;
      return `das Programm beenden${program === null ? '' : ` (${sentence(program)}${pid === null ? '' : `, Prozess ${pid}`})`}`;
    }
    case 'system':
      return `den Dienst oder das Programm dahinter beenden, nicht Windows selbst (System, Prozess ${way.pid}), das sich nicht beenden lässt`;
    case 'settings': {
      const { service } = way;
      return service === null
        ? 'das Programm in seinen eigenen Einstellungen nur auf diesem Computer lauschen lassen (127.0.0.1)'
        : `das Programm nur auf diesem Computer lauschen lassen: ${sentence(localWords(service.id, service.bindLocal))}`;
    }
  }
}

const waysWords = (ways: readonly WayOut[]): string => ways.map(wayWords).join('; oder ');

export const instead = (ways: readonly WayOut[]): string =>
  ways.length === 0 ? 'Beende das Programm, das dort lauscht.' : `Stattdessen geht: ${waysWords(ways)}.`;

const COMMANDS: ReadonlySet<GapHow['kind']> = new Set(['exact', 'exact-outside', 'as-root', 'command']);
/** As a sentence of its own; a command stays as it is. */
const settles = (how: GapHow): string => (COMMANDS.has(how.kind) ? germanHow(how) : upper(germanHow(how)));

const explain = (targets: readonly Target[]): string =>
  `portcullis explain ${targets.slice(0, 1).map(portName).join('')}`;
const decides = (target: Target): string => `Was entscheidet, zeigt: ${explain([target])}`;
const are = (targets: readonly Target[]): string => (targets.length === 1 ? 'ist' : 'sind');

const OF = { ufw: 'von ufw', firewalld: 'in firewalld', windows: 'in der Windows-Firewall' } as const;
const BY = {
  firewalld: 'Eine Regel in firewalld',
  'own-table': 'Die eigene Tabelle von Portcullis',
  windows: 'Eine Regel in der Windows-Firewall',
} as const;

const FOR_ALL = 'Schließe ihn stattdessen für alle.';
const WHO = 'Wer durchkommt, zeigt: portcullis scan --all';

const ruleOf = ({ firewall, rule }: { readonly firewall: string; readonly rule: string }): string =>
  `${sentence(firewall)}: ${sentence(rule)}`;

export const closingWords: Wording<ClosingProblem, [Around]> = {
  'rules-unknown': ({ what, why, how, exact }) => [
    `Die Regeln sind nicht vollständig bekannt. ${what === null ? 'Regeln des Kernels' : upper(germanWhat(what))}: ${germanWhy(why)}.`,
    exact
      ? 'Erlaube Portcullis, alle Regeln zu lesen: portcullis scan --exact'
      : how === null
        ? 'Scanne neu.'
        : settles(how),
  ],
  'no-firewall': ({ firewalld, own, ways }) => {
    const install = firewalld
      ? 'firewalld einschalten: sudo systemctl enable --now firewalld'
      : 'eine Firewall installieren: sudo apt install ufw';
    const table = `ohne Firewall schließen, in einer eigenen Tabelle von Portcullis: portcullis close ${(own ?? []).map(portName).join(' ')} --way own-table`;
    return [
      'Es ist keine Firewall installiert, die Portcullis ändern kann.',
      `Das geht: ${[install, ...(own === null ? [] : [table]), ...ways.map(wayWords)].join('; oder ')}.`,
    ];
  },
  'mac-unchanged': ({ close }) => [
    'Diese Version beurteilt die Firewalls von macOS und ändert sie nicht.',
    close === null
      ? 'Nimm die Systemeinstellungen, Netzwerk, Firewall.'
      : `Lass ein Skript schreiben, das ihn schließt: portcullis export --for pf --ports ${close.map(portName).join(',')}`,
  ],
  'mac-exact': () => [
    'Auf macOS kann diese Version nicht um das Recht bitten, alle Regeln zu lesen.',
    'Öffne ein Terminal und gib ein: sudo portcullis scan',
  ],
  'nftables-missing': () => ['nftables ist nicht installiert.', 'Installiere es: sudo apt install nftables'],
  'foreign-lines': ({ lines }) => [
    `In den Regeldateien von ufw ${lines.length === 1 ? 'steht eine Zeile, die' : 'stehen Zeilen, die'} ufw verlieren würde: ${list(lines.map(sentence))}.`,
    'Verschiebe deine Zeilen nach /etc/ufw/before.rules, eine Datei, die ufw nicht anfasst, und versuche es dann noch einmal.',
  ],
  'ufw-not-loaded': () => [
    'ufw ist laut seinen Einstellungen an, aber seine Regeln sind nicht im Kernel.',
    'Lade sie: sudo ufw reload',
  ],
  'ufw-ipv6-lost': () => [
    'ufw soll IPv6 nicht anfassen (IPV6=no), hat aber IPv6-Regeln, die es beim Einschalten wegwerfen würde.',
    'Setze IPV6=yes in /etc/default/ufw oder lösche diese Regeln und versuche es dann noch einmal.',
  ],
  'nobody-reaches': ({ targets }) => [
    `${portsOf(targets)} ${are(targets)} jetzt schon für niemanden sonst erreichbar: Es gibt nichts zu schließen.`,
    `Warum, zeigt: ${explain(targets)}`,
  ],
  'firewalld-governs': () => [
    'Hier ist firewalld die Firewall: Portcullis schließt darin Ports und öffnet sie wieder, sonst ändert es daran nichts.',
    'Nimm firewall-cmd oder die Firewall-Einstellungen deines Systems.',
  ],
  'led-to': ({ doors, target, ways }) => [
    `${doors.length === 1 ? 'Port' : 'Ports'} ${list(doors.map(String))} ${doors.length === 1 ? 'wird' : 'werden'} auf ${portOf(target)} umgeleitet, und ufw kann umgeleitete Verbindungen nicht von direkten unterscheiden: Würde er geschlossen, wäre auch zu, was dorthin umgeleitet wird.`,
    instead(ways),
  ],
  'leads-on': ({ target, to, ways }) => [
    `${portOf(target)} wird auf ${portsOf(to)} umgeleitet, bevor die Firewall gefragt wird: Eine Regel dort sperrt niemanden aus, der so hereinkommt.`,
    instead(ways),
  ],
  'way-by-hand': ({ ways }) => [
    'Portcullis schließt mit der Firewall, mit einer eigenen Tabelle oder indem es das Programm beendet; die anderen Wege gehst du von Hand.',
    instead(ways),
  ],
  'closing-unknown': ({ target, reason, ways }) => [
    `Ob eine Regel von ufw ${portOf(target)} schließen würde, ist nicht zu sagen${reason === null ? '' : `: ${germanReason(reason)}`}.`,
    instead(ways),
  ],
  'still-let-in': ({ of, port, by, ways }, { report }) => {
    const none = of === 'ufw' ? ': Was hereinlässt, sind Regeln, über die ufw nicht bestimmt' : '';
    return [
      `Eine Regel ${OF[of]} würde ${namedPortOf(port, report)} nicht schließen${by.length === 0 ? none : `; hereingelassen wird von ${list(by.map(ruleOf))}`}.`,
      instead(ways),
    ];
  },
  'would-not-open': ({ by, port }, { report }) => [
    `Eine Regel ${OF[by]} würde ${namedPortOf(port, report)} nicht öffnen: Etwas anderes blockiert ihn, oder dort lauscht etwas nur auf diesem Computer.`,
    decides(port),
  ],
  'would-let-in': ({ port }, { report }) => [
    `Damit kämen Quellen herein, die ${namedPortOf(port, report)} jetzt nicht erreichen.`,
    FOR_ALL,
  ],
  'must-stay-open': ({ port }, { report }) => [
    `${namedPortOf(port, report)} muss offen bleiben, aber eine andere Regel würde ihn schließen, sobald ufw an ist.`,
    'Sieh dir die Regeln an: sudo ufw show added',
  ],
  'also-changes': ({ ends }, { report }) => [
    `Das würde auch ändern, wer ${endsOf(ends, report)} erreicht.`,
    'Schließe oder öffne diese Ports zuerst für sich.',
  ],
  'also-changes-one': ({ end }, { report }) => [
    `Das würde auch ändern, wer ${quoted(endName(end, report) ?? end.name)} erreicht.`,
    'Schließe oder öffne das zuerst für sich.',
  ],
  'shuts-nobody-out': ({ targets }) => [
    `Das würde niemanden aussperren: Wer ${portsOf(targets)} erreicht, bleibt gleich.`,
    `Was entscheidet, zeigt: ${explain(targets)}`,
  ],
  'comes-by-others': ({ targets, doors, others, table }) => [
    `${others.length === 0 ? 'Das würde niemanden aussperren' : 'Damit wären nicht alle zu'}: Wer ${portsOf(targets)} erreicht, kommt über ${portsOf(doors)}, ${doors.length === 1 ? 'der' : 'die'} dorthin ${doors.length === 1 ? 'führt' : 'führen'}.`,
    `So geht es zu: portcullis close ${[...doors, ...others].map(portName).join(' ')}${table ? ' --way own-table' : ''}`,
  ],
  'would-not-close': ({ by, end, decided }, { report }) => [
    `${BY[by]} würde ${quoted(endName(end, report) ?? end.name)} nicht schließen${decided === null ? '' : `; hereingelassen wird von ${ruleOf(decided)}`}.`,
    'Beende das Programm, das dort lauscht, oder lass es nur auf diesem Computer lauschen.',
  ],
  'opens-for-all': () => [
    'Ein Port wird wieder so geöffnet, wie er war, sonst für alle; nur für manche lässt er sich nicht öffnen.',
    'Öffne ihn, ohne zu sagen, für wen, und schließe ihn dann für alle außer diesem Netzwerk oder für das Internet.',
  ],
  'blocked-otherwise': ({ target }) => [
    'Ohne die Sperre in der eigenen Tabelle von Portcullis wäre der Port auch nicht offen: Etwas anderes blockiert ihn.',
    decides(target),
  ],
  'blocked-already': () => ['Die eigene Tabelle von Portcullis blockiert das schon.', WHO],
  'no-such-block': () => ['In der eigenen Tabelle von Portcullis steht keine solche Sperre.', WHO],
  'state-lost': () => ['Der Zustand von ufw ging beim Planen verloren.', 'Scanne neu.'],
  'open-already': ({ targets, zones }) => [
    `${portsOf(targets)} ${are(targets)} für andere schon erreichbar${zones ? `, oder keine Zone von firewalld blockiert ${targets.length === 1 ? 'ihn' : 'sie'}` : ''}: Es gibt nichts zu öffnen.`,
    `Für wen, zeigt: ${explain(targets)}`,
  ],
  'no-rule-alone': ({ targets }) => [
    `Keine Regel von ufw gilt für ${portsOf(targets)} allein.`,
    'Sieh dir die Regeln an: sudo ufw status numbered',
  ],
  'firewall-on-already': () => ['Die Firewall ist schon an.', 'Was sie hereinlässt, zeigt: portcullis scan --all'],
  'firewalld-stopped': () => [
    'Die Regeln von firewalld gelten, aber firewalld selbst läuft nicht.',
    'Starte es: sudo systemctl start firewalld',
  ],
  'firewalld-panic': () => [
    'firewalld ist im Panikmodus: Es kommt überhaupt nichts durch.',
    'Schalte ihn aus: sudo firewall-cmd --panic-off',
  ],
  'zone-slows': ({ zone, target }) => [
    `Die Zone ${quoted(zone)} von firewalld bremst die, die ${portOf(target)} weiter erreichen sollen; eine Regel davor täte das nicht.`,
    FOR_ALL,
  ],
  'zones-untold': ({ target }) => [
    `An ${portOf(target)} lauscht gerade nichts, darum ist nicht zu sagen, wen die Zonen von firewalld dorthin lassen.`,
    FOR_ALL,
  ],
  'zone-lets-in': ({ port }, { report }) => [
    `Eine Regel in firewalld würde an ${namedPortOf(port, report)} auch die heranlassen, die jetzt nicht hereinkommen.`,
    decides(port),
  ],
  'zone-shuts-out': ({ port }, { report }) => [
    `Eine Regel in firewalld würde auch die aussperren, die ${namedPortOf(port, report)} weiter erreichen sollen.`,
    decides(port),
  ],
};
