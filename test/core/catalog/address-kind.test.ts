import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressKind } from '../../../src/core/catalog/index.ts';

test.each([
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.77.10', 'private'],
  ['fd77::10', 'private'],
  ['100.64.0.1', 'shared'],
  ['100.127.255.255', 'shared'],
  ['100.128.0.0', 'public'],
  ['169.254.3.4', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%wlan0', 'link-local'],
  ['224.0.0.251', 'multicast'],
  ['ff02::fb', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['203.0.113.9', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['2606:4700::1111', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:8.8.8.8', 'public'],
])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));

test.each(['', 'localhost', '10.1', '0x7f.1', '10.0.0.256', '10.0.0.1/24', '1.2.3.4.5', ':::', '%'])(
  '%j is no address',
  (text) => expect(addressKind(text)).toBeNull(),
);

test('any text gives a kind or null, and never throws', () =>
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
      expect(() => addressKind(text)).not.toThrow();
    }),
  ));
