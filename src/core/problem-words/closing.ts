/** Problems of closing and opening ports, in English. */
import { capital, joined } from '../advice/english/parts.ts';
import { reasonText, whatText, whyText } from '../gaps/index.ts';
import { howText } from '../gaps/how.ts';
import type { Target } from '../model.ts';
import { endsWords, namedPortWords, portsWords, portWords } from '../plan/english/parts.ts';
import type { ClosingProblem } from '../problem/closing.ts';
import type { WayOut, Wording } from '../problem.ts';
import { shownCommand } from '../shell-command.ts';

function wayWords(way: WayOut): string {
  switch (way.by) {
    case 'publishing':
      return `publish the container’s port on this computer only: 127.0.0.1:${way.port}:…`;
    case 'container':
      return 'stop the container';
    case 'unit':
      return `stop it: ${shownCommand(['systemctl', 'stop', way.unit])}`;
    case 'program': {
      const { program, pid } = way;
      return `stop the program${program === null ? '' : ` (${program}${pid === null ? '' : `, process ${pid}`})`}`;
    }
    case 'system':
      return `end the service or program behind it, not Windows itself (System, process ${way.pid}), which cannot be ended`;
    case 'settings':
      return way.service === null
        ? 'make it listen on this computer only (127.0.0.1) in its own settings'
        : `make it listen on this computer only: ${way.service.bindLocal}`;
  }
}

const waysWords = (ways: readonly WayOut[]): string => ways.map(wayWords).join('; or ');

export const instead = (ways: readonly WayOut[]): string =>
  ways.length === 0 ? 'Stop the program that listens.' : `What works instead: ${waysWords(ways)}.`;

const asked = ({ port, protocol }: Target): string => `${port}/${protocol}`;
const explain = (targets: readonly Target[]): string => `portcullis explain ${targets.slice(0, 1).map(asked).join('')}`;
const decides = (target: Target): string => `See what decides: ${explain([target])}`;

const BY = {
  ufw: 'A rule of ufw',
  firewalld: 'A rule in firewalld',
  'own-table': 'Portcullis’s own table',
  windows: 'A rule in Windows Firewall',
} as const;

