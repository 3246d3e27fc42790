/** The parsers that read what others wrote, each with real texts to damage. A parser may refuse; it must not throw. */
import { readFileSync } from 'node:fs';
import { readFacts } from '../../../src/core/facts.ts';
import { readFirewalld } from '../../../src/core/firewalls/firewalld/index.ts';
import { readNetfilter } from '../../../src/core/firewalls/netfilter/index.ts';
import { parseIpsets } from '../../../src/core/firewalls/netfilter/ipset.ts';
import { firewallStates, openingsOf } from '../../../src/core/firewalls/registry.ts';
import { readConnections, readListeners } from '../../../src/core/listeners/index.ts';
import { readInterfaces, readRouting, readRoutes, readSysctls } from '../../../src/core/machine/index.ts';
import type { Snapshot } from '../../../src/core/model.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { parseSnapshot } from '../../../src/core/snapshot.ts';
import { withOutput } from '../../../src/core/transcripts.ts';
import { macSnapshot } from '../firewalls/mac/machine.ts';
import { readSnapshots } from '../rulesets/snapshots.ts';
import { windowsTargets } from './windows.ts';

export interface Target {
  readonly name: string;
  readonly corpus: readonly string[];
  readonly parse: (text: string) => void;
  /** A whole computer is read each time, which takes a millisecond: of these the quick tests take few. */
  readonly whole?: true;
}

const snapshots = readSnapshots();
const bare = snapshots['debian-fresh'] as Snapshot;

/** Transcripts of one kind over all rule sets, each once, shortened: an input must take microseconds. */
function printed(id: RegExp, most: number, shorten: (text: string) => string = (text) => text): readonly string[] {
  const texts = Object.values(snapshots).flatMap(({ transcripts }) =>
    transcripts.filter((transcript) => id.test(transcript.id)).map(({ stdout }) => shorten(stdout)),
  );
  return [...new Set(texts)].filter((text) => text.trim() !== '').slice(0, most);
}

/** One table with its first rules. */
const oneTable = (text: string): string =>
  (text.split(/(?<=^COMMIT\n)/m).find((part) => part.includes('-A ')) ?? '')
    .split('\n')
    .filter(
      (line, index, all) =>
        !line.startsWith('-A ') || all.slice(0, index).filter((l) => l.startsWith('-A ')).length < 8,
    )
    .join('\n');

const fewRules = (text: string): string => {
  const list = (JSON.parse(text) as { nftables: readonly Record<string, unknown>[] }).nftables;
  let rules = 0;
  return JSON.stringify({ nftables: list.filter((entry) => entry['rule'] === undefined || ++rules <= 6) }).slice(
    0,
    4000,
  );
};

const read =
  (id: string, ...readers: readonly ((snapshot: Snapshot) => unknown)[]) =>
  (text: string): void => {
    const snapshot = withOutput(bare, id, [id], text);
    for (const reader of readers) reader(snapshot);
  };

