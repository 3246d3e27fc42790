/** Problems of foreseeing what a step would do, in English. */
import { whatText, whyText } from '../gaps/index.ts';
import type { Unforeseen, Wording } from '../problem.ts';
import type { ForeseeingProblem } from '../problem/foreseeing.ts';

function whyWords(why: Unforeseen): string {
  switch (why.is) {
    case 'unread':
      return `${whatText(why.what)}: ${whyText(why.why)}`;
    case 'no-unit':
      return `there is no ${why.unit}`;
    case 'rule-differs':
      return `the rule “${why.rule}” is not as it was read`;
    case 'kernel-unread':
      return `the kernel’s rules could not be read: ${whyText(why.why)}`;
    case 'file-unread':
      return `${why.path} could not be read`;
    case 'file-line':
      return `${why.path} holds a line that is not known`;
    case 'family-line':
      return `a file in /etc/ufw for IPv${why.family} holds a line that is not known`;
    case 'kernel-family':
      return `the kernel’s rules for IPv${why.family} are not known`;
    case 'zone-missing':
      return `zone ${why.zone} is not in nftables’ rules`;
    case 'zone-priority':
      return `zone ${why.zone} has a rule of somebody’s with the priority of Portcullis’s`;
    case 'zone-differs':
      return `nftables’ rules for zone ${why.zone} are not what firewalld says`;
    case 'zone-halved':
      return `zone ${why.zone} is not both in use and kept`;
    case 'sockets':
      return 'which socket belongs to whom is not known';
    case 'chains-missing':
      return 'ufw’s chains are not in the kernel';
    case 'builtins':
      return 'MANAGE_BUILTINS=yes makes ufw empty rules that are not its own';
    case 'off-but-loaded':
      return 'ufw is off in its settings, but its rules are in the kernel';
    case 'ufw-missing':
      return 'ufw is not installed';
    case 'ufw-off':
      return 'ufw is off already';
    case 'saved':
      return 'what was saved is not part of a snapshot';
    case 'skipped':
      return 'ufw would skip one of the steps';
    case 'nonsense':
      return 'nftables’ rules make no sense';
    case 'no-effect':
      return 'one of the steps would do nothing';
  }
}

export const foreseeingWords: Wording<ForeseeingProblem> = {
  unforeseen: ({ of, why }) => [
    `What this ${of === 'firewalld' ? 'would do in firewalld' : 'change would do'} cannot be foreseen: ${whyWords(why)}.`,
    of === 'ufw'
      ? 'Look at the files in /etc/ufw, or make the change with ufw by hand.'
      : 'Scan again, then try again.',
  ],
  'saved-not-read': () => ['What was saved is not part of a snapshot.', 'Scan again.'],
};
