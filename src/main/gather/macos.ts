/**
 * Reading a Mac: every command with its whole path, none of them changes anything, and each keeps what it printed
 * (core/machine/macos.ts lists them). What only root may read is tried by everybody: the refusal is what is told. /proc, ip, ss
 * and systemd are not looked for. node-netstat is not used: its command for macOS leaves out what listens.
 */
import { readdirSync } from 'node:fs';
import { SETTINGS } from '../../core/machine/macos.ts';
import { parseLsof } from '../../core/listeners/lsof.ts';
import { parseMacNetstat } from '../../core/listeners/mac-netstat.ts';
import type { Transcript } from '../../core/model.ts';
import { pf } from '../../core/firewalls/registry.ts';
import { type RunOptions, runRead } from './run.ts';
import { readFileTranscript } from './transcript.ts';

/** Where macOS keeps its own programs. */
const MAC_PATH = '/usr/bin:/bin:/usr/sbin:/sbin:/usr/libexec/ApplicationFirewall';

const FIREWALL = '/usr/libexec/ApplicationFirewall/socketfilterfw';
const PFCTL = '/sbin/pfctl';
const LSOF = '/usr/sbin/lsof';
const NETSTAT = '/usr/sbin/netstat';

type Command = readonly [id: string, argv: readonly string[]];

const SOCKETS: readonly Command[] = [
  ['mac.netstat.tcp', [NETSTAT, '-anv', '-p', 'tcp']],
  ['mac.netstat.udp', [NETSTAT, '-anv', '-p', 'udp']],
  // +c 0: names as long as the kernel has them; -w: no warnings.
  ['mac.lsof', [LSOF, '-nP', '-w', '+c', '0', '-iTCP', '-iUDP', '-FpcRuLftPnT']],
  ['mac.ps', ['/bin/ps', '-axww', '-o', 'pid=,uid=,comm=']],
  ['mac.ps.args', ['/bin/ps', '-axww', '-o', 'pid=,args=']],
];

const NETWORKS: readonly Command[] = [
  ['mac.version', ['/usr/bin/sw_vers']],
  ['mac.ifconfig', ['/sbin/ifconfig', '-a']],
  ['mac.ports', ['/usr/sbin/networksetup', '-listallhardwareports']],
  ['mac.routes', [NETSTAT, '-rn']],
  ['mac.sysctl', ['/usr/sbin/sysctl', ...SETTINGS]],
  ['mac.services', ['/bin/launchctl', 'print-disabled', 'system']],
];

const APPLICATIONS: readonly Command[] = [
  ['alf.state', [FIREWALL, '--getglobalstate']],
  ['alf.blockall', [FIREWALL, '--getblockall']],
  ['alf.signed', [FIREWALL, '--getallowsigned']],
  ['alf.stealth', [FIREWALL, '--getstealthmode']],
  ['alf.apps', [FIREWALL, '--listapps']],
  ['alf.plist', ['/usr/bin/plutil', '-p', '/Library/Preferences/com.apple.alf.plist']],
];

const FILTER: readonly Command[] = [
  ['pf.info', [PFCTL, '-s', 'info']],
  ['pf.rules', [PFCTL, '-s', 'rules']],
  ['pf.nat', [PFCTL, '-s', 'nat']],
  ['pf.anchors', [PFCTL, '-v', '-s', 'Anchors']],
  ['pf.interfaces', [PFCTL, '-v', '-s', 'Interfaces']],
  ['pf.references', [PFCTL, '-s', 'References']],
];

const ANCHOR_FILES = '/etc/pf.anchors';

/** Longest list of processes, anchors or tables that is asked about. */
const MOST = 500;
/** Processes that one command is asked about. */
const AT_ONCE = 100;

/** @param step is told of each part that is done */
export async function readMac(
  options: RunOptions,
  step: (phase: string, text: string, work: Promise<readonly Transcript[]>) => Promise<readonly Transcript[]>,
): Promise<readonly Transcript[]> {
  const run = ([id, argv]: Command): Promise<Transcript> =>
    runRead(id, argv, { ...options, searchPath: options.searchPath ?? MAC_PATH });
  const all = (commands: readonly Command[]): Promise<readonly Transcript[]> => Promise.all(commands.map(run));
  const parts = await Promise.all([
    step('sockets', 'Reading what listens', withPrograms(all(SOCKETS), run)),
    step('links', 'Reading networks', all(NETWORKS)),
    step(
      'rules',
      'Reading firewall rules',
      Promise.all([all(APPLICATIONS), withAnchors(all(FILTER), run)]).then((both) => both.flat()),
    ),
  ]);
  const files = ['/etc/services', '/etc/pf.conf', ...anchorFiles()].map(readFileTranscript);
  return [...parts.flat(), ...files];
}

type Run = (command: Command) => Promise<Transcript>;

/** Which files run in the processes that hold sockets. */
async function withPrograms(sockets: Promise<readonly Transcript[]>, run: Run): Promise<readonly Transcript[]> {
  const transcripts = await sockets;
  const said = (id: string): string => transcripts.find((one) => one.id === id)?.stdout ?? '';
  const listed = ['mac.netstat.tcp', 'mac.netstat.udp'].flatMap((id) =>
    parseMacNetstat(said(id)).rows.flatMap(({ pid, remote }) => (pid === null || remote !== null ? [] : [pid])),
  );
  const shown = parseLsof(said('mac.lsof')).processes.map(({ pid }) => pid);
  const pids = [...new Set([...listed, ...shown])].slice(0, MOST);
  const groups = Array.from({ length: Math.ceil(pids.length / AT_ONCE) }, (_, at) =>
    pids.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const asked = await Promise.all(
    groups.map((group) =>
      run(['mac.lsof.text', [LSOF, '-nP', '-w', '+c', '0', '-a', '-d', 'txt', '-p', group.join(','), '-Fpcfn']]),
    ),
  );
  const [first, ...others] = asked;
  if (first === undefined) return transcripts;
  // One transcript, as if one command had been asked.
  const stdout = asked.map((one) => one.stdout).join('');
  const failure = [first, ...others].find((one) => one.failure !== null)?.failure ?? null;
  return [...transcripts, { ...first, stdout, failure }];
}

/** Rules of the anchors and contents of the tables that the rules name, where pf may be read at all. */
async function withAnchors(main: Promise<readonly Transcript[]>, run: Run): Promise<readonly Transcript[]> {
  const transcripts = await main;
  const listed = transcripts.find(({ id }) => id === 'pf.anchors');
  if (listed === undefined || listed.failure !== null) return transcripts;
  const names = listed.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST);
  const rules = await Promise.all(
    names.flatMap((name) =>
      (['rules', 'nat'] as const).map((what) => run([`pf.${what}:${name}`, [PFCTL, '-a', name, '-s', what]])),
    ),
  );
  const tables = await Promise.all(
    pf
      .tablesIn([...transcripts, ...rules])
      .slice(0, MOST)
      .map(({ anchor, table }) =>
        run([
          `pf.table:${anchor}:${table}`,
          [PFCTL, ...(anchor === '' ? [] : ['-a', anchor]), '-t', table, '-T', 'show'],
        ]),
      ),
  );
  return [...transcripts, ...rules, ...tables];
}

/** What could be loaded, and was not loaded for that. */
function anchorFiles(): readonly string[] {
  try {
    return readdirSync(ANCHOR_FILES)
      .filter((name) => !name.startsWith('.'))
      .slice(0, MOST)
      .map((name) => `${ANCHOR_FILES}/${name}`);
  } catch {
    return [];
  }
}
