/** Whom a block leaves alone: shorter to say than whom it blocks. Small: the window loads it. */
import { EVERYTHING, formatSet, setOf } from '../../address.ts';
import { minus } from '../../intervals.ts';
import { meantBy } from './from-elsewhere.ts';

/** Networks, or `a-b` ranges; none: nobody. */
export const exceptFrom = (from: 'any' | readonly string[]): readonly string[] =>
  from === 'any'
    ? []
    : ([4, 6] as const).flatMap((family) =>
        formatSet(minus(EVERYTHING[family], meantBy(setOf(from, family) ?? [], family)), family).map((text) =>
          text.replace(family === 4 ? /\/32$/ : /\/128$/, ''),
        ),
      );
