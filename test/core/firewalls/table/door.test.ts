import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDoor, isNetwork, parseTable, printTable, type Door } from '../../../../src/core/firewalls/table/door.ts';

const door = (more: Partial<Door> = {}): Door => ({ protocol: 'tcp', port: 3000, except: [], ...more });

const network = fc.oneof(
  fc.ipV4(),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.constantFrom('fd77::', 'fe80::', '2001:db8::'), fc.integer({ min: 0, max: 128 })).map((p) => p.join('/')),
);
const doors = fc.array(
  fc.record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port: fc.integer({ min: 1, max: 65535 }),
    except: fc.array(network, { maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('the table’s file', () => {
  test('written and read back: the same doors', () => {
    fc.assert(
      fc.property(doors, (list) => {
        expect(parseTable(printTable(list) ?? '')).toEqual(list);
      }),
    );
  });

  test('nothing closed: no file', () => expect(printTable([])).toBeNull());

  test('one port: both families, this computer’s own addresses, never lo', () => {
    const text = printTable([door()]) ?? '';
    expect(text.split('\n').filter((line) => line.endsWith('drop'))).toEqual([
      '\t\tiif != "lo" fib daddr type local tcp flags & (fin | syn | rst | ack) == syn tcp dport 3000 drop',
    ]);
  });

  test('networks that get past: a rule for each family, also for the one in which nobody does', () => {
    const text = printTable([door({ protocol: 'udp', port: 53, except: ['192.168.77.0/24'] })]) ?? '';
    const starts = text.split('\n').flatMap((line) => /^\t\t(.*) iif .*drop$/.exec(line)?.[1] ?? []);
    expect(starts).toEqual(['ip saddr != { 192.168.77.0/24 }', 'meta nfproto ipv6']);
  });

  test.each([
    ['another line', (text: string) => text.replace('\t}\n', '\t\ttcp dport 22 accept\n\t}\n')],
    ['a door that is not in its rules', (text: string) => text.replace('"port":3000', '"port":3001')],
    ['half a file', (text: string) => text.slice(0, text.length / 2)],
    ['no JSON', (text: string) => text.replace('# {"protocol"', '# {protocol')],
    ['nothing', () => ''],
    ['words in a network', (text: string) => text.replace('"except":[]', '"except":["0.0.0.0/0 }; flush ruleset"]')],
  ])('%s is not ours', (_, damage) => {
    const text = damage(printTable([door()]) ?? '');
    // An empty file holds no door, and is not what is written for none.
    expect(parseTable(text)).toBeNull();
  });
});

describe('networks', () => {
  test.each(['0.0.0.0/0', '10.0.0.1', 'fe80::/10', '::1'])('%s is one', (text) => expect(isNetwork(text)).toBe(true));
  test.each([
    '',
    'any',
    '10.0.0.0/33',
    '10.0.0',
    '1.2.3.4;',
    '{ 1.2.3.4 }',
    'fe80::1%wlan0',
    '0x7f.1',
    '10.0.0.1/',
    '１.1.1.1',
  ])('“%s” is none', (text) => expect(isNetwork(text)).toBe(false));
  test('any text whatever that is one holds digits, dots, colons and a slash alone', () => {
    fc.assert(fc.property(fc.string(), (text) => !isNetwork(text) || /^[0-9a-f:./]+$/.test(text)));
  });
  test('a door out of range is none', () => {
    expect([0, 65536, 1.5, Number.NaN].map((port) => isDoor(door({ port })))).toEqual([false, false, false, false]);
  });
});
