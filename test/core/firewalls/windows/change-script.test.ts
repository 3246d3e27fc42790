/** The script of a change does on a model of the store exactly what was foreseen, and undoes it, whatever fails when. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { scriptOf } from '../../../../src/core/firewalls/windows/change-script.ts';
import { changeScript, LONGEST_SCRIPT, STATUS } from '../../../../src/core/firewalls/windows/index.ts';
import { backOfAll, isWellFormed, type WindowsOperation } from '../../../../src/core/firewalls/windows/operations.ts';
import { blockOf } from '../../../../src/core/firewalls/windows/own.ts';
import { literal } from '../../../../src/core/firewalls/windows/quote.ts';
import { withActive } from '../../../../src/core/firewalls/windows/toggle.ts';
import { predictWindows } from '../../../../src/core/firewalls/windows/predict.ts';
import { ProblemError } from '../../../../src/core/problem.ts';
import { windowsSnapshot } from './machine.ts';
import { commandNames, loadParser, parse } from './powershell.ts';
import { runOn, saidBy, storeOf } from './store-model.ts';
import { share } from '../../../share.ts';

beforeAll(loadParser);

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    "'; Remove-Item C:\\ -Recurse; '",
    '\u2019; calc.exe; \u2018',
    '\u201a\u201b$(calc)',
    '`ncalc',
    '$(reboot)',
    '@(1)|iex',
    '[abc]*?',
    '#>',
    '\u202egnp',
    "O'Brien\u2019s",
  ),
);
/** Without what ends a field or a line: such a rule is never named in a plan. */
const name = hostile.map((text) => text.replace(/[|\p{Cc}\p{Cs}\u2028\u2029]/gu, ''));
const id = name.map((text) => `{${text}}`);

const foreignRule = fc
  .record({
    action: fc.constantFrom('Allow', 'Block', 'ByPass'),
    active: fc.constantFrom('TRUE', 'FALSE'),
    version: fc.constantFrom('v2.0', 'v2.10', 'V2.31'),
    port: fc.integer({ min: 1, max: 65535 }),
    name,
  })
  .map(
    (rule) =>
      `${rule.version}|Action=${rule.action}|Active=${rule.active}|Dir=In|Protocol=6|LPort=${rule.port}|Name=${rule.name}|`,
  );

const block = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port: fc.integer({ min: 1, max: 65535 }),
    from: fc.constantFrom(
      'any' as const,
      ['0.0.0.0-192.168.0.255', '192.168.2.0-255.255.255.255', '2001:db8::-2001:db8::ff'],
      ['10.0.0.7'],
    ),
    profiles: fc.constantFrom([], ['public' as const], ['private' as const, 'public' as const]),
  })
  .map(blockOf);

