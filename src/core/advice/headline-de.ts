/** The headline in German, for the window, the tray and a report; `english/headline.ts` has the English. */
import type { OpenCount, OpenPorts } from './headline.ts';
import type { Meant } from './meant.ts';

const WHOM: Record<OpenPorts['whom'], string> = {
  internet: 'alle im Internet',
  others: 'andere',
  network: 'dein Netzwerk',
  some: 'einzelne Adressen',
  one: 'eine Adresse',
};

/** The headline, and what stands behind or below it; empty where nothing is open that should be looked at. */
export function headlineInGerman({ needless, asked }: OpenCount): readonly string[] {
  if (needless.count > 0) {
    const which = needless.count === 1 ? 'den' : 'die';
    return [`${open(needless)}, ${which} du wahrscheinlich nicht brauchst${ofThem(needless)}.`, ...toLookAt(asked)];
  }
  if (asked.count > 0)
    return [`${open(asked)}${ofThem(asked)}.`, `Sieh nach, ob du ${asked.count === 1 ? 'ihn' : 'sie'} brauchst.`];
  return [];
}

/** What stands after the headline, or instead of one, about what may stay open; empty where the internet reaches nothing of it. */
export function meantInGerman({ count, more }: Meant): readonly string[] {
  if (count === 0) return [];
  return count === 1
    ? [
        `Ein ${more ? 'weiterer ' : ''}Port ist für alle im Internet offen; er ist dafür gedacht, oder du lässt ihn offen.`,
      ]
    : [
        `${count} ${more ? 'weitere ' : ''}Ports sind für alle im Internet offen; sie sind dafür gedacht, oder du lässt sie offen.`,
      ];
}

const number = (count: number): string => (count === 1 ? 'einer' : String(count));

const open = ({ count, whom }: OpenPorts): string =>
  count === 1 ? `Ein Port ist für ${WHOM[whom]} offen` : `${count} Ports sind für ${WHOM[whom]} offen`;

/** `, davon 2 für alle im Internet`. */
const ofThem = ({ internet, whom }: OpenPorts): string =>
  whom === 'others' ? `, davon ${number(internet)} für ${WHOM.internet}` : '';

/** `Sieh dir auch 3 weitere an, von denen 2 für alle im Internet offen sind.` */
function toLookAt({ count, internet, whom }: OpenPorts): readonly string[] {
  if (count === 0) return [];
  const which = whom === 'internet' ? (count === 1 ? 'der' : 'die') : `von denen ${number(internet)}`;
  const to = internet === 0 ? '' : `, ${which} für ${WHOM.internet} offen ${internet === 1 ? 'ist' : 'sind'}`;
  return [`Sieh dir auch ${count === 1 ? 'einen weiteren' : `${count} weitere`} an${to}.`];
}
