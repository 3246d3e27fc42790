/**
 * Said as root when the package is removed: what stays, and what would open. A program of its own. It reads ufw's files,
 * because they decide and not the journal, and never fails: a removal must not stop at its words.
 */
import { readFileSync } from 'node:fs';
import { ufw } from '../../core/firewalls/registry.ts';
import type { Family, UfwTuple } from '../../core/model.ts';
import { visible } from '../../core/visible.ts';
import { changesOf, events } from './store.ts';

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The rules in one of ufw's files that Portcullis put there. */
const rulesIn = (path: string, family: Family): readonly UfwTuple[] =>
  textOf(path)
    .split('\n')
    .flatMap((line) => ufw.parseTuple(line, family) ?? [])
    .filter(({ comment }) => comment === ufw.COMMENT_HEX);

/** What to type to take a rule away; the two families of one rule are two. */
const takingAway = (rules: readonly UfwTuple[]): readonly string[] =>
  rules.flatMap((tuple) => ufw.commandsOf({ kind: 'ufw-delete', tuple })).map((argv) => `sudo ${argv.join(' ')}`);

async function farewell(): Promise<readonly string[]> {
  const rules = [...rulesIn('/etc/ufw/user.rules', 4), ...rulesIn('/etc/ufw/user6.rules', 6)];
  const isOn = /^ENABLED=yes$/m.test(textOf('/etc/ufw/ufw.conf'));
  const standing = changesOf(await events()).filter(({ state }) => state === 'applied');
  const closing = rules.filter(({ action }) => action !== 'allow');
  if (rules.length === 0 && standing.length === 0) {
    return ['Portcullis: no rule of its own is left in ufw; removing it opens and closes nothing.'];
  }
  return [
    'Portcullis: removing it opens no port. Its rules belong to ufw and stay there:',
    ...rules.map((tuple) => `  ${ufw.ruleText(tuple)}`),
    ...(isOn ? [] : ['ufw is off, so none of them is in force now.']),
    ...(closing.length === 0
      ? []
      : ['What they close would open again, as far as other rules let it, only with:', ...indent(takingAway(closing))]),
    ...(standing.length === 0
      ? []
      : [
          'Changes in force, which only an installed Portcullis can undo:',
          ...standing.map(({ summary, id }) => `  ${visible(summary)}  (portcullis undo ${visible(id)})`),
        ]),
    'Its journal stays in /var/lib/portcullis until the package is purged.',
  ];
}

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

farewell()
  .then((lines) => process.stdout.write(`${lines.join('\n')}\n`))
  .catch(() => {
    process.stdout.write('Portcullis: the rules that it made stay in ufw; see them with: sudo ufw status\n');
  });