/** A computer, and operations that can be carried out there one after the other. */
const scene = fc
  .record({
    rules: fc.uniqueArray(fc.tuple(id, foreignRule), { maxLength: 5, selector: ([one]) => one.toLowerCase() }),
    unnameable: fc.boolean(),
    off: fc.subarray(['domain', 'private', 'public'] as const),
    blocks: fc.uniqueArray(block, { maxLength: 3, selector: (one) => `${one.protocol}${one.port}` }),
    own: fc.uniqueArray(block, { maxLength: 2, selector: (one) => `${one.protocol}${one.port}` }),
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  })
  .map(({ rules, unnameable, off, blocks, own, picks }) => {
    let snapshot = windowsSnapshot({
      rules: [
        ...rules.map(([one, value]) => ({ name: one, value })),
        ...(unnameable ? [{ name: 'two\nlines', value: 'v2.10|Action=Allow|Active=TRUE|Dir=In|Name=a\u0007b|' }] : []),
      ],
      local: Object.fromEntries(off.map((profile) => [profile, { EnableFirewall: 0 }])),
    });
    for (const one of own) snapshot = predictWindows(snapshot, { kind: 'windows-block', ...one });
    const operations: WindowsOperation[] = [];
    let now = snapshot;
    for (const pick of picks) {
      const active = (text: string): boolean => /\|Active=TRUE\|/.test(text);
      const possible: readonly WindowsOperation[] = [
        ...blocks.map((one): WindowsOperation => ({ kind: 'windows-block', ...one })),
        ...own.map((one): WindowsOperation => ({ kind: 'windows-unblock', ...one })),
        ...off.map((profile): WindowsOperation => ({ kind: 'windows-profile-on', profile })),
        ...[...storeOf(now).rules]
          .filter(([one]) => one.startsWith('{'))
          .map(
            ([one, rule]): WindowsOperation => ({
              kind: active(rule) ? 'windows-disable' : 'windows-enable',
              id: one,
              rule,
            }),
          ),
      ].filter(
        (one) =>
          isWellFormed(one) &&
          // Each thing once: what a plan does twice it would not do.
          !operations.some((other) => ('id' in other && 'id' in one ? other.id === one.id : isSame(other, one))),
      );
      const operation = possible[pick % Math.max(possible.length, 1)];
      if (operation === undefined) continue;
      try {
        now = predictWindows(now, operation);
        operations.push(operation);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
    }
    return { snapshot, operations, predicted: now };
  })
  .filter(({ operations }) => operations.length > 0);

const isSame = (a: WindowsOperation, b: WindowsOperation): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Of each property: a scene is up to six operations, and a script is run several times in each. */
const RUNS = { numRuns: share(40) };

describe('on a model of the store', () => {
  test('it leads to what was foreseen, and a second time changes nothing', () => {
    fc.assert(
      fc.property(scene, ({ snapshot, operations, predicted }) => {
        const before = storeOf(snapshot);
        const script = changeScript(operations);
        const after = runOn(before, script);
        expect(after.status).toBe(STATUS.done);
        expect(saidBy(after.store)).toEqual(saidBy(storeOf(predicted)));
        expect(after.changes).toBe(operations.length);
        const again = runOn(after.store, script);
        expect(again).toEqual({ status: STATUS.done, store: after.store, changes: 0 });
      }),
      RUNS,
    );
  });

  test('its undo gives the store back exactly; where Windows wrote another version, but for that', () => {
    fc.assert(
      fc.property(scene, ({ snapshot, operations }) => {
        const before = storeOf(snapshot);
        const back = backOfAll(operations);
        expect(back).toHaveLength(operations.length);
        const undone = runOn(runOn(before, changeScript(operations)).store, changeScript(back));
        expect(undone.status).toBe(STATUS.done);
        expect(undone.store.rules).toEqual(before.rules);
        expect(saidBy(undone.store)).toEqual(saidBy(before));
        const rewritten = runOn(before, changeScript(operations), { version: 'v2.33' });
        expect(rewritten.status).toBe(STATUS.done);
        const later = runOn(rewritten.store, scriptOf(back, false), { version: 'v2.33' });
        expect(later.status).toBe(STATUS.done);
        expect(saidBy(later.store)).toEqual(saidBy(before));
      }),
      RUNS,
    );
  });

  test('whatever fails at whichever step, all is put back', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('before', 'after', 'silently'), ({ snapshot, operations }, how) => {
        const before = storeOf(snapshot);
        for (const at of operations.keys()) {
          const failed = runOn(before, changeScript(operations), { fails: { at, from: false, how } });
          expect(failed.status).toBe(STATUS.putBack);
          expect(saidBy(failed.store)).toEqual(saidBy(before));
          expect(failed.store.rules).toEqual(before.rules);
        }
      }),
      RUNS,
    );
  });

  test('where putting back fails as well, it says so, and never says that all is back when it is not', () => {
    const ended = new Set<number>();
    fc.assert(
      fc.property(scene, fc.nat({ max: 3 }), fc.constantFrom('before', 'after', 'silently'), (one, at, how) => {
        const before = storeOf(one.snapshot);
        const { status, store } = runOn(before, changeScript(one.operations), { fails: { at, from: true, how } });
        ended.add(status);
        const isBack = JSON.stringify(saidBy(store)) === JSON.stringify(saidBy(before));
        if (at >= one.operations.length) expect(status).toBe(STATUS.done);
        else expect(status).toBe(isBack ? STATUS.putBack : STATUS.notPutBack);
      }),
      { numRuns: share(120) },
    );
    expect([...ended].toSorted((a, b) => a - b)).toEqual([STATUS.done, STATUS.putBack, STATUS.notPutBack]);
  });

  test('a rule that is not as it was read: nothing is changed', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('gone', 'narrowed', 'version'), ({ snapshot, operations }, what) => {
        const before = storeOf(snapshot);
        const named = operations.flatMap((one) => ('id' in one ? [one] : []))[0];
        if (named === undefined) return;
        const rules = new Map(before.rules);
        if (what === 'gone') rules.delete(named.id);
        else if (what === 'narrowed') rules.set(named.id, `${named.rule}RA4=10.0.0.1|`);
        else rules.set(named.id, named.rule.replace(/^v\d+\.\d+/i, 'v2.27'));
        const ended = runOn({ ...before, rules }, changeScript(operations));
        expect(ended).toMatchObject({ status: STATUS.stale, changes: 0 });
        expect(ended.store.rules).toEqual(rules);
      }),
      RUNS,
    );
  });

  test.each([
    ['turned off', (text: string) => withActive(text, false) ?? ''],
    ['narrowed to a program', (text: string) => `${text}App=C:\\a.exe|`],
    ['another port', (text: string) => text.replace('LPort=3000', 'LPort=3001')],
    ['made to allow', (text: string) => text.replace('Action=Block', 'Action=Allow')],
    ['narrowed to an address', (text: string) => `${text}RA4=10.0.0.1|`],
    ['described', (text: string) => `${text}Desc=My own note|`],
    ['called otherwise', (text: string) => text.replace('Name=Portcullis: ', 'Name=')],
    ['in another group', (text: string) => text.replace('EmbedCtxt=Portcullis', 'EmbedCtxt=Mine')],
    ['for some networks alone', (text: string) => `${text}Profile=Public|`],
  ])('a rule of Portcullis’s name that somebody has changed is left alone: %s', (_, spoil) => {
    const operation = { kind: 'windows-block', protocol: 'tcp', port: 3000, from: 'any', profiles: [] } as const;
    const before = storeOf(predictWindows(windowsSnapshot({}), operation));
    const own = 'Portcullis-close-tcp-3000';
    const rules = new Map([...before.rules].map(([key, text]) => [key, key === own ? spoil(text) : text] as const));
    for (const one of [operation, ...backOfAll([operation])]) {
      const ended = runOn({ ...before, rules }, changeScript([one]));
      expect(ended).toMatchObject({ status: STATUS.stale, changes: 0 });
    }
  });

  describe('the addresses of a rule of Portcullis’s own', () => {
    const from = ['10.0.0.0-10.255.255.255', '12.0.0.0', '::2-2001:db8::ffff'];
    const operation = { kind: 'windows-block', protocol: 'tcp', port: 3000, from, profiles: [] } as const;
    const start = storeOf(windowsSnapshot({}));
    const made = storeOf(predictWindows(windowsSnapshot({}), operation));
    const respelled = (one: string, other: string): typeof made => ({
      ...made,
      rules: new Map([...made.rules].map(([key, text]) => [key, text.replace(one, other)] as const)),
    });

    test.each([
      ['RA4=12.0.0.0', 'RA4=13.0.0.0'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=10.0.0.0-10.255.255.254'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=12.0.0.0'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=10.0.0.0/255.0.255.0'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=10.0.0.0/99'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=LocalSubnet'],
      ['RA4=12.0.0.0', 'RA4=12'],
      ['RA4=12.0.0.0', 'RA4=014.0.0.0'],
      ['RA6=::2-2001:db8::ffff', 'RA6=::2-2001:db8::fffe'],
      ['RA6=::2-2001:db8::ffff', 'RA6=::2-2001:db8::ffff%4'],
      ['RA6=::2-2001:db8::ffff', 'RA6=::'],
      ['RA6=::2-2001:db8::ffff|', ''],
      ['RA4=12.0.0.0|', 'RA4=12.0.0.0|RA4=12.0.0.1|'],
    ])('%s changed to %s: it is left alone', (one, other) => {
      const spoilt = respelled(one, other);
      expect(spoilt.rules).not.toEqual(made.rules);
      for (const step of [operation, ...backOfAll([operation])]) {
        expect(runOn(spoilt, changeScript([step]))).toEqual({ status: STATUS.stale, store: spoilt, changes: 0 });
      }
    });

    test.each([
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=10.0.0.0/255.0.0.0'],
      ['RA4=10.0.0.0-10.255.255.255', 'RA4=10.0.0.0/8'],
      ['RA4=12.0.0.0', 'RA4=12.0.0.0-12.0.0.0'],
      ['RA4=12.0.0.0', 'RA4=12.0.0.0/32'],
      ['RA6=::2-2001:db8::ffff', 'RA6=0:0:0:0:0:0:0:2-2001:0DB8::FFFF'],
    ])('%s written as %s: it is the same', (one, other) => {
      const same = respelled(one, other);
      expect(same.rules).not.toEqual(made.rules);
      expect(runOn(same, changeScript([operation]))).toEqual({ status: STATUS.done, store: same, changes: 0 });
      const undone = runOn(same, changeScript(backOfAll([operation])));
      expect(undone).toEqual({ status: STATUS.done, store: start, changes: 1 });
    });
  });

  test('who is no administrator changes nothing', () => {
    const before = storeOf(windowsSnapshot({}));
    const script = changeScript([{ kind: 'windows-block', protocol: 'udp', port: 53, from: 'any', profiles: [] }]);
    expect(runOn(before, script, { administrator: false })).toEqual({
      status: STATUS.notElevated,
      store: before,
      changes: 0,
    });
  });

  test('a rule whose name is a pattern is found by that name, and no other is', () => {
    const rule = (active: string): string => `v2.10|Action=Allow|Active=${active}|Dir=In|Name=x|`;
    const before = storeOf(
      windowsSnapshot({ rules: ['*', 'a', 'abc', '[a]*'].map((one) => ({ name: one, value: rule('TRUE') })) }),
    );
    const after = runOn(before, changeScript([{ kind: 'windows-disable', id: '*', rule: rule('TRUE') }]));
    expect(after.status).toBe(STATUS.done);
    expect([...after.store.rules].filter(([, text]) => text === rule('FALSE')).map(([one]) => one)).toEqual(['*']);
  });
});

