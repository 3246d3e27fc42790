/** Says what happened to those who listen instead of look. */
import { useEffect, useRef } from 'react';
import { useSelect } from '../state/context.tsx';

export function Announcer() {
  const text = useSelect(({ announcement }) => announcement);
  const place = useRef<HTMLDivElement>(null);
  // What stands there when the place itself comes into the page is not said: only what changes in it.
  useEffect(() => {
    if (place.current !== null) place.current.textContent = text;
  }, [text]);
  return <div ref={place} role="status" aria-live="polite" className="unseen" />;
}
