/** Plans for Windows Firewall, on synthetic computers; what they lead to is judged, and carried out on a model of its store. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { changeScript } from '../../../src/core/firewalls/windows/change-script.ts';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { Change, Choice, NewChoice, Operation, Plan, Report, Snapshot, Target } from '../../../src/core/model.ts';
import { setOf } from '../../../src/core/address.ts';
import { minus } from '../../../src/core/intervals.ts';
import { spared } from '../../../src/core/plan/recipe.ts';
import { misfit, propose, rulesDigest } from '../../../src/core/plan/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { problemWords } from '../../../src/core/problem-words/index.ts';
import { warningWords } from '../../../src/core/plan/english/warnings.ts';
import { warningSchema } from '../../../src/main/apply/order-warnings.ts';
import { makeReport } from '../../../src/core/report.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from '../firewalls/windows/machine.ts';
import { loadParser } from '../firewalls/windows/powershell.ts';
import { runOn, saidBy, storeOf } from '../firewalls/windows/store-model.ts';

beforeAll(loadParser);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const tcp = (port: number): Target => ({ protocol: 'tcp', port });
const close = (port: number, more: Partial<NewChoice & { kind: 'close' }> = {}): NewChoice => ({
  kind: 'close',
  targets: [tcp(port)],
  audience: 'everyone',
  way: 'firewall',
  ...more,
});
const reopen = (port: number): NewChoice => ({ ...close(port), kind: 'reopen' }) as NewChoice;

interface Around {
  readonly kept?: readonly string[];
  readonly changes?: readonly Change[];
}

/** Reports by all that they are made of: the same question has the same answer, and a plan asks it three times. */
const judged = new Map<string, Report>();

function judge(snapshot: Snapshot, kept: readonly string[] = []): Report {
  const key = sha256(JSON.stringify([snapshot, kept]));
  const report = judged.get(key) ?? makeReport(snapshot, { kept: new Set(kept) });
  judged.set(key, report);
  return report;
}

function plan(snapshot: Snapshot, choice: Choice, { kept = [], changes = [] }: Around = {}): Plan {
  const now = '2026-11-28T09:01:00.000Z';
  const report = judge(snapshot, kept);
  return propose({ snapshot, choice, report, judge: (one) => judge(one, kept), changes, sha256, now });
}

const operations = ({ steps }: Pick<Plan, 'steps'>): readonly Operation[] => steps.map(({ operation }) => operation);
const kinds = (one: Plan): readonly string[] => operations(one).map(({ kind }) => kind);
const after = (snapshot: Snapshot, one: Plan): Snapshot => predict(snapshot, operations(one));

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.means.kind;
    throw error;
  }
  throw new Error('it was not refused');
}

const exposure = (snapshot: Snapshot, id: string): string | undefined =>
  judge(snapshot).listeners.find((one) => one.id === id)?.exposure;

