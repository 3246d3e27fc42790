/**
 * Closing in firewalld, with the real daemon and packets: the rules stand in the zones that let the port in, both now and
 * for the next start; what is predicted is what is printed; what others have is left alone, and undo puts back every byte.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predict } from '../../src/core/firewalls/registry.ts';
import type { Choice, Operation, Plan, Snapshot } from '../../src/core/model.ts';
import { warningWords } from '../../src/core/plan/english/warnings.ts';
import { canonicalJson } from '../../src/core/plan/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Done } from '../../src/main/apply/index.ts';
import { type Bundles, bundle } from './bundle.ts';
import { type Firewalld, type FirewalldFiles, startFirewalld, withoutFirewalld } from './firewalld.ts';
import { type Lab, type Outcome, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';
import { checkedOf, warningsOf } from '../core/plan/in-english.ts';

type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

const SOURCES = [
  [neighbour, laptop],
  ['192.168.77.21', laptop],
  ['203.0.113.5', laptop],
  ['fd77::20', 'fd77::10'],
  ['2001:db8:ff::5', '2001:db8:77::10'],
] as const;
const all = (outcome: Outcome): readonly Outcome[] => SOURCES.map(() => outcome);
const OPEN = all('open');
const SHUT = all('filtered');

const choose = (kind: 'close' | 'reopen', port: number, more: Partial<Choice & { kind: 'close' }> = {}): string =>
  JSON.stringify({ kind, targets: [{ protocol: 'tcp', port }], audience: 'everyone', way: 'firewall', ...more });

const THEIRS = ['rule priority="-5" port port="6000-6005" protocol="tcp" drop', 'rule service name="ftp" reject'];
/** The default zone opens much, has two rules of somebody's, and a comment that firewalld would lose. */
const PUBLIC = `<?xml version="1.0" encoding="utf-8"?>
<zone>
  <!-- mine -->
  <short>Public</short>
  <service name="ssh"/>
  <port port="1025-65535" protocol="tcp"/>
  <port port="1025-65535" protocol="udp"/>
  <rule priority="-5"><port port="6000-6005" protocol="tcp"/><drop/></rule>
  <rule><service name="ftp"/><reject/></rule>
</zone>`;
/** One neighbour has a zone of his own. */
const HOME = `<zone><short>Home</short><source address="192.168.77.21"/><port port="3000" protocol="tcp"/></zone>`;
const FILES: FirewalldFiles = { 'zones/public.xml': PUBLIC, 'zones/home.xml': HOME };
const PATHS = ['public', 'home'].flatMap((zone) => ['', '.old'].map((end) => `/etc/firewalld/zones/${zone}.xml${end}`));

const DROP = 'rule priority="-32767" port port="3000" protocol="tcp" drop';

if (withoutFirewalld !== null) console.warn(`SKIPPED closing in firewalld: ${withoutFirewalld}`);

