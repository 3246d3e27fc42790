/**
 * The whole posture beside guests: a network namespace behind an interface that is called as libvirt's is stands for one. It
 * reaches DNS and DHCP of the computer and nothing else of it, and the undo leaves nothing behind, whether or not the
 * interface is still there. The playbook takes a minute for each
 * firewall: only with `PROVE_EXPORTS`.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { Intent } from '../../src/core/firewalls/export.ts';
import { writeIntent } from '../../src/core/intent/formats/index.ts';
import type { ExportFormat } from '../../src/core/model.ts';
import { startFirewalld, withoutFirewalld } from './firewalld.ts';
import { describeLab, type Lab, laptop, neighbour, type Outcome, probe, startLab } from './harness.ts';

const intent: Intent = {
  schema: 1,
  madeAt: '2026-11-20T18:00:00Z',
  host: null,
  close: [],
  keep: [{ protocol: 'tcp', port: 22, name: null }],
  rest: 'close',
};

const [HERE, GUEST, HERE6, GUEST6] = ['192.168.122.1', '192.168.122.50', 'fd22::1', 'fd22::50'];
const ATTACH = `ip netns add guest
ip link add virbr0 type veth peer name eth0 netns guest
ip address add ${HERE}/24 dev virbr0
ip address add ${HERE6}/64 dev virbr0 nodad
ip link set virbr0 up
ip -n guest link set eth0 up
ip -n guest address add ${GUEST}/24 dev eth0
ip -n guest address add ${GUEST6}/64 dev eth0 nodad`;

const PORTS = [
  ['tcp', 53],
  ['udp', 53],
  ['udp', 67],
  ['tcp', 3000],
  ['udp', 3000],
] as const;

const knock = async (lab: Lab): Promise<readonly Outcome[]> => {
  await lab.forget();
  const guest = { interface: 'virbr0', at: 'guest' };
  const from = [
    [GUEST, HERE],
    [GUEST6, HERE6],
  ] as const;
  return lab.probe(
    [
      ...from.flatMap(([source, destination]) =>
        PORTS.map(([protocol, port]) => ({ ...probe(protocol, source, destination, port), ...guest })),
      ),
      probe('udp', neighbour, laptop, 53),
    ],
    0.3,
  );
};
const allOpen: readonly Outcome[] = [...PORTS, ...PORTS, null].map(() => 'open');
const needed: readonly Outcome[] = ['open', 'open', 'open', 'filtered', 'filtered'];
/** DHCP for IPv6 asks another port: RFC 8415, 7.2. */
const needed6 = (port67: Outcome): readonly Outcome[] => ['open', 'open', port67, 'filtered', 'filtered'];

const sh = (lab: Lab, text: string) => lab.must('A', ['/bin/sh', '-ec', text], { seconds: 600 });
const put = (lab: Lab, name: string, text: string) =>
  lab.must('A', ['/bin/sh', '-ec', `mkdir -p /run/export/home; cat >/run/export/${name}`], { input: text });
const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: `${process.env['PATH']}:/usr/sbin` } }).status === 0;
const playing =
  'cd /run/export; LC_ALL=C.UTF-8 HOME=/run/export/home ANSIBLE_NOCOLOR=1 ansible-playbook -i localhost, -c local';
const noAnsible = has('ansible-playbook') ? null : 'ansible-playbook not installed';

const withUfw = async (lab: Lab): Promise<void> =>
  void (await sh(lab, 'ufw default allow; ufw allow 22/tcp; ufw allow 3000; ufw --force enable'));
const ZONE = (more: string): string => `<?xml version="1.0" encoding="utf-8"?>
<zone target="ACCEPT"><short>Zone</short>${more}</zone>`;
const withZones = async (lab: Lab): Promise<void> => {
  await startFirewalld(lab, {
    files: { 'zones/public.xml': ZONE(''), 'zones/libvirt.xml': ZONE('<interface name="virbr0"/>') },
  });
};

interface Way {
  readonly format: ExportFormat;
  readonly prepare: (lab: Lab) => Promise<void>;
  readonly run: string;
  /** Why it is left out. */
  readonly without: string | null;
  /** What a DHCP request for IPv4's port is over IPv6. */
  readonly port67: Outcome;
}
/** Tables of iptables-nft stay behind empty where there were none. */
const withTables = async (lab: Lab): Promise<void> =>
  void (await sh(lab, 'for i in iptables ip6tables; do $i -A INPUT -p tcp --dport 9999 -j DROP; done'));
const nothing = async (): Promise<void> => {};
const long = process.env['PROVE_EXPORTS'] === undefined ? 'it takes a minute' : null;
const WAYS: Readonly<Record<string, Way>> = {
  nftables: { format: 'nftables', prepare: nothing, run: 'nft -f', without: null, port67: 'open' },
  iptables: { format: 'iptables', prepare: withTables, run: 'sh', without: null, port67: 'filtered' },
  ufw: { format: 'ufw', prepare: withUfw, run: 'sh', without: null, port67: 'filtered' },
  firewalld: { format: 'firewalld', prepare: withZones, run: 'sh', without: withoutFirewalld, port67: 'open' },
  'ansible, ufw': { format: 'ansible', prepare: withUfw, run: playing, without: noAnsible ?? long, port67: 'filtered' },
  'ansible, firewalld': {
    format: 'ansible',
    prepare: withZones,
    run: playing,
    without: withoutFirewalld ?? noAnsible ?? long,
    port67: 'open',
  },
};

