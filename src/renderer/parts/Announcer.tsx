/** Says what happened to those who listen instead of look. */
import { useSelect } from '../state/context.tsx';

export function Announcer() {
  const text = useSelect(({ announcement }) => announcement);
  return (
    <div role="status" aria-live="polite" className="unseen">
      {text}
    </div>
  );
}
