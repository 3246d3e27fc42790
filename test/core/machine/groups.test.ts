import { expect, test } from 'vitest';
import { parseIgmp, parseIgmp6 } from '../../../src/core/machine/groups.ts';

// As a Linux 6.18 on x86 printed it; the big-endian one is synthetic.
const IGMP = `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter
1\tlo        :     1      V3
\t\t\t\t010000E0     1 0:00000000\t\t0
4\twlan0     :     3      V3
\t\t\t\tFAFFFFEF     1 0:00000000\t\t0
\t\t\t\tFB0000E0     1 0:00000000\t\t0
\t\t\t\t010000E0     1 0:00000000\t\t0
`;

test('the groups of each interface, whichever way round the bytes are', () => {
  expect(parseIgmp(IGMP)?.get('wlan0')).toEqual(['239.255.255.250', '224.0.0.251', '224.0.0.1']);
  const other = IGMP.replaceAll('010000E0', 'E0000001').replace('FB0000E0', 'E00000FB').replace('FAFFFFEF', 'EFFFFFFA');
  expect(parseIgmp(other)?.get('wlan0')).toEqual(['239.255.255.250', '224.0.0.251', '224.0.0.1']);
});

test('of IPv6, without those by which an address is asked for', () => {
  const text = `1    lo              ff020000000000000000000000000001     1 0000000C 0
4    wlan0           ff0200000000000000000000000000fb     1 00000004 0
4    wlan0           ff0200000000000000000001ff001234     1 00000004 0
4    wlan0           ff020000000000000000000000000001     1 0000000C 0
`;
  expect(parseIgmp6(text)?.get('wlan0')).toEqual(['ff02::fb', 'ff02::1']);
});

test('what is not understood is not read, rather than no group at all', () => {
  expect(parseIgmp('Idx\tDevice\nnonsense\n')).toBeNull();
  expect(parseIgmp6('nonsense\n')).toBeNull();
  expect(parseIgmp(IGMP.slice(0, 150))).toBeNull();
});
