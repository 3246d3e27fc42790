/** A short word in a frame. The tone only repeats what the word says. */
import type { ReactNode } from 'react';
import { join } from './join.ts';

export type TagTone = 'plain' | 'open' | 'shut' | 'doubt';

const LOOK: Record<TagTone, string> = {
  plain: 'bg-sunken text-soft',
  open: 'bg-open-ground text-open',
  shut: 'bg-shut-ground text-shut',
  doubt: 'bg-doubt-ground text-doubt',
};

export const Tag = ({ tone = 'plain', children }: { readonly tone?: TagTone; readonly children: ReactNode }) => (
  <span
    className={join('inline-flex h-5 shrink-0 items-center gap-1 rounded-small px-1.5 text-xs font-medium', LOOK[tone])}
  >
    {children}
  </span>
);