/** A server of a developer's at 3000, let in by a rule for its program, and remote desktop that is let in by the system's. */
const NODE = 'C:\\Apps\\node.exe';
const SHOP: MachineSaid = {
  rules: [
    { name: '{node}', value: `v2.10|Action=Allow|Active=TRUE|Dir=In|App=${NODE}|Name=Node, all of it|` },
    {
      name: 'RemoteDesktop-UserMode-In-TCP',
      value:
        'v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice|Name=@FirewallAPI.dll,-28775|',
    },
    { name: '{old}', value: 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=4000|Name=An old test|' },
  ],
  effective: profilesPrinted(),
  processes: [
    { pid: 100, path: NODE },
    { pid: 200, path: 'C:\\Windows\\System32\\svchost.exe', name: 'svchost.exe', session: 0 },
  ],
  services: [{ pid: 200, name: 'TermService', command: 'C:\\Windows\\System32\\svchost.exe -k NetworkService' }],
  sockets: [
    { at: 'tcp 0.0.0.0:3000', pid: 100 },
    { at: 'tcp [::]:3000', pid: 100 },
    { at: 'tcp 0.0.0.0:3389', pid: 200 },
  ],
};
const shop = (more: Partial<MachineSaid> = {}): Snapshot => windowsSnapshot({ ...SHOP, ...more });
const session = { at: 'tcp 192.168.1.20:3389', pid: 200, peer: '192.168.1.77:50123' } as const;
const visitor = { at: 'tcp 192.168.1.20:3000', pid: 100, peer: '192.168.1.77:50124' } as const;
const withSockets = (...sockets: readonly { at: string; pid: number; peer: string }[]): Snapshot =>
  shop({ sockets: [...(SHOP.sockets ?? []), ...sockets] });

/** What a plan does on a model of the store is what was foreseen, and its undo gives the store back. */
function proveOnModel(snapshot: Snapshot, one: Plan): void {
  const before = storeOf(snapshot);
  const script = changeScript(operations(one));
  const done = runOn(before, script);
  expect(done.status).toBe(0);
  expect(saidBy(done.store)).toEqual(saidBy(storeOf(after(snapshot, one))));
  expect(runOn(done.store, script)).toEqual({ status: 0, store: done.store, changes: 0 });
  const undone = runOn(done.store, changeScript(one.undo.map(({ operation }) => operation)));
  expect(undone.status).toBe(0);
  expect(undone.store.rules).toEqual(before.rules);
  expect(saidBy(undone.store)).toEqual(saidBy(before));
}

describe('closing', () => {
  test('for everyone: one rule, which its undo takes away', () => {
    const one = plan(shop(), close(3000));
    expect(operations(one)).toEqual([{ kind: 'windows-block', ...tcp(3000), from: 'any', profiles: [] }]);
    expect(one.undo.map(({ operation }) => operation)).toEqual([
      { kind: 'windows-unblock', ...tcp(3000), from: 'any', profiles: [] },
    ]);
    expect(one).toMatchObject({ layers: ['windows'], simple: true, warnings: [], confirmWithin: null, live: 0 });
    expect(one.effects.map(({ listener, after: then }) => [listener, then.exposure])).toEqual([['tcp/3000', 'self']]);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(shop(), one);
  });

  test('for all but this network, and for the internet: the rest of all addresses, exactly', () => {
    const world = shop();
    const near = plan(world, close(3000, { audience: 'all-but-this-network' }));
    expect(operations(near)).toEqual([
      {
        kind: 'windows-block',
        ...tcp(3000),
        from: [
          '0.0.0.0-192.168.0.255',
          '192.168.2.0-255.255.255.255',
          '::2-2001:db8:0:ffff:ffff:ffff:ffff:ffff',
          '2001:db8:1:1::-fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
          'fec0::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
        ],
        profiles: [],
      },
    ]);
    expect(exposure(after(world, near), 'tcp/3000')).not.toBe('self');
    proveOnModel(world, near);
    const far = plan(world, close(3000, { audience: 'internet' }));
    proveOnModel(world, far);
    for (const one of [near, far]) {
      const listener = judge(after(world, one)).listeners.find(({ id }) => id === 'tcp/3000');
      const audience = one === near ? 'all-but-this-network' : 'internet';
      for (const { open, limited, unknown, family } of listener?.reach ?? []) {
        const reached = setOf([...open, ...limited, ...unknown], family) ?? [];
        expect(minus(reached, spared(judge(world), audience, family))).toEqual([]);
      }
      expect(one.warnings.map((warning) => (typeof warning === 'string' ? '' : warning.kind))).toContain(
        'shared-networks',
      );
    }
    // What is wider takes the place of what is narrower.
    const both = plan(after(world, far), close(3000));
    expect(kinds(both)).toEqual(['windows-block', 'windows-unblock']);
    proveOnModel(after(world, far), both);
  });

  test('what nobody reaches is not closed, and a rule for what does not listen yet holds for it', () => {
    const world = shop();
    expect(refusal(() => plan(after(world, plan(world, close(3000))), close(3000)))).toBe('nobody-reaches');
    const early = plan(world, close(9999));
    expect(early.warnings).toEqual([{ kind: 'nothing-listens', target: tcp(9999) }]);
    expect(refusal(() => plan(after(world, early), close(9999)))).toBe('shuts-nobody-out');
  });

  test('one of Portcullis’s own rules that somebody turned off is turned on again; a changed one is left alone', () => {
    const own = (active: string, more = '') => ({
      name: 'Portcullis-close-tcp-3000',
      value: `v2.31|Action=Block|Active=${active}|Dir=In|Protocol=6|LPort=3000|${more}Name=Portcullis: port 3000 (TCP) closed|EmbedCtxt=Portcullis|`,
    });
    const off = shop({ rules: [...(SHOP.rules ?? []), own('FALSE')] });
    const one = plan(off, close(3000));
    expect(kinds(one)).toEqual(['windows-enable']);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(off, one);
    const changed = shop({ rules: [...(SHOP.rules ?? []), own('TRUE', 'RA4=10.0.0.1|')] });
    expect(refusal(() => plan(changed, close(3000)))).toBe('windows-own-changed');
  });

  test.each([
    ['a description', (text: string) => text.replace('Name=', 'Desc=My own note|Name=')],
    ['another name', (text: string) => text.replace('Name=Portcullis: ', 'Name=')],
    ['another group', (text: string) => text.replace('EmbedCtxt=Portcullis', 'EmbedCtxt=Mine')],
    ['no group', (text: string) => text.replace('EmbedCtxt=Portcullis|', '')],
  ])('%s that somebody gave one of Portcullis’s own rules is not lost', (_, spoil) => {
    const one = plan(shop(), close(3000));
    const rules = [...storeOf(after(shop(), one)).rules].map(([name, value]) => ({ name, value }));
    const closed = shop({
      rules: rules.map(({ name, value }) => ({ name, value: name.startsWith('Portcullis') ? spoil(value) : value })),
    });
    expect(storeOf(closed)).not.toEqual(storeOf(after(shop(), one)));
    expect(refusal(() => plan(closed, reopen(3000)))).toBe('windows-own-changed');
    const change = { id: 'a', at: one.createdAt, summary: one.summary, layers: one.layers, note: null } as const;
    const changes: readonly Change[] = [{ ...change, state: 'applied', plan: one }];
    expect(refusal(() => plan(closed, { kind: 'undo', change: 'a' }, { changes }))).toBe('none-left');
    const script = changeScript(one.undo.map(({ operation }) => operation));
    expect(runOn(storeOf(closed), script)).toEqual({ status: 3, store: storeOf(closed), changes: 0 });
  });

  test('where policy does not let local rules count, it says so instead of writing one', () => {
    const policy = { AllowLocalPolicyMerge: 0 };
    const allowed = 'Allow|Protocol=6|LPort=3000|Name=By policy';
    const all = shop({
      effective: undefined,
      policyRules: [allowed],
      policy: { domain: policy, private: policy, public: policy },
    });
    expect(refusal(() => plan(all, close(3000)))).toBe('windows-inert');
    const here = shop({ effective: undefined, policyRules: [allowed], policy: { private: policy } });
    expect(refusal(() => plan(here, close(3000)))).toBe('windows-inert');
    const elsewhere = plan(shop({ effective: undefined, policy: { public: policy } }), close(3000));
    expect(elsewhere.warnings).toContainEqual({ kind: 'windows-inert-in', profiles: ['public'] });
  });

  describe('where policy decides in one of its networks', () => {
    const LAN = { ...HOME, alias: 'Ethernet', guid: null, category: 2, addresses: ['10.20.5.7/16', 'fe80::7/64'] };
    const two = (domain: Readonly<Record<string, number>>, more: Partial<MachineSaid> = {}): Snapshot =>
      shop({
        effective: undefined,
        adapters: [LAN, HOME],
        policy: { domain },
        policyRules: ['Allow|Protocol=6|LPort=3000|Profile=Domain|Name=By policy'],
        ...more,
      });

    test.each([
      ['no rule of this computer counts', { AllowLocalPolicyMerge: 0 }, 'windows-inert'],
      ['it is turned off', { EnableFirewall: 0 }, 'windows-off-by-policy'],
    ] as const)('and %s: it is closed in the others, and what stays open is named', (_, domain, refused) => {
      const world = two(domain);
      const one = plan(world, close(3000));
      expect(kinds(one)).toEqual(['windows-block']);
      expect(one.warnings).toContainEqual({ kind: 'windows-by-policy', interfaces: ['Ethernet'] });
      expect(misfit(one.choice, operations(one))).toBeNull();
      const then = judge(after(world, one)).listeners.find(({ id }) => id === 'tcp/3000')?.reach ?? [];
      const open = then.filter((way) => way.open.length > 0).map((way) => way.interface);
      expect([...new Set(open)]).toEqual(['Ethernet']);
      // Where it is reached in that network alone, nothing here closes it.
      expect(refusal(() => plan(two(domain, { rules: [] }), close(3000)))).toBe(refused);
      expect(refusal(() => plan(two(domain, { adapters: [LAN] }), close(3000)))).toBe(refused);
    });

    test('and has turned it off where this computer is not now, that does not keep a port from being closed', () => {
      const one = plan(two({ EnableFirewall: 0 }, { adapters: [HOME] }), close(3000));
      expect(kinds(one)).toEqual(['windows-block']);
      expect(one.warnings.filter((told) => typeof told !== 'string' && told.kind === 'windows-by-policy')).toEqual([]);
    });
  });

  test('a block against what policy lets in still closes: a block beats every allow', () => {
    const one = plan(shop({ rules: [], policyRules: ['Allow|Protocol=6|LPort=3000|Name=By policy'] }), close(3000));
    expect(kinds(one)).toEqual(['windows-block']);
  });

  test('what is not read, or another firewall’s, is never guessed at', () => {
    for (const part of ['localRules', 'policyRules', 'mdmRules', 'policyExceptions', 'localSettings']) {
      const world = shop({ effective: undefined, parts: { [part]: { error: { kind: 'refused' } } } });
      expect(() => plan(world, close(3000)), part).toThrow(ProblemError);
    }
    const shown = shop({ parts: { localRules: { error: { kind: 'refused' } }, rules: { ok: [{ InstanceID: 'x' }] } } });
    expect(refusal(() => plan(shown, close(3000)))).toBe('rules-unknown');
  });

  test('another way than the firewall is done by hand there, and nothing is timed', () => {
    expect(refusal(() => plan(shop(), close(3000, { way: 'stop' })))).toBe('windows-by-hand');
    expect(refusal(() => plan(shop(), close(3000, { way: 'own-table' })))).toBe('windows-by-hand');
    // Windows itself is never what is to be ended.
    const system = shop({ processes: [{ pid: 4, name: 'System' }], sockets: [{ at: 'tcp 0.0.0.0:3000', pid: 4 }] });
    try {
      plan(system, close(3000, { way: 'stop' }));
      expect.unreachable();
    } catch (error) {
      expect((error as ProblemError).problem.means).toMatchObject({
        ways: [{ by: 'system', pid: 4 }, { by: 'settings' }],
      });
    }
    expect(refusal(() => plan(shop(), close(3000, { confirm: 60 })))).toBe('windows-no-timer');
  });

  test('a rule that lets in past every block is turned off instead, where that is enough', () => {
    const world = shop({
      rules: [
        {
          name: '{past}',
          value:
            'v2.10|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|LPort=3000|Security=Authenticate|RMauth=O:LSD:(A;;CC;;;DC)|Name=Past every block|',
        },
      ],
    });
    const one = plan(world, close(3000));
    expect(kinds(one)).toEqual(['windows-disable']);
    expect(one.warnings).toContainEqual({ kind: 'windows-rule-off', rule: 'Past every block' });
    expect(one.simple).toBe(false);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(world, one);
  });

  test('with the firewall off it is turned on as well, and what is kept stays open', () => {
    const off = { EnableFirewall: 0 };
    const world = shop({
      effective: profilesPrinted({ Enabled: 0 }),
      local: { domain: off, private: off, public: off },
    });
    const one = plan(world, close(3000), { kept: ['tcp/3389'] });
    expect(kinds(one)).toEqual(['windows-block', 'windows-profile-on', 'windows-profile-on', 'windows-profile-on']);
    expect(one.summary).toContain('and turn the firewall on');
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(world, one);
  });
});

describe('a session from elsewhere', () => {
  test('is not cut, unless that was chosen', () => {
    const world = withSockets(session);
    expect(refusal(() => plan(world, close(3389)))).toBe('windows-session');
    const one = plan(world, close(3389, { drop: true }));
    expect(one.warnings).toContainEqual({ kind: 'windows-cuts', target: tcp(3389), count: 1 });
    // Another port is none of its business.
    expect(plan(world, close(3000)).warnings).toEqual([]);
  });

  test.each([
    ['rserver3.exe', 4899],
    ['rserver3.exe', 6901],
    ['rutserv.exe', 5650],
    ['dwagsvc.exe', 6902],
    ['parsecd.exe', 6903],
    ['ScreenConnect.Service.exe', 8041],
    ['dwrcs.exe', 6129],
    ['SRFeature.exe', 6783],
    ['client32.exe', 5405],
    ['uvnc_service.exe', 6904],
    ['vncserver.exe', 6905],
    ['AnyDesk.exe', 6906],
    ['rustdesk.exe', 6907],
  ])('through %s on port %d is one as well', (file, port) => {
    const world = shop({
      rules: [{ name: '{x}', value: `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${port}|Name=x|` }],
      processes: [{ pid: 300, path: `C:\\Apps\\${file}` }],
      sockets: [
        { at: `tcp 0.0.0.0:${port}`, pid: 300 },
        { at: `tcp 192.168.1.20:${port}`, pid: 300, peer: '192.168.1.77:50123' },
      ],
    });
    expect(refusal(() => plan(world, close(port)))).toBe('windows-session');
  });

  test('what is no session is cut with a word of warning', () => {
    const one = plan(withSockets(visitor), close(3000));
    expect(one.warnings).toEqual([{ kind: 'windows-cuts', target: tcp(3000), count: 1 }]);
    expect(kinds(one)).toEqual(['windows-block']);
    expect(one.simple).toBe(false);
  });

  test('stays when the firewall is turned on: by a rule that is there and off, or not at all', () => {
    const off = { domain: { EnableFirewall: 0 }, private: { EnableFirewall: 0 }, public: { EnableFirewall: 0 } };
    const rdp = (active: string) => ({
      name: 'RemoteDesktop-UserMode-In-TCP',
      value: `v2.32|Action=Allow|Active=${active}|Dir=In|Protocol=6|LPort=3389|Name=@FirewallAPI.dll,-28775|`,
    });
    const world = (rules: readonly { name: string; value: string }[]) =>
      shop({ rules, local: off, effective: undefined, sockets: [...(SHOP.sockets ?? []), session] });
    const on: NewChoice = { kind: 'enable-firewall', keep: [] };
    const one = plan(world([rdp('FALSE')]), on);
    expect(kinds(one)).toEqual(['windows-enable', 'windows-profile-on', 'windows-profile-on', 'windows-profile-on']);
    expect(one.warnings).toContainEqual({ kind: 'windows-rule-on', rule: 'RemoteDesktop-UserMode-In-TCP' });
    expect(misfit(on, operations(one))).toBeNull();
    proveOnModel(world([rdp('FALSE')]), one);
    expect(kinds(plan(world([rdp('TRUE')]), on))).not.toContain('windows-enable');
    expect(refusal(() => plan(world([]), on))).toBe('windows-not-kept');
  });
});

describe('turning it on', () => {
  test('only where it is off, and never against policy', () => {
    const on: NewChoice = { kind: 'enable-firewall', keep: [] };
    expect(refusal(() => plan(shop(), on))).toBe('firewall-on-already');
    const off = { EnableFirewall: 0 };
    const one = plan(shop({ effective: undefined, local: { private: off } }), on);
    expect(operations(one)).toEqual([{ kind: 'windows-profile-on', profile: 'private' }]);
    proveOnModel(shop({ effective: undefined, local: { private: off } }), one);
    expect(refusal(() => plan(shop({ effective: undefined, policy: { private: off } }), on))).toBe(
      'windows-off-by-policy',
    );
    // Where this computer is not now, it is left out.
    const elsewhere = plan(shop({ effective: undefined, local: { private: off }, policy: { public: off } }), on);
    expect(operations(elsewhere)).toEqual([{ kind: 'windows-profile-on', profile: 'private' }]);
  });
});

describe('opening again', () => {
  test('Portcullis’s own rule away', () => {
    const world = shop();
    const closed = after(world, plan(world, close(3000)));
    const one = plan(closed, reopen(3000));
    expect(kinds(one)).toEqual(['windows-unblock']);
    expect(one.warnings).toEqual([]);
    proveOnModel(closed, one);
    expect(refusal(() => plan(world, reopen(3000)))).toBe('open-already');
  });

  test('a block of somebody’s is turned off, by its name; one of policy is named', () => {
    const dismissed = {
      name: 'TCP Query User{x}node',
      value: `v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|App=${NODE}|Name=Node.js|`,
    };
    const world = shop({ rules: [...(SHOP.rules ?? []), dismissed] });
    const one = plan(world, reopen(3000));
    expect(operations(one)).toEqual([{ kind: 'windows-disable', id: dismissed.name, rule: dismissed.value }]);
    const covers = { does: 'blocks', protocol: 'tcp', ports: null, more: 0, program: NODE, service: null } as const;
    expect(one.warnings).toEqual([{ kind: 'windows-rule-off', rule: 'Node.js', covers }]);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(world, one);
    const policy = shop({ policyRules: ['Block|Protocol=6|LPort=3000|Name=No servers'] });
    try {
      plan(policy, reopen(3000));
      expect.unreachable();
    } catch (error) {
      expect((error as ProblemError).problem.means).toMatchObject({
        kind: 'windows-stays-shut',
        by: [{ rule: 'block No servers (group policy)' }],
      });
    }
  });

  test('a rule that lets it in and is off is turned on; none is ever made', () => {
    const off = {
      name: '{node}',
      value: `v2.10|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=3000|App=${NODE}|Name=Node|`,
    };
    const world = shop({ rules: [off] });
    const one = plan(world, reopen(3000));
    expect(operations(one)).toEqual([{ kind: 'windows-enable', id: '{node}', rule: off.value }]);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(world, one);
    expect(one.warnings).toEqual([{ kind: 'windows-rule-on', rule: 'Node' }]);
    expect(refusal(() => plan(shop({ rules: [] }), reopen(3000)))).toBe('windows-stays-shut');
    expect(refusal(() => plan(shop(), reopen(9999)))).toBe('windows-no-block');
  });
});

test.each([
  [
    'LPort2_10=3000-3009|LPort=8080',
    { protocol: 'tcp', ports: ['3000-3009', '8080'], more: 0, program: null, service: null },
  ],
  [
    [1, 3, 5, 7, 9, 11, 13, 15, 17, 3000].map((port) => `LPort=${port}`).join('|'),
    { protocol: 'tcp', ports: ['1', '3', '5', '7', '9', '11', '13', '15'], more: 2, program: null, service: null },
  ],
  [`App=${NODE}`, { protocol: 'tcp', ports: null, more: 0, program: NODE, service: null }],
])('what else a rule of somebody’s lets in that is turned on is said: %s', (asks, covers) => {
  const rule = { name: '{wide}', value: `v2.10|Action=Allow|Active=FALSE|Dir=In|Protocol=6|${asks}|Name=Wide|` };
  const one = plan(shop({ rules: [rule] }), reopen(3000));
  const warning = { kind: 'windows-rule-on', rule: 'Wide', covers: { does: 'lets-in', ...covers } } as const;
  expect(one.warnings).toEqual([warning]);
  expect(warningSchema.parse(warning)).toEqual(warning);
});

describe('removing an opening', () => {
  test('names exactly which rules are turned off, and takes none of the system’s', () => {
    const remove = (port: number): NewChoice => ({ kind: 'remove-opening', targets: [tcp(port)] });
    const one = plan(shop(), remove(4000));
    expect(operations(one)).toEqual([
      { kind: 'windows-disable', id: '{old}', rule: SHOP.rules?.[2] && (SHOP.rules[2] as { value: string }).value },
    ]);
    expect(one.warnings).toEqual([{ kind: 'windows-rule-off', rule: 'An old test' }]);
    expect(misfit(one.choice, operations(one))).toBeNull();
    proveOnModel(shop(), one);
    expect(refusal(() => plan(shop(), remove(3389)))).toBe('windows-no-opening');
    expect(refusal(() => plan(shop(), remove(3000)))).toBe('windows-no-opening');
  });
});

describe('taking it back', () => {
  const changeOf = (one: Plan, id: string): Change => ({
    id,
    at: one.createdAt,
    summary: one.summary,
    layers: one.layers,
    state: 'applied',
    plan: one,
    note: null,
  });
  const undo = (change: string): Choice => ({ kind: 'undo', change });
  const one = plan(shop(), close(3000));
  const change = changeOf(one, 'a');

  test('works after other changes, and leaves theirs', () => {
    const closed = after(shop(), one);
    const two = plan(closed, close(9999));
    const both = after(closed, two);
    const back = plan(both, undo('a'), { changes: [changeOf(two, 'b'), change] });
    expect(operations(back)).toEqual([{ kind: 'windows-unblock', ...tcp(3000), from: 'any', profiles: [] }]);
    expect(back.undo.map(({ operation }) => operation.kind)).toEqual(['windows-block']);
    expect(back.warnings).toContainEqual({
      kind: 'lets-in',
      ends: [{ listener: 'tcp/3000', name: expect.any(String) as string }],
    });
    proveOnModel(both, back);
  });

  test('a rule that is not as it was left is said, and left alone', () => {
    const edit = (text: (old: string) => string): Snapshot => {
      const closed = after(shop(), one);
      const rules = [...storeOf(closed).rules].map(([name, value]) => ({
        name,
        value: name.startsWith('Portcullis') ? text(value) : value,
      }));
      return shop({ rules });
    };
    expect(
      refusal(() =>
        plan(
          edit((old) => `${old}RA4=10.0.0.1|`),
          undo('a'),
          { changes: [change] },
        ),
      ),
    ).toBe('none-left');
    expect(refusal(() => plan(shop(), undo('a'), { changes: [change] }))).toBe('none-left');
    // Another version in front of it is no change.
    expect(
      kinds(
        plan(
          edit((old) => old.replace('v2.31', 'v2.33')),
          undo('a'),
          { changes: [change] },
        ),
      ),
    ).toEqual(['windows-unblock']);
  });

  test('a rule of somebody’s comes back as it stands now; one that was changed or deleted does not', () => {
    const removal = plan(shop(), { kind: 'remove-opening', targets: [tcp(4000)] });
    const removed = changeOf(removal, 'c');
    const off = after(shop(), removal);
    const with4000 = (text: (old: string) => string | null): Snapshot =>
      shop({
        rules: [...storeOf(off).rules].flatMap(([name, value]) => {
          const made = name === '{old}' ? text(value) : value;
          return made === null ? [] : [{ name, value: made }];
        }),
      });
    const back = (snapshot: Snapshot) => plan(snapshot, undo('c'), { changes: [removed] });
    expect(kinds(back(off))).toEqual(['windows-enable']);
    proveOnModel(off, back(off));
    const newer = with4000((old) => old.replace('v2.10', 'v2.33'));
    expect(operations(back(newer))).toMatchObject([
      { kind: 'windows-enable', rule: expect.stringMatching(/^v2\.33\|/) as string },
    ]);
    proveOnModel(newer, back(newer));
    for (const text of [() => null, (old: string) => `${old}RA4=10.0.0.1|`]) {
      expect(refusal(() => back(with4000(text)))).toBe('none-left');
    }
    expect(refusal(() => back(shop()))).toBe('none-left');
  });

  test('a whole plan with the firewall turned on is taken back in the reverse order', () => {
    const off = { domain: { EnableFirewall: 0 }, private: { EnableFirewall: 0 }, public: { EnableFirewall: 0 } };
    const world = shop({ local: off, effective: undefined });
    const on = plan(world, close(3000));
    const done = after(world, on);
    const back = plan(done, undo('d'), { changes: [changeOf(on, 'd')] });
    expect(kinds(back)).toEqual([
      'windows-profile-off',
      'windows-profile-off',
      'windows-profile-off',
      'windows-unblock',
    ]);
    expect(back.warnings.map((warning) => (typeof warning === 'string' ? '' : warning.kind))).toContain('windows-off');
    proveOnModel(done, back);
  });

  test('it does not cut a session either', () => {
    const world = withSockets(session);
    const closed = plan(shop(), close(3389));
    const done = after(shop(), closed);
    const opened = plan(done, reopen(3389));
    expect(refusal(() => plan(world, undo('e'), { changes: [changeOf(opened, 'e')] }))).toBe('windows-session');
  });
});

describe('the fingerprint of the rules', () => {
  test('is of what decides, and of nothing else', () => {
    const digest = (snapshot: Snapshot) => rulesDigest(snapshot, sha256);
    const base = digest(shop());
    expect(digest(shop({ sockets: [] }))).toBe(base);
    expect(digest(shop({ adapters: [{ ...HOME, category: 'Public' }] }))).toBe(base);
    expect(digest(shop({ rules: [] }))).not.toBe(base);
    expect(digest(shop({ policy: { public: { EnableFirewall: 1 } } }))).not.toBe(base);
    expect(digest(shop({ effective: profilesPrinted({ AllowInboundRules: 0 }) }))).not.toBe(base);
    expect(digest(shop({ parts: { mdmRules: { error: { kind: 'refused' } } } }))).not.toBe(base);
  });

  test('does not depend on the order of the registry', () => {
    const printed = (turned: boolean): Snapshot => {
      const world = shop();
      return {
        ...world,
        transcripts: world.transcripts.map((one) => {
          if (one.id !== 'windows.firewall') return one;
          const parts = JSON.parse(one.stdout) as { localRules: { ok: unknown[] } };
          if (turned) parts.localRules.ok.reverse();
          return { ...one, stdout: JSON.stringify(parts) };
        }),
      };
    };
    expect(rulesDigest(printed(true), sha256)).toBe(rulesDigest(printed(false), sha256));
  });
});

const AUDIENCES = ['everyone', 'all-but-this-network', 'internet'] as const;
const SPARING = new Set(['windows-home', 'windows-office', 'windows-developer']);

test('on each synthetic computer: what is advised to close, for whomever, closes exactly that or is refused with a reason', async () => {
  const said: string[] = [];
  for (const [name, world] of Object.entries(WINDOWS)) {
    const report = judge(world);
    const advised = report.findings.filter(
      ({ ways, listener }) => listener !== null && ways.some((way) => way === 'firewall' || way === 'by-policy'),
    );
    for (const { listener: id } of advised) {
      const found = report.listeners.find((one) => one.id === id);
      if (found === undefined) throw new Error('no such listener');
      const target = { protocol: found.protocol, port: found.port };
      // Whom else to spare is a matter of addresses: of the three that differ most in these.
      const audiences = SPARING.has(name) ? AUDIENCES : (['everyone'] as const);
      for (const audience of audiences) {
        const choice: NewChoice = { kind: 'close', targets: [target], audience, way: 'firewall' };
        const head = `${name}: ${found.id} ${audience}`;
        try {
          const one = plan(world, choice);
          proveOnModel(world, one);
          expect(misfit(choice, operations(one))).toBeNull();
          const then = judge(after(world, one));
          if (audience === 'everyone') {
            const is = then.listeners.find(({ id: other }) => other === found.id);
            expect([is?.exposure, is?.exposureComplete]).toEqual(['self', true]);
          }
          const changed = one.effects.map(({ listener, after: is }) => `${listener} → ${is.exposure}`);
          said.push(
            [head, ...one.steps.map(({ says }) => says), ...one.warnings.map(warningWords), ...changed].join('\n  '),
          );
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          said.push([head, ...problemWords(error.problem.means)].join('\n  '));
        }
      }
    }
  }
  await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('windows-plans.txt');
});
