/** What cannot be told, in English. */
import { howText as words } from '../../gaps/how.ts';
import { reasonText, settledTogether, whatText, withoutPart } from '../../gaps/index.ts';
import type { Cause, SaysReachUnknown } from '../../says.ts';
import { visible } from '../../visible.ts';
import { gapsByWhy, isOneRule } from '../cause.ts';
import type { Subjects } from '../subjects.ts';
import { joined, portOf, type Sentences, subjectOf } from './parts.ts';

/** A part of the kernel's rules is told as the whole. */
const byWhy = (gaps: Cause['gaps']) =>
  gapsByWhy(gaps.map(({ means, why, how }) => ({ what: whatText(withoutPart(means.what)), why, how })));

/** What stands in the way. The finding's id is made of it, too. */
export function causeText({ gaps, reasons, more }: Cause): string {
  if (gaps.length === 0) {
    if (reasons.length === 0) return 'part of the rules';
    const rest = more === 0 ? [] : [`and ${more} more`];
    return [...reasons.map((one) => visible(reasonText(one))), ...rest].join('; ');
  }
  return byWhy(gaps)
    .parts.map(({ whats, why }) => `${joined(whats.map(visible))} (${visible(why)})`)
    .join('; ');
}

function howText({ gaps, reasons, more }: Cause): string {
  if (gaps.length > 0) return `To settle it: ${byWhy(gaps).hows.map(visible).join(', or ')}.`;
  const how = settledTogether(reasons);
  if (how.kind !== 'named-rule') return `To settle it: ${words(how)}.`;
  return `To settle it, look at the ${more === 0 && isOneRule(reasons) ? 'rule that is' : 'rules that are'} named.`;
}

export function reachUnknown({ listener: id, count, ports, cause }: SaysReachUnknown, subjects: Subjects): Sentences {
  const words = ports.first.map(portOf);
  const named = ports.more === 0 ? joined(words) : `${words.join(', ')} and ${ports.more} more`;
  return {
    title:
      id === null
        ? `Who can reach ${count} ports cannot be told yet`
        : `Who can reach ${subjectOf(subjects.listener(id))} cannot be told yet`,
    why: `Not known: ${causeText(cause)}.${id === null ? ` It is about ${named}.` : ''} ${howText(cause)}`,
    ifClosed: 'Nothing stops working: looking only reads.',
  };
}
