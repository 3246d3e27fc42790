/** Live connections: where they go, and the temporary ports that they use. */
import { LoaderCircle } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { registeredName } from '../../../core/catalog/iana.ts';
import { areConnectionsWhole } from '../../../core/listeners/whole.ts';
import type { Connection } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { type Mark, PortStrip } from '../../parts/PortStrip.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { searchableConnections, searchConnections } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { Toolbar } from './Toolbar.tsx';
import { VirtualRows } from './VirtualRows.tsx';

const COLUMNS =
  'grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_5.5rem] wide:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_minmax(0,1fr)_7rem]';

const TONES = ['live'] as const;

export function Outbound() {
  const connections = useSelect((state) => state.connections);
  const { loadConnections } = useActions();
  useEffect(() => {
    void loadConnections();
  }, [loadConnections]);
  if (connections === null || connections.state === 'loading') {
    return (
      <p className="flex items-center gap-2 text-soft">
        <LoaderCircle aria-hidden className="turn size-4" />
        {words.ports.loading}
      </p>
    );
  }
  if (connections.state === 'failed') {
    return (
      <ProblemNotice
        problem={connections.problem}
        actions={
          <Button small onClick={() => void loadConnections()}>
            {words.scan.retry}
          </Button>
        }
      />
    );
  }
  return <List all={connections.value} />;
}

function List({ all }: { readonly all: readonly Connection[] }) {
  const connections = useMemo(() => all.filter(({ direction }) => direction === 'outbound'), [all]);
  const searchable = useMemo(() => searchableConnections(connections), [connections]);
  const whole = useSelect(({ report }) => report === null || areConnectionsWhole(report));
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => searchConnections(searchable, wanted), [searchable, wanted]);
  const marks = useMemo(
    () => connections.map(({ local }): Mark => ({ port: local.port, tone: 'live' })),
    [connections],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <PortStrip marks={marks} label={words.ports.pictureOutbound(connections.length)} selected={null} tones={TONES} />
      <Toolbar search={search} onSearch={setSearch} count={words.ports.countConnections(rows.length)} />
      {rows.length === 0 ? (
        <p className="border-t border-line pt-6 text-soft">
          {connections.length > 0
            ? words.ports.noConnectionsFound
            : whole
              ? words.ports.noConnections
              : words.ports.connectionsUnread}
        </p>
      ) : (
        <Rows rows={rows} arrangement={wanted} />
      )}
    </div>
  );
}

/** A letter that is typed draws none of them anew before the list has been searched. */
const Rows = memo(({ rows, arrangement }: { readonly rows: readonly Connection[]; readonly arrangement: string }) => {
  // Another language is drawn anew here as well.
  useSelect((state) => state.tongue);
  return (
    <VirtualRows
      label={words.ports.outbound}
      rows={rows}
      keyOf={connectionKey}
      columns={COLUMNS}
      selected={null}
      arrangement={arrangement}
      head={
        <>
          <Head text={words.ports.connectionColumns.program} />
          <Head text={words.ports.connectionColumns.remote} />
          <Head text={words.ports.connectionColumns.service} className="hidden wide:block" />
          <Head text={words.ports.connectionColumns.local} />
        </>
      }
      cells={(connection) => <Cells connection={connection} />}
    />
  );
});

const connectionKey = ({ protocol, local, remote }: Connection): string =>
  `${protocol} ${local.address} ${local.port} ${remote.address} ${remote.port}`;

const Head = ({ text, className }: { readonly text: string; readonly className?: string }) => (
  <div role="columnheader" className={`min-w-0 truncate py-1.5 font-medium text-faint ${className ?? ''}`}>
    {text}
  </div>
);

function Cells({ connection }: { readonly connection: Connection }) {
  const { program, remote, local, protocol } = connection;
  return (
    <>
      <span role="gridcell" className="flex min-w-0">
        {program === null ? (
          <span className="truncate text-soft italic" title={words.ports.hiddenProgramWhy}>
            {words.ports.hiddenProgram}
          </span>
        ) : (
          <Foreign text={program} className="font-medium" />
        )}
      </span>
      <span role="gridcell" className="numbers flex min-w-0 text-sm">
        <Foreign text={remote.address} />
        <span className="ml-1.5 shrink-0 text-faint">{remote.port}</span>
      </span>
      <span role="gridcell" className="hidden min-w-0 text-sm text-soft wide:flex">
        <Foreign text={registeredName(protocol, remote.port) ?? ''} />
      </span>
      <span role="gridcell" className="numbers text-sm">
        {local.port}
        <span className="ml-1 text-xs text-faint">{protocol}</span>
      </span>
    </>
  );
}
