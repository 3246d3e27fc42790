/**
 * One intent, many firewalls: each exported file is applied by the real tool on a host of its own, and judged by packets.
 * Applied twice is applied once; the undo puts the rules back. `PROVE_EXPORTS=FILE`: what came of each is written there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { ExportFormat } from '../../src/core/model.ts';
import type { Intent, IntentClose } from '../../src/core/firewalls/export.ts';
import { writeIntent } from '../../src/core/intent/formats/index.ts';
import { startFirewalld, withoutFirewalld } from './firewalld.ts';
import { describeLab, type Lab, laptop, neighbour, type Outcome, probe, startLab } from './harness.ts';

const HERE = { allBut: 'this-network', networks: ['192.168.77.0/24', 'fd77::/64', 'fe80::/10'] } as const;
const close = (protocol: 'tcp' | 'udp', port: number, whom: IntentClose['for']): IntentClose => ({
  protocol,
  port,
  for: whom,
  name: 'O\'Brien $(reboot) {{ lookup("pipe", "reboot") }} -->',
  why: 'because\nrm -rf / # "',
});
const intent = (some: readonly IntentClose[], rest: Intent['rest']): Intent => ({
  schema: 1,
  madeAt: '2026-11-20T18:00:00Z',
  host: 'lap\ntop {% raw %}',
  close: some,
  keep: rest === 'close' ? [{ protocol: 'tcp', port: 22, name: 'Remote logins' }] : [],
  rest,
});

const INTENTS = {
  'two ports, to everyone': intent([close('tcp', 3000, 'everyone'), close('udp', 5353, 'everyone')], 'leave'),
  'a port, to all but this network': intent([close('tcp', 3000, HERE), close('udp', 5353, 'everyone')], 'leave'),
  'the whole posture': intent([close('tcp', 3000, HERE)], 'close'),
} as const;
type Wanted = keyof typeof INTENTS;

/** Who knocks where: a neighbour and somebody on the internet, in both families. */
const FROM = [
  [neighbour, laptop],
  ['fd77::20', 'fd77::10'],
  ['203.0.113.5', laptop],
  ['2001:db8:ff::5', '2001:db8:77::10'],
] as const;
const PORTS = [
  ['tcp', 22],
  ['tcp', 3000],
  ['tcp', 8080],
  ['udp', 5353],
] as const;
const knocks = () =>
  PORTS.flatMap(([protocol, port]) => FROM.map(([source, destination]) => probe(protocol, source, destination, port)));
const all = (outcome: Outcome): readonly Outcome[] => FROM.map(() => outcome);
const near: readonly Outcome[] = ['open', 'open', 'filtered', 'filtered'];

/** What the packets must do, by port in the order of PORTS. */
const EXPECTED: Readonly<Record<Wanted, readonly Outcome[]>> = {
  'two ports, to everyone': [...all('open'), ...all('filtered'), ...all('open'), ...all('filtered')],
  'a port, to all but this network': [...all('open'), ...near, ...all('open'), ...all('filtered')],
  'the whole posture': [...all('open'), ...near, ...all('filtered'), ...all('filtered')],
};

const PUBLIC = `<?xml version="1.0" encoding="utf-8"?>
<zone><short>Public</short><service name="ssh"/><port port="1025-65535" protocol="tcp"/><port port="1025-65535" protocol="udp"/></zone>`;

/** An ICMP echo to each address, and its answer: RFC 792, RFC 4443. */
const PING = `
import socket, struct, sys
for to in sys.argv[1:]:
    six = ":" in to
    s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_RAW, 58 if six else 1)
    s.settimeout(3)
    ask, answer = (128, 129) if six else (8, 0)
    head = struct.pack("!BBHHH", ask, 0, 0, 77, 1)
    total = sum(struct.unpack("!4H", head))
    s.sendto(struct.pack("!BBHHH", ask, 0, 0 if six else ~total & 0xFFFF, 77, 1), (to, 0))
    while True:
        got = s.recv(2000)
        got = got if six else got[20:]
        if got[0] == answer: break
`;

