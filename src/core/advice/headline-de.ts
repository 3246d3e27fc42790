/** The headline in German, for the window, the tray and a report; `english/headline.ts` has the English. */
import type { OpenCount, OpenPorts } from './headline.ts';

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

const number = (count: number): string => (count === 1 ? 'einer' : String(count));

const open = ({ count, whom }: OpenPorts): string =>
  count === 1 ? `Ein Port ist für ${WHOM[whom]} offen` : `${count} Ports sind für ${WHOM[whom]} offen`;

/** `, davon 2 für alle im Internet`. */
const ofThem = ({ internet, whom }: OpenPorts): string =>
  whom === 'others' ? `, davon ${number(internet)} für ${WHOM.internet}` : '';

/** `3 weitere sieh dir an, davon 2 für alle im Internet offen.` */
function toLookAt({ count, internet, whom }: OpenPorts): readonly string[] {
  if (count === 0) return [];
  const to =
    internet === 0 ? '' : `, ${whom === 'internet' ? '' : `davon ${number(internet)} `}für ${WHOM.internet} offen`;
  return [`${count === 1 ? 'Ein weiterer ist' : `${count} weitere sind`} zum Ansehen${to}.`];
}