describe.skipIf(withoutFirewalld !== null)('in firewalld', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  const act = async <T = Done>(lab: Lab, ...words: readonly string[]): Promise<Reply<T>> =>
    JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words], { seconds: 300 })) as Reply<T>;
  const must = async <T = Done>(lab: Lab, ...words: readonly string[]): Promise<T> => {
    const reply = await act<T>(lab, ...words);
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message} ${reply.error.hint}`);
    return reply.value;
  };
  const refused = async (lab: Lab, ...words: readonly string[]): Promise<Problem> => {
    const reply = await act(lab, ...words);
    if (reply.ok) throw new Error(`done, though a problem was expected: ${JSON.stringify(reply.value).slice(0, 400)}`);
    return reply.error;
  };
  const gathered = async (lab: Lab): Promise<Snapshot> =>
    JSON.parse(
      await lab.must('A', ['env', 'XDG_STATE_HOME=/run/state', process.execPath, bundles.portcullis, 'snapshot']),
    ) as Snapshot;
  const knock = async (lab: Lab, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Promise<readonly Outcome[]> => {
    await lab.forget();
    return lab.probe(
      SOURCES.map(([source, destination]) => probe(protocol, source, destination, port)),
      0.4,
    );
  };
  const machine = async (
    files: FirewalldFiles = FILES,
    ports: readonly number[] = [22, 3000, 8080],
  ): Promise<{ lab: Lab; firewalld: Firewalld }> => {
    const lab = await startLab();
    await lab.listen(
      ports.flatMap(
        (port) =>
          [
            ['tcp', '0.0.0.0', port],
            ['tcp', '::', port],
          ] as const,
      ),
    );
    return { lab, firewalld: await startFirewalld(lab, { files }) };
  };
  const cmd = async (lab: Lab, ...words: readonly string[]): Promise<readonly string[]> =>
    (await lab.must('A', ['firewall-cmd', ...words])).trim().split('\n').sort();
  const kernel = async (lab: Lab): Promise<string> =>
    (await lab.must('A', ['nft', 'list', 'ruleset'])).replaceAll(/packets \d+ bytes \d+/g, '');
  /** Rich rules, asked without firewall-cmd, which takes long. */
  const rich = async (lab: Lab, zone: string, form: 'now' | 'kept'): Promise<readonly string[]> => {
    const ask = async (path: string, part: string, ...words: readonly string[]): Promise<unknown> => {
      const name = 'org.fedoraproject.FirewallD1';
      const argv = ['busctl', '--json=short', 'call', name, `/org/fedoraproject/FirewallD1${path}`, `${name}.${part}`];
      return (JSON.parse(await lab.must('A', [...argv, ...words])) as { readonly data: readonly unknown[] }).data[0];
    };
    if (form === 'now') return ((await ask('', 'zone', 'getRichRules', 's', zone)) as string[]).sort();
    const path = (await ask('/config', 'config', 'getZoneByName', 's', zone)) as string;
    const rules = await ask(path.replace('/org/fedoraproject/FirewallD1', ''), 'config.zone', 'getRichRules');
    return (rules as string[]).sort();
  };
  /** All that may be changed: files, what firewalld says, the kernel. */
  const state = async (lab: Lab): Promise<readonly unknown[]> => [
    await lab.read(PATHS),
    ...(await Promise.all(
      ['public', 'home'].flatMap((zone) => (['now', 'kept'] as const).map((form) => rich(lab, zone, form))),
    )),
    (await lab.must('A', ['ls', '-l', '--time-style=+%s', '/etc/firewalld/zones'])).split('\n').slice(1),
    await kernel(lab),
  ];

  /** What a change alters, in a form in which order and handles do not count where they mean nothing. */
  const told = (snapshot: Snapshot): readonly string[] =>
    snapshot.transcripts
      .filter(({ id }) => id === 'nft' || /^firewalld\.(kept-)?zone:/.test(id))
      .map(({ id, stdout }) => [
        id,
        canonicalJson(
          JSON.parse(stdout, (key, value: unknown) => {
            if (key === 'handle') return 0;
            const rules = key === 'rules_str' ? (value as { readonly data: readonly string[] }) : null;
            return rules === null ? value : { ...rules, data: [...rules.data].sort() };
          }),
        ),
      ])
      .map((one) => one.join(' '))
      .sort();

  describeLab('closing a port', () => {
    test('for everyone: each zone that lets it in; reload, complete reload and restart keep it; undone to the byte', async () => {
      const { lab, firewalld } = await machine();
      await using _ = lab;
      const before = await state(lab);
      expect(await knock(lab, 3000)).toEqual(OPEN);
      const session = await lab.connect(probe('tcp', neighbour, laptop, 3000));
      const done = await must(lab, 'apply', choose('close', 3000));
      expect(done.verified).toBe(true);
      expect(done.change.layers).toEqual(['firewalld']);
      expect(warningsOf(done.change.plan)).toEqual([expect.stringContaining('open now and will stay')]);
      expect(await lab.talk(session ?? '')).toBe(true);
      for (const zone of ['public', 'home'])
        for (const form of ['now', 'kept'] as const)
          expect(await rich(lab, zone, form)).toEqual([DROP, ...(zone === 'public' ? THEIRS : [])].sort());
      const still = async (when: string): Promise<void> => {
        expect(await knock(lab, 3000), when).toEqual(SHUT);
        expect(await knock(lab, 8080), when).toEqual(['open', 'unreachable', 'open', 'open', 'open']);
      };
      await still('after closing');
      await lab.must('A', [
        '/usr/bin/python3',
        '-c',
        'import socket; socket.create_connection(("127.0.0.1", 3000), 2)',
      ]);
      await lab.must('A', ['firewall-cmd', '--reload']);
      await still('after a reload');
      await lab.must('A', ['firewall-cmd', '--complete-reload']);
      await still('after a complete reload');
      const undone = await must(lab, 'undo');
      expect(checkedOf(undone)).toContain('firewalld’s files are byte for byte what they were.');
      expect(undone.verified).toBe(true);
      expect(await state(lab)).toEqual(before);
      expect(await knock(lab, 3000)).toEqual(OPEN);
      // Whatever firewalld noticed of its files meanwhile, it still has the same in mind.
      await lab.must('A', ['sleep', '7']);
      expect(await state(lab)).toEqual(before);
      await lab.must('A', ['firewall-cmd', '--check-config']);
      await must(lab, 'apply', choose('close', 3000));
      await firewalld.stop();
      await lab.must('A', ['nft', 'flush', 'ruleset']);
      expect(await knock(lab, 3000)).toEqual(OPEN);
      await lab.start('A', ['firewalld', '--nofork', '--nopid']);
      await lab.must('A', [
        'sh',
        '-c',
        'for i in $(seq 100); do firewall-cmd --state -q && exit; sleep 0.1; done; exit 1',
      ]);
      await still('after a restart');
    });

    test('a zone that has no file of its own yet has none afterwards', async () => {
      const { lab } = await machine({}, [22]);
      await using _ = lab;
      const before = await state(lab);
      expect(before[0]).toEqual([null, null, null, null]);
      await must(lab, 'apply', choose('close', 22));
      expect(await knock(lab, 22)).toEqual(SHUT);
      expect((await lab.read(PATHS))[0]).toContain('<drop/>');
      await must(lab, 'undo');
      expect(await state(lab)).toEqual(before);
      await lab.must('A', ['sleep', '7']);
      expect(await state(lab)).toEqual(before);
      expect(await knock(lab, 22)).toEqual(OPEN);
    });

    test('for all but this network, then for everyone, then opened again; each prediction is what is printed', async () => {
      const { lab } = await machine();
      await using _ = lab;
      const before = await state(lab);
      const step = async (choice: string): Promise<readonly Operation[]> => {
        const snapshot = await gathered(lab);
        const done = await must(lab, 'apply', choice);
        const operations = done.change.plan.steps.map(({ operation }) => operation);
        expect(told(await gathered(lab))).toEqual(told(predict(snapshot, operations)));
        return operations;
      };
      const some = await step(choose('close', 3000, { audience: 'all-but-this-network' }));
      expect(some.map((one) => ('source' in one ? `${one.zone} ${one.action} ${one.source}` : ''))).toEqual(
        expect.arrayContaining([
          'public drop any',
          'public accept fe80::/10',
          'home accept 192.168.77.0/24',
          'home drop any',
        ]),
      );
      expect(await knock(lab, 3000)).toEqual(['open', 'open', 'filtered', 'open', 'filtered']);
      // Another port's rules go beside them.
      await step(choose('close', 8080));
      expect(await knock(lab, 8080)).toEqual(['filtered', 'unreachable', 'filtered', 'filtered', 'filtered']);
      expect(await knock(lab, 3000)).toEqual(['open', 'open', 'filtered', 'open', 'filtered']);
      await step(choose('close', 3000));
      expect(await knock(lab, 3000)).toEqual(SHUT);
      await lab.must('A', ['firewall-cmd', '--reload']);
      expect(await knock(lab, 3000)).toEqual(SHUT);
      await step(choose('reopen', 3000));
      expect(await knock(lab, 3000)).toEqual(OPEN);
      await step(choose('reopen', 8080));
      expect((await state(lab)).slice(1, 5)).toEqual(before.slice(1, 5));
      expect((await state(lab)).at(-1)).toEqual(before.at(-1));
      expect((await refused(lab, 'apply', choose('reopen', 3000))).code).toBe('nothing-to-do');
    });

    test('UDP, and for the internet', async () => {
      const { lab } = await machine(FILES, []);
      await using _ = lab;
      await lab.listen([
        ['udp', '0.0.0.0', 5000],
        ['udp', '::', 5000],
      ]);
      const udp = { targets: [{ protocol: 'udp', port: 5000 }], audience: 'internet' } as const;
      expect(await knock(lab, 5000, 'udp')).toEqual(['open', 'unreachable', 'open', 'open', 'open']);
      await must(lab, 'apply', choose('close', 5000, udp));
      expect(await knock(lab, 5000, 'udp')).toEqual(['open', 'unreachable', 'filtered', 'open', 'filtered']);
    });

    test('a port that no zone lets in is opened for everyone, ahead of the zone’s default', async () => {
      const { lab } = await machine({ 'zones/home.xml': HOME });
      await using _ = lab;
      const before = await state(lab);
      expect(await knock(lab, 8080)).not.toContain('open');
      await must(lab, 'apply', choose('reopen', 8080));
      expect(await knock(lab, 8080)).toEqual(OPEN);
      await must(lab, 'apply', choose('close', 8080));
      expect(await knock(lab, 8080)).toEqual(SHUT);
      await must(lab, 'undo');
      await must(lab, 'undo');
      expect(await state(lab)).toEqual(before);
    });
  });

  describeLab('and others', () => {
    test('somebody adds a rule to the zone in between: undo tells it, and overwrites nothing', async () => {
      const { lab } = await machine();
      await using _ = lab;
      await must(lab, 'apply', choose('close', 3000));
      await cmd(lab, '--permanent', '--zone=public', '--add-service=http');
      const changed = await state(lab);
      const drift = await refused(lab, 'undo');
      expect(drift.code).toBe('drift');
      expect(drift.message).toContain('/etc/firewalld/zones/public.xml');
      expect(await state(lab)).toEqual(changed);
      // Opening the port again leaves the other's work.
      await must(lab, 'apply', choose('reopen', 3000));
      expect(await cmd(lab, '--permanent', '--zone=public', '--list-services')).toEqual(['http ssh']);
      expect(await knock(lab, 3000)).toEqual(OPEN);
    });

    test('a rule that somebody adds for now alone stays through an undo', async () => {
      const { lab } = await machine();
      await using _ = lab;
      await must(lab, 'apply', choose('close', 3000));
      await cmd(lab, '--zone=public', '--add-rich-rule=rule port port="8080" protocol="tcp" reject');
      await must(lab, 'undo');
      expect(await rich(lab, 'public', 'now')).toEqual(
        [...THEIRS, 'rule port port="8080" protocol="tcp" reject'].sort(),
      );
      expect(await knock(lab, 3000)).toEqual(OPEN);
    });

    test('a zone that is not in use any more: its rules go too, or it is said that they cannot be seen', async () => {
      const { lab } = await machine();
      await using _ = lab;
      const before = await state(lab);
      await must(lab, 'apply', choose('close', 3000));
      const away = () => cmd(lab, '--zone=home', '--remove-source=192.168.77.21');
      await away();
      const undone = await must(lab, 'undo');
      expect(undone.verified).toBe(true);
      expect(await rich(lab, 'home', 'now')).toEqual([]);
      await cmd(lab, '--zone=home', '--add-source=192.168.77.21');
      expect(await state(lab)).toEqual(before);
      expect(await knock(lab, 3000)).toEqual(OPEN);
      const { change } = await must(lab, 'apply', choose('close', 3000));
      await must(lab, 'apply', choose('close', 8080));
      await away();
      const back = await must(lab, 'apply', JSON.stringify({ kind: 'undo', change: change.id }));
      expect(back.change.plan.warnings.map(warningWords).join(' ')).toContain(
        'cannot be seen now, since that zone is not in use',
      );
      expect(await rich(lab, 'public', 'now')).not.toContain(DROP);
      expect(await rich(lab, 'home', 'now')).toContain(DROP);
    });

    test('rules changed between the plan and the change: it is not made', async () => {
      const { lab } = await machine();
      await using _ = lab;
      const plan = await must<Plan>(lab, 'propose', choose('close', 3000));
      await cmd(lab, '--permanent', '--zone=public', '--add-rich-rule=rule port port="9" protocol="tcp" accept');
      const before = await state(lab);
      expect((await refused(lab, 'order', JSON.stringify(plan))).code).toBe('stale-plan');
      expect(await state(lab)).toEqual(before);
    });

    test('what firewalld cannot do is closed ahead of it: a policy lets it in, a rule stands in the way', async () => {
      const { lab, firewalld } = await machine({
        ...FILES,
        'policies/in.xml': `<policy priority="-10" target="CONTINUE"><ingress-zone name="ANY"/><egress-zone name="HOST"/>
