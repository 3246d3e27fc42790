/** How many ports get through from the network and from the internet, as a picture with a table behind it. */
import { isListWhole } from '../../core/listeners/whole.ts';
import type { Report } from '../../core/model.ts';
import { useAsOf } from '../state/context.tsx';
import { type ReachCounts, reachCounts } from '../state/select.ts';
import { number } from '../text/format.ts';
import { words } from '../text/words.ts';
import { join } from './join.ts';

const COLUMNS = ['open', 'blocked', 'unknown'] as const;

export function ReachMap({ report }: { readonly report: Report }) {
  const asOf = useAsOf();
  const whole = isListWhole(report);
  const { ports, network, internet, indirect } = reachCounts(report);
  const rows = [
    { name: words.map.network(report), counts: network },
    { name: words.map.internet, counts: internet },
  ];
  return (
    <figure className="flex flex-col gap-2">
      <svg aria-hidden viewBox="0 0 640 92" className={join('w-full max-w-2xl', asOf !== null && 'grayscale')}>
        <Place
          x={0}
          name={words.thisComputer}
          below={whole ? `${words.map.listening(ports)} ${words.map.listeningSmall(ports)}` : words.map.notWhole}
        />
        <Way x={166} look={lookOf(network, whole)} />
        <Place x={240} name={rows[0]?.name ?? ''} below={shortOf(network, whole)} look={lookOf(network, whole)} />
        <Way x={406} look={lookOf(internet, whole)} />
        <Place x={480} name={words.map.internet} below={shortOf(internet, whole)} look={lookOf(internet, whole)} />
      </svg>
      <div className="unseen">
        <table>
          <caption>{words.map.caption(asOf)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.map.from}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {words.map.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {COLUMNS.map((column) => (
                  <td key={column}>{number(counts[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {indirect ? <figcaption className="text-sm text-faint">{words.map.indirect}</figcaption> : null}
    </figure>
  );
}

type Look = 'open' | 'doubt' | 'shut';

/** @param whole is everything known that listens? Without that nothing is shut. */
const lookOf = ({ open, unknown }: ReachCounts, whole: boolean): Look =>
  open > 0 ? 'open' : unknown > 0 || !whole ? 'doubt' : 'shut';

const shortOf = ({ open, unknown }: ReachCounts, whole: boolean): string => {
  const { short } = words.map;
  const said = [...(open > 0 ? [short.open(open)] : []), ...(unknown > 0 ? [short.unknown(unknown)] : [])];
  if (said.length === 0) return whole ? short.closed : short.doubt;
  return said.join(', ');
};

const GROUND: Record<Look, string> = {
  open: 'fill-open-ground stroke-open',
  doubt: 'fill-doubt-ground stroke-doubt',
  shut: 'fill-shut-ground stroke-shut',
};
const INK: Record<Look, string> = { open: 'fill-open', doubt: 'fill-doubt', shut: 'fill-shut' };
const LINE: Record<Look, string> = { open: 'stroke-open', doubt: 'stroke-doubt', shut: 'stroke-shut' };

function Place({
  x,
  name,
  below,
  look,
}: {
  readonly x: number;
  readonly name: string;
  readonly below: string;
  readonly look?: Look;
}) {
  return (
    <g>
      <rect
        x={x + 1}
        y={14}
        width={158}
        height={64}
        rx={10}
        className={look === undefined ? 'fill-sunken stroke-line' : GROUND[look]}
        strokeWidth={1}
        strokeOpacity={0.5}
      />
      <text x={x + 80} y={41} textAnchor="middle" className="fill-ink text-base font-semibold">
        {name}
      </text>
      <text
        x={x + 80}
        y={62}
        textAnchor="middle"
        className={join('numbers text-sm', look === undefined ? 'fill-soft' : INK[look])}
      >
        {below}
      </text>
    </g>
  );
}

/** An arrow inwards where something gets through, the bars of a gate where nothing does, a broken line where it cannot be told. */
function Way({ x, look }: { readonly x: number; readonly look: Look }) {
  return (
    <g fill="none" strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" className={LINE[look]}>
      {look === 'shut' ? (
        <path d={`M${x + 4} 46h14M${x + 50} 46h14M${x + 26} 30v32M${x + 34} 30v32M${x + 42} 30v32M${x + 22} 37h24`} />
      ) : look === 'doubt' ? (
        <path d={`M${x + 6} 46h56`} strokeDasharray="2 7" />
      ) : (
        <path d={`M${x + 6} 46h56M${x + 15} 37l-9 9 9 9`} />
      )}
    </g>
  );
}
