/** Rules of the registry: nothing is lost, nothing is guessed, and no text breaks the reader. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type WindowsRule, isUnread } from '../../../../src/core/firewalls/windows/model.ts';
import { readRegistryRule } from '../../../../src/core/firewalls/windows/registry-rule.ts';
import { parseRegistryText, printRegistryText } from '../../../../src/core/firewalls/windows/registry-text.ts';
import { damagedText, ruleText } from './random-texts.ts';
import { share } from '../../../share.ts';

/** `WINDOWS_FUZZ=1000000` for more. */
const FUZZED = Number(process.env['WINDOWS_FUZZ'] ?? share(30_000));

const read = (text: string): WindowsRule => {
  const rule = readRegistryRule('id', text, 'local');
  if (isUnread(rule)) throw new Error(`not read: ${text}`);
  return rule;
};

describe('the text', () => {
  test('print and parse are each other’s undoing', () => {
    fc.assert(
      fc.property(ruleText, (text) => {
        const parsed = parseRegistryText(text);
        expect(parsed).not.toBeNull();
        const printed = printRegistryText(parsed as NonNullable<typeof parsed>);
        expect(printed).toBe(text);
        expect(parseRegistryText(printed)).toEqual(parsed);
      }),
      { numRuns: share(1000) },
    );
  });

  test('what is damaged is read as it stands, or not at all', () => {
    let refused = 0;
    for (const text of fc.sample(damagedText, { numRuns: FUZZED, seed: 7 })) {
      const parsed = parseRegistryText(text);
      if (parsed === null) refused++;
      else if (printRegistryText(parsed) !== text) throw new Error(`lost something of ${JSON.stringify(text)}`);
      const rule = readRegistryRule('id', text, 'local');
      if (isUnread(rule) && rule.unread !== text) throw new Error('the text is not kept');
      if (parsed === null && !isUnread(rule)) throw new Error(`read ${JSON.stringify(text)}`);
    }
    expect(refused).toBeGreaterThan(FUZZED / 10);
    expect(refused).toBeLessThan(FUZZED);
  });

  test.each([
    'v2.10|Action=Allow|Dir=In',
    'v2.10|Action=Allow||Dir=In|',
    'v2.10|Action|Dir=In|',
    'v2.10|=Allow|',
    'v2.10|',
    'v2|Action=Allow|',
    'Action=Allow|Dir=In|',
    '',
  ])('cannot be read: %s', (text) => expect(isUnread(readRegistryRule('id', text, 'local'))).toBe(true));

  test('a long text is read, or refused, in the end', () => {
    // Were it by the square of its length, or worse, it would not end within the time that a test has.
    expect(isUnread(readRegistryRule('id', `v2.10|${'LPort=1|'.repeat(500_000)}`, 'local'))).toBe(false);
    expect(isUnread(readRegistryRule('id', 'v2.10|'.repeat(500_000), 'local'))).toBe(true);
  });
});

describe('the meaning', () => {
  test('a rule as Windows writes it', () => {
    expect(
      read(
        'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|Profile=Domain|LPort=3000|LPort2_10=8000-8010|RA4=LocalSubnet|RA4=10.0.0.0/255.0.0.0|RA6=fe80::/64|App=%SystemRoot%\\a=b.exe|Svc=x|Name=Web|Desc=d|EmbedCtxt=g|Edge=TRUE|',
      ),
    ).toEqual({
      id: 'id',
      store: 'local',
      name: 'Web',
      active: true,
      direction: 'in',
      action: 'allow',
      profiles: ['private', 'domain'],
      protocol: 6,
      localPorts: {
        sure: [
          [3000, 3000],
          [8000, 8010],
        ],
        open: [],
      },
      remotePorts: null,
      local: null,
      remote: {
        4: { set: [[0x0a000000n, 0x0affffffn]], words: ['LocalSubnet'], open: [] },
        6: { set: [[0xfe80n << 112n, (0xfe80n << 112n) | ((1n << 64n) - 1n)]], words: [], open: [] },
      },
      app: '%SystemRoot%\\a=b.exe',
      service: 'x',
      packaged: false,
      family: null,
      interfaces: [],
      secure: false,
      narrows: [],
    });
  });

  test('keys are the same in any case, and so are the values that are words', () => {
    const upper = read('V2.10|ACTION=BLOCK|ACTIVE=true|DIR=IN|PROTOCOL=17|PROFILE=PUBLIC|LPORT=53|APP=C:\\A.EXE|');
    const lower = read('v2.10|action=block|active=TRUE|dir=in|protocol=17|profile=public|lport=53|app=C:\\A.EXE|');
    expect(upper).toEqual(lower);
    expect(upper.action).toBe('block');
  });

  test('a rule that does not say that it is active is not', () =>
    expect(read('v2.10|Action=Allow|Dir=In|').active).toBe(false));

  test.each([
    ['RMauth=O:x', 'RMauth=O:x'],
    ['TTK=1', 'TTK=1'],
    ['Later=1', 'Later=1'],
    ['Platform=2:6:2', 'Platform=2:6:2'],
    ['Protocol=tcp', 'Protocol=tcp'],
    ['Profile=Home', 'Profile=Home'],
    ['Active=yes', 'Active=yes'],
    ['App=', 'app='],
  ])('%s narrows', (field, narrow) => expect(read(`v2.10|Action=Allow|Dir=In|${field}|`).narrows).toEqual([narrow]));

  test('a word that is not known for ports or addresses may be any', () => {
    const rule = read(
      'v2.10|Action=Allow|Active=TRUE|Dir=In|LPort=80|LPort=Xyz|RA42=IntErnet|RA4=1.2.3.4/255.0.255.0|',
    );
    expect(rule.localPorts).toEqual({ sure: [[80, 80]], open: ['LPort=Xyz'] });
    expect(rule.remote?.[4].open).toEqual(['RA=IntErnet', 'RA=1.2.3.4/255.0.255.0']);
  });

  test('two values where one counts: nobody can say which', () => {
    expect(isUnread(readRegistryRule('id', 'v2.10|Action=Allow|Action=Block|Dir=In|', 'local'))).toBe(true);
    expect(read('v2.10|Action=Allow|Action=Allow|Dir=In|').action).toBe('allow');
  });

  test('packages and authentication', () => {
    expect(read('v2.10|Action=Allow|Dir=In|AppPkgId=S-1-15-2-1|').packaged).toBe(true);
    expect(read('v2.33|Action=Allow|Dir=In|PFN=a_b|')).toMatchObject({ packaged: false, family: 'a_b' });
    expect(read('v2.10|Action=Allow|Dir=In|Security=Authenticate|').secure).toBe(true);
  });
});
