/** The head of a view. Takes the focus when the view is opened, so that listeners hear where they are. */
import { type ReactNode, useEffect, useRef } from 'react';
import { join } from './join.ts';

interface ViewHeadProps {
  readonly title: string;
  /** The head of a panel that may stand beside a view, or in its place. */
  readonly panel?: boolean;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Under this name the page's timeline tells when the title was painted (W3C Element Timing). */
  readonly timing?: string;
}

export function ViewHead({ title, panel = false, lead, actions, timing }: ViewHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="max-w-2xl min-w-0">
        <h1
          ref={heading}
          tabIndex={-1}
          {...(timing === undefined ? {} : { elementtiming: timing })}
          className={join(
            'font-semibold tracking-tight text-balance wrap-anywhere focus-visible:outline-none',
            panel ? 'text-xl' : 'text-2xl',
          )}
        >
          {title}
        </h1>
        {lead === undefined ? null : <p className="mt-1 text-soft">{lead}</p>}
      </div>
      {actions}
    </header>
  );
}
