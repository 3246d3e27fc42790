/** The first reading is begun while the browser still starts: the page gets it with its first question. */
import type { Advisor } from '../../../core/api.ts';

export function readAhead(advisor: Advisor): Advisor {
  let first: ReturnType<Advisor['scan']> | null = advisor.scan({ exact: false });
  // What went wrong is told to whoever asks.
  first.catch(() => {});
  return {
    ...advisor,
    scan: (input) => {
      const ahead = input.exact ? null : first;
      first = null;
      return ahead ?? advisor.scan(input);
    },
  };
}
