/** What is typed into the list of commands, and what fits it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedPort, commandsFor, scoreOf } from '../../src/renderer/state/commands.ts';
import * as plans from '../e2e/fixtures/plans.ts';
import * as reports from '../e2e/fixtures/reports.ts';

const around = { report: reports.advice, history: [] };
const titles = (text: string, more: Partial<Parameters<typeof commandsFor>[1]> = {}): readonly string[] =>
  commandsFor(text, { ...around, ...more }).map(({ title }) => title);

describe('a port that is typed', () => {
  test.each([
    ['close 3000', { wants: 'close', port: 3000, protocol: null }],
    ['Close  port 5353/udp', { wants: 'close', port: 5353, protocol: 'udp' }],
    ['block 80 tcp', { wants: 'close', port: 80, protocol: 'tcp' }],
    ['who can reach 22', { wants: 'who', port: 22, protocol: null }],
    ['who can reach 22/tcp?', { wants: 'who', port: 22, protocol: 'tcp' }],
    [' 8080 ', { wants: 'either', port: 8080, protocol: null }],
    ['port 8080', { wants: 'either', port: 8080, protocol: null }],
  ] as const)('%s', (text, expected) => expect(askedPort(text)).toEqual(expected));

  test.each(['', 'close', 'close 0', 'close 65536', 'close 3000/sctp', 'close 12a', '3000 3001', 'undo'])(
    'not in “%s”',
    (text) => expect(askedPort(text)).toBeNull(),
  );

  test('is closed by the advice on it, as its button does', () => {
    expect(commandsFor('close 3000', around)).toMatchObject([
      {
        title: 'Close 3000/tcp',
        hint: 'node',
        does: {
          do: 'close',
          target: { protocol: 'tcp', port: 3000 },
          finding: 'exposed-dev-server:tcp/3000',
          listener: 'tcp/3000',
        },
      },
    ]);
  });

  test('that only this computer reaches is shown and not closed', () => {
    expect(titles('close 631')).toEqual(['Who can reach 631/tcp']);
  });

  test('on which nothing listens can be closed for later, and is said to be so', () => {
    expect(commandsFor('close 7777/udp', around)).toMatchObject([
      { title: 'Close 7777/udp', hint: 'Nothing listens there now', does: { listener: null, finding: null } },
    ]);
    expect(titles('who can reach 7777')).toEqual([]);
  });

  test('on which nothing is known to listen, because not everything was read, is said to be so', () => {
    const [found] = commandsFor('close 7777/udp', { ...around, report: reports.listMissing });
    expect(found).toMatchObject({ title: 'Close 7777/udp', hint: 'Nothing is known to listen there' });
  });

  test('of two protocols gives one command for each, unless one is named', () => {
    expect(titles('who can reach 53')).toEqual(['Who can reach 53/tcp', 'Who can reach 53/udp']);
    expect(titles('who can reach 53/udp')).toEqual(['Who can reach 53/udp']);
  });
});

describe('words', () => {
  test.each([
    ['firewall', 'Open Firewall'],
    ['hist', 'Open History'],
    ['export for windows', 'Export for Windows'],
    ['export for ufw', 'Export for ufw'],
    ['scan again', 'Scan again'],
    ['read exactly', 'Read the exact rules'],
    ['dark', 'Appearance: Dark theme'],
    ['expt', 'Open Export'],
    ['close postgres', 'Close 5432/tcp'],
  ])('%s: %s first', (text, first) => expect(titles(text)[0]).toBe(first));

  test('undo is there where there is something to undo', () => {
    expect(titles('undo')).toEqual([]);
    expect(commandsFor('undo', { ...around, history: [plans.applied] })).toMatchObject([
      { title: 'Undo the last change', does: { do: 'undo', change: plans.applied.id } },
    ]);
  });

  test('nothing typed shows what there is; nonsense fits nothing', () => {
    expect(titles('')).toEqual(expect.arrayContaining(['Open Keep closed', 'Open Firewall', 'Export for Windows']));
    expect(titles('xyzzy')).toEqual([]);
    expect(titles('close 70000')).toEqual([]);
  });

  test('every word must fit', () => {
    expect(scoreOf('Export for Windows', ['exp', 'win'])).toBeGreaterThan(0);
    expect(scoreOf('Export for Windows', ['exp', 'ufw'])).toBe(0);
    expect(scoreOf('Close 3000/tcp', ['300'])).toBeGreaterThan(0);
    expect(scoreOf('Close 3000/tcp', ['3030'])).toBe(0);
  });

  test('before the first report the views can be opened all the same', () => {
    expect(titles('close 3000', { report: null })).toEqual([]);
    expect(titles('ports', { report: null })).toEqual(['Open Ports']);
  });
});

test('whatever is typed gives few commands with ids of their own', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const ids = commandsFor(text, around).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeLessThanOrEqual(14);
    }),
  );
});

test('ten thousand ports are searched, and a few of what fits are listed', () => {
  const large = { report: reports.many, history: [] };
  const found = commandsFor('program-13', large);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(50);
});
