/** Attacks by the words of the helper's command line: verbs, ids, summaries. */
import type { Random } from '../generate/random.ts';
import { attack, type Attack } from './attack.ts';
import type { Order } from './bases.ts';
import { TEXTS } from './texts.ts';

/** What the kernel can pass on to a program. */
const WORDS: readonly string[] = TEXTS.filter(
  (text) => !text.includes('\0') && !/[\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, '')),
).concat([
  '20261120T180000-aaaaaaaa/../../x',
  '../20261120T180000-aaaaaaaa',
  '20261120T180000-AAAAAAAA',
  'z'.repeat(65),
  'z'.repeat(7),
  '20261120T180000-aaaaaaaa\n',
  '20261120T180000-aaaaaaaa\u0000'.slice(0, -1),
  '%2e%2e%2f',
  'changes',
  'journal.jsonl',
  'lock',
  '.',
  '..',
  '-',
  '--',
  '0',
  '-1',
  'x'.repeat(60_000),
]);

const VERBS = [
  'apply ',
  'Apply',
  'APPLY',
  'appl',
  'applyx',
  'run',
  'exec',
  'sh',
  'restore',
  'read;',
  'reset',
  'disable',
  '--version',
  '-e',
  '--eval',
  '-p',
  '--require',
  'recover;reboot',
  '../apply',
  'apply\n',
  'constructor',
  '__proto__',
  'undo\tx',
];

/** `"$1"` is Node, `"$2"` the helper: bytes that are no UTF-8. */
const NO_TEXT = [
  String.raw`exec "$1" "$2" "$(printf '\377\376')"`,
  String.raw`exec "$1" "$2" undo "$(printf '\300\257\300\257')"`,
  String.raw`exec "$1" "$2" apply "$(printf 'Close\355\240\200')"`,
  String.raw`exec "$1" "$2" confirm "$(printf '\033[2J')"`,
];

export function words(order: Order, random: Random): Attack {
  const input = Buffer.from(`${JSON.stringify(order)}\n`);
  const word = (): string => random.pick(WORDS);
  if (random.chance(0.06)) return attack('refused', { through: random.pick(NO_TEXT), input });
  const line = random.weighted<() => readonly string[]>([
    [() => [], 1],
    [() => [random.pick(VERBS)], 4],
    [() => [random.pick(VERBS), word()], 2],
    [() => [word()], 4],
    [() => ['apply', word()], 5],
    [() => ['apply', word(), word()], 2],
    [() => ['apply', String(order['summary']), word()], 2],
    [() => ['apply', `${String(order['summary'])}${random.pick([' ', '\n', '; reboot', '\u200b'])}`], 3],
    [() => ['read', word()], 2],
    [() => ['history', word()], 2],
    [() => ['read', 'x', 'y', 'z'], 1],
    [() => ['apply', 'a', 'b', 'c', word()], 1],
  ])();
  return attack('refused', { words: line, input });
}

export function ids(_: Order, random: Random): Attack {
  const word = (): string => random.pick(WORDS);
  // A summary of two words alone is a way to take the last change back; none of these is the summary of one.
  const spaced = (): string => random.pick(['Close port 22', 'x y', '; reboot', '$(id) x', '../ x', '\u202e x']);
  const line = random.weighted<() => readonly string[]>([
    [() => ['confirm'], 1],
    [() => ['confirm', word()], 6],
    [() => ['confirm', '20261120T180000-aaaaaaaa'], 1],
    [() => ['confirm', word(), word()], 2],
    [() => ['undo', word()], 6],
    [() => ['undo', '20261120T180000-aaaaaaaa'], 1],
    [() => ['undo', '20261120T180000-aaaaaaaa', spaced()], 2],
    [() => ['undo', spaced(), spaced()], 1],
    [() => ['undo', spaced()], 2],
    [() => ['undo', word(), word()], 3],
    [
      () => [
        'recover',
        random.pick(['-1', '1e3', '10000', '99999', ' 0', '0x0', '0;reboot', 'NaN', '', '1.5', '٠', '0\n']),
      ],
      4,
    ],
    [() => ['recover', '0', word()], 1],
  ])();
  return attack(line[0] === 'recover' && line[2] !== undefined ? 'either' : 'refused', { words: line });
}