export const closingWords: Wording<ClosingProblem> = {
  'rules-unknown': ({ what, why, how, exact }) => [
    `The rules are not known completely: ${what === null ? 'the kernel’s rules' : whatText(what)}, ${whyText(why)}.`,
    exact ? 'Allow Portcullis to read all rules: portcullis scan --exact' : how === null ? 'Scan again.' : howText(how),
  ],
  'no-firewall': ({ firewalld, own, ways }) => {
    const install = firewalld
      ? 'turn firewalld on: sudo systemctl enable --now firewalld'
      : 'install a firewall: sudo apt install ufw';
    const table = `close it without one, in a table of Portcullis’s own: portcullis close ${(own ?? []).map(asked).join(' ')} --way own-table`;
    return [
      'No firewall that Portcullis can change is installed.',
      `Ways there are: ${[install, ...(own === null ? [] : [table]), ...ways.map(wayWords)].join('; or ')}.`,
    ];
  },
  'mac-unchanged': ({ close }) => [
    'This version judges the firewalls of macOS and does not change them.',
    close === null
      ? 'Use System Settings, Network, Firewall.'
      : `Let it write a script that closes it: portcullis export --for pf --ports ${close.map(asked).join(',')}`,
  ],
  'mac-exact': () => [
    'On macOS this version cannot ask for the right to read all rules.',
    'Open a terminal and run: sudo portcullis scan',
  ],
  'nftables-missing': () => ['nftables is not installed.', 'Install it: sudo apt install nftables'],
  'foreign-lines': ({ lines }) => [
    `ufw’s rule files hold ${lines.length === 1 ? 'a line' : 'lines'} that ufw would lose: ${joined(lines)}.`,
    'Move what is yours to /etc/ufw/before.rules, which ufw leaves alone, then try again.',
  ],
  'ufw-not-loaded': () => [
    'ufw is on in its settings, but its rules are not in the kernel.',
    'Load them with: sudo ufw reload',
  ],
  'ufw-ipv6-lost': () => [
    'ufw is set to leave IPv6 alone (IPV6=no) but has IPv6 rules, which it would throw away when it is turned on.',
    'Set IPV6=yes in /etc/default/ufw, or delete those rules, then try again.',
  ],
  'nobody-reaches': ({ targets }) => [
    `Nobody else can reach ${portsWords(targets)} now: there is nothing to close.`,
    `To see why: ${explain(targets)}`,
  ],
  'firewalld-governs': () => [
    'firewalld is the firewall here: Portcullis closes ports in it and opens them again, and changes nothing else of it.',
    'Use firewall-cmd, or your system’s firewall settings.',
  ],
  'led-to': ({ doors, target, ways }) => {
    const [are, others] = doors.length === 1 ? ['is', 'port'] : ['are', 'ports'];
    return [
      `Port${doors.length === 1 ? '' : 's'} ${joined(doors.map(String))} ${are} redirected to ${portWords(target)}, and ufw cannot tell redirected connections from direct ones: closing it would close the other ${others} too.`,
      instead(ways),
    ];
  },
  'leads-on': ({ target, to, ways }) => [
    `${capital(portWords(target))} is redirected to ${portsWords(to)} before the firewall is asked, so a rule for it there would not shut out who comes by it.`,
    instead(ways),
  ],
  'way-by-hand': ({ ways }) => [
    'Portcullis closes by the firewall, by a table of its own, or by stopping the program; the other ways are done by hand.',
    instead(ways),
  ],
  'closing-unknown': ({ target, reason, ways }) => [
    `It cannot be told whether a rule of ufw would close ${portWords(target)}${reason === null ? '' : `: ${reasonText(reason)}`}.`,
    instead(ways),
  ],
  'still-let-in': ({ of, port, by, ways }) => {
    const rules = by.map(({ firewall, rule }) => `${firewall}: ${rule}`);
    const letIn = by.length === 0 ? 'rules that ufw does not govern' : joined(rules);
    return [
      `${BY[of]} would not close ${namedPortWords(port)}${of !== 'ufw' && by.length === 0 ? '' : `: it is let in by ${letIn}`}.`,
      instead(ways),
    ];
  },
  'would-not-open': ({ by, port }) => [
    `${BY[by]} would not open ${namedPortWords(port)}: something else blocks it, or it listens on this computer only.`,
    decides(port),
  ],
  'would-let-in': ({ port }) => [
    `This would let in sources that cannot reach ${namedPortWords(port)} now.`,
    'Choose to close it for everyone instead.',
  ],
  'must-stay-open': ({ port }) => [
    `${capital(namedPortWords(port))} must stay open, but another rule would close it when ufw is on.`,
    'Look at the rules with: sudo ufw show added',
  ],
  'also-changes': ({ ends }) => [
    `This would also change who can reach ${endsWords(ends)}.`,
    'Close or open those ports by themselves first.',
  ],
  'also-changes-one': ({ end }) => [
    `This would also change who can reach ${end.name}.`,
    'Close or open that by itself first.',
  ],
  'shuts-nobody-out': ({ targets }) => [
    `Nobody would be shut out by that: who can reach ${joined(targets.map(portWords))} stays the same.`,
    `See what decides: ${explain(targets)}`,
  ],
  'comes-by-others': ({ targets, doors, others, table }) => [
    `${others.length === 0 ? 'Nobody would be shut out by that' : 'That would not close all of them'}: whoever reaches ${portsWords(targets)} comes by ${portsWords(doors)}, which ${doors.length === 1 ? 'leads' : 'lead'} there.`,
    `What closes it: portcullis close ${[...doors, ...others].map(asked).join(' ')}${table ? ' --way own-table' : ''}`,
  ],
  'would-not-close': ({ by, end, decided }) => [
    `${BY[by]} would not close ${end.name}${decided === null ? '' : `: it is let in by ${decided.firewall}: ${decided.rule}`}.`,
    'Stop the program that listens, or make it listen on this computer only.',
  ],
  'opens-for-all': () => [
    'A port is opened again as it was, or else for everyone; it cannot be opened for some only.',
    'Open it without naming an audience, then close it for all but this network or for the internet.',
  ],
  'blocked-otherwise': ({ target }) => [
    'Taking the block out of Portcullis’s own table would not open it: something else blocks it.',
    decides(target),
  ],
  'blocked-already': () => [
    'Portcullis’s own table blocks that already.',
    'To see who gets through: portcullis scan --all',
  ],
  'no-such-block': () => [
    'Portcullis’s own table holds no such block.',
    'To see who gets through: portcullis scan --all',
  ],
  'state-lost': () => ['ufw’s state was lost while planning.', 'Scan again.'],
  'open-already': ({ targets, zones }) => [
    `Others can reach ${portsWords(targets)} already${zones ? ', or no zone of firewalld blocks it' : ''}: there is nothing to open.`,
    `To see who: ${explain(targets)}`,
  ],
  'no-rule-alone': ({ targets }) => [
    `No rule of ufw is for ${portsWords(targets)} alone.`,
    'Look at the rules with: sudo ufw status numbered',
  ],
  'firewall-on-already': () => ['The firewall is on already.', 'To see what it lets in: portcullis scan --all'],
  'firewalld-stopped': () => [
    'firewalld’s rules are in force, but firewalld itself does not run.',
    'Start it: sudo systemctl start firewalld',
  ],
  'firewalld-panic': () => [
    'firewalld is in panic mode: nothing comes through at all.',
    'Turn that off: sudo firewall-cmd --panic-off',
  ],
  'zone-slows': ({ zone, target }) => [
    `firewalld’s zone ${zone} slows down who is to be let in to ${portWords(target)} still, and a rule ahead of it would not.`,
    'Close it for everyone instead.',
  ],
  'zones-untold': ({ target }) => [
    `Nothing listens on ${portWords(target)} now, so it cannot be told whom firewalld’s zones let in to it.`,
    'Close it for everyone instead.',
  ],
  'zone-lets-in': ({ port }) => [
    `A rule in firewalld would let in to ${namedPortWords(port)} who is not let in now.`,
    decides(port),
  ],
  'zone-shuts-out': ({ port }) => [
    `A rule in firewalld would also shut out those who are to reach ${namedPortWords(port)} still.`,
    decides(port),
  ],
};