const stateOf = async (lab: Lab): Promise<readonly unknown[]> => [
  (await sh(lab, 'nft list ruleset; [ ! -S /run/dbus/system_bus_socket ] || firewall-cmd --permanent --list-all-zones'))
    .replaceAll(/packets \d+ bytes \d+/g, '')
    .replaceAll(/^#.*$/gm, ''),
  await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules']),
];

/** The file is run again after something has changed: how often everybody was not shut out meanwhile, of all that was seen. */
const opened = async (lab: Lab, change: string): Promise<string> => {
  const seen = await sh(
    lab,
    `${change} >/dev/null
shut() {
  all=$($1 -S $2)
  has() { echo "$all" | grep -qF -- "-A $1 -s $2 -j DROP"; }
  has $2 $3 || { has $2 $4 && has $2 $5; }
}
rm -f /run/export/done; : >/run/export/open; echo 0 >/run/export/looks
(
  while [ ! -e /run/export/done ]; do
    for half in "iptables ufw-user-input 128.0.0.0/1 128.0.0.0/2 192.0.0.0/2" "ip6tables ufw6-user-input ::/1 ::/2 4000::/2"; do
      shut $half || echo "$half" >>/run/export/open
    done
    echo $(($(cat /run/export/looks) + 1)) >/run/export/looks
  done
) &
sh /run/export/rules >/dev/null
touch /run/export/done
wait
cat /run/export/looks; wc -l </run/export/open`,
  );
  const [looks, misses = ''] = seen.trim().split('\n');
  expect(Number(looks)).toBeGreaterThan(5);
  return misses;
};

/** What the script that writes docs/EXPORTS.md reads, beside what the exported files themselves came to. */
const found: { readonly way: string; held: boolean }[] = [];
afterAll(() => {
  const file = process.env['PROVE_EXPORTS'];
  if (file !== undefined && found.length > 0)
    writeFileSync(`${file}.guests.json`, `${JSON.stringify(found, null, 2)}\n`);
});

describeLab('the whole posture, beside a guest', () => {
  for (const [name, { format, prepare, run, without, port67 }] of Object.entries(WAYS)) {
    if (without !== null) console.warn(`SKIPPED the guest beside ${name}: ${without}`);
    test.skipIf(without !== null)(name, async () => {
      const mine = { way: name, held: false };
      found.push(mine);
      await using lab = await startLab();
      await sh(lab, ATTACH);
      await lab.listen(
        PORTS.flatMap(([protocol, port]) => [[protocol, '0.0.0.0', port] as const, [protocol, '::', port] as const]),
      );
      const { content, undoContent } = writeIntent(format, intent);
      await put(lab, 'rules', content);
      await put(lab, 'undo', undoContent);
      await prepare(lab);
      expect(await knock(lab)).toEqual(allOpen);
      const before = await stateOf(lab);

      await sh(lab, `${run} /run/export/rules`);
      expect(await knock(lab)).toEqual([...needed, ...needed6(port67), 'filtered']);
      const once = await stateOf(lab);
      await sh(lab, `${run} /run/export/rules`);
      expect(await stateOf(lab)).toEqual(once);

      if (format === 'ufw') {
        expect(await opened(lab, 'ip link add lxcbr0 type veth peer name pair0; ip link set lxcbr0 up')).toBe('0');
        expect(await sh(lab, 'ufw show added')).toContain('allow in on lxcbr0');
        expect(await opened(lab, 'ufw prepend allow 9998/tcp')).toBe('0');
        expect(await knock(lab)).toEqual([...needed, ...needed6(port67), 'filtered']);
        expect((await sh(lab, `${run} /run/export/rules`)).trim()).toMatch(/^The first rules are in place already\.$/m);
        await sh(lab, 'ufw delete allow 9998/tcp');
      }
      if (format === 'ufw') await sh(lab, 'ufw allow 9999/tcp');
      // A zone that is not in use any more has its rules all the same.
      if (name.endsWith('firewalld'))
        await sh(lab, 'for how in "" --permanent; do firewall-cmd $how --zone=libvirt --remove-interface=virbr0; done');
      if (name.endsWith('ufw')) await sh(lab, 'ip link set virbr0 down; ip link set virbr0 name gone0');
      await sh(lab, `${run} /run/export/undo`);
      if (format === 'ufw') await sh(lab, 'ufw delete allow 9999/tcp');
      if (name.endsWith('firewalld'))
        await sh(lab, 'for how in "" --permanent; do firewall-cmd $how --zone=libvirt --add-interface=virbr0; done');
      expect(await stateOf(lab)).toEqual(before);
      mine.held = true;
    });
  }
});