interface Way {
  readonly format: ExportFormat;
  /** What the machine has before. */
  readonly prepare: (lab: Lab) => Promise<void>;
  readonly apply: (lab: Lab, which: 'rules' | 'undo') => Promise<string>;
  /** The tool's own check of the file, without a change. */
  readonly validate: (lab: Lab) => Promise<void>;
  /** Why it cannot run here; null when it can. */
  readonly without: string | null;
}

const FOLDER = '/run/export';
const sh = (lab: Lab, text: string, seconds = 600) => lab.must('A', ['/bin/sh', '-ec', text], { seconds });
const missing = (...programs: readonly string[]): string | null => {
  const lacking = programs.filter(
    (program) =>
      spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: `${process.env['PATH']}:/usr/sbin` } }).status !==
      0,
  );
  return lacking.length === 0 ? null : `${lacking.join(', ')} not installed (scripts/setup-test-system.sh installs it)`;
};

/** Rules of somebody else's, which must be left alone. */
const THEIRS = `table inet theirs {
  chain input { type filter hook input priority 10; policy accept; tcp dport 9999 drop; }
}`;
const bare = async (lab: Lab): Promise<void> => void (await lab.must('A', ['nft', '-f', '-'], { input: THEIRS }));
const withUfw = async (lab: Lab): Promise<void> => {
  await sh(lab, 'ufw default allow; ufw allow 3000; ufw allow 22/tcp; ufw deny 9999/tcp; ufw --force enable');
};
const firewalldOn = async (lab: Lab): Promise<void> =>
  void (await startFirewalld(lab, { files: { 'zones/public.xml': PUBLIC } }));

const script = (format: ExportFormat) => ({
  format,
  apply: (lab: Lab, which: 'rules' | 'undo') => sh(lab, `sh ${FOLDER}/${which}`),
});
const ANSIBLE_HOME = `${FOLDER}/home`;
const playbook = (more: string) => ({
  format: 'ansible' as const,
  apply: async (lab: Lab, which: 'rules' | 'undo') => play(lab, which, more),
  validate: async (lab: Lab) => {
    for (const which of ['rules', 'undo'] as const) {
      await play(lab, which, '--syntax-check');
      if (missing('ansible-lint') === null) {
        await sh(
          lab,
          `cd ${FOLDER}; cp ${which} ${which}.yml; LC_ALL=C.UTF-8 HOME=${ANSIBLE_HOME} ansible-lint --offline --nocolor -q ${which}.yml`,
        );
      }
    }
  },
});
/** On this machine itself, as Ansible does it locally: nothing leaves the namespace. */
const play = (lab: Lab, which: string, more: string): Promise<string> =>
  sh(
    lab,
    `mkdir -p ${ANSIBLE_HOME}; cd ${FOLDER}; LC_ALL=C.UTF-8 HOME=${ANSIBLE_HOME} ANSIBLE_LOCAL_TEMP=${ANSIBLE_HOME}/tmp ANSIBLE_REMOTE_TEMP=${ANSIBLE_HOME}/tmp ANSIBLE_NOCOLOR=1 ansible-playbook -i localhost, -c local ${more} ${which}`,
    880,
  );

