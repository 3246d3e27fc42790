/** Says what happened to those who listen instead of look. */
import { useEffect, useState } from 'react';
import { useSelect } from '../state/context.tsx';

export function Announcer() {
  const text = useSelect(({ announcement }) => announcement);
  // What stands in such a place when it comes into the page is not said: only what changes there.
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]);
  return (
    <div role="status" aria-live="polite" className="unseen">
      {said}
    </div>
  );
}