<port port="3000" protocol="tcp"/></policy>`,
      });
      await using _ = lab;
      const closed = await must(lab, 'apply', choose('close', 3000));
      expect(closed.change.layers).toEqual(['nftables']);
      expect(warningsOf(closed.change.plan)[0]).toContain('policy in: port 3000/tcp');
      expect(await knock(lab, 3000)).toEqual(SHUT);
      expect(
        await firewalld.load({
          'zones/public.xml': PUBLIC.replace('priority="-5"', 'priority="-32768"'),
        }),
      ).toBeNull();
      const other = await must(lab, 'apply', choose('close', 8080));
      expect(other.change.layers).toEqual(['nftables']);
      expect(warningsOf(other.change.plan)[0]).toContain('a rule of somebody’s with the priority of Portcullis’s');
      expect(await knock(lab, 8080)).toEqual(SHUT);
    });

    test('the iptables backend and firewalld that has stopped: closed ahead of it', async () => {
      await using lab = await startLab();
      await lab.listen([['tcp', '0.0.0.0', 3000]]);
      const firewalld = await startFirewalld(lab, { backend: 'iptables', files: FILES });
      const closed = await must(lab, 'apply', choose('close', 3000));
      expect(closed.change.layers).toEqual(['nftables']);
      expect(warningsOf(closed.change.plan)[0]).toContain('FirewallBackend');
      await must(lab, 'undo');
      await firewalld.stop();
      expect((await must(lab, 'apply', choose('close', 3000))).change.layers).toEqual(['nftables']);
      expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)], 0.4)).toEqual(['filtered']);
    });

    test('a zone whose rules are bound to what is connected now: it is said', async () => {
      const { lab } = await machine({
        'zones/home.xml': `<zone><interface name="wlan0"/><interface name="eth0"/><port port="3000" protocol="tcp"/></zone>`,
      });
      await using _ = lab;
      const plan = await must<Plan>(lab, 'propose', choose('close', 3000));
      expect(plan.steps.map(({ says }) => says)).toEqual([
        'Block new connections to port 3000 (TCP) in firewalld’s zone home, ahead of every other rule of it',
      ]);
      expect(warningsOf(plan).join(' ')).toContain('that zone’s rules decide');
    });
  });

  describeLab('killed', () => {
    // A firewall-cmd that ends its parent, the helper, before or after the command of that number has been done.
    const arm = (lab: Lab, when: string): Promise<string> =>
      lab.must('A', [
        'sh',
        '-c',
        `cp /usr/bin/firewall-cmd /mnt/firewall-cmd && cat > /mnt/wrapped <<'X' && chmod 755 /mnt/wrapped && mount --bind /mnt/wrapped /usr/bin/firewall-cmd
