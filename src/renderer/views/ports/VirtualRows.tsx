/** Rows of a list that may be ten thousand long: only those in sight are in the page. Arrow keys move, Enter opens. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { join } from '../../parts/join.ts';
import { words } from '../../text/words.ts';

interface VirtualRowsProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The same function at every rendering. */
  readonly keyOf: (row: Row) => string;
  /** The head row: `columnheader` cells. */
  readonly head: ReactNode;
  /** The cells of one row. */
  readonly cells: (row: Row) => ReactNode;
  /** Grid columns of head and rows. */
  readonly columns: string;
  readonly selected: string | null;
  /** As long as it is the same, rows that come or go leave the others, and the focus, where they are in sight. */
  readonly arrangement?: string;
  /** Keys of rows that have just changed. */
  readonly changed?: ReadonlySet<string>;
  readonly onOpen?: (row: Row) => void;
}

const ROW = 44;

export function VirtualRows<Row>({
  label,
  rows,
  keyOf,
  head,
  cells,
  columns,
  selected,
  arrangement,
  changed,
  onOpen,
}: VirtualRowsProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const moving = useRef(false);
  // Another function would have all rows measured anew, at every step of a scroll.
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    [rows, keyOf],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: keyAt,
  });
  const at = Math.min(active, Math.max(0, rows.length - 1));

  // Closing the details gives the focus back to the row that they were about.
  const before = useRef(selected);
  useEffect(() => {
    if (before.current !== null && selected === null) moving.current = true;
    before.current = selected;
  }, [selected]);

  const stood = useRef<{
    readonly arrangement: string | undefined;
    readonly rows: readonly Row[];
  } | null>(null);
  const focused = useRef(false);
  useLayoutEffect(() => {
    const was = stood.current;
    if (was?.rows === rows && was.arrangement === arrangement) return;
    stood.current = { arrangement, rows };
    const box = scroller.current;
    if (was === null || arrangement === undefined || was.arrangement !== arrangement || box === null) return;
    const places = new Map(rows.map((row, index) => [keyOf(row), index]));
    const placeOf = (from: number): number | undefined => {
      const row = was.rows[from];
      return row === undefined ? undefined : places.get(keyOf(row));
    };
    const moved = (from: number): number => (placeOf(from) ?? from) - from;
    const top = moved(Math.floor(box.scrollTop / ROW));
    if (top !== 0 && box.scrollTop > 0) box.scrollTop += top * ROW;
    const by = moved(active);
    if (by !== 0) setActive(active + by);
    // The row that had the focus is gone: the one in its place has it.
    else if (focused.current && placeOf(active) === undefined) moving.current = true;
  }, [rows, arrangement, active, keyOf]);

  // The row that shall have the focus may come into the page some renderings later.
  useEffect(() => {
    if (!moving.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"]`);
    if (row === null || row === undefined) return;
    moving.current = false;
    row.focus();
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 2);
    const to: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const next = to[event.key];
    const row = rows[at];
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
    }
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(rows.length - 1, next));
    moving.current = true;
    setActive(index);
    virtual.scrollToIndex(index);
  };

  const shown = virtual.getVirtualItems();
  // The one row that Tab reaches has to be in the page, wherever the list was scrolled to.
  const reachable = shown.some(({ index }) => index === at) ? at : (shown[0]?.index ?? 0);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto border-t border-line" data-scroll>
      <div role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
        <div
          role="row"
          aria-rowindex={1}
          className={join(
            'sticky top-0 z-10 grid items-center gap-x-3 border-b border-line bg-paper px-2 text-sm',
            columns,
          )}
        >
          {head}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const chosen = selected !== null && keyOf(row) === selected;
            return (
              <div
                key={key}
                role="row"
                data-index={index}
                aria-rowindex={index + 2}
                aria-selected={onOpen === undefined ? undefined : chosen}
                tabIndex={index === reachable ? 0 : -1}
                onKeyDown={onKeyDown}
                onFocus={() => {
                  focused.current = true;
                  setActive(index);
                }}
                onBlur={() => {
                  focused.current = false;
                }}
                onClick={() => onOpen?.(row)}
                className={join(
                  'absolute inset-x-0 grid items-center gap-x-3 border-b border-line px-2 focus-visible:-outline-offset-2',
                  columns,
                  changed?.has(keyOf(row)) === true && 'just-changed',
                  chosen ? 'bg-shut-ground' : onOpen !== undefined && 'hover:bg-sunken',
                )}
                style={{ height: ROW, transform: `translateY(${start}px)` }}
              >
                {cells(row)}
                {changed?.has(keyOf(row)) === true ? (
                  <span role="gridcell" className="unseen">
                    {words.live.changed}
                  </span>
                ) : null}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