const WAYS: Readonly<Record<string, Way>> = {
  nftables: {
    format: 'nftables',
    prepare: bare,
    apply: (lab, which) => sh(lab, `nft -f ${FOLDER}/${which}`),
    validate: async (lab) => void (await sh(lab, `nft -c -f ${FOLDER}/rules; nft -c -f ${FOLDER}/undo`)),
    without: null,
  },
  iptables: {
    ...script('iptables'),
    prepare: async (lab) =>
      void (await sh(
        lab,
        'for i in iptables ip6tables; do $i -A INPUT -p tcp --dport 9999 -j DROP; $i -N THEIRS; $i -A INPUT -j THEIRS; done',
      )),
    validate: async (lab) => expect(await sh(lab, `sh ${FOLDER}/rules --test`)).toContain('nothing was changed'),
    without: null,
  },
  'iptables, legacy': {
    ...script('iptables'),
    // The names without a backend are links; here they lead to the older one.
    prepare: async (lab) =>
      void (await sh(
        lab,
        `mkdir -p /run/legacy
for n in iptables iptables-restore iptables-save ip6tables ip6tables-restore ip6tables-save; do
  ln -sf "$(command -v $(echo $n | sed 's/tables/tables-legacy/'))" /etc/alternatives/$n
done
for i in iptables ip6tables; do $i -A INPUT -p tcp --dport 9999 -j DROP; $i -N THEIRS; $i -A INPUT -j THEIRS; done`,
      )),
    validate: async (lab) => expect(await sh(lab, `sh ${FOLDER}/rules --test`)).toContain('nothing was changed'),
    without: null,
  },
  ufw: {
    ...script('ufw'),
    prepare: withUfw,
    validate: async (lab) => void (await sh(lab, `sh -n ${FOLDER}/rules; sh -n ${FOLDER}/undo`)),
    without: null,
  },
  firewalld: {
    ...script('firewalld'),
    prepare: firewalldOn,
    validate: async (lab) => void (await sh(lab, `sh -n ${FOLDER}/rules; sh -n ${FOLDER}/undo`)),
    without: withoutFirewalld,
  },
  'firewalld-xml': {
    format: 'firewalld-xml',
    prepare: firewalldOn,
    apply: (lab, which) =>
      sh(
        lab,
        which === 'undo'
          ? `sh ${FOLDER}/undo`
          : `install -m 644 ${FOLDER}/rules /etc/firewalld/policies/portcullis-export.xml; firewall-cmd --reload`,
      ),
    validate: async (lab) =>
      void (await sh(
        lab,
        `cp -a /etc/firewalld ${FOLDER}/copy; mkdir -p ${FOLDER}/copy/policies; cp ${FOLDER}/rules ${FOLDER}/copy/policies/portcullis-export.xml; firewall-offline-cmd --system-config ${FOLDER}/copy --check-config`,
      )),
    without: withoutFirewalld,
  },
  'ansible, ufw': { ...playbook(''), prepare: withUfw, without: missing('ansible-playbook') },
  'ansible, nftables': { ...playbook(''), prepare: bare, without: missing('ansible-playbook') },
  'ansible, firewalld': {
    ...playbook(''),
    prepare: firewalldOn,
    without: withoutFirewalld ?? missing('ansible-playbook'),
  },
};

