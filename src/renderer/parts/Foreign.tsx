/** A name that came from the machine: nothing hidden in it, its direction kept to itself, cut where the room ends. */
import { foreign } from '../text/format.ts';
import { join } from './join.ts';

export function Foreign({
  text,
  className,
  wrap = false,
}: {
  readonly text: string;
  readonly className?: string;
  readonly wrap?: boolean;
}) {
  const shown = foreign(text);
  return (
    <bdi className={join('min-w-0', wrap ? 'wrap-anywhere' : 'truncate', className)} title={wrap ? undefined : shown}>
      {shown}
    </bdi>
  );
}
