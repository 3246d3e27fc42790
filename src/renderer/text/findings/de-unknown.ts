/** What cannot be told, in German. */
import { gapsByWhy, isOneRule } from '../../../core/advice/cause.ts';
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import { settledTogether, withoutPart } from '../../../core/gaps/index.ts';
import type { Cause, SaysReachUnknown } from '../../../core/says.ts';
import { list, number, sentence } from '../format.ts';
import { germanGap, germanReason } from '../gaps/de.ts';
import { germanHow } from '../gaps/de-how.ts';
import { portOf, subjectOf } from './de-parts.ts';

/** What stands in the way, and what would settle it. */
function causeWords({ gaps, reasons, more }: Cause): { readonly text: string; readonly how: string } {
  if (gaps.length === 0)
    return {
      text:
        reasons.length === 0
          ? 'ein Teil der Regeln'
          : [
              ...reasons.map((one) => sentence(germanReason(one))),
              ...(more === 0 ? [] : [`und ${number(more)} weitere`]),
            ].join('; '),
      how: howOf(reasons, more),
    };
  const { parts, hows } = gapsByWhy(gaps.map(({ means }) => germanGap({ ...means, what: withoutPart(means.what) })));
  return {
    text: parts.map(({ whats, why }) => `${list(whats)} (${why})`).join('; '),
    how: `Um es zu klären: ${hows.join(', oder ')}.`,
  };
}

function howOf(reasons: Cause['reasons'], more: number): string {
  const how = settledTogether(reasons);
  if (how.kind !== 'named-rule') return `Um es zu klären: ${germanHow(how)}.`;
  return `Um es zu klären, sieh dir die ${more === 0 && isOneRule(reasons) ? 'Regel an, die genannt ist' : 'Regeln an, die genannt sind'}.`;
}

export function reachUnknown({ listener: id, count, ports, cause }: SaysReachUnknown, subjects: Subjects): Sentences {
  const named = list([...ports.first.map(portOf), ...(ports.more === 0 ? [] : [`${number(ports.more)} weitere`])]);
  const { text, how } = causeWords(cause);
  return {
    title: `Wer ${id === null ? `${number(count)} Ports` : subjectOf(subjects.listener(id))} erreicht, lässt sich noch nicht sagen`,
    why: `Nicht bekannt: ${text}.${id === null ? ` Es geht um ${named}.` : ''} ${how}`,
    ifClosed: 'Alles geht weiter wie bisher: Nachsehen liest nur.',
  };
}