#!/bin/sh
echo x >> /mnt/count
at=$(wc -l < /mnt/count)
[ "before $at" = "${when}" ] && kill -9 $PPID
/mnt/firewall-cmd "$@"; e=$?
[ "after $at" = "${when}" ] && kill -9 $PPID
exit $e
X`,
      ]);

    test.each(['before 1', 'after 1', 'after 2', 'after 3', 'after 4'])(
      '%s: the next change finds everything as it was',
      async (when) => {
        const { lab } = await machine();
        await using _ = lab;
        const before = await state(lab);
        await arm(lab, when);
        expect((await act(lab, 'apply', choose('close', 3000))).ok).toBe(false);
        // The command that was under way ends by itself.
        await lab.must('A', ['sh', '-c', 'while pgrep -f [/]mnt/firewall-cmd; do sleep 0.1; done']);
        const undone = await must(lab, 'undo');
        expect(undone.change.state).toBe('rolled-back');
        expect(await state(lab)).toEqual(before);
        expect(await knock(lab, 3000)).toEqual(OPEN);
      },
    );

    test('while it undoes: it is finished later', async () => {
      const { lab } = await machine();
      await using _ = lab;
      const before = await state(lab);
      await must(lab, 'apply', choose('close', 3000));
      await arm(lab, 'after 2');
      expect((await act(lab, 'undo')).ok).toBe(false);
      const undone = await must(lab, 'undo');
      expect(undone.change.state).toBe('undone');
      expect(await state(lab)).toEqual(before);
    });

    test('a command that fails: everything is put back', async () => {
      const { lab } = await machine();
      await using _ = lab;
      const before = await state(lab);
      await lab.must('A', [
        'sh',
        '-c',
        `cp /usr/bin/firewall-cmd /mnt/firewall-cmd && printf '#!/bin/sh\\ncase "$*" in *--zone=home*--add*) echo "Error: no" >&2; exit 1;; esac; exec /mnt/firewall-cmd "$@"\\n' > /mnt/wrapped && chmod 755 /mnt/wrapped && mount --bind /mnt/wrapped /usr/bin/firewall-cmd`,
      ]);
      const problem = await refused(lab, 'apply', choose('close', 3000));
      expect(problem.code).toBe('rolled-back');
      expect(problem.message).toContain('firewalld said: Error: no');
      expect(await state(lab)).toEqual(before);
    });
  });
});
