/** What a neighbour's port scan would find, out of the verdicts of the report. Nothing is sent for it. */
import { CircleHelp, DoorClosed, DoorOpen, EyeOff } from 'lucide-react';
import { useMemo } from 'react';
import { commandsThatSettle } from '../../../core/advice/commands.ts';
import { togetherReasons } from '../../../core/gaps/index.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Report } from '../../../core/model.ts';
import { elsewhere, type ScannedPort, scannedPorts, type Seen } from '../../../core/reach/scanned.ts';
import { Foreign } from '../../parts/Foreign.tsx';
import { join } from '../../parts/join.ts';
import { Prose } from '../../parts/Prose.tsx';
import { useAsOf } from '../../state/context.tsx';
import { networkOf } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { ExactRead } from '../keep-closed/ExactRead.tsx';
import { Table } from './Table.tsx';

const LOOK: Record<Seen, { readonly icon: typeof DoorOpen; readonly colour: string }> = {
  open: { icon: DoorOpen, colour: 'text-open' },
  limited: { icon: DoorOpen, colour: 'text-open' },
  some: { icon: DoorOpen, colour: 'text-open' },
  unknown: { icon: CircleHelp, colour: 'text-doubt' },
  refused: { icon: DoorClosed, colour: 'text-shut' },
  closed: { icon: DoorClosed, colour: 'text-shut' },
  shut: { icon: DoorClosed, colour: 'text-shut' },
  filtered: { icon: EyeOff, colour: 'text-shut' },
};

interface SeenAsProps {
  readonly seen: Seen;
  /** It looks as every port does where nothing listens. */
  readonly unheard?: boolean;
}

function SeenAs({ seen, unheard = false }: SeenAsProps) {
  const { icon: Icon, colour } = LOOK[seen];
  const plain = words.learn.scan.seen[seen];
  const label = unheard ? (seen === 'shut' ? words.learn.scan.emptyDoor : words.learn.scan.byDefault(plain)) : plain;
  return (
    <span className="flex items-start gap-1.5 font-medium">
      <Icon aria-hidden className={join('mt-0.5 size-4 shrink-0', colour)} />
      <span className="min-w-0">{label}</span>
    </span>
  );
}

/** The three answers that a scanner tells apart. */
export const Answers = () => (
  <dl className="flex flex-col gap-2">
    {words.learn.scan.answers.map(({ seen, text: says }) => (
      <div key={seen} className="grid gap-x-3 wide:grid-cols-[7rem_minmax(0,1fr)]">
        <dt>
          <SeenAs seen={seen} />
        </dt>
        <dd className="text-soft">{says}</dd>
      </div>
    ))}
  </dl>
);

const columns = (): readonly string[] => Object.values(words.learn.scan.columns);
/** Rows that are written out. */
const MOST = 30;

export const ExampleScan = () => (
  <Table
    caption={words.learn.example}
    columns={columns()}
    rows={words.learn.scan.examples.map(({ port, seen, what }) => ({
      key: port,
      cells: [port, <SeenAs key="seen" seen={seen} />, what],
    }))}
  />
);

export function PortScan({ report }: { readonly report: Report }) {
  const asOf = useAsOf();
  const network = networkOf(report);
  const rows = useMemo(() => {
    const name = networkOf(report)?.name;
    return name === undefined ? [] : scannedPorts(report, name);
  }, [report]);
  if (network === null) return <p className="text-soft">{words.learn.scan.noNetwork}</p>;
  const doubtful = rows.some(({ seen }) => seen === 'unknown');
  return (
    <>
      {asOf === null ? null : <p className="text-doubt">{words.learn.scan.asOf(asOf)}</p>}
      <Table
        caption={words.learn.scan.as(network.kind, network.name)}
        columns={columns()}
        rows={rows.slice(0, MOST).map((row) => ({
          key: `${row.protocol}/${row.port}-${row.lastPort}`,
          cells: [
            `${row.port}${row.lastPort === row.port ? '' : `–${row.lastPort}`}/${row.protocol}`,
            <SeenAs key="seen" seen={row.seen} unheard={row.unheard} />,
            <What key="what" row={row} />,
          ],
        }))}
      />
      {rows.length > MOST ? <p className="text-soft">{words.learn.scan.more(rows.length - MOST)}</p> : null}
      <p className="text-soft">
        {isListWhole(report) ? words.learn.scan.rest(elsewhere(report)) : words.learn.scan.restUnread}
      </p>
      {rows.some(({ protocol }) => protocol === 'udp') ? <p className="text-soft">{words.learn.scan.udp}</p> : null}
      {doubtful ? <Settle report={report} /> : null}
    </>
  );
}

function What({ row }: { readonly row: ScannedPort }) {
  const { listener, seen, unheard, doubts } = row;
  const program = listener?.owner.program ?? null;
  const why = [
    ...(listener === null ? [words.learn.scan.leadsOn] : []),
    ...(unheard ? [words.learn.scan.unheardWhy] : []),
    ...(seen === 'refused' && !unheard ? [words.learn.scan.refusedWhy] : []),
    ...(seen === 'unknown' ? togetherReasons(doubts).slice(0, 2).map(words.reason) : []),
  ];
  return (
    <>
      {listener === null ? null : (
        <>
          <Foreign wrap text={words.identityName(listener)} />
          {program === null || program === words.identityName(listener) ? null : (
            <span className="text-faint">
              {' '}
              (<Foreign wrap text={program} />)
            </span>
          )}
        </>
      )}
      {why.map((line) => (
        <span key={line} className="block text-faint">
          {line}
        </span>
      ))}
    </>
  );
}

/** What would settle it: the exact rules, or what the gaps say. */
function Settle({ report }: { readonly report: Report }) {
  return (
    <div className="flex flex-col items-start gap-2">
      <h3 className="font-medium">{words.learn.scan.settle}</h3>
      {report.complete ? null : <ExactRead small />}
      <ul className="list-disc pl-4 text-soft">
        {report.unread.map((gap) => {
          const { what, how } = words.gap(gap);
          return (
            <li key={`${gap.what} ${gap.how}`} className="wrap-anywhere">
              {what}: <Prose text={how} commands={commandsThatSettle(gap.means.how)} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
