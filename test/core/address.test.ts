import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAddress,
  formatSet,
  isPlainNetwork,
  network,
  parseAddress,
  parseRange,
  setOf,
  sizeOf,
} from '../../src/core/address.ts';
import { normalize } from '../../src/core/intervals.ts';

describe('addresses', () => {
  test('what is no address is refused', () => {
    for (const text of [
      '',
      '*',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '01.2.3.4x',
      '0x7f.1',
      'fe80::g',
      'localhost',
      ':::',
      '1::2::3',
    ]) {
      expect(parseAddress(text), text).toBeNull();
    }
  });

  test('a plain network has one form', () => {
    for (const text of [
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/8',
      '192.168.77.5',
      'fd77::/64',
      'fd77::/32',
      '::1',
      '128.0.0.0/1',
    ])
      expect(isPlainNetwork(text), text).toBe(true);
    for (const text of [
      '10.0.0.1/8',
      '192.168.77.5/32',
      '::1/128',
      'FD77::/64',
      'fd77:0::/64',
      'fd77::1/64',
      '10.0.0.0/255.0.0.0',
      '10.0.0.0/08',
      '10.0.0.1-10.0.0.1',
      'fe80::1%wlan0',
      '1.2.3.4/8/8',
      '10.0.0.0/8\n',
      'any',
      '',
    ])
      expect(isPlainNetwork(text), text).toBe(false);
  });

  test('a zone does not belong to the address', () => {
    expect(parseAddress('fe80::1%wlan0')).toEqual(parseAddress('fe80::1'));
  });

  test('text -> number -> text is stable', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const read = parseAddress(text);
        expect(read && formatAddress(read)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        expect(parseAddress(formatAddress({ family: 6, value }))?.value).toBe(value);
      }),
    );
  });

  test('ranges, prefixes and masks', () => {
    expect(parseRange('10.0.0.0/8')?.range).toEqual([0x0a000000n, 0x0affffffn]);
    expect(parseRange('10.1.2.3/255.255.0.0')?.range).toEqual([0x0a010000n, 0x0a01ffffn]);
    expect(parseRange('10.0.0.5-10.0.0.9')?.range).toEqual([0x0a000005n, 0x0a000009n]);
    expect(parseRange('0.0.0.0/0')?.range).toEqual([0n, 0xffffffffn]);
    expect(parseRange('fe80::/10')?.range).toEqual(network({ family: 6, value: 0xfe80n << 112n }, 10));
    for (const bad of [
      '10.0.0.0/33',
      '10.0.0.0/255.0.255.0',
      '10.0.0.9-10.0.0.5',
      '10.0.0.1-fe80::1',
      'fe80::/129',
      '/8',
      '10.0.0.0/',
    ]) {
      expect(parseRange(bad), bad).toBeNull();
    }
  });

  test('a printed set reads back to the same set', () => {
    const address = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
    fc.assert(
      fc.property(fc.array(fc.tuple(address, address), { maxLength: 6 }), (pairs) => {
        const set = normalize(pairs.map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const))));
        const texts = formatSet(set, 4);
        expect(setOf(texts, 4)).toEqual(set);
        const size = texts.reduce((sum, text) => sum + sizeOf(setOf([text], 4) ?? []), 0n);
        expect(size).toBe(sizeOf(set));
      }),
    );
  });
});
