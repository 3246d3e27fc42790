/** Numbers, times and lists as the person's own language writes them; and foreign text made safe and short. */
import { visible } from '../../core/visible.ts';
import { once } from './once.ts';

/** Twelve hours or twenty-four is a habit of the person, not of the language. */
const habit = once((): Pick<Intl.DateTimeFormatOptions, 'hourCycle'> => {
  const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
  return hourCycle === undefined ? {} : { hourCycle };
});

/** Each is made when it is first needed: together they take as long as drawing the page. */
const formatsOf = (tag: string) => ({
  number: once(() => new Intl.NumberFormat(tag)),
  plural: once(() => new Intl.PluralRules(tag)),
  list: once(() => new Intl.ListFormat(tag, { type: 'conjunction' })),
  time: once(() => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', ...habit() })),
  dateTime: once(() => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', ...habit() })),
});

let formats = formatsOf('en');

/** From now on as this language writes; `words.ts` alone calls it, so that both stay together. */
export const formatAs = (tag: string): void => {
  formats = formatsOf(tag);
};

/**
 * A count, with separators. Port numbers are names, not counts: they are written as they are. The first view counts a few
 * things only, and those need no separator: to make the format takes a tenth as long as drawing it.
 */
export const number = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : formats.number().format(value);

/** `plural(2, { one: 'port', other: 'ports' })` is `2 ports`. */
export const plural = (count: number, forms: { readonly one: string; readonly other: string }): string =>
  `${number(count)} ${formats.plural().select(count) === 'one' ? forms.one : forms.other}`;

export const list = (items: readonly string[]): string => formats.list().format(items);

/** @param iso ISO 8601; what is not a date comes back as it is */
export const time = (iso: string): string => format(formats.time(), iso);
export const dateTime = (iso: string): string => format(formats.dateTime(), iso);

function format(formatter: Intl.DateTimeFormat, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? visible(iso) : formatter.format(date);
}

const LONGEST_NAME = 120;
const LONGEST_ON_BUTTON = 32;
const LONGEST_SENTENCE = 600;
const LONGEST_SAID = 200;

/** A name of foreign origin: one line, nothing hidden in it, cut where it would never end. */
export const foreign = (text: string): string => shorten(text, LONGEST_NAME);

/** The same on a button, which stays on one line; the whole name stands beside it. */
export const onButton = (text: string): string => shorten(text, LONGEST_ON_BUTTON);

/** A sentence that may hold such names. */
export const sentence = (text: string): string => shorten(text, LONGEST_SENTENCE);

/** What a program said, inside of a sentence that would be too long with all of it. */
export const said = (text: string): string => shorten(text, LONGEST_SAID);

/** Would the end of it be cut off? */
export const isTooLong = (text: string): boolean => sentence(text) !== visible(text);

function shorten(text: string, longest: number): string {
  const shown = visible(text.slice(0, longest * 4));
  const characters = Array.from(shown);
  return characters.length <= longest ? shown : `${characters.slice(0, longest).join('')}…`;
}
