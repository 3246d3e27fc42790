/** The part of the Export view that carries out an intent of another computer, in English. */
import type { Outputs } from '../../../core/api.ts';
import type { CarryRemark } from '../../../core/intent/carry.ts';
import { leavesDoubt } from '../../../core/intent/imported.ts';
import { remarkText } from '../../../core/intent/remark-words.ts';
import { dateTime, foreign, plural } from '../format.ts';

const ports = (count: number): string => plural(count, { one: 'port', other: 'ports' });

export const importPartInEnglish = {
  title: 'From another computer',
  lead: 'Carry out here what was exported elsewhere for “Other computers” (portcullis-intent.json). Each change is reviewed first.',
  open: 'Open an intent file…',
  another: 'Open another file…',
  close: 'Close the file',
  reading: 'Reading the file…',
  failed: 'The file is not carried out',
  madeOn: (host: string | null, madeAt: string) =>
    host === null ? `Made ${dateTime(madeAt)}` : `Made on ${foreign(host)}, ${dateTime(madeAt)}`,
  remarks: 'To know before',
  remark: (remark: CarryRemark): string => remarkText(remark),
  closes: 'To close here',
  first: 'To do here first',
  closesPorts: (count: number) => `Close ${ports(count)}`,
  turnsOn: 'Turn the firewall on',
  turnsOnHint: 'It is off. What is still open once it is on is shown here then.',
  review: 'Review…',
  reviewLabel: (what: string, whom: string | null) => `Review: ${what}${whom === null ? '' : `, ${whom}`}`,
  keeps: 'To keep here',
  rest: 'Everything else that is open to others is closed, too.',
  nothing: 'Nothing needs to change here.',
  nothingKnown: 'Nothing is known that this can close here.',
  announce: ({ first, closing, remarks }: Pick<Outputs['readIntent'], 'first' | 'closing' | 'remarks'>) => {
    const count = closing.reduce((sum, one) => sum + ('targets' in one ? one.targets.length : 0), 0);
    if (first !== null) return 'File opened. The firewall is to be turned on first.';
    if (count === 0 && remarks.some(leavesDoubt)) return 'File opened. Nothing is known that this can close here.';
    return count === 0 ? 'File opened. Nothing to close here.' : `File opened. To close here: ${ports(count)}.`;
  },
};

export type ImportPartWords = typeof importPartInEnglish;
