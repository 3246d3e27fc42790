/** Real firewalld on the private laptop: what it says, what packets do, and what the product makes of both. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readFacts, worldOf } from '../../src/core/facts.ts';
import { firewallStates, firewalldNotes } from '../../src/core/firewalls/registry.ts';
import { gap } from '../../src/core/gaps/index.ts';
import type { Answer, Snapshot } from '../../src/core/model.ts';
import { createJudge } from '../../src/core/reach/index.ts';
import { makeReport } from '../../src/core/report.ts';
import { type Backend, type FirewalldFiles, startFirewalld, withoutFirewalld } from './firewalld.ts';
import { firewalldRules } from './generate/firewalld.ts';
import { random } from './generate/random.ts';
import { type Lab, type Outcome, type Probe, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';
import { listenEverywhere } from './tables.ts';

const program = fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url));
const words = (...args: readonly string[]): readonly string[] => [
  'env',
  'XDG_STATE_HOME=/run/state',
  process.execPath,
  program,
  ...args,
];
const ORDINARY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** What the product itself gathers on A. */
const gathered = async (lab: Lab, as: readonly string[] = []): Promise<Snapshot> =>
  JSON.parse(await lab.must('A', [...as, ...words('snapshot')])) as Snapshot;

const judgeOf = (snapshot: Snapshot) => createJudge(worldOf(readFacts(snapshot)));
/** A refusal may come as a reset, as word that the host forbids it, and over IPv6 later than anybody waits. */
const plain = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.map((outcome) => (outcome === 'open' ? 'open' : 'closed'));

const saying = ({ decidedBy }: Answer): string =>
  decidedBy.map(({ firewall, rule }) => `${firewall} ${rule}`).join('; ');

const HOME: FirewalldFiles = {
  'zones/home.xml': `<zone><short>Home</short>
<interface name="eth0"/><source address="192.168.77.21"/><source ipset="net4"/>
<service name="ssh"/><service name="nested"/><port port="3000" protocol="tcp"/><port port="8000-8010" protocol="udp"/>
<source-port port="40000" protocol="udp"/><protocol value="gre"/><forward-port port="80" protocol="tcp" to-port="9100"/>
<rule priority="-5"><port port="6000-6005" protocol="tcp"/><drop/></rule>
<rule family="ipv4"><source ipset="net4"/><service name="http"/><accept/></rule>
<rule family="ipv4"><source address="192.168.77.0/24" invert="True"/><port port="5432" protocol="tcp"/><reject/></rule>
<rule priority="5" family="ipv4"><source address="10.66.0.0/16"/><destination address="10.66.0.10"/><accept/></rule>
</zone>`,
  'zones/work.xml': `<zone target="DROP"><short>Work</short><source address="192.168.77.130"/></zone>`,
  'zones/trusted.xml': `<zone target="ACCEPT"><short>Trusted</short><source address="fd77::21"/></zone>`,
  'services/nested.xml': `<service><port port="8080" protocol="tcp"/><include service="https"/></service>`,
  'ipsets/net4.xml': `<ipset type="hash:net"><entry>192.168.77.22</entry></ipset>`,
  'policies/in.xml': `<policy priority="-10" target="CONTINUE"><ingress-zone name="ANY"/><egress-zone name="HOST"/>
<port port="2999" protocol="tcp"/><rule><port port="445" protocol="tcp"/><drop/></rule></policy>`,
};

