/**
 * Said as root when the package is removed: what stays, and what would open. A program of its own. It reads ufw's files,
 * because they decide and not the journal, and never fails: a removal must not stop at its words.
 */
import { readFileSync } from 'node:fs';
import { table, ufw } from '../../core/firewalls/registry.ts';
import type { Family, UfwTuple } from '../../core/model.ts';
import { shownCommand } from '../../core/shell-command.ts';
import { visible } from '../../core/visible.ts';
import { changesOf, events } from './store.ts';

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The rules in one of ufw's files. */
const rulesIn = (path: string, family: Family): readonly UfwTuple[] =>
  textOf(path)
    .split('\n')
    .flatMap((line) => ufw.parseTuple(line, family) ?? []);

const isSame = (a: UfwTuple, b: UfwTuple): boolean => a.family === b.family && ufw.sameRule(a, b);

const named = (tuple: UfwTuple): string => `${ufw.ruleText(tuple)} (IPv${tuple.family})`;

/** What to type to take a rule away, or to have it again at the end of ufw's list. */
const typed = (tuple: UfwTuple, wanted: 'away' | 'again'): readonly string[] =>
  ufw
    .commandsOf({ kind: 'ufw-delete', tuple })
    .map((argv) => (wanted === 'away' ? argv : argv.filter((word, index) => word !== 'delete' || index > 2)))
    .map((argv) => `  ${named(tuple)}: ${shownCommand(['sudo', ...argv])}`);

/** What Portcullis's own table keeps closed: the unit that loads it when the computer starts goes with the package. */
function ofOwnTable(): readonly string[] {
  const text = textOf(table.TABLE_PATH);
  if (text === '') return [];
  const doors = table.parseTable(text)?.map(({ protocol, port }) => `${port}/${protocol}`);
  return [
    `Its own table keeps closed: ${doors?.join(', ') ?? table.TABLE_PATH}. It stays until the computer starts again; then other rules decide.`,
    `  to have it again after a start: sudo nft -f ${table.TABLE_PATH}`,
    '  to take it away now: sudo nft delete table inet portcullis',
  ];
}

async function farewell(): Promise<readonly string[]> {
  const there = [...rulesIn('/etc/ufw/user.rules', 4), ...rulesIn('/etc/ufw/user6.rules', 6)];
  const ours = there.filter(({ comment }) => comment === ufw.COMMENT_HEX);
  const isOn = /^ENABLED=yes$/m.test(textOf('/etc/ufw/ufw.conf'));
  const standing = changesOf(await events()).filter(({ state }) => state === 'applied');
  const away = standing
    .flatMap(({ plan }) =>
      plan.steps.flatMap(({ operation }) => (operation.kind === 'ufw-delete' ? operation.tuple : [])),
    )
    .filter((tuple) => !there.some((one) => one.action === tuple.action && isSame(one, tuple)));
  const own = ofOwnTable();
  if (ours.length + away.length + standing.length + own.length === 0) {
    return ['Portcullis: no rule of its own is left; removing it opens and closes nothing.'];
  }
  return [
    `Portcullis: removing it opens no port. ufw is ${isOn ? 'on' : 'off'} and stays so, and what was changed stays too.`,
    ...own,
    ...(ours.length === 0
      ? []
      : [
          'Rules that it made, and what takes them away; then other rules decide:',
          ...ours.flatMap((tuple) => typed(tuple, 'away')),
        ]),
    ...(away.length === 0
      ? []
      : [
          'Rules that it took away, and what brings them back and opens what they opened:',
          ...away.flatMap((tuple) => typed(tuple, 'again')),
        ]),
    ...(standing.length === 0
      ? []
      : [
          'In force, and to be undone as a whole only by an installed Portcullis:',
          ...standing.map(({ summary, id }) => `  ${visible(summary)}: portcullis undo ${visible(id)}`),
        ]),
    'Its journal stays in /var/lib/portcullis until the package is purged.',
  ];
}

farewell()
  .then((lines) => process.stdout.write(`${lines.join('\n')}\n`))
  .catch(() => {
    process.stdout.write('Portcullis: the rules that it made stay in ufw; see them with: sudo ufw status\n');
  });