/** Each as often as the code that is the same for all has it: no operation adds a command. */
const COMMANDS: Readonly<Record<string, number>> = {
  'Find-Rule': 2,
  'Get-Bits': 4,
  'Get-NetFirewallAddressFilter': 1,
  'Get-NetFirewallPortFilter': 1,
  'Get-NetFirewallProfile': 1,
  'Get-NetFirewallRule': 2,
  'Get-Plain': 2,
  'Get-Range': 2,
  'Get-State': 4,
  'New-NetFirewallRule': 1,
  'Out-Null': 1,
  'Read-Value': 2,
  'Remove-NetFirewallRule': 1,
  'Set-NetFirewallProfile': 1,
  'Set-NetFirewallRule': 1,
  'Set-State': 2,
  'Test-Ranges': 2,
  'Test-Same': 5,
  'Test-Seen': 1,
};

describe('as text', () => {
  test('it parses, with the allowed commands alone and as many as there must be', () => {
    fc.assert(
      fc.property(scene, ({ operations }) => {
        const root = parse(changeScript(operations));
        expect(root.hasError).toBe(false);
        const counts: Record<string, number> = {};
        for (const one of commandNames(root)) counts[one] = (counts[one] ?? 0) + 1;
        expect(counts).toEqual(COMMANDS);
        expect(root.descendantsOfType('hash_literal_expression')).toHaveLength(operations.length + 1);
      }),
      RUNS,
    );
  });

  test('nothing that a rule is called leaves its quotes: all else is the same text', () => {
    fc.assert(
      fc.property(id, foreignRule, (one, rule) => {
        const kind = rule.includes('|Active=TRUE|') ? ('windows-disable' as const) : ('windows-enable' as const);
        const plain = { kind, id: 'x', rule: `v2.10|Active=${kind === 'windows-disable' ? 'TRUE' : 'FALSE'}|` };
        const [hostileScript, plainScript] = [{ kind, id: one, rule }, plain].map((operation) =>
          changeScript([operation]),
        );
        expect(
          hostileScript
            ?.replace(`Name = ${literal(one)}`, "Name = 'x'")
            .replace(`Text = ${literal(rule)}`, `Text = '${plain.rule}'`),
        ).toBe(plainScript);
      }),
    );
  });

  test('what cannot be written exactly is refused', () => {
    const rule = 'v2.10|Action=Allow|Active=TRUE|Dir=In|';
    for (const wrong of [
      { kind: 'windows-disable', id: 'a\nb', rule },
      { kind: 'windows-disable', id: 'a|b', rule },
      { kind: 'windows-disable', id: '', rule },
      { kind: 'windows-disable', id: 'a\ud800', rule },
      { kind: 'windows-disable', id: 'a', rule: `${rule}Name=\u0000|` },
      { kind: 'windows-disable', id: 'a', rule: `${rule}Name=\u2028|` },
      { kind: 'windows-disable', id: 'a', rule: rule.replace('TRUE', 'FALSE') },
      { kind: 'windows-disable', id: 'a', rule: `${rule}Active=TRUE|` },
      { kind: 'windows-enable', id: 'a', rule: 'v2.10|Action=Allow|Dir=In|' },
      { kind: 'windows-enable', id: 'a', rule: 'nonsense' },
      { kind: 'windows-block', protocol: 'tcp', port: 0, from: 'any', profiles: [] },
      { kind: 'windows-block', protocol: 'tcp', port: 80, from: [], profiles: [] },
      { kind: 'windows-block', protocol: 'tcp', port: 80, from: ["'; calc; '"], profiles: [] },
      { kind: 'windows-block', protocol: 'tcp', port: 80, from: ['10.0.0.0/8'], profiles: [] },
      { kind: 'windows-block', protocol: 'tcp', port: 80, from: 'any', profiles: ['domain', 'private', 'public'] },
      { kind: 'ufw-enable' },
    ] as const) {
      expect(() => changeScript([wrong]), JSON.stringify(wrong)).toThrow(ProblemError);
    }
  });

  test('quoting: every kind of quote is doubled; what ends a line is refused', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) expect(() => literal(text)).toThrow(RangeError);
        else {
          const inner = literal(text).slice(1, -1);
          expect(inner.replaceAll(/''|\u2018\u2018|\u2019\u2019|\u201a\u201a|\u201b\u201b/g, '')).not.toMatch(
            /['\u2018\u2019\u201a\u201b]/,
          );
        }
      }),
    );
  });

  test('an ordinary plan is short enough for a command line', () => {
    const from = Array.from({ length: 9 }, (_, at) => `${at * 20}.0.0.0-${at * 20 + 9}.255.255.255`);
    const five = [3000, 5173, 8080, 9229, 27017].map(
      (port): WindowsOperation => ({ kind: 'windows-block', protocol: 'tcp', port, from, profiles: [] }),
    );
    expect(changeScript(five).length).toBeLessThan(LONGEST_SCRIPT);
  });
});
