/** Beside what is shown or counted of the list of what listens: that the list is not whole, where it is not. */
import { isListWhole } from '../../core/listeners/whole.ts';
import type { Report } from '../../core/model.ts';
import { words } from '../text/words.ts';
import { Notice } from './Notice.tsx';

export const ListGap = ({ report }: { readonly report: Report }) =>
  isListWhole(report) ? null : (
    <Notice tone="doubt" title={words.listGap.title}>
      <p>{words.listGap.text}</p>
    </Notice>
  );
