/** Ranges that Windows takes, and what they are taken for; on a synthetic computer. */
import { expect, test } from 'vitest';
import { EVERYTHING, setOf } from '../../../../src/core/address.ts';
import { exceptFrom } from '../../../../src/core/firewalls/windows/except.ts';
import {
  blockName,
  blockOf,
  blockText,
  isBlock,
  rangesOf,
  readBlock,
} from '../../../../src/core/firewalls/windows/own.ts';
import { minus } from '../../../../src/core/intervals.ts';
import { askWindows } from './judge.ts';

const spared = ['fe80::/10', '2001:db8::/32'];
const rest = minus(EVERYTHING[6], setOf(spared, 6) ?? []);
const block = blockOf({ protocol: 'tcp', port: 3000, from: rangesOf(rest, 6), profiles: [] });

test('no range begins with an address that Windows takes in none', () => {
  expect(block.from[0]).toBe('::2-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff');
  expect(rangesOf([[0n, 1n]], 6)).toEqual([]);
  expect(rangesOf([[1n, 2n]], 6)).toEqual(['::2']);
  // Of IPv4 the document says nothing of the kind.
  expect(rangesOf([[0n, 9n]], 4)).toEqual(['0.0.0.0-0.0.0.9']);
});

test('it is still everybody but the spared, and known again as that', () => {
  expect(isBlock(block)).toBe(true);
  expect(isBlock({ ...block, from: ['::-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff'] })).toBe(false);
  expect(exceptFrom(block.from)).toEqual(['0.0.0.0/0', '2001:db8::/32', 'fe80::/10']);
  expect(readBlock(blockName(block), blockText(block))).toEqual({ block, active: true });
});

test('of those whom nobody elsewhere is, none is left as somebody who gets in', () => {
  const rules = [
    { name: '{a}', value: 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3000|Name=Open|' },
    { name: blockName(block), value: blockText(block) },
  ];
  const verdict = (from: string): string => askWindows({ rules }, { from }).verdict;
  expect(['::', '::1', '::2', '2001:db7::1', '2001:db9::'].map(verdict)).toEqual(Array(5).fill('blocked'));
  expect(['2001:db8::7', 'fe80::7'].map(verdict)).toEqual(['open', 'open']);
});
