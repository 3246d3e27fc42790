/** What a rule asks for and cannot be told from here leaves the verdict unknown: never blocked, never open. */
import { describe, expect, test } from 'vitest';
import { type Asked, askWindows } from './judge.ts';
import { type MachineSaid } from './machine.ts';

type Verdict = 'open' | 'blocked' | 'unknown';
type Case = readonly [expected: Verdict, rules: readonly string[], asked?: Asked, said?: MachineSaid];

const ALLOW = 'Allow|LPort=3000';

function cases(about: string, all: readonly Case[]): void {
  describe(about, () => {
    for (const [expected, rules, asked = {}, said = {}] of all)
      test(`${expected}: ${JSON.stringify([rules, asked, said])}`, () => {
        const answer = askWindows({ ...said, rules }, asked);
        expect(answer.verdict).toBe(expected);
        expect(answer.reasons.length > 0).toBe(expected === 'unknown');
      });
  });
}

// ---------------------------------------------------------------- rules as the cmdlets print them

/** A rule that lets in whoever wants to come in, as Get-NetFirewallRule shows it with its filters. */
const SHOWN = {
  InstanceID: 'id',
  DisplayName: 'A rule',
  Enabled: 'True',
  Profile: 'Any',
  Direction: 'Inbound',
  Action: 'Allow',
  PolicyStoreSourceType: 'Local',
  Owner: '',
  Platform: [],
  LocalOnlyMapping: false,
  RemoteDynamicKeywordAddresses: [],
  LocalAddress: 'Any',
  RemoteAddress: 'Any',
  Protocol: 'TCP',
  LocalPort: '3000',
  RemotePort: 'Any',
  DynamicTarget: 'Any',
  Program: 'Any',
  Package: '',
  Service: 'Any',
  InterfaceAlias: 'Any',
  InterfaceType: 'Any',
  Authentication: 'NotRequired',
  Encryption: 'NotRequired',
  OverrideBlockRules: false,
  LocalUser: 'Any',
  RemoteUser: 'Any',
  RemoteMachine: 'Any',
};

/** The registry could not be read, so the cmdlets' rules stand in. */
function askShown(rules: readonly unknown[], said: MachineSaid = {}): string {
  return askWindows({
    ...said,
    parts: { localRules: { error: { kind: 'failed', said: 'no' } }, rules: { ok: rules } },
  }).verdict;
}

const changed = (changes: Readonly<Record<string, unknown>>): unknown => ({ ...SHOWN, ...changes });
const without = (name: string): unknown => Object.fromEntries(Object.entries(SHOWN).filter(([key]) => key !== name));

describe('rules as the cmdlets print them', () => {
  test('one that asks for nothing else lets in', () => expect(askShown([SHOWN])).toBe('open'));

  test.each([
    ['open', 'Any'],
    ['open', 0],
    ['open', '0'],
    ['unknown', 'ProximityApps'],
    ['unknown', 1],
    ['unknown', 'WifiDirectDevices'],
    ['unknown', null],
    ['unknown', ''],
    ['unknown', {}],
  ])('%s: DynamicTarget %j', (expected, DynamicTarget) =>
    expect(askShown([changed({ DynamicTarget })])).toBe(expected),
  );

  test('a version that has no DynamicTarget', () => expect(askShown([without('DynamicTarget')])).toBe('open'));

  const FILTERS = [
    'LocalAddress',
    'RemoteAddress',
    'Protocol',
    'LocalPort',
    'RemotePort',
    'Program',
    'Service',
    'InterfaceAlias',
    'InterfaceType',
    'Authentication',
    'Encryption',
    'LocalUser',
    'RemoteUser',
    'RemoteMachine',
    'OverrideBlockRules',
    'LocalOnlyMapping',
    'PolicyStoreSourceType',
    'Enabled',
    'Profile',
    'Direction',
    'Action',
  ];
  test.each(FILTERS)('%s that is empty is not known', (name) => {
    for (const value of [null, '', [], [''], { value: [], Count: 0 }])
      expect(askShown([changed({ [name]: value })]), JSON.stringify(value)).toBe('unknown');
  });
  test.each([...FILTERS, 'Package'])('%s that is not there is not known', (name) =>
    expect(askShown([without(name)])).toBe('unknown'),
  );
  test.each(['Package', 'Owner', 'Platform', 'RemoteDynamicKeywordAddresses'])('%s is printed empty', (name) => {
    for (const value of [null, '', [], ['']])
      expect(askShown([changed({ [name]: value })]), JSON.stringify(value)).toBe('open');
  });

  test.each([
    ['blocked', { Package: 'S-1-15-2-1' }],
    ['unknown', { Package: '*' }],
    ['unknown', { PackageFamilyName: 'a_b' }],
    ['unknown', { PolicyAppId: 'x' }],
    ['open', { PackageFamilyName: '', PolicyAppId: null }],
  ])('%s: %j', (expected, changes) => expect(askShown([changed(changes)])).toBe(expected));

  test.each(['None', 'Dynamic', 'Generated', 'Hardcoded', 'Else', 0, 99, null])(
    'a rule of the store %j counts where local ones do not, and nobody knows how',
    (PolicyStoreSourceType) => {
      const policy = { private: { AllowLocalPolicyMerge: 0 } };
      expect(askShown([changed({ PolicyStoreSourceType })], { policy })).toBe('unknown');
      expect(askShown([changed({ PolicyStoreSourceType })])).toBe('unknown');
      expect(askShown([SHOWN], { policy })).toBe('blocked');
    },
  );

  test('what may override blocks is not stopped by one', () => {
    const block = changed({ Action: 'Block' });
    expect(askShown([SHOWN, block])).toBe('blocked');
    expect(askShown([without('OverrideBlockRules'), block])).toBe('unknown');
    expect(askShown([SHOWN, without('OverrideBlockRules')])).toBe('open');
  });
});
