import { describe, expect, test } from 'vitest';
import type { Connection, Finding, Report } from '../../src/core/model.ts';
import {
  countExposure,
  countRules,
  filterRules,
  keptTargets,
  neighbourOf,
  networkOf,
  reachCounts,
  recommended,
  remedyOf,
  searchableConnections,
  searchableListeners,
  searchConnections,
  searchListeners,
  sorted,
  type Sorting,
  stopsOf,
  targetsOf,
  toneOf,
} from '../../src/renderer/state/select.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { connections } from '../e2e/fixtures/plans.ts';
import * as reports from '../e2e/fixtures/reports.ts';
import { manyRules, ufwRules } from '../e2e/fixtures/rules.ts';

const finding = (id: string): Finding => {
  const found = [reports.advice, reports.noFirewall, reports.firewallOff, reports.cannotTell]
    .flatMap(({ findings }) => findings)
    .find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('who can reach it', () => {
  test('only what is known to be this computer alone counts as such', () => {
    expect(toneOf({ exposure: 'self', exposureComplete: true })).toBe('self');
    expect(toneOf({ exposure: 'self', exposureComplete: false })).toBe('unknown');
    expect(toneOf({ exposure: 'unknown', exposureComplete: false })).toBe('unknown');
    expect(toneOf({ exposure: 'some', exposureComplete: false })).toBe('others');
    expect(countExposure(reports.advice)).toEqual({ others: 3, self: 8, unknown: 0 });
    expect(countExposure(reports.cannotTell)).toEqual({ others: 0, self: 8, unknown: 3 });
  });

  test('a place that is not named is shut only where everything was judged', () => {
    const bare = { exposure: 'self', places: [], reach: [] } as const;
    const verdicts = (complete: boolean) =>
      stopsOf({ ...bare, exposureComplete: complete }, reports.advice).map(({ verdict }) => verdict);
    expect(verdicts(true)).toEqual(['blocked', 'blocked']);
    expect(verdicts(false)).toEqual(['unknown', 'unknown']);
  });

  test('of several networks the widest opening is shown', () => {
    const [network] = stopsOf(
      {
        ...reports.reach('blocked', 'blocked'),
        places: [
          { kind: 'lan', interface: 'wlan0', verdict: 'blocked' },
          { kind: 'vpn', interface: 'tun0', verdict: 'unknown' },
          { kind: 'container', interface: 'docker0', verdict: 'some' },
        ],
      },
      reports.advice,
    );
    expect(network).toMatchObject({ verdict: 'some', networks: ['wifi', 'vpn', 'container'] });
  });
});

describe('what can be done', () => {
  test('each kind of finding has its one button', () => {
    const remedy = (report: typeof reports.advice, id: string) => remedyOf(report, finding(id));
    expect(remedy(reports.advice, 'exposed-dev-server:tcp/3000')).toBe('close');
    expect(remedy(reports.firewallOff, 'firewall-off:ufw')).toBe('turn-on-firewall');
    expect(remedy(reports.noFirewall, 'firewall-absent:linux')).toBe('none');
    expect(remedy(reports.noFirewall, 'unused-opening:tcp/8080')).toBe('remove-opening');
    expect(remedy(reports.cannotTell, 'reach-unknown:the-kernel-s-rules')).toBe('read-exactly');
    expect(remedyOf(reports.advice, { ...finding('exposed-dev-server:tcp/3000'), ways: ['stop'] })).toBe('show-ways');
    expect(remedyOf(reports.advice, { ...finding('exposed-dev-server:tcp/3000'), advice: 'keep' })).toBe('none');
  });

  test('only what is advised to be closed, and can be, is recommended', () => {
    expect(recommended(reports.advice).map(({ listener }) => listener)).toEqual(['tcp/3000', 'tcp/5432']);
    expect(recommended(reports.cannotTell)).toEqual([]);
    expect(recommended(reports.noFirewall)).toHaveLength(0);
  });

  test('a finding without a listener names its target in its id', () => {
    expect(targetsOf(reports.noFirewall, finding('unused-opening:tcp/8080'))).toEqual([
      { protocol: 'tcp', port: 8080 },
    ]);
    expect(targetsOf(reports.noFirewall, finding('firewall-absent:linux'))).toEqual([]);
    expect(
      targetsOf(reports.advice, { ...finding('unused-opening:tcp/8080'), id: 'unused-opening:tcp/99999' }),
    ).toEqual([]);
  });

  test('what is kept is named once', () => {
    const [first] = reports.allWell.listeners;
    const twice = { ...reports.allWell, listeners: first === undefined ? [] : [first, { ...first, id: 'tcp/22@::1' }] };
    expect(keptTargets(twice)).toEqual([{ protocol: 'tcp', port: 22 }]);
  });
});

test('the network is the Wi-Fi, not the container bridge', () => {
  expect(networkOf(reports.advice)?.name).toBe('wlan0');
  expect(
    networkOf({ ...reports.advice, interfaces: reports.advice.interfaces.filter(({ kind }) => kind !== 'wifi') }),
  ).toBeNull();
});

test.each([
  ['192.168.77.10', '192.168.77.8'],
  ['10.0.0.1', '10.0.0.3'],
  ['2001:db8:77::10', '2001:db8:77::12'],
  ['fe80::1%wlan0', 'fe80::3%wlan0'],
  ['fd00::', 'fd00::2'],
])('a neighbour of %s is %s', (own, neighbour) => {
  expect(neighbourOf(own)).toBe(neighbour);
});

describe('the list', () => {
  const all = {
    search: '',
    filter: 'all',
    sorting: { key: 'port', descending: false },
  } as const;
  type Searchables = ReturnType<typeof searchableListeners>;
  const arranged = (
    list: Searchables,
    { sorting, ...wanted }: Parameters<typeof searchListeners>[1] & { sorting: Sorting },
  ) => searchListeners(sorted(list, sorting), wanted);
  const list = (report: Report, called = en.identityName) => searchableListeners(report.listeners, called);
  const ports = (rows: readonly { readonly port: number }[]): readonly number[] => rows.map(({ port }) => port);

  test('sorts by number, both ways, and leaves the report as it was', () => {
    const before = [...reports.advice.listeners];
    const rows = arranged(list(reports.advice), all);
    expect(ports(rows)).toEqual([...ports(rows)].sort((a, b) => a - b));
    const down = arranged(list(reports.advice), { ...all, sorting: { key: 'port', descending: true } });
    expect(ports(down)[0]).toBe(52101);
    expect(reports.advice.listeners).toEqual(before);
  });

  test('sorts by who can reach it: the widest first, then by number', () => {
    const rows = arranged(list(reports.advice), { ...all, sorting: { key: 'reach', descending: false } });
    expect(ports(rows).slice(0, 4)).toEqual([3000, 22, 5432, 53]);
  });

  test.each([
    ['3000', [3000]],
    ['NODE', [3000, 9229]],
    ['tcp/22', [22]],
    ['127.0.0.53 udp', [53]],
    ['postgresql.service', [5432]],
    ['nothing like it', []],
  ])('search for %s', (search, found) => {
    expect(ports(arranged(list(reports.advice), { ...all, search }))).toEqual(found);
  });

  test('finds a service by its name in the language of the window, and by its English one', () => {
    const called = de.identityName;
    expect(ports(arranged(list(reports.advice, called), { ...all, search: 'anmeldung' }))).toEqual([22]);
    expect(ports(arranged(list(reports.advice, called), { ...all, search: 'remote login' }))).toEqual([22]);
    expect(ports(arranged(list(reports.advice), { ...all, search: 'anmeldung' }))).toEqual([]);
  });

  test('filters by who can reach it', () => {
    expect(ports(arranged(list(reports.advice), { ...all, filter: 'others' }))).toEqual([22, 3000, 5432]);
    expect(arranged(list(reports.cannotTell), { ...all, filter: 'others' })).toEqual([]);
    expect(arranged(list(reports.cannotTell), { ...all, filter: 'unknown' })).toHaveLength(3);
  });

  test('connections are found by program, address and port', () => {
    const list = searchableConnections(connections);
    const firefox = searchConnections(list, 'firefox 443');
    expect(firefox.length).toBeGreaterThan(0);
    expect(firefox.every(({ program }) => program === 'firefox')).toBe(true);
    expect(searchConnections(list, '2001:db8:ff::5')).toHaveLength(1);
    expect(searchConnections(list, '')).toHaveLength(connections.length);
  });

  test('connections stand by program, then by where they go, numbers in their order, the nameless last', () => {
    const [model] = connections;
    if (model === undefined) throw new Error('no connection to take as a model');
    const to = (program: string | null, address: string, port: number): Connection => ({
      ...model,
      program,
      remote: { ...model.remote, address },
      local: { ...model.local, port },
    });
    const rows = [
      to(null, '192.0.2.1', 1),
      to('ssh', '192.0.2.10', 3),
      to('ssh', '192.0.2.9', 9),
      to('ssh', '192.0.2.9', 2),
      to('curl', '192.0.2.77', 5),
    ];
    const shown = searchConnections(searchableConnections(rows), '');
    expect(shown.map(({ local }) => local.port)).toEqual([5, 2, 9, 3, 1]);
  });
});

describe('how many get through from where', () => {
  test('each port counts once, doors that lead on among them', () => {
    expect(reachCounts(reports.advice)).toEqual({
      ports: 11,
      network: { open: 3, blocked: 8, unknown: 0 },
      internet: { open: 1, blocked: 10, unknown: 0 },
      indirect: true,
    });
    expect(reachCounts(reports.ledOn)).toMatchObject({ ports: 10, network: { open: 2 } });
  });

  test('what is not known is counted as that, never as closed', () => {
    expect(reachCounts(reports.cannotTell)).toMatchObject({
      network: { open: 0, blocked: 8, unknown: 3 },
      internet: { open: 0, blocked: 8, unknown: 3 },
    });
  });
});

describe('the list of rules', () => {
  const says = (): string => '';
  const texts = (search: string, filter: Parameters<typeof filterRules>[1]['filter'] = 'all'): readonly string[] =>
    filterRules(ufwRules.rules, { search, filter, says }).map(({ text }) => text);

  test('is filtered by whose they are and by what is of no use', () => {
    expect(countRules(ufwRules.rules)).toEqual({ all: 8, idle: 3, you: 5, portcullis: 1, tool: 2 });
    expect(texts('', 'portcullis')).toEqual(['deny 6000/tcp']);
    expect(texts('', 'idle')).toHaveLength(3);
  });

  test('is searched by text, place, program and what is said of a rule', () => {
    expect(texts('docker dnat')).toHaveLength(1);
    expect(texts('ufw-before-input')).toHaveLength(1);
    expect(filterRules(ufwRules.rules, { search: 'anyone', filter: 'all', says: () => 'from anyone' })).toHaveLength(8);
    expect(texts('no such')).toEqual([]);
  });

  test('stays in order, people’s rules first', () => {
    const owners = filterRules([...ufwRules.rules].reverse(), { search: '', filter: 'all', says }).map(
      ({ owner }) => owner,
    );
    expect(owners).toEqual(['you', 'you', 'you', 'you', 'you', 'portcullis', 'tool', 'tool']);
    expect(filterRules(manyRules.rules, { search: '', filter: 'all', says })).toEqual(manyRules.rules);
  });
});
