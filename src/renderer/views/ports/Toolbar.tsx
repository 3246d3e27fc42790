/** Search and filter above a list. */
import { Search } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { words } from '../../text/words.ts';

interface ToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** How many rows are shown. */
  readonly count: string;
  /** What may be typed. */
  readonly hint?: string;
  readonly children?: ReactNode;
}

export function Toolbar({ search, onSearch, count, hint = words.ports.searchHint, children }: ToolbarProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <label className="relative min-w-0 flex-1 basis-56">
        <span className="unseen">{words.ports.search}</span>
        <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-faint" />
        <input
          ref={field}
          type="search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onSearch('');
          }}
          placeholder={hint}
          aria-keyshortcuts="/"
          spellCheck={false}
          autoComplete="off"
          className="h-8 w-full rounded-small border border-edge bg-raised pr-2 pl-8 text-ink placeholder:text-faint"
        />
      </label>
      {children}
      <span className="numbers ml-auto text-sm text-faint" aria-live="polite">
        {count}
      </span>
    </div>
  );
}