/** All that could be changed, without what counts packets, and in an order that means nothing. */
async function stateOf(lab: Lab): Promise<readonly unknown[]> {
  const said = async (text: string): Promise<string> => (await lab.run('A', ['/bin/sh', '-c', text])).stdout;
  const rules = await said('nft list ruleset; iptables-legacy-save; ip6tables-legacy-save');
  return [
    rules
      .replaceAll(/packets \d+ bytes \d+/g, '')
      .replaceAll(/^(#.*|:\S+ \S+) ?\[\d+:\d+\]$/gm, '$1')
      .replaceAll(/^#.*$/gm, ''),
    await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules', '/etc/ufw/ufw.conf', '/etc/default/ufw']),
    await said(
      'if [ -S /run/dbus/system_bus_socket ]; then firewall-cmd --permanent --list-all-zones; ls /etc/firewalld/policies; fi',
    ),
  ];
}

interface Result {
  readonly way: string;
  readonly format: ExportFormat;
  readonly intent: Wanted;
  /** Each only after the one before it. */
  readonly done: { validated: boolean; applied: boolean; packets: boolean; idempotent: boolean; undone: boolean };
}
const results: Result[] = [];
const skipped: { readonly way: string; readonly why: string }[] = [];
/** What the script that writes docs/EXPORTS.md reads. */
interface Results {
  readonly results: readonly Result[];
  readonly skipped?: typeof skipped;
}
const file = process.env['PROVE_EXPORTS'];
/** What was found before of what was not run now stays, so that the proof can be made in parts. */
afterAll(() => {
  if (file === undefined) return;
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : { results: [] };
  const again = (one: Result): boolean => results.some(({ way, intent: of }) => way === one.way && of === one.intent);
  const merged = [...before.results.filter((one) => !again(one)), ...results];
  writeFileSync(file, `${JSON.stringify({ results: merged, skipped } satisfies Results, null, 2)}\n`);
});

async function machine(): Promise<Lab> {
  const lab = await startLab();
  await lab.listen(
    PORTS.flatMap(([protocol, port]) => [[protocol, '0.0.0.0', port] as const, [protocol, '::', port] as const]),
  );
  return lab;
}
const put = async (lab: Lab, name: string, text: string): Promise<void> =>
  void (await lab.must('A', ['/bin/sh', '-ec', `mkdir -p ${FOLDER}; cat >${FOLDER}/${name}`], { input: text }));
const knock = async (lab: Lab): Promise<readonly Outcome[]> => {
  await lab.forget();
  return lab.probe(knocks(), 0.3);
};

if (file === undefined)
  console.warn('Left out: playbooks of single ports and for firewalld, which take minutes (npm run prove:exports)');

describeLab('an exported file', () => {
  for (const [name, way] of Object.entries(WAYS)) {
    if (way.without !== null) {
      console.warn(`SKIPPED the export for ${name}: ${way.without}`);
      skipped.push({ way: name, why: way.without });
    }
    for (const [wanted, meant] of Object.entries(INTENTS) as [Wanted, Intent][]) {
      const long =
        way.format === 'ansible' &&
        file === undefined &&
        (wanted !== 'the whole posture' || name.includes('firewalld'));
      test.skipIf(way.without !== null || long)(`${name}: ${wanted}`, async () => {
        const done: Result['done'] = {
          validated: false,
          applied: false,
          packets: false,
          idempotent: false,
          undone: false,
        };
        results.push({ way: name, format: way.format, intent: wanted, done });
        await using lab = await machine();
        const { content, undoContent } = writeIntent(way.format, meant);
        await put(lab, 'rules', content);
        await put(lab, 'undo', undoContent);
        await way.prepare(lab);
        expect(await knock(lab)).toEqual(knocks().map(() => 'open'));
        const before = await stateOf(lab);

        await way.validate(lab);
        expect(await stateOf(lab)).toEqual(before);
        done.validated = true;

        const session = await lab.connect(probe('tcp', '203.0.113.5', laptop, 3000));
        expect(session).not.toBeNull();
        // A playbook takes minutes: once is enough to see that trying it changes nothing.
        const tried = way.format === 'ansible' && wanted === 'two ports, to everyone'; // --check, before and after
        if (tried) {
          expect(await play(lab, 'rules', '--check')).toMatch(/changed=[1-9]/);
          expect(await stateOf(lab)).toEqual(before);
        }
        await way.apply(lab, 'rules');
        expect(await lab.talk(session ?? ''), 'a session that was open').toBe(true);
        done.applied = true;

        expect(await knock(lab)).toEqual(EXPECTED[wanted]);
        await lab.must('A', [
          '/usr/bin/python3',
          '-c',
          'import socket\nfor at in ("127.0.0.1", "::1"): socket.create_connection((at, 3000), 2)',
        ]);
        await lab.must('B', ['/usr/bin/python3', '-c', PING, laptop, 'fd77::10']);
        done.packets = true;

        const once = await stateOf(lab);
        expect(once).not.toEqual(before);
        const again = await way.apply(lab, 'rules');
        if (way.format === 'ansible') expect(again).toMatch(/changed=0 /);
        if (tried) expect(await play(lab, 'rules', '--check')).toMatch(/changed=0 /);
        expect(await stateOf(lab)).toEqual(once);
        done.idempotent = true;

        await way.apply(lab, 'undo');
        expect(await stateOf(lab)).toEqual(before);
        expect(await knock(lab)).toEqual(knocks().map(() => 'open'));
        if (way.format !== 'ansible' || tried) {
          await way.apply(lab, 'undo');
          expect(await stateOf(lab)).toEqual(before);
        }
        done.undone = true;
      });
    }
  }

  test('a ufw that is off is turned on for the whole posture, and off again by the undo', async () => {
    await using lab = await machine();
    const { content, undoContent } = writeIntent('ufw', INTENTS['the whole posture']);
    await sh(lab, 'ufw default allow; ufw allow 22/tcp; ufw allow 8080');
    const [rules, rules6, conf] = await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules', '/etc/ufw/ufw.conf']);
    expect(await lab.must('A', ['/bin/sh', '-s'], { input: content })).toContain('ufw is on.');
    expect(await knock(lab)).toEqual(EXPECTED['the whole posture']);
    expect(await lab.must('A', ['/bin/sh', '-s'], { input: undoContent })).toContain('what they were');
    expect(await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules', '/etc/ufw/ufw.conf'])).toEqual([
      rules,
      rules6,
      conf,
    ]);
    expect(await knock(lab)).toEqual(knocks().map(() => 'open'));
  });

  test('ufw: where another rule was made since, the undo takes its own away and leaves that one', async () => {
    await using lab = await machine();
    const { content, undoContent } = writeIntent('ufw', INTENTS['the whole posture']);
    await sh(lab, 'ufw default allow; ufw allow 8080; ufw --force enable');
    await lab.must('A', ['/bin/sh', '-s'], { input: content });
    await sh(lab, 'ufw allow 9000/tcp; ufw prepend allow 8080/tcp');
    expect((await knock(lab)).slice(8, 12)).toEqual(all('open'));
    expect(await lab.must('A', ['/bin/sh', '-s'], { input: content })).toContain('The first rules are in place.');
    expect(await knock(lab)).toEqual(EXPECTED['the whole posture']);
    await sh(lab, 'ufw allow 9001/tcp');
    await lab.must('A', ['/bin/sh', '-s'], { input: undoContent });
    for (const text of await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules'])) {
      const tuples = text?.match(/^### tuple ### \S+ \S+ \S+/gm)?.map((line) => line.replace('### tuple ### ', ''));
      expect(tuples).toEqual(['allow tcp 8080', 'allow any 8080', 'allow tcp 9000', 'allow tcp 9001']);
    }
    expect(await knock(lab)).toEqual(knocks().map(() => 'open'));
  });

  test('ufw: ended midway, the rules are what they were', async () => {
    await using lab = await machine();
    const { content } = writeIntent('ufw', INTENTS['the whole posture']);
    await withUfw(lab);
    const before = await stateOf(lab);
    const mark = '  in_place || fail';
    expect(content).toContain(mark);
    const ended = content.replace(mark, () => `  kill -TERM $$\n${mark}`);
    const ran = await lab.run('A', ['/bin/sh', '-s'], { input: ended });
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('This was ended midway');
    expect(await stateOf(lab)).toEqual(before);
    expect(await knock(lab)).toEqual(knocks().map(() => 'open'));
  });

  test('ufw: one address that is not shut out, for which there is a rule of somebody else’s', async () => {
    await using lab = await machine();
    const whom = { allBut: 'this-network', networks: ['203.0.113.5', '2001:db8:ff::5'] } as const;
    const { content, undoContent } = writeIntent('ufw', intent([close('tcp', 3000, whom)], 'leave'));
    await sh(lab, 'ufw default allow; ufw allow 22/tcp; ufw allow proto tcp from 203.0.113.5 to any port 3000');
    await sh(lab, 'ufw --force enable');
    const before = await stateOf(lab);
    await lab.must('A', ['/bin/sh', '-s'], { input: content });
    const far: readonly Outcome[] = ['filtered', 'filtered', 'open', 'open'];
    expect((await knock(lab)).slice(4, 8)).toEqual(far);
    await lab.must('A', ['/bin/sh', '-s'], { input: content });
    await lab.must('A', ['/bin/sh', '-s'], { input: undoContent });
    expect(await stateOf(lab)).toEqual(before);
  });

  test('iptables: a hook that is not first, or twice, is once and first again; others’ rules stay', async () => {
    await using lab = await machine();
    const { content, undoContent } = writeIntent('iptables', INTENTS['two ports, to everyone']);
    const input = () => sh(lab, 'iptables -S INPUT; ip6tables -S INPUT');
    const run = (text: string) => lab.must('A', ['/bin/sh', '-s'], { input: text });
    await run(content);
    await sh(
      lab,
      'for i in iptables ip6tables; do $i -I INPUT -p tcp --dport 3000 -j ACCEPT; $i -A INPUT -j PORTCULLIS-EXPORT; done',
    );
    expect((await knock(lab)).slice(4, 8)).toEqual(all('open'));
    await run(content);
    const one = ['-P INPUT ACCEPT', '-A INPUT -j PORTCULLIS-EXPORT', '-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT'];
    expect((await input()).trim().split('\n')).toEqual([...one, ...one]);
    expect(await knock(lab)).toEqual(EXPECTED['two ports, to everyone']);
    await run(undoContent);
    expect((await input()).trim().split('\n')).toEqual([one[0], one[2], one[0], one[2]]);
  });
});
