/** Text that cannot become markup. */
import { visible } from '../../visible.ts';

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For the content of an element and for a quoted attribute (HTML Living Standard, 13.1.2.3 and 13.3). */
export const text = (said: string): string =>
  visible(said).replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '');
