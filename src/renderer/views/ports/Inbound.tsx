/** What listens: the picture, search, filter, sort, and the list. */
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Toggle } from '@base-ui/react/toggle';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Report, ReportListener } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { join } from '../../parts/join.ts';
import { ListGap } from '../../parts/ListGap.tsx';
import { type Mark, PortStrip } from '../../parts/PortStrip.tsx';
import { useActions, useAsOf, useSelect } from '../../state/context.tsx';
import { steady } from '../../state/live.ts';
import {
  countExposure,
  type Filter,
  listenerOf,
  searchableListeners,
  searchListeners,
  sorted,
  type SortKey,
  type Sorting,
  toneOf,
} from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { LedOn } from './LedOn.tsx';
import { TONE } from './tone.ts';
import { Toolbar } from './Toolbar.tsx';
import { VirtualRows } from './VirtualRows.tsx';

const FILTERS: readonly Filter[] = ['all', 'others', 'self', 'unknown'];
const COLUMNS =
  'grid-cols-[5.5rem_minmax(0,1.2fr)_minmax(0,1.2fr)] wide:grid-cols-[6rem_minmax(0,1.2fr)_minmax(0,1.3fr)_minmax(0,1fr)]';

export function Inbound({ report, selected }: { readonly report: Report; readonly selected: string | null }) {
  const { showListener } = useActions();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [sorting, setSorting] = useState<Sorting>({ key: 'reach', descending: false });
  // Typing stays quick while a long list is searched.
  const wanted = useDeferredValue(search);
  const changed = useSelect((state) => state.changed);
  const arranged = useSelect((state) => state.arranged);
  const arrangement = JSON.stringify([arranged, wanted, filter, sorting]);
  // Another language is another function.
  const called = words.identityName;
  const searchable = useMemo(() => searchableListeners(report.listeners, called), [report.listeners, called]);
  const inOrder = useMemo(() => sorted(searchable, sorting), [searchable, sorting]);
  const found = useMemo(() => searchListeners(inOrder, { search: wanted, filter }), [inOrder, wanted, filter]);
  const [stood, setStood] = useState({ arrangement, found, rows: found });
  let { rows } = stood;
  if (stood.found !== found || stood.arrangement !== arrangement) {
    rows = stood.arrangement === arrangement ? steady(rows.map(idOf), found, idOf) : found;
    setStood({ arrangement, found, rows });
  }
  const marks = useMemo(
    () => report.listeners.map((listener): Mark => ({ port: listener.port, tone: toneOf(listener) })),
    [report.listeners],
  );
  const { others, self, unknown } = useMemo(() => countExposure(report), [report]);

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <PortStrip
        marks={marks}
        label={words.ports.pictureLabel(others, self, unknown)}
        selected={listenerOf(report, selected)?.port ?? null}
        tones={unknown === 0 ? ['others', 'self'] : ['others', 'self', 'unknown']}
        onPick={(port) => showListener(report.listeners.find((listener) => listener.port === port)?.id ?? null)}
      />
      <ListGap report={report} />
      <Toolbar search={search} onSearch={setSearch} count={words.ports.count(rows.length, report.listeners.length)}>
        <ToggleGroup
          value={[filter]}
          onValueChange={(value: readonly unknown[]) => setFilter(FILTERS.find((one) => one === value[0]) ?? 'all')}
          aria-label={words.ports.filter}
          className="flex flex-wrap gap-0.5 rounded-small bg-sunken p-0.5"
        >
          {FILTERS.filter((one) => one !== 'unknown' || unknown > 0).map((one) => (
            <Toggle
              key={one}
              value={one}
              className="h-7 rounded-small px-2.5 text-sm font-medium whitespace-nowrap text-soft data-[pressed]:bg-raised data-[pressed]:text-ink data-[pressed]:shadow-lift"
            >
              {words.ports.filters[one]}
            </Toggle>
          ))}
        </ToggleGroup>
      </Toolbar>
      {rows.length === 0 ? (
        <div className="flex flex-1 flex-col items-start gap-3 border-t border-line pt-6 text-soft">
          {report.listeners.length > 0 ? <p>{words.ports.noneFound}</p> : null}
          {report.listeners.length === 0 && isListWhole(report) ? <p>{words.ports.none}</p> : null}
          {report.listeners.length === 0 ? null : (
            <Button
              onClick={() => {
                setSearch('');
                setFilter('all');
              }}
            >
              {words.ports.clear}
            </Button>
          )}
        </div>
      ) : (
        <Rows
          rows={rows}
          arrangement={arrangement}
          report={report}
          selected={selected}
          changed={changed}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
      <LedOn report={report} />
    </div>
  );
}

const idOf = ({ id }: ReportListener): string => id;

interface RowsProps {
  readonly rows: readonly ReportListener[];
  readonly arrangement: string;
  readonly report: Report;
  readonly selected: string | null;
  readonly changed: ReadonlySet<string>;
  readonly sorting: Sorting;
  readonly onSort: (change: (before: Sorting) => Sorting) => void;
}

/** A letter that is typed draws none of them anew before the list has been searched. */
const Rows = memo(({ rows, arrangement, report, selected, changed, sorting, onSort }: RowsProps) => {
  const { showListener } = useActions();
  // Another language is drawn anew here as well.
  useSelect((state) => state.tongue);
  const sortBy = (key: SortKey): void =>
    onSort((before) => ({ key, descending: before.key === key && !before.descending }));
  return (
    <VirtualRows
      label={words.ports.inbound}
      rows={rows}
      keyOf={idOf}
      columns={COLUMNS}
      selected={selected}
      arrangement={arrangement}
      changed={changed}
      onOpen={({ id }) => showListener(id)}
      head={
        <>
          <Column id="port" sorting={sorting} onSort={sortBy} />
          <Column id="program" sorting={sorting} onSort={sortBy} />
          <Column id="reach" sorting={sorting} onSort={sortBy} />
          <Column id="address" sorting={sorting} onSort={sortBy} className="hidden wide:block" />
        </>
      }
      cells={(listener) => <Cells listener={listener} report={report} />}
    />
  );
});

interface ColumnProps {
  readonly id: SortKey;
  readonly sorting: Sorting;
  readonly onSort: (key: SortKey) => void;
  readonly className?: string;
}

function Column({ id, sorting, onSort, className }: ColumnProps) {
  const here = sorting.key === id;
  const Icon = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={here ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
      className={join('min-w-0', className)}
    >
      <button
        type="button"
        onClick={() => onSort(id)}
        title={words.ports.sortBy(words.ports.columns[id])}
        className={join(
          '-mx-1 flex max-w-full items-center gap-1 rounded-small px-1 py-1.5 font-medium',
          here ? 'text-ink' : 'text-faint hover:text-ink',
        )}
      >
        <span className="truncate">{words.ports.columns[id]}</span>
        <Icon aria-hidden className={join('size-3.5 shrink-0', !here && 'invisible')} />
      </button>
    </div>
  );
}

function Cells({ listener, report }: { readonly listener: ReportListener; readonly report: Report }) {
  const { icon: Icon, colour } = TONE[toneOf(listener)];
  const asOf = useAsOf();
  const runner = listener.owner.program ?? listener.owner.unit;
  return (
    <>
      <span role="gridcell" className="numbers font-semibold">
        {listener.port}
        <span className="ml-1 text-xs font-medium text-faint">{listener.protocol}</span>
      </span>
      <span role="gridcell" className="flex min-w-0 flex-col">
        {runner === null ? (
          <span className="truncate text-soft italic" title={words.ports.hiddenProgramWhy}>
            {words.ports.hiddenProgram}
          </span>
        ) : (
          <Foreign text={runner} className="leading-4.5 font-medium" />
        )}
        <Foreign text={words.identityName(listener)} className="text-xs text-faint" />
      </span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5">
        <Icon aria-hidden className={join('size-4 shrink-0', asOf === null ? colour : 'text-faint')} />
        <span className="line-clamp-2 text-sm leading-4.5">{words.verdict(asOf, words.who(listener, report))}</span>
      </span>
      <span role="gridcell" className="hidden min-w-0 text-sm text-faint wide:block">
        <Foreign text={listener.addresses.map(({ address }) => address).join(', ')} className="block" />
      </span>
    </>
  );
}
