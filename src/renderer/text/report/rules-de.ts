/** What each rule of advice looks for, and what to do where it speaks, in German. */
import type { ReportRule } from '../../../core/reports/rules.ts';
import type { RuleWords } from '../../../core/reports/words.ts';

export const rulesInGerman: Readonly<Record<ReportRule, RuleWords>> = {
  'around-firewall': {
    title: 'Ein Port ist an einer Firewall vorbei offen, die an ist',
    help: 'Eine Regel eines anderen Programms lässt andere ein, bevor die Firewall gefragt wird. Schließe ihn vor der Firewall oder dort, wo die Regel herkommt.',
  },
  limited: {
    title: 'Ein Dienst für andere ist gebremst, nicht geschlossen',
    help: 'Die Firewall bremst, wer es zu oft versucht. Behalte ihn, wenn du ihn von anderswo benutzt; sonst schließe ihn.',
  },
  'exposed-debugger': {
    title: 'Andere erreichen einen Debugger',
    help: 'Wer einen Debugger erreicht, kann in deinem Namen Programme starten. Lass ihn nur auf diesem Computer lauschen, oder schließe ihn.',
  },
  'exposed-dev-server': {
    title: 'Andere erreichen einen Entwicklungsserver',
    help: 'Ein Entwicklungsserver ist für eine Person gemacht. Lass ihn nur auf diesem Computer lauschen, oder schließe ihn.',
  },
  'exposed-database': {
    title: 'Andere erreichen eine Datenbank',
    help: 'Programme auf diesem Computer erreichen sie ohne offenen Port. Lass sie nur auf diesem Computer lauschen, oder schließe sie.',
  },
  'exposed-admin': {
    title: 'Andere erreichen ein Werkzeug zur Verwaltung',
    help: 'Lass es nur auf diesem Computer lauschen, oder schließe es, wenn niemand es von anderswo benutzt.',
  },
  'exposed-container': {
    title: 'Andere erreichen einen Port eines Containers',
    help: 'Veröffentliche den Port nur auf diesem Computer, mit 127.0.0.1: davor, oder schließe ihn vor der Firewall.',
  },
  'exposed-remote-access': {
    title: 'Andere können sich von anderswo anmelden',
    help: 'Behalte es, wenn du dich von anderswo anmeldest; sonst schließe oder beende es.',
  },
  'exposed-file-sharing': {
    title: 'Andere erreichen freigegebene Dateien',
    help: 'Behalte es in Netzwerken, denen du traust, wenn du Dateien teilst; sonst schließe es.',
  },
  'exposed-discovery': {
    title: 'Andere finden diesen Computer und seine Dienste',
    help: 'Schließe es, wo nichts in der Nähe gefunden werden muss: Drucker, Lautsprecher, andere Computer.',
  },
  'exposed-service': {
    title: 'Andere erreichen einen Dienst',
    help: 'Schließe ihn, wenn niemand ihn von anderswo benutzt.',
  },
  'exposed-program': {
    title: 'Andere erreichen ein Programm, das nicht bekannt ist',
    help: 'Finde heraus, was es ist, und schließe es, wenn niemand es von anderswo benutzt.',
  },
  'forwarded-port': {
    title: 'Ein Port führt zu einem Container, einem Gast oder einem anderen Computer',
    help: 'Schließe ihn dort, wo die Regel herkommt, oder vor der Firewall, wenn andere nicht dorthin sollen.',
  },
  'firewall-off': {
    title: 'Die Firewall ist aus',
    help: 'Schalte sie ein: Dann bleibt geschlossen, was zu lauschen beginnt, bis du es öffnest.',
  },
  'firewall-absent': {
    title: 'Es gibt keine Firewall',
    help: 'Installiere eine: Dann bleibt geschlossen, was zu lauschen beginnt, bis du es öffnest.',
  },
  'firewall-allows': {
    title: 'Die Firewall ist an, lässt aber alles ein',
    help: 'Lass sie abweisen, was keine Regel einlässt.',
  },
  firewalld: {
    title: 'Eine Einstellung von firewalld lässt mehr oder weniger ein, als es scheint',
    help: 'Sieh dir die genannte Zone und Einstellung an.',
  },
  'two-firewalls': {
    title: 'Zwei Firewalls sind zugleich an',
    help: 'Jede kann aufheben, was die andere tut. Behalte eine davon.',
  },
  'reach-unknown': {
    title: 'Wer einen Port erreicht, ist unklar',
    help: 'Etwas wurde nicht gelesen oder nicht verstanden. Kläre, was genannt ist; geraten wird nicht.',
  },
  'powerless-deny': {
    title: 'Eine Regel soll einen Port schließen und schließt ihn nicht',
    help: 'Eine andere Regel lässt andere vorher ein. Lösche jene, oder stelle diese an den Anfang.',
  },
  'unused-opening': {
    title: 'Eine Regel öffnet einen Port, auf dem nichts lauscht',
    help: 'Das nächste Programm, das dort lauscht, wäre sofort offen. Lösche die Regel, wenn sie auf keines wartet.',
  },
  'idle-rules': {
    title: 'Regeln bewirken nichts',
    help: 'Ohne sie wäre alles gleich. Sie können gelöscht werden.',
  },
  tunnel: {
    title: 'Ein Tunnel lässt andere an jeder Firewall vorbei ein',
    help: 'Beende das Programm, wenn das, was es veröffentlicht, nicht für andere gedacht ist.',
  },
  'exposed-http-sys': {
    title: 'Andere erreichen einen Port, den Windows selbst hält',
    help: 'Ein Programm oder ein Dienst beantwortet dort über http.sys Web-Anfragen. Finde heraus, welches, und schließe den Port, wenn ihn niemand von anderswo nutzt.',
  },
  'exposed-port-proxy': {
    title: 'Ein Port führt durch portproxy weiter',
    help: 'Windows leitet weiter, was dort ankommt. Nimm den Eintrag weg oder schließe den Port, wenn andere nicht dorthin sollen.',
  },
  windows: {
    title: 'Die Windows-Firewall ist so eingestellt, dass sie mehr oder weniger einlässt, als es scheint',
    help: 'Sieh dir das Netz, die Einstellung oder die Regeln an, die genannt sind.',
  },
  'mac-setting': {
    title: 'Eine Freigabe von macOS lässt andere herein',
    help: 'Schalte sie in den Systemeinstellungen aus, wenn du sie nicht nutzt; das ist besser, als ihren Port zu sperren.',
  },
  'mac-setting-unsure': {
    title: 'Eine Freigabe von macOS lässt vielleicht andere herein',
    help: 'Schalte sie in den Systemeinstellungen aus, wenn du sie nicht nutzt.',
  },
  'mac-unless-pf': {
    title: 'Andere kommen herein, wenn pf sie nicht abhält',
    help: 'Lies die Regeln von pf als root, um es zu wissen; die Programm-Firewall allein lässt sie herein.',
  },
  'mac-stealth': {
    title: 'Dieser Mac antwortet jedem, der ihn abtastet',
    help: 'Schalte den Tarnmodus ein, wenn niemand diesen Mac finden muss.',
  },
  'mac-signed': {
    title: 'Signierte Software wird von selbst eingelassen',
    help: 'Schalte das aus, um bei jedem Programm gefragt zu werden.',
  },
  'mac-pf': {
    title: 'Andere Programme haben Regeln in pf gelegt',
    help: 'Sieh dir an, was sie einlassen oder abhalten.',
  },
};