const eth = { interface: 'eth0' };
const onEth = (protocol: 'tcp' | 'udp', port: number): Probe => probe(protocol, '10.66.0.20', '10.66.0.10', port, eth);
const v4 = (last: number, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Probe =>
  probe(protocol, `192.168.77.${last}`, laptop, port);
const v6 = (last: number, port: number): Probe => probe('tcp', `fd77::${last}`, 'fd77::10', port);

/** A probe, what becomes of it, and the rule that decides, in firewalld's words. */
const CASES: readonly (readonly [Probe, 'open' | 'closed', string])[] = [
  [v4(20, 22), 'open', 'zone public: service ssh'],
  [v4(20, 3000), 'closed', 'default of zone public: reject'],
  [v4(20, 2999), 'open', 'policy in: port 2999/tcp'],
  [v4(20, 445), 'closed', 'policy in: rich rule port port="445" protocol="tcp" drop'],
  [v4(21, 3000), 'open', 'zone home: port 3000/tcp'],
  [v4(21, 443), 'open', 'zone home: service nested'],
  [v4(21, 8009, 'udp'), 'open', 'zone home: port 8000-8010/udp'],
  [v4(21, 6001), 'closed', 'zone home: rich rule priority="-5" port port="6000-6005" protocol="tcp" drop'],
  [v4(22, 80), 'open', 'zone home: forward-port 80/tcp to port 9100'],
  [v4(130, 22), 'closed', 'default of zone work: drop'],
  [v6(21, 9100), 'open', 'default of zone trusted: accept'],
  [v6(20, 9100), 'closed', 'default of zone public: reject'],
  [onEth('tcp', 22), 'open', 'zone home: service ssh'],
  [
    onEth('tcp', 5432),
    'closed',
    'zone home: rich rule family="ipv4" source NOT address="192.168.77.0/24" port port="5432" protocol="tcp" reject',
  ],
  [
    onEth('tcp', 5353),
    'open',
    'zone home: rich rule priority="5" family="ipv4" source address="10.66.0.0/16" destination address="10.66.0.10" accept',
  ],
];

if (withoutFirewalld !== null) console.warn(`SKIPPED firewalld: ${withoutFirewalld}`);

describe.skipIf(withoutFirewalld !== null)('with firewalld', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [program, '--version']);
  });

  describeLab('packets, verdicts and names', () => {
    test.each<Backend>(['nftables', 'iptables'])('backend %s', async (backend) => {
      await using lab = await startLab();
      await listenEverywhere(lab);
      await startFirewalld(lab, { backend, files: HOME });
      const snapshot = await gathered(lab);
      const judge = judgeOf(snapshot);
      const outcomes = plain(
        await lab.probe(
          CASES.map(([asked]) => asked),
          0.3,
        ),
      );
      const seen = CASES.map(([asked], at) => {
        const answer = judge.ask(asked);
        return [`${asked.source} ${asked.port}`, outcomes[at], answer.verdict, saying(answer)];
      });
      expect(seen).toEqual(
        CASES.map(([asked, outcome, rule]) => [
          `${asked.source} ${asked.port}`,
          outcome,
          outcome === 'open' ? 'open' : 'blocked',
          // What a forward lets in is let pass once more, by a rule for all forwards.
          rule.includes('forward-port')
            ? `firewalld ${rule}; firewalld connections that a rule forwards`
            : `firewalld ${rule}`,
        ]),
      );
      expect(firewallStates(snapshot).value.map(({ id, active }) => [id, active])).toEqual([
        ['ufw', false],
        ['firewalld', true],
      ]);
    });

    test.each<Backend>(['nftables', 'iptables'])(
      'every rule of random zones has its entry’s name, %s',
      async (backend) => {
        await using lab = await startLab();
        const firewalld = await startFirewalld(lab, { backend });
        const nameless = new Set<string>();
        for (let seed = 1; seed <= 6; seed++) {
          const { files, settings } = firewalldRules(random(seed), { backend }).firewalld!;
          expect(await firewalld.load(files, settings)).toBeNull();
          for (const { name, named } of readFacts(await gathered(lab)).netfilter.chains) {
            // Entries that let in or turn away; ICMP and helpers are shown as the kernel has them.
            if (!/^(filter_)?IN_/.test(name)) continue;
            for (const [text, { rule }] of named ?? [])
              if (rule.endsWith(`: ${text}`) && !rule.startsWith('default') && !/icmp|helper/.test(text))
                nameless.add(text);
          }
        }
        expect([...nameless]).toEqual([]);
      },
    );

    test('a rich rule that lets in a few', async () => {
      await using lab = await startLab();
      await lab.listen([['tcp', '0.0.0.0', 3000]]);
      await startFirewalld(lab, {
        files: {
          'zones/public.xml': `<zone><short>Public</short><rule><port port="3000" protocol="tcp"/><accept><limit value="1/h"/></accept></rule></zone>`,
        },
      });
      const answer = judgeOf(await gathered(lab)).ask(v4(20, 3000));
      expect([answer.verdict, saying(answer)]).toEqual([
        'limited',
        'firewalld zone public: rich rule port port="3000" protocol="tcp" accept limit value="1/h"',
      ]);
      const outcomes: string[] = [];
      for (let nth = 0; nth < 8; nth++) outcomes.push(...plain(await lab.probe([v4(20, 3000)])));
      expect([outcomes[0], outcomes.at(-1)]).toEqual(['open', 'closed']);
    });

    test('panic mode', async () => {
      await using lab = await startLab();
      await lab.listen([['tcp', '0.0.0.0', 22]]);
      const firewalld = await startFirewalld(lab);
      await firewalld.call('', 'enablePanicMode');
      const snapshot = await gathered(lab);
      const answer = judgeOf(snapshot).ask(v4(20, 22));
      expect([answer.verdict, saying(answer)]).toEqual(['blocked', 'firewalld panic mode']);
      expect(await lab.probe([v4(20, 22)])).toEqual(['filtered']);
      expect(firewalldNotes(snapshot)?.panic).toBe(true);
      await firewalld.call('', 'disablePanicMode');
      expect(await lab.probe([v4(20, 22)])).toEqual(['open']);
    });

    test('what is changed for now, and what is kept for the next start', async () => {
      await using lab = await startLab();
      await lab.listen([3000, 9100].map((port) => ['tcp', '0.0.0.0', port] as const));
      const firewalld = await startFirewalld(lab);
      await lab.must('A', ['firewall-cmd', '--add-port=3000/tcp']);
      await lab.must('A', ['firewall-cmd', '--permanent', '--add-port=9100/tcp']);
      const both = async () => plain(await lab.probe([v4(20, 3000), v4(20, 9100)], 0.3));
      expect(firewalldNotes(await gathered(lab))).toMatchObject({
        openUntilRestart: ['zone public: port 3000/tcp'],
        openAfterRestart: ['zone public: port 9100/tcp'],
      });
      expect(await both()).toEqual(['open', 'closed']);
      await firewalld.call('', 'reload');
      expect(await both()).toEqual(['closed', 'open']);
      expect(firewalldNotes(await gathered(lab))).toMatchObject({ openUntilRestart: [], openAfterRestart: [] });
    });

    test('a port that is forwarded to another computer', async () => {
      await using lab = await startLab();
      const third = await lab.start('A', ['unshare', '--net', 'sleep', 'infinity']);
      const inside = ['nsenter', '-t', String(third.pid), '-n'];
      await lab.must('A', [
        'sh',
        '-c',
        `until [ "$(readlink /proc/${third.pid}/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done`,
      ]);
      await lab.must('A', [
        'ip',
        'link',
        'add',
        'v0',
        'type',
        'veth',
        'peer',
        'name',
        'v1',
        'netns',
        String(third.pid),
      ]);
      await lab.must('A', ['sh', '-c', 'ip address add 172.31.0.1/24 dev v0; ip link set v0 up']);
      await lab.must('A', [
        ...inside,
        'sh',
        '-c',
        'ip link set lo up; ip address add 172.31.0.2/24 dev v1; ip link set v1 up; ip route add default via 172.31.0.1',
      ]);
      await lab.start('A', [...inside, '/usr/bin/python3', '-m', 'http.server', '80']);
      await lab.must('A', [
        'sh',
        '-c',
        `for i in $(seq 100); do nsenter -t ${third.pid} -n ss -Htln | grep -q :80 && exit; sleep 0.1; done; exit 1`,
      ]);
      await startFirewalld(lab, {
        files: {
          'zones/public.xml': `<zone><short>Public</short><forward-port port="8080" protocol="tcp" to-port="80" to-addr="172.31.0.2"/></zone>`,
        },
      });
      const probes = [v4(20, 8080), v4(20, 80), probe('tcp', neighbour, '172.31.0.2', 80)];
      await lab.must('B', ['ip', 'route', 'add', '172.31.0.0/24', 'via', laptop]);
      expect(plain(await lab.probe(probes, 0.5))).toEqual(['open', 'closed', 'closed']);
      const judge = judgeOf(await gathered(lab));
      expect(probes.map((asked) => judge.ask(asked).verdict)).toEqual(['open', 'blocked', 'blocked']);
      expect(saying(judge.ask(probes[0]!))).toContain('zone public: forward-port 8080/tcp to port 80 at 172.31.0.2');
    });
  });

  describeLab('reading it', () => {
    test('an ordinary user is answered without a question, and asks for no more', async () => {
      await using lab = await startLab();
      await startFirewalld(lab, { polkit: true });
      const watch = await lab.start('A', [
        'dbus-monitor',
        '--system',
        "interface='org.freedesktop.PolicyKit1.Authority',member='CheckAuthorization'",
      ]);
      await lab.must('A', [
        'sh',
        '-c',
        `for i in $(seq 100); do grep -q NameLost /mnt/state/${watch.name}.out && exit; sleep 0.05; done; exit 1`,
      ]);
      const snapshot = await gathered(lab, ORDINARY);
      const { stdout } = await lab.stop(watch.name);
      const actions = [...stdout.matchAll(/"(org\.fedoraproject\.[\w.]+)"/g)].map(([, action]) => action);
      expect(new Set(actions)).toEqual(new Set(['org.fedoraproject.FirewallD1.info']));
      expect(firewallStates(snapshot).value).toContainEqual({
        id: 'firewalld',
        active: true,
        defaults: { inbound: 'unknown', outbound: 'unknown' },
        rules: null,
      });
      const told = snapshot.transcripts.filter(({ id, failure }) => id.startsWith('firewalld.') && failure === null);
      expect(told.map(({ id }) => id).sort()).toEqual(
        ['active-zones', 'default-zone', 'panic', 'running'].map((name) => `firewalld.${name}`),
      );
    });

    test('firewalld that is off is told as off, and is not woken', async () => {
      await using lab = await startLab();
      const firewalld = await startFirewalld(lab, { wakes: '/run/woken' });
      await firewalld.stop();
      for (const as of [[], ORDINARY]) {
        const snapshot = await gathered(lab, as);
        const state = firewallStates(snapshot).value.find(({ id }) => id === 'firewalld');
        // Its rules stay: CleanupOnExit is off here. Only root sees them.
        expect(state?.active).toBe(as.length === 0);
      }
      await lab.must('A', ['nft', 'flush', 'ruleset']);
      expect(firewallStates(await gathered(lab)).value.find(({ id }) => id === 'firewalld')).toMatchObject({
        active: false,
        defaults: { inbound: 'reject' },
      });
      expect(await lab.read(['/run/woken'])).toEqual([null]);
    });

    test('without D-Bus, and without firewalld', async () => {
      await using lab = await startLab();
      expect(firewallStates(await gathered(lab)).value.find(({ id }) => id === 'firewalld')?.active).toBe(false);
    });

    test('one that does not answer costs a few seconds and is a gap', async () => {
      await using lab = await startLab();
      const firewalld = await startFirewalld(lab);
      await lab.must('A', ['kill', '-STOP', String(firewalld.pid)]);
      const snapshot = await gathered(lab);
      await lab.must('A', ['kill', '-CONT', String(firewalld.pid)]);
      const { value, gaps } = firewallStates(snapshot);
      expect(value.find(({ id }) => id === 'firewalld')?.active).toBe(true);
      expect(gaps).toContainEqual(
        gap({ what: { kind: 'firewalld', part: 'default-zone' }, why: { kind: 'timeout' }, how: { kind: 'exact' } }),
      );
      expect(judgeOf(snapshot).ask(v4(20, 22)).verdict).toBe('open');
    });
  });

  describeLab('closing', () => {
    test('from the terminal: closed in each zone that lets the port in', async () => {
      await using lab = await startLab();
      await lab.must('A', ['rm', '-rf', '/etc/ufw', '/etc/default/ufw']);
      await lab.start('A', ['/usr/bin/python3', '-m', 'http.server', '3000']);
      await startFirewalld(lab, {
        files: {
          'zones/public.xml': `<zone><short>Public</short><port port="1025-65535" protocol="tcp"/></zone>`,
          'zones/trusted.xml': `<zone target="ACCEPT"><short>Trusted</short><source address="192.168.77.21"/></zone>`,
        },
      });
      await lab.must('A', [
        'sh',
        '-c',
        'for i in $(seq 100); do ss -Htln | grep -q :3000 && exit; sleep 0.1; done; exit 1',
      ]);
      expect(await lab.probe([v4(20, 3000), v4(21, 3000)])).toEqual(['open', 'open']);
      const { exit, stdout, stderr } = await lab.run('A', words('close', '3000', '--yes'));
      expect(exit, stderr).toBe(0);
      expect(stdout).toContain('in firewalld’s zone public');
      expect(plain(await lab.probe([v4(20, 3000), v4(21, 3000)], 0.3))).toEqual(['closed', 'closed']);
      const report = makeReport(await gathered(lab), { kept: new Set() });
      expect(report.listeners.find(({ id }) => id === 'tcp/3000')?.reach.flatMap(({ open }) => open)).toEqual([]);
    });
  });
});
