/**
 * What a range of a rule can name of IPv6. It can neither begin nor end with the unspecified address or with the loopback
 * address ([MS-FASP] 2.2.10, to which [MS-GPFAS] 2.2.2.11 holds RA6), and nobody elsewhere has one of them (RFC 4291, 2.5.2
 * and 2.5.3). Of IPv4 no address is excepted there (2.2.8). Small: the window loads it.
 */
import type { AddressSet } from '../../address.ts';
import { minus, union } from '../../intervals.ts';
import type { Family } from '../../model.ts';

/** `::` and `::1`. */
const UNNAMED: AddressSet = [[0n, 1n]];
const FIRST = 2n;

/** Without what cannot be written. */
export const nameable = (set: AddressSet, family: Family): AddressSet => (family === 6 ? minus(set, UNNAMED) : set);

/** What begins with the first address that can be written is meant from the very first on. */
export const meantBy = (set: AddressSet, family: Family): AddressSet =>
  family === 6 && set.some(([first]) => first === FIRST) ? union(set, UNNAMED) : set;
