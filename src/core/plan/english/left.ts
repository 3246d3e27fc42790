/** What an undo leaves as it is, and why, in English. */
import { capital } from '../../advice/english/parts.ts';
import type { Left, Thing } from '../../told.ts';
import { portWords } from './parts.ts';
import { networksWords } from './windows.ts';

export function thingWords(thing: Thing): string {
  switch (thing.is) {
    case 'ufw':
      return 'ufw';
    case 'rule':
      return `the IPv${thing.family} rule “${thing.rule}”`;
    case 'block':
      return `the block of ${portWords(thing.target)} in Portcullis’s own table`;
    case 'zone-rule':
      return `the rule for ${portWords(thing.target)} in firewalld’s zone ${thing.zone}`;
    case 'unit':
      return thing.unit;
    case 'windows-block':
      return `Portcullis’s rule in Windows Firewall that blocks ${portWords(thing.target)}`;
    case 'windows-rule':
      return `the rule “${thing.rule}” of Windows Firewall`;
    case 'profile':
      return `Windows Firewall in ${networksWords([thing.profile])}`;
  }
}

export function leftWords({ thing, why }: Left): string {
  const what = capital(thingWords(thing));
  switch (why.kind) {
    case 'differs':
      return `${what} is not as this change left it any more, so nothing is taken away there.`;
    case 'there':
      return `${what} is there again already.`;
    case 'needed':
      return `${what} stays: the later change “${why.later.summary}” needs it.`;
    case 'made-by-hand':
      return `${what} stays: the later change “${why.later.summary}” took it away, and somebody has made it again.`;
    case 'taken-by-hand':
      return `${what} is not put back: the later change “${why.later.summary}” made it again, and somebody has taken it away.`;
    case 'taken-too':
      return `${what} is not put back: the later change “${why.later.summary}” took it away as well.`;
    case 'belonged':
      return `${what} is not put back: it belonged to “${why.to.summary}”, which does not stand any more.`;
    case 'taken-before':
      return `${what} is not put back: “${why.to.summary}” had taken it away before.`;
    case 'unit-gone':
      return `${what} is not started again: it was removed or masked since.`;
    case 'rule-changed':
      return `${what} was deleted or changed since, so it is left as it is.`;
    case 'unseen':
      return `Whether ${thingWords(thing)} still stands cannot be seen now, since that zone is not in use: it is left as it is.`;
    case 'no-ipv6':
      return `${what} is left as it is: ufw is set to leave IPv6 alone (IPV6=no).`;
    case 'replaced':
      return `${what} is not put back: “${why.by}” stands in its place now.`;
  }
}
