/** Rules that do nothing, and openings for nothing, in English. */
import { FIREWALL } from '../../firewalls/names.ts';
import type {
  IdleSaid,
  OpeningSaid,
  SaysHalfOpening,
  SaysIdleRules,
  SaysPowerlessDeny,
  SaysUnusedOpening,
} from '../../says.ts';
import { visible } from '../../visible.ts';
import { FIXED } from '../commands.ts';
import { LONGEST_RULE, short } from '../named.ts';
import type { Subjects } from '../subjects.ts';
import { audience, joined, portOf, type Sentences, subjectOf } from './parts.ts';

const DELETING = 'Deleting such a rule changes nothing for anybody, as long as the other rules stay.';

/** `The ufw rule “deny 8080/tcp”`, with the family where it is so for one only of two. */
const ruleName = ({ firewall, rule, families }: IdleSaid): string =>
  `The ${firewall} rule “${short(rule, LONGEST_RULE)}”${families.length === 1 ? ` (IPv${families[0]})` : ''}`;

/** One sentence: why it does nothing. */
function reasonOf({ kind, firewall, action, by, against }: IdleSaid): string {
  const names = by.map(
    (one) => `“${short(one.rule, LONGEST_RULE)}”${one.firewall === firewall ? '' : ` (${visible(one.firewall)})`}`,
  );
  const others = joined(names.length === 0 ? ['another rule'] : names);
  const ending = names.length > 1 ? '' : 's';
  const letIn = action === 'deny' ? `let${ending} in` : `keep${ending} out`;
  switch (kind) {
    case 'shadowed':
      if (names.length === 0) return 'No packet can come to it that it would match.';
      return against
        ? `No packet comes to it: what it is about meets ${others} first, which ${letIn} all of it.`
        : `No packet comes to it: ${others} decide${ending} before it.`;
    case 'redundant':
      return against
        ? `It decides nothing: ${others} let${ending} some in before it, and the rest is kept out without it as well.`
        : `It decides nothing: without it, ${others} ${ending === '' ? 'do' : 'does'} the same.`;
    case 'overridden':
      return action === 'allow'
        ? `Nobody gets in through it: ${others} keep${ending} out all that it lets in.`
        : `Packets do not come to it: ${others} take${ending} them elsewhere before it is asked.`;
  }
}

const toDelete = ({ deletion }: IdleSaid): string => (deletion === null ? '' : ` To delete it: ${deletion}.`);

export function powerlessDeny({ rule, listener: id, who, command }: SaysPowerlessDeny, subjects: Subjects): Sentences {
  const listener = subjects.listener(id);
  return {
    title: `${ruleName(rule)} does not close ${portOf(listener)}`,
    why: `${reasonOf(rule)} ${subjectOf(listener)} is open to ${audience(who)}. To close it: ${command}.${toDelete(rule)}`,
    ifClosed: DELETING,
  };
}

export function idleRules({ rules: { first, more } }: SaysIdleRules): Sentences {
  const [only, ...rest] = first;
  if (only !== undefined && rest.length === 0)
    return { title: `${ruleName(only)} does nothing`, why: `${reasonOf(only)}${toDelete(only)}`, ifClosed: DELETING };
  const said = first.map((rule) => `${ruleName(rule)}: ${reasonOf(rule)}`);
  return {
    title: `${first.length + more} firewall rules do nothing`,
    why: `${said.join(' ')}${more === 0 ? '' : ` ${more} more are in: ${FIXED.json}.`}`,
    ifClosed: DELETING,
  };
}

/** `The rule is "a" (ufw)`, `The rules are "a" (ufw) and "b" (firewalld)`. */
const openingsOf = (openings: readonly OpeningSaid[]): string =>
  `${openings.length > 1 ? 'The rules are' : 'The rule is'} ${joined(
    openings.map(({ rule, firewall }) => `"${visible(rule)}" (${FIREWALL[firewall]})`),
  )}`;

export const unusedOpening = ({ target, openings, here, off }: SaysUnusedOpening): Sentences => ({
  title: `A rule opens ${portOf(target)}, but nothing listens there${here ? ' for others' : ''}`,
  why: `${openingsOf(openings)}. ${here ? 'The program there listens on this computer only. ' : ''}${
    off ? 'The firewall is off now; turned on, the' : 'The'
  } next program that listens there would be open at once.`,
  ifClosed:
    'Nothing that runs now is affected. A program that listens there later is closed to others until you open the port again.',
});

export const halfOpening = ({ target, family, openings, commands }: SaysHalfOpening): Sentences => ({
  title: `A rule opens ${portOf(target)} for IPv${family}, but nothing listens there on IPv${family}`,
  why: `${openingsOf(openings)}, and ${openings.length > 1 ? 'stand' : 'stands'} for IPv${family} alone. The program there listens on IPv${family === 6 ? 4 : 6}; one that listens on IPv${family} as well would be open at once.${commands === null ? '' : ` To delete ${openings.length > 1 ? 'them' : 'it'}: ${commands.join('; ')}.`}`,
  ifClosed: 'Nothing that runs now is affected.',
});
