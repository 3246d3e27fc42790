/** The part of the Export view that carries out an intent of another computer, in German. */
import { leavesDoubt } from '../../../core/intent/imported.ts';
import { dateTime, foreign, plural } from '../format.ts';
import type { ImportPartWords } from './part-en.ts';
import { remarkInGerman } from './remarks-de.ts';

const ports = (count: number): string => plural(count, { one: 'Port', other: 'Ports' });

export const importPartInGerman: ImportPartWords = {
  title: 'Von einem anderen Computer',
  lead: 'Führe hier aus, was anderswo für „Andere Computer“ exportiert wurde (portcullis-intent.json). Jede Änderung prüfst du vorher.',
  open: 'Absichtsdatei öffnen …',
  another: 'Andere Datei öffnen …',
  close: 'Datei schließen',
  reading: 'Liest die Datei …',
  failed: 'Die Datei wird nicht ausgeführt',
  madeOn: (host, madeAt) =>
    host === null ? `Erstellt ${dateTime(madeAt)}` : `Erstellt auf ${foreign(host)}, ${dateTime(madeAt)}`,
  remarks: 'Vorher zu wissen',
  remark: remarkInGerman,
  closes: 'Hier zu schließen',
  first: 'Hier zuerst zu tun',
  closesPorts: (count) => `${ports(count)} schließen`,
  turnsOn: 'Die Firewall einschalten',
  turnsOnHint: 'Sie ist aus. Was danach noch offen ist, steht dann hier.',
  review: 'Prüfen …',
  reviewLabel: (what, whom) => `Prüfen: ${what}${whom === null ? '' : `, ${whom}`}`,
  keeps: 'Hier offen zu lassen',
  rest: 'Auch alles andere, das für andere offen ist, wird geschlossen.',
  nothing: 'Hier muss sich nichts ändern.',
  nothingKnown: 'Es ist nichts bekannt, das sich hiermit schließen ließe.',
  announce: ({ first, closing, remarks }) => {
    const count = closing.reduce((sum, one) => sum + ('targets' in one ? one.targets.length : 0), 0);
    if (first !== null) return 'Datei geöffnet. Zuerst ist die Firewall einzuschalten.';
    if (count === 0 && remarks.some(leavesDoubt))
      return 'Datei geöffnet. Es ist nichts bekannt, das sich hiermit schließen ließe.';
    return count === 0
      ? 'Datei geöffnet. Hier ist nichts zu schließen.'
      : `Datei geöffnet. Hier zu schließen: ${ports(count)}.`;
  },
};
