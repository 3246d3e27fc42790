/** The rows of interface_addresses -> interfaces. osquery lists only interfaces that have an address. */
import { parseAddress } from '../address.ts';
import { kindOf } from '../machine/interfaces.ts';
import type { Interface, InterfaceAddress, Snapshot } from '../model.ts';
import { isLinkLocal, isLoopback } from '../reach/space.ts';
import { rowsOf } from './snapshot.ts';

/** null: they were not logged. */
export function readOsqueryInterfaces(snapshot: Snapshot): readonly Interface[] | null {
  const rows = rowsOf(snapshot, 'interface_addresses');
  if (rows === null) return null;
  const found = new Map<string, InterfaceAddress[]>();
  for (const { interface: name = '', address: written = '', mask = '' } of rows) {
    const read = parseAddress(written.split('%', 1)[0] ?? '');
    if (name === '' || read === null) continue;
    const { family, value } = read;
    const list = found.get(name) ?? [];
    found.set(name, list);
    list.push({
      family,
      address: written.split('%', 1)[0] ?? '',
      prefix: prefixOf(mask, family),
      scope: isLoopback(value, family) ? 'host' : isLinkLocal(value, family) ? 'link' : 'global',
    });
  }
  return [...found.entries()].map(([name, addresses], index) => ({
    name,
    // Its own number is not told.
    index: index + 1,
    kind: addresses.some(({ scope }) => scope === 'host')
      ? 'loopback'
      : kindOf(name, undefined, addresses, undefined, new Map()),
    up: true,
    addresses,
  }));
}

/** `255.255.255.0`, `ffff:ffff:ffff:ffff::`, and on Windows also `64`. A mask that is none: the address alone. */
function prefixOf(mask: string, family: 4 | 6): number {
  const bits = family === 4 ? 32 : 128;
  if (/^\d{1,3}$/.test(mask) && Number(mask) <= bits) return Number(mask);
  const read = parseAddress(mask);
  if (read === null || read.family !== family) return bits;
  const text = read.value.toString(2).padStart(bits, '0');
  const ones = /^1*/.exec(text)?.[0].length ?? 0;
  return text.slice(ones).includes('1') ? bits : ones;
}
