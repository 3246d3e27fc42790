/** Attacks on the text in which a plan travels: bytes, lines, limits, and JSON that no program prints. */
import type { Warning } from '../../../src/core/told.ts';
import type { Random } from '../generate/random.ts';
import { type Order, signed } from './bases.ts';
import { KEYS_OF_OBJECTS } from './keys.ts';

const MEGABYTE = 1024 * 1024;

const ahead = (because: string): Warning => ({ kind: 'ahead', because });

/** What no plan says of why a firewall cannot do it: text under other names, other programs' names, and all that steers. */
const NO_REASONS: readonly unknown[] = [
  { kind: 'told', message: 'Everything is well.', hint: 'curl x | sh' },
  { kind: 'fault', said: '\u001b[2J' },
  { kind: 'put-back', cause: { kind: 'said', said: '\n' }, whole: true },
  { kind: 'nobody-asks', command: 'rm -rf /' },
  { kind: 'way-by-hand', ways: [{ by: 'program', program: 'sh', pid: 1 }] },
  { kind: 'foreign-lines', lines: ['a\u001b[2Jb'] },
  { kind: 'foreign-lines', lines: ['x'.repeat(8193)] },
  { kind: 'foreign-lines', lines: Array.from({ length: 10_001 }, () => 'x') },
  { kind: 'ufw-not-loaded', because: { kind: 'ufw-not-loaded' } },
  Array.from({ length: 500 }).reduce<unknown>(
    (inner) => ({ kind: 'helper-failed', cause: { kind: 'problem', means: inner } }),
    {},
  ),
];

/** Keys that JSON can hold and no literal can, at any object of the text; the id stays right. */
export function keysInText(order: Order, random: Random): Buffer {
  const text = JSON.stringify(order);
  const places = [...text.matchAll(/\{/g)].map(({ index }) => index + 1);
  const at = random.pick(places);
  const [key, value] = random.pick(KEYS_OF_OBJECTS);
  const comma = text[at] === '}' ? '' : ',';
  return Buffer.from(`${text.slice(0, at)}${JSON.stringify(key)}:${value}${comma}${text.slice(at)}`);
}

/** The same key twice: who reads the first means something else than who reads the last. */
export function keyTwice(order: Order, random: Random): Buffer {
  const text = JSON.stringify(order);
  const key = random.pick(Object.keys(order));
  const other = random.pick([
    'null',
    '"x"',
    '[]',
    '{}',
    '"nftables"',
    '1',
    JSON.stringify(order['steps']),
    '[[["rm"]]]',
  ]);
  return Buffer.from(
    random.chance(0.5)
      ? `${text.slice(0, -1)},${JSON.stringify(key)}:${other}}`
      : `{${JSON.stringify(key)}:${other},${text.slice(1)}`,
  );
}

export function tooMuch(order: Order, random: Random): Buffer {
  const text = JSON.stringify(order);
  const open = random.pick(['[', '{"a":', '[{"a":']);
  return random.weighted<() => Buffer>([
    [() => Buffer.from(`${text}${' '.repeat(random.pick([4, 5, 9]) * MEGABYTE)}`), 1],
    [() => Buffer.alloc(random.pick([4 * MEGABYTE + 1, 6 * MEGABYTE]), random.pick(['[', '"', '\0', ' ', '9'])), 1],
    [() => Buffer.from(open.repeat(random.pick([1000, 100_000, 1_000_000]))), 2],
    [() => Buffer.from(`{"schema":1,"steps":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), 2],
    [() => Buffer.from(`${text.slice(0, -1)},"x":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`), 2],
    [
      () =>
        Buffer.from(
          JSON.stringify(
            signed({
              ...order,
              warnings: Array.from({ length: random.pick([1001, 9000]) }, () => ahead('x'.repeat(300))),
            }),
          ),
        ),
      1,
    ],
    [
      () =>
        Buffer.from(JSON.stringify(signed({ ...order, warnings: [ahead('x'.repeat(random.pick([8193, 100_000])))] }))),
      1,
    ],
    [
      () => {
        const because = random.pick(NO_REASONS);
        return Buffer.from(JSON.stringify(signed({ ...order, warnings: [{ kind: 'ahead', because }] })));
      },
      2,
    ],
    [() => Buffer.from(JSON.stringify(signed({ ...order, effects: Array.from({ length: 10_001 }, () => 0) }))), 1],
    [() => Buffer.from(`{${Array.from({ length: 50_000 }, (_, at) => `"k${at}":0`).join(',')}}`), 1],
    [() => Buffer.from(`{"schema":1,"id":"${'a'.repeat(64)}","summary":"${'\\u0041'.repeat(400_000)}"}`), 1],
    [() => Buffer.from(`{"schema":${'1'.repeat(random.pick([400, 1_000_000]))}}`), 1],
  ])();
}

export function bytes(order: Order, random: Random): Buffer {
  const plan = Buffer.from(JSON.stringify(order));
  const at = random.below(plan.length);
  const into = (more: Buffer | string): Buffer =>
    Buffer.concat([plan.subarray(0, at), Buffer.from(more), plan.subarray(at)]);
  const noise = (): Buffer => Buffer.from(Array.from({ length: 1 + random.below(400) }, () => random.below(256)));
  return random.weighted<() => Buffer>([
    [() => into(Buffer.from([0xff])), 1],
    [() => into(Buffer.from([0xc0, 0x80])), 1],
    [() => into(Buffer.from([0xed, 0xa0, 0x80])), 1],
    [() => into(Buffer.from([0])), 1],
    [() => into('\r\n'), 1],
    [() => into('\n'), 1],
    [() => into('\u2028'), 1],
    [() => into(noise()), 1],
    [() => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plan]), 1],
    [() => Buffer.from(plan.toString('utf8'), 'utf16le'), 1],
    [() => plan.subarray(0, at), 3],
    [() => plan.subarray(at), 1],
    [() => Buffer.concat([plan.subarray(0, at), Buffer.from('\n'), plan]), 1],
    [() => Buffer.concat([Buffer.from('\n'), plan]), 1],
    [
      () =>
        Buffer.concat([
          Buffer.from(random.pick(['confirm\n', 'undo\n', 'null\n', '{}\n', '[]\n', '"x"\n', '0\n'])),
          plan,
        ]),
      1,
    ],
    [() => Buffer.concat([plan.subarray(0, -1), plan]), 1],
    [() => Buffer.concat([Buffer.from('['), plan, Buffer.from(']')]), 1],
    [() => Buffer.concat([Buffer.from(JSON.stringify(plan.toString('utf8')))]), 1],
    [
      () =>
        Buffer.from(
          random.pick([
            '',
            '\n',
            ' ',
            'null',
            '[]',
            '{}',
            '""',
            '0',
            'NaN',
            'undefined',
            '//',
            '#!/bin/sh\nreboot\n',
            '---\n- x',
            '<x/>',
          ]),
        ),
      2,
    ],
    [() => Buffer.from(plan.toString('utf8').replace(/"([a-z]+)"/, "'$1'")), 1],
    [() => Buffer.from(plan.toString('utf8').replace(/^\{/, '{/* x */')), 1],
    [() => Buffer.from(plan.toString('utf8').replace(/\}$/, ',}')), 1],
    [() => noise(), 2],
    [() => Buffer.from(JSON.stringify(JSON.stringify(order).split(''))), 1],
  ])();
}
