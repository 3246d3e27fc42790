/** The rules, or the services, are not known completely, so that nothing is proposed. */
import type { GapMeaning, GapWhat } from '../gaps/index.ts';
import type { Gap } from '../model.ts';
import { problem } from '../problem.ts';

type Unread = Pick<GapMeaning, 'why'> & {
  /** null: the kernel's rules. */
  readonly what: GapWhat | null;
  /** null: scanning again. */
  readonly how: GapMeaning['how'] | null;
};

/** @param refused they could be read by whoever has the right to */
export const rulesUnknown = ({ what, why, how }: Unread, refused: boolean) =>
  problem(refused ? 'not-permitted' : 'unsupported', { kind: 'rules-unknown', what, why, how, exact: refused });

export const servicesUnknown = ({ means: { why, how } }: Gap) =>
  problem('unsupported', { kind: 'services-unknown', why, how });
