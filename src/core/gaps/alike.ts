/** When two gaps are one thing to tell. */
import type { GapMeaning, GapWhat } from './meaning.ts';
import { whatText } from './what.ts';
import { whyText } from './why.ts';

/** The same of IPv4 and IPv6. */
export const withoutFamily = (what: GapWhat): GapWhat =>
  what.kind === 'routes' || what.kind === 'kernel-rules' ? { ...what, family: null } : what;

/** The kernel's rules as a whole, whoever shows a part of them; a program's place without its name. */
export function withoutPart(what: GapWhat): GapWhat {
  if (what.kind === 'kernel-rules') return { ...what, by: null, family: null, legacy: false };
  return what.kind === 'xdp' || what.kind === 'bpf' ? { ...what, programs: [] } : what;
}

/** The same text: the same was not read for the same reason, whatever family it is about. */
export const unreadKey = ({ what, why }: Pick<GapMeaning, 'what' | 'why'>): string =>
  `${whatText(withoutFamily(what))}\n${whyText(why)}`;
