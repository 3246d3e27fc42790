/** What is taken for the table of Portcullis's own, and what is somebody else's. */
import { expect, test } from 'vitest';
import { type Entry, holdsOnly, tableEntries } from '../../../../src/core/firewalls/table/listing.ts';

const door = { protocol: 'tcp', port: 3000, except: ['192.168.77.0/24'] } as const;
const listed = tableEntries([door]);
const rule = (expr: readonly object[]): Entry =>
  ({ rule: { family: 'inet', table: 'portcullis', chain: 'doors', handle: 9, expr } }) as unknown as Entry;

test('what the doors make, however it is numbered', () => {
  expect(holdsOnly(listed, [door])).toBe(true);
  expect(holdsOnly([], [door])).toBeNull();
  expect(holdsOnly([{ table: { family: 'ip', name: 'portcullis' } }], [door])).toBeNull();
});

test.each<[string, readonly Entry[]]>([
  ['a rule more', [...listed, rule([{ accept: null }])]],
  ['a rule in the place of another', [...listed.slice(0, -1), rule([{ drop: null }])]],
  ['a set', [...listed, { set: { family: 'inet', table: 'portcullis', name: 'mine' } }]],
  ['a chain', [...listed, { chain: { family: 'inet', table: 'portcullis', name: 'mine' } }]],
  ['a rule less', listed.slice(0, -1)],
  ['another port', tableEntries([{ ...door, port: 3001 }])],
])('%s is not', (_, entries) => expect(holdsOnly(entries, [door])).toBe(false));
