/** The headline, in English: the same in the terminal, the window, the tray and a report. */
import type { OpenCount, OpenPorts } from '../headline.ts';
import type { Meant } from '../meant.ts';

const WHOM: Record<OpenPorts['whom'], string> = {
  internet: 'the internet',
  others: 'others',
  network: 'your network',
  some: 'some addresses',
  one: 'one address',
};

/** The headline, and what stands behind or below it; empty where nothing is open that should be looked at. */
export function headlineInEnglish({ needless, asked }: OpenCount): readonly string[] {
  if (needless.count > 0)
    return [`${open(needless)} that you probably don’t need${ofThem(needless)}.`, ...toLookAt(asked)];
  if (asked.count > 0)
    return [`${open(asked)}${ofThem(asked)}.`, `Look whether you need ${asked.count === 1 ? 'it' : 'them'}.`];
  return [];
}

/** What stands after the headline, or instead of one, about what may stay open; empty where the internet reaches nothing of it. */
export function meantInEnglish({ count, more }: Meant): readonly string[] {
  if (count === 0) return [];
  const which = `${count === 1 ? 'One' : count}${more ? ' more' : ''} ${count === 1 ? 'port is' : 'ports are'}`;
  return [
    `${which} open to the internet and ${count === 1 ? 'is' : 'are'} meant to be reached, or you keep ${count === 1 ? 'it' : 'them'} open.`,
  ];
}

const number = (count: number): string => (count === 1 ? 'one' : String(count));

const open = ({ count, whom }: OpenPorts): string =>
  `${count === 1 ? 'One port is' : `${count} ports are`} open to ${WHOM[whom]}`;

/** `, 2 of them to the internet`. */
const ofThem = ({ internet, whom }: OpenPorts): string =>
  whom === 'others' ? `, ${number(internet)} of them to the internet` : '';

/** `3 more are for you to look at, 2 of them open to the internet.` */
function toLookAt({ count, internet, whom }: OpenPorts): readonly string[] {
  if (count === 0) return [];
  const to = internet === 0 ? '' : `, ${whom === 'internet' ? '' : `${number(internet)} of them `}open to the internet`;
  return [`${count === 1 ? 'One more is' : `${count} more are`} for you to look at${to}.`];
}
