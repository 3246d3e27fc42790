/** A port as it stands at the head of a card: the number large, the protocol small. */
import type { Target } from '../../core/model.ts';

export const PortNumber = ({ target }: { readonly target: Target }) => (
  <span className="flex flex-col">
    <span className="numbers text-xl font-semibold tracking-tight text-ink">{target.port}</span>
    <span className="text-xs font-medium tracking-wide text-faint uppercase">{target.protocol}</span>
  </span>
);
