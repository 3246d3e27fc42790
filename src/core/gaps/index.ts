/**
 * What could not be read, and why something is unknown: readers make the meaning, and the English is made of it here.
 *
 *   meaning.ts   the types                          what.ts, why.ts, how.ts   their English
 *   alike.ts     when two are one thing to tell     together.ts   the same of several rules
 *   asks.ts      what rules of Windows Firewall ask for
 *   settle.ts    what would settle a reason          look-at-table.ts   what shows a table of nftables
 */
import type { Answer, Gap } from '../model.ts';
import { howText } from './how.ts';
import type { GapMeaning, Reason } from './meaning.ts';
import { whatText } from './what.ts';
import { reasonText, whyText } from './why.ts';

export { togetherReasons } from './together.ts';
export { unreadKey, withoutFamily, withoutPart } from './alike.ts';
export type { BesidePart, BpfPlace, Device, Fault, GapHow, GapMeaning, GapWhat, GapWhy, Reason } from './meaning.ts';
export { lookAtTable } from './look-at-table.ts';
export { settledBy, settledTogether } from './settle.ts';
export { deviceText, whatText } from './what.ts';
export { reasonText, whyText } from './why.ts';

export const gap = (means: GapMeaning): Gap => ({
  what: whatText(means.what),
  why: whyText(means.why),
  how: howText(means.how),
  means,
});

/** Why something is unknown, with its English: what is the same to people has the same text. */
export interface Doubt {
  readonly text: string;
  readonly means: Reason;
}

export const doubt = (means: Reason): Doubt => ({ text: reasonText(means), means });

/** A part of a rule, as the rule has it. */
export const ruleDoubt = (text: string): Doubt => doubt({ kind: 'rule', text });

/** As an answer carries them. */
export const reasonsFrom = (doubts: readonly Doubt[]): Pick<Answer, 'reasons' | 'doubts'> => ({
  reasons: doubts.map(({ text }) => text),
  doubts: doubts.map(({ means }) => means),
});

/** How an answer says that it is unknown because something was not read. */
export const unreadDoubt = ({ means: { what, why } }: Gap): Doubt => doubt({ kind: 'unread', what, why });
