/** What a real firewalld host printed (test/main/cli/snapshots/capture.sh), and the same with parts missing or garbled. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../../src/core/facts.ts';
import { firewalldNotes, firewallStates } from '../../../../src/core/firewalls/registry.ts';
import { gap } from '../../../../src/core/gaps/index.ts';
import type { Snapshot, Transcript } from '../../../../src/core/model.ts';

const load = (name: string): Snapshot =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../main/cli/snapshots', `${name}.json`), 'utf8'),
  ) as Snapshot;
const host = load('firewalld');
const ordinary = load('firewalld-ordinary');

const changed = (change: (one: Transcript) => Partial<Transcript> | null): Snapshot => ({
  ...host,
  transcripts: host.transcripts.flatMap((one) => {
    const made = change(one);
    return made === null ? [] : [{ ...one, ...made }];
  }),
});

const state = (snapshot: Snapshot) => firewallStates(snapshot).value.find(({ id }) => id === 'firewalld');
const named = (snapshot: Snapshot): readonly string[] => [
  ...new Set(
    readFacts(snapshot).netfilter.chains.flatMap(({ named: names }) =>
      [...(names?.values() ?? [])].map(({ rule }) => rule),
    ),
  ),
];

describe('a host with firewalld', () => {
  test('its state: what the default zone does to the rest, and how many entries there are', () =>
    expect(state(host)).toEqual({
      id: 'firewalld',
      active: true,
      defaults: { inbound: 'reject', outbound: 'allow' },
      rules: 14,
    }));

  test('its own tables are not listed a second time', () =>
    expect(firewallStates(host).value.map(({ id }) => id)).toEqual(['firewalld']));

  test('kernel rules have the names of zones, services, ports and rich rules', () => {
    const names = named(host);
    for (const name of [
      'zone FedoraWorkstation: service ssh',
      'zone FedoraWorkstation: service samba-client',
      'zone FedoraWorkstation: port 1025-65535/tcp',
      'zone FedoraWorkstation: default zone',
      'default of zone FedoraWorkstation: reject',
      'zone home: interface eth0',
      'zone home: service mdns',
      'zone home: port 80/tcp',
      'zone home: rich rule family="ipv4" source address="10.66.0.20" port port="8080" protocol="tcp" accept',
      'zone trusted: source 192.168.77.21',
      'default of zone trusted: accept',
    ]) {
      expect(names).toContain(name);
    }
  });

  test('what the next start changes', () =>
    expect(firewalldNotes(host)).toMatchObject({
      panic: false,
      openUntilRestart: ['zone home: port 80/tcp'],
      openAfterRestart: ['zone home: port 9999/tcp'],
      closedUntilRestart: [],
      closedAfterRestart: [],
      wide: [{ zone: 'FedoraWorkstation', ports: ['1025-65535/udp', '1025-65535/tcp'] }],
      trusting: [{ zone: 'trusted', interfaces: [], isDefault: false }],
    }));
});

describe('a host of which not all could be read', () => {
  test('an ordinary user hears that it is on, and no more', () => {
    expect(state(ordinary)).toEqual({
      id: 'firewalld',
      active: true,
      defaults: { inbound: 'unknown', outbound: 'unknown' },
      rules: null,
    });
    expect(firewallStates(ordinary).gaps).toContainEqual(
      gap({ what: { kind: 'firewalld', part: 'zones' }, why: { kind: 'refused' }, how: { kind: 'exact' } }),
    );
  });

  test('without the zones, chains still tell zone and port', () => {
    const snapshot = changed(({ id }) => (/^firewalld\.(zone|policy|service|policies)/.test(id) ? null : {}));
    const names = named(snapshot);
    expect(names).toContain('zone FedoraWorkstation: port 22/tcp');
    expect(names).toContain('default of zone trusted: accept');
    expect(state(snapshot)?.rules).toBeNull();
  });

  test.each(['', 'garbage', '{"type":"b"}', '{"type":"s","data":[5]}', '[]', '{"type":"a{sv}","data":[["x"]]}'])(
    'garbled answers (%j) are gaps',
    (stdout) => {
      const snapshot = changed(({ id }) =>
        id.startsWith('firewalld.') && id !== 'firewalld.running' ? { stdout } : {},
      );
      const { value, gaps } = firewallStates(snapshot);
      expect(value.find(({ id }) => id === 'firewalld')).toMatchObject({ active: true, rules: null });
      expect(gaps.length).toBeGreaterThan(3);
      expect(named(snapshot)).toContain('zone FedoraWorkstation: port 22/tcp');
    },
  );

  test('when it does not answer, the kernel still tells that its rules are there', () => {
    const snapshot = changed(({ id }) =>
      id === 'firewalld.running'
        ? { failure: 'timeout', stdout: '', exit: null }
        : id.startsWith('firewalld.')
          ? null
          : {},
    );
    expect(state(snapshot)?.active).toBe(true);
    expect(firewallStates(snapshot).gaps[0]?.what).toBe('whether firewalld is on');
  });

  test('off, its default zone and what that would do come from its files', () => {
    const off = changed(({ id }) =>
      id === 'firewalld.running'
        ? { stdout: '{"type":"b","data":[false]}' }
        : id === 'nft'
          ? { stdout: '{"nftables":[]}' }
          : id.startsWith('firewalld.')
            ? null
            : {},
    );
    const file = (path: string, stdout: string): Transcript => ({
      ...host.transcripts[0]!,
      id: `file:${path}`,
      kind: 'file',
      stdout,
    });
    const snapshot = {
      ...off,
      transcripts: [
        ...off.transcripts,
        file('/etc/firewalld/firewalld.conf', 'DefaultZone=drop\n'),
        file('/usr/lib/firewalld/zones/drop.xml', '<?xml version="1.0"?>\n<zone target="DROP">\n</zone>'),
      ],
    };
    expect(state(snapshot)).toMatchObject({ active: false, defaults: { inbound: 'deny' }, rules: null });
  });

  test('not installed: it is not listed', () =>
    expect(state(changed(({ id }) => (id.startsWith('firewalld.') ? null : {})))).toBeUndefined());
});
