/** Does the kernel hold the user's rules as ufw's files say? A command of ufw may end well although one family was not loaded. */
import type { Family, Snapshot } from '../../model.ts';
import { kernelText, whyNoKernel } from './kernel-text.ts';
import { readUfw } from './read.ts';

/** The user's own chains, line by line, without counters. */
const usersRules = (snapshot: Snapshot, family: Family): readonly string[] =>
  kernelText(snapshot, family)
    .split('\n')
    .filter((line) => /^(\[\d+:\d+\] )?-A ufw6?-user-/.test(line))
    .map((line) => line.replace(/^\[\d+:\d+\] /, '').trimEnd());

/** The families in which it does not hold what was foreseen, as far as can be seen: what cannot be read any more counts. */
export function notLoaded(expected: Snapshot, found: Snapshot): readonly Family[] {
  if (readUfw(expected).value?.enabled !== true) return [];
  return ([4, 6] as const).filter(
    (family) =>
      whyNoKernel(expected, family) === null &&
      (whyNoKernel(found, family) !== null ||
        usersRules(expected, family).join('\n') !== usersRules(found, family).join('\n')),
  );
}
