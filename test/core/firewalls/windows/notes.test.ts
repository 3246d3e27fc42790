/** What there is to say about a Windows computer beside who reaches what: only where it matters, and only what is certain. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../../src/core/facts.ts';
import type { Finding, Snapshot } from '../../../../src/core/model.ts';
import { makeReport } from '../../../../src/core/report.ts';
import type { Says } from '../../../../src/core/says.ts';
import { HOME } from './machine.ts';
import { machine, NOTED, PROGRAM, refusal } from './noted.ts';

const report = (snapshot: Snapshot, kept: readonly string[] = []) => makeReport(snapshot, { kept: new Set(kept) });

function said<K extends Says['kind']>(snapshot: Snapshot, kind: K, kept: readonly string[] = []) {
  return report(snapshot, kept).findings.flatMap(({ says, severity, ways, advice }) =>
    says.kind === kind ? [{ says: says as Extract<Says, { kind: K }>, severity, ways, advice }] : [],
  );
}

const ABOUT_SETTINGS = (finding: Finding): boolean => finding.id.startsWith('windows:');

describe('blocks that a question has left behind', () => {
  test('name the program, what they keep shut, what they win over, and what deletes them', () => {
    const [one, ...more] = said(NOTED.refused, 'windows-refused');
    expect(more).toEqual([]);
    expect(one?.says).toMatchObject({
      program: PROGRAM.toLowerCase(),
      profiles: ['domain', 'private', 'public'],
      listeners: { first: ['tcp/4000'], more: 0 },
      over: { first: ['The game', 'It again'], more: 0 },
    });
    expect(one?.says.commands).toEqual(
      [refusal('TCP'), refusal('UDP')].map(({ name }) => `Remove-NetFirewallRule -Name '${name}'`),
    );
    expect(one).toMatchObject({ severity: 'low', ways: [], advice: 'review' });
    expect(report(NOTED.refused).listeners[0]?.exposure).toBe('self');
  });

  test('are not spoken of where nothing listens and nothing is won over', () =>
    expect(said(machine({ rules: [refusal('TCP')], sockets: [] }), 'windows-refused')).toEqual([]));

  test('and not for a listener that is for this computer only, or in another network', () => {
    const alone = machine({ rules: [refusal('TCP')], sockets: [{ at: 'tcp 127.0.0.1:4000', pid: 5000 }] });
    expect(said(alone, 'windows-refused')).toEqual([]);
    const elsewhere = machine({ rules: [refusal('TCP', PROGRAM, 'Profile=Public|')] });
    expect(said(elsewhere, 'windows-refused')).toEqual([]);
    const there = machine({
      rules: [refusal('TCP', PROGRAM, 'Profile=Public|')],
      adapters: [{ ...HOME, category: 0 }],
    });
    expect(said(there, 'windows-refused')).toHaveLength(1);
  });

  test('a block that somebody made on purpose is none of them', () =>
    expect(said(machine({ rules: [`Block|App=${PROGRAM}|Name=Mine|`] }), 'windows-refused')).toEqual([]));

  test('one that lets in (the question was answered with yes) is none either', () => {
    const { name, value } = refusal('TCP');
    const yes = machine({ rules: [{ name, value: value.replace('Action=Block', 'Action=Allow') }] });
    expect(said(yes, 'windows-refused')).toEqual([]);
  });

  test('no command is given for a name that a cmdlet takes for a pattern', () =>
    expect(said(NOTED['refused, not to be written'], 'windows-refused')[0]?.says.commands).toBeNull());

  test('group policy that ignores rules of this computer ignores them, too', () => {
    const ignored = machine({
      rules: [refusal('TCP')],
      effective: undefined,
      policy: {
        private: { AllowLocalPolicyMerge: 0 },
        domain: { AllowLocalPolicyMerge: 0 },
        public: { AllowLocalPolicyMerge: 0 },
      },
    });
    expect(said(ignored, 'windows-refused')).toEqual([]);
  });
});

describe('the firewall in each kind of network', () => {
  test('off where the computer is now, on elsewhere', () => {
    const [one] = said(NOTED['off in this network'], 'windows-profile');
    expect(one?.says).toMatchObject({ profile: 'private', fault: 'off', interfaces: ['Wi-Fi'] });
    expect(one?.severity).toBe('high');
    expect(one?.says.command).toBe('Set-NetFirewallProfile -Profile Private -Enabled True');
  });

  test('off where the computer is not weighs less', () => {
    const [one] = said(NOTED['off in another network'], 'windows-profile');
    expect(one).toMatchObject({ severity: 'low', says: { profile: 'domain', fault: 'off', interfaces: [] } });
  });

  test('lets in whatever no rule blocks, elsewhere', () =>
    expect(said(NOTED['lets in elsewhere'], 'windows-profile')[0]).toMatchObject({
      severity: 'low',
      says: { profile: 'public', fault: 'allows', interfaces: [] },
    }));

  test('off altogether is told once, by the rule about the firewall as a whole', () => {
    const off = machine({
      effective: undefined,
      local: { domain: { EnableFirewall: 0 }, private: { EnableFirewall: 0 }, public: { EnableFirewall: 0 } },
    });
    expect(report(off).findings.map(({ id }) => id)).toContain('firewall-off:windows');
    expect(said(off, 'windows-profile')).toEqual([]);
  });

  test('off altogether, with something open, weighs most', () => {
    const off = machine({
      effective: undefined,
      local: { domain: { EnableFirewall: 0 }, private: { EnableFirewall: 0 }, public: { EnableFirewall: 0 } },
    });
    expect(report(off).findings.find(({ id }) => id === 'firewall-off:windows')?.severity).toBe('high');
  });

  test('nothing rests on settings that device management may have changed', () => {
    const managed = machine({
      effective: undefined,
      local: { private: { EnableFirewall: 0 } },
      rules: [refusal('TCP'), 'Allow|Protocol=6|LPort=7000|Name=Left over|'],
      parts: { mdmSettings: { ok: [{ name: 'PrivateProfile\\EnableFirewall', value: 1 }] } },
    });
    expect(report(managed).findings.filter(ABOUT_SETTINGS)).toEqual([]);
    expect(readFacts(managed).openings).toEqual([]);
  });

  test('an interface that is left alone, and what listens there is open', () => {
    const [one] = said(NOTED['leaves an interface alone'], 'windows-unfiltered');
    expect(one?.says).toMatchObject({ profile: 'private', interfaces: ['Wi-Fi'] });
    expect(report(NOTED['leaves an interface alone']).listeners[0]?.exposure).not.toBe('self');
  });

  test('rules that let nobody in, and why', () => {
    expect(said(NOTED['all blocked'], 'windows-inert')[0]?.says).toMatchObject({
      because: 'shielded',
      profiles: ['private'],
      rules: { first: ['Mine', 'Mine too'] },
    });
    expect(said(NOTED['policy ignores local rules'], 'windows-inert')[0]?.says).toMatchObject({
      because: 'policy',
      rules: { first: ['Mine'] },
    });
  });

  test('a rule that counts in another network that the computer is in is not one of them', () => {
    const two = machine({
      effective: undefined,
      policy: { private: { AllowLocalPolicyMerge: 0 } },
      rules: ['Allow|Protocol=6|LPort=4000|Name=Mine|'],
      adapters: [HOME, { ...HOME, alias: 'Ethernet', guid: null, category: 0, addresses: ['10.0.0.2/24'] }],
    });
    expect(said(two, 'windows-inert')).toEqual([]);
  });

  test('another firewall, or none', () => {
    expect(said(NOTED['another firewall'], 'windows-replaced')[0]?.says.by).toBe('Example Shield');
    expect(said(NOTED['the service is stopped'], 'windows-replaced')[0]?.says.by).toBeNull();
  });
});

describe('a private network', () => {
  test('what is open only for that reason, judged by the engine', () => {
    const [one] = said(NOTED.private, 'windows-private');
    expect(one?.says).toMatchObject({
      interface: 'Wi-Fi',
      network: 'wifi',
      listeners: { first: ['tcp/4000'], more: 0 },
    });
    expect(one?.says.command).toBe("Set-NetConnectionProfile -InterfaceAlias 'Wi-Fi' -NetworkCategory Public");
  });

  test('what was kept is meant to be open', () =>
    expect(said(NOTED.private, 'windows-private', ['tcp/4000'])).toEqual([]));

  test('nothing is said in a public network, and of what could be open in it as well', () => {
    const rules = ['Allow|Protocol=6|LPort=4000|Profile=Private|'];
    expect(said(machine({ rules, adapters: [{ ...HOME, category: 0 }] }), 'windows-private')).toEqual([]);
    const maybe = machine({ rules: [...rules, 'Allow|Protocol=6|LPort=4000|Profile=Public|LUAuth=O:|'] });
    expect(said(maybe, 'windows-private')).toEqual([]);
  });

  test.each([
    ['what is shut now', []],
    [
      'what only neighbours reach now',
      ['Allow|Protocol=6|LPort=4001|Profile=Private|RA4=LocalSubnet|RA6=LocalSubnet|'],
    ],
  ])('%s and would open as a public network is named, and nothing is offered', (_, more) => {
    const stranger = 'Allow|Protocol=6|LPort=4001|Profile=Public|';
    const sockets = [4000, 4001].map((port) => ({ at: `tcp 0.0.0.0:${port}`, pid: 5000 }));
    const says = (open: string) =>
      said(
        machine({ rules: ['Allow|Protocol=6|LPort=4000|Profile=Private|', ...more, open], sockets }),
        'windows-private',
      )[0]?.says;
    const shut = { first: ['tcp/4000'], more: 0 };
    const other = { first: ['tcp/4001'], more: 0 };
    const none = { first: [], more: 0 };
    expect(says(stranger)).toMatchObject({ listeners: shut, opens: other, mayOpen: none, command: null });
    // Of this one it cannot be told.
    const told = says(`${stranger}LUAuth=O:|`);
    expect(told).toMatchObject({ listeners: shut, opens: none, mayOpen: other });
    expect(told?.command).toContain('-NetworkCategory Public');
  });

  test('what is open to nobody more as a public network does not keep it from being offered', () => {
    const rules = ['Allow|Protocol=6|LPort=4000|Profile=Private|', 'Allow|Protocol=6|LPort=4001|'];
    const sockets = [4000, 4001].map((port) => ({ at: `tcp 0.0.0.0:${port}`, pid: 5000 }));
    expect(said(machine({ rules, sockets }), 'windows-private')[0]?.says).toMatchObject({
      opens: { first: [], more: 0 },
      mayOpen: { first: [], more: 0 },
      command: "Set-NetConnectionProfile -InterfaceAlias 'Wi-Fi' -NetworkCategory Public",
    });
  });

  test('quotes in the name of an adapter stay within the command', () => {
    const alias = "it’s 'mine'";
    const odd = machine({ rules: ['Allow|Protocol=6|LPort=4000|Profile=Private|'], adapters: [{ ...HOME, alias }] });
    expect(said(odd, 'windows-private')[0]?.says.command).toContain("'it’’s ''mine'''");
  });

  test('an adapter with half a character in its name is told of without a command', () => {
    const rules = ['Allow|Protocol=6|LPort=4000|Profile=Private|'];
    const odd = machine({ rules, adapters: [{ ...HOME, alias: 'Wi-Fi\ud800' }] });
    expect(said(odd, 'windows-private')).toHaveLength(1);
    expect(said(odd, 'windows-private')[0]?.says.command).toBeNull();
  });
});

describe('guests', () => {
  test('are told of once, by what is seen of them', () => {
    expect(said(NOTED.guests, 'windows-guests').map(({ says }) => says)).toEqual([
      {
        kind: 'windows-guests',
        adapters: [],
        programs: ['wslrelay', 'vmmemWSL'],
        wsl: { networking: null, filter: null, openings: { first: [], more: 0 } },
      },
    ]);
    const adapter = machine({
      adapters: [HOME, { ...HOME, alias: 'vEthernet (WSL (Hyper-V firewall))', addresses: ['172.28.16.1/20'] }],
    });
    expect(said(adapter, 'windows-guests')[0]?.says.adapters).toEqual(['vEthernet (WSL (Hyper-V firewall))']);
  });
  test('where there are none, nothing is said', () => expect(said(NOTED.private, 'windows-guests')).toEqual([]));
});

describe('ports that something else answers', () => {
  const because = (snapshot: Snapshot, port: number) =>
    said(snapshot, 'exposed').find(({ says }) => says.listener === `tcp/${port}`);

  test('http.sys: addresses that are reserved at that port, and never an end of it', () => {
    expect(because(NOTED['http.sys'], 80)?.says.because).toEqual({
      urls: { first: ['http://+:80/Temporary_Listen_Addresses/', 'http://*:80/a/', 'http://[::1]:80/b/'], more: 2 },
    });
    expect(because(NOTED['http.sys'], 81)?.says.because).toEqual({ urls: { first: [], more: 0 } });
    for (const port of [80, 81]) expect(because(NOTED['http.sys'], port)?.ways).not.toContain('stop');
  });

  test('where reservations were not read, that is what is known', () => {
    const unread = machine({
      rules: ['Allow|LPort=80|Protocol=6|'],
      processes: [{ pid: 4, name: 'System' }],
      sockets: [{ at: 'tcp 0.0.0.0:80', pid: 4 }],
    });
    expect(because(unread, 80)?.says.because).toEqual({ urls: null });
  });

  test('file sharing is not a matter of http.sys', () => {
    const shared = machine({
      rules: ['Allow|LPort=445|Protocol=6|'],
      processes: [{ pid: 4, name: 'System' }],
      sockets: [{ at: 'tcp 0.0.0.0:445', pid: 4 }],
    });
    expect(because(shared, 445)?.says).toMatchObject({ listener: 'tcp/445', because: null });
  });

  test('portproxy: where it leads, and what deletes it', () =>
    expect(because(NOTED.portproxy, 9999)?.says.because).toEqual({
      passes: [
        {
          to: '172.28.16.5:22',
          command: 'netsh interface portproxy delete v4tov4 listenport=9999 listenaddress=0.0.0.0',
        },
        { to: '[fd00::1]:80', command: 'netsh interface portproxy delete v4tov6 listenport=9999' },
      ],
    }));

  test('an address that is no address never comes into a command', () => {
    const hostile = machine({
      rules: ['Allow|Protocol=6|LPort=9999|'],
      processes: [{ pid: 2000, name: 'svchost.exe', path: null }],
      services: [{ pid: 2000, name: 'iphlpsvc', command: null }],
      portProxy: [{ family: 'v4tov4', name: '0&calc/9999', value: '1.2.3.4/22' }],
      sockets: [{ at: 'tcp 0.0.0.0:9999', pid: 2000 }],
    });
    expect(because(hostile, 9999)?.says.because).toEqual({ passes: [{ to: '1.2.3.4:22', command: null }] });
  });
});

describe('openings', () => {
  test('are single ports for any program, made here, that count in this network', () =>
    expect(readFacts(NOTED.openings).openings.map(({ rule, target: { port } }) => [rule, port])).toEqual([
      ['Left over', 7000],
      ['In use', 4000],
    ]));

  test('for nothing are told of', () =>
    expect(
      report(NOTED.openings)
        .findings.map(({ id }) => id)
        .filter((id) => id.startsWith('unused')),
    ).toEqual(['unused-opening:tcp/7000']));

  test('none where everything is blocked anyway', () => expect(readFacts(NOTED['all blocked']).openings).toEqual([]));
});

test('an ordinary computer has nothing of it', () => {
  const plain = machine({ rules: ['Allow|Protocol=6|LPort=4000|Name=Mine|'] });
  expect(report(plain).findings.filter(ABOUT_SETTINGS)).toEqual([]);
});