/** What is refused in so many words is not a fault. */
function refusing(work: (text: string) => void): (text: string) => void {
  return (text) => {
    try {
      work(text);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  };
}

const oneSnapshot: Snapshot = { ...bare, transcripts: bare.transcripts.slice(0, 3) };

const whole = JSON.parse(
  readFileSync(new URL('../../main/cli/snapshots/firewalld.json', import.meta.url), 'utf8'),
) as Snapshot;
const replies = whole.transcripts.filter(({ id }) => id.startsWith('firewalld.'));
const withFirewalld: Snapshot = { ...whole, transcripts: replies };

const mac = macSnapshot({
  uid: 0,
  processes: [{ pid: 7, path: '/Applications/A B.app/Contents/MacOS/A B' }],
  sockets: [
    { at: 'tcp46 *.80', pid: 7 },
    { at: 'udp6 fe80::1%en0.5353', pid: 7 },
    { at: 'tcp4 192.168.1.20.80', pid: 7, peer: '192.168.1.9.4000' },
  ],
  alf: { state: 1, apps: ['block /Applications/A B.app', 'allow /opt/c'] },
  pf: {
    rules: [
      'anchor "com.apple/*" all',
      'anchor quick on ! en1 all {',
      '  block return-icmp(port-unr) in log (all) quick proto tcp from ! <bad> port 1:9 to (en0:network) port != 22',
      '}',
      'pass in route-to (en1 10.0.0.1) inet proto udp from 10.0.0.1 - 10.0.0.9 to any flags S/SA keep state (max 3)',
    ],
    nat: ['rdr pass on en0 inet proto tcp from any to any port = 80 -> { 127.0.0.1, 10.0.0.1 } port 3000 round-robin'],
    anchors: { 'com.apple/1': { rules: ['block drop all'] } },
    tables: { bad: ['10.0.0.0/8', '!10.0.0.1'] },
    skip: ['lo0'],
  },
});

const TUPLES = [
  '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n-A ufw-user-input -p tcp --dport 22 -j ACCEPT\n',
  '### tuple ### limit any any 0.0.0.0/0 any 192.168.77.0/24 in_wlan0 comment=6162\n',
  '### tuple ### route:allow udp 53,67:68 ::/0 any fd00::/8 in_eth0!out_wlan0\n',
  '### tuple ### deny tcp 80 0.0.0.0/0 any 0.0.0.0/0 Apache - in\n',
];

export const targets: readonly Target[] = [
  {
    name: 'ss',
    corpus: printed(/^ss\.listening$/, 4),
    parse: read('ss.listening', readListeners, (snapshot) => readConnections(snapshot, [])),
  },
  { name: 'ip -j address', corpus: printed(/^ip\.address$/, 6), parse: read('ip.address', readInterfaces) },
  { name: 'ip -j route', corpus: printed(/^ip\.route[46]$/, 6), parse: read('ip.route4', readRoutes, readRouting) },
  {
    name: 'iptables-save',
    corpus: printed(/^ip6?tables-save$/, 24, oneTable),
    parse: read('iptables-save', readNetfilter, firewallStates),
  },
  {
    name: 'nft -j list ruleset',
    corpus: printed(/^nft$/, 24, fewRules),
    parse: read('nft', readNetfilter, firewallStates),
  },
  {
    name: 'ipset save',
    corpus: [
      'create a hash:ip family inet hashsize 1024 maxelem 65536\nadd a 203.0.113.5\n',
      'create b hash:net,port family inet6\nadd b fd00::/8,tcp:22 nomatch\n',
      'create c list:set size 8\nadd c a\n',
    ],
    parse: (text) => void parseIpsets(text),
  },
  {
    name: 'ufw user.rules',
    corpus: [...TUPLES, ...printed(/user6?\.rules$/, 6)],
    parse: read('file:/etc/ufw/user.rules', openingsOf, firewallStates),
  },
  {
    name: 'ufw.conf',
    corpus: printed(/ufw\.conf$|default\/ufw$/, 4),
    parse: read('file:/etc/ufw/ufw.conf', openingsOf, firewallStates),
  },
  {
    name: 'collected lines',
    corpus: printed(/^(sysctl|net\.kinds)$/, 4, (text) => `${text.split('\n').slice(0, 12).join('\n')}\n`),
    parse: (text) => {
      read('sysctl', readSysctls)(text);
      read('net.kinds', readInterfaces)(text);
      read('owners', readListeners)(text);
    },
  },
  {
    name: 'firewalld over D-Bus',
    corpus: replies.map(({ stdout }) => stdout.slice(0, 3000)),
    parse: (text) => {
      const { id } = replies[text.length % replies.length]!;
      readFirewalld(withOutput(withFirewalld, id, [id], text));
    },
  },
  ...windowsTargets,
  ...mac.transcripts.map(({ id, stdout }) => ({
    name: id,
    corpus: [stdout === '' ? 'x\n' : stdout.slice(0, 3000)],
    parse: (text: string) => void readFacts(withOutput(mac, id, [id], text)),
    whole: true as const,
  })),
  {
    name: 'snapshots',
    corpus: [JSON.stringify(oneSnapshot)],
    parse: refusing((text) => void parseSnapshot(text, 'x')),
  },
];
