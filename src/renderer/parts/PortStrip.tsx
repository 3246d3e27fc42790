/**
 * All 65,536 ports in one strip, in the three ranges of the IANA registry, with this computer's own marked.
 *
 * The ranges are drawn wider or narrower than they are (the first is 1.6 % of all), and each is even in itself. Marks
 * differ by shape as well as by colour. The list under the strip holds the same, so the picture needs no keys.
 */
import { type PointerEvent, useMemo, useState } from 'react';
import type { PortRange } from '../../core/model.ts';
import type { Tone } from '../state/select.ts';
import { words } from '../text/words.ts';
import { join } from './join.ts';

export interface Mark {
  readonly port: number;
  readonly tone: Tone | 'live';
}

interface Band {
  readonly range: PortRange;
  readonly from: number;
  readonly to: number;
  /** Where it starts and how wide it is, as shares of the whole. */
  readonly start: number;
  readonly width: number;
}

const BANDS: readonly Band[] = [
  { range: 'well-known', from: 0, to: 1023, start: 0, width: 0.24 },
  { range: 'registered', from: 1024, to: 49151, start: 0.25, width: 0.5 },
  { range: 'dynamic', from: 49152, to: 65535, start: 0.76, width: 0.24 },
];

/** Where a port lies on the strip, 0 to 1. */
function place(port: number): number {
  const band = BANDS.find(({ to }) => port <= to) ?? BANDS[2];
  if (band === undefined) return 1;
  return band.start + band.width * ((port - band.from + 0.5) / (band.to - band.from + 1));
}

/** So many places are told apart; ports that fall on one are drawn once. */
const PLACES = 1200;
const DRAWN_LAST: Record<Mark['tone'], number> = { live: 0, self: 1, unknown: 2, others: 3 };

interface PortStripProps {
  readonly marks: readonly Mark[];
  readonly label: string;
  readonly selected: number | null;
  /** Which shapes the legend explains. */
  readonly tones: readonly Mark['tone'][];
  readonly onPick?: (port: number) => void;
}

export function PortStrip({ marks, label, selected, tones, onPick }: PortStripProps) {
  const [near, setNear] = useState<number | null>(null);
  const drawn = useMemo(() => {
    const byPlace = new Map<string, { readonly x: number; readonly mark: Mark }>();
    for (const mark of marks) {
      const x = Math.round(place(mark.port) * PLACES) / PLACES;
      byPlace.set(`${mark.tone} ${x}`, { x, mark });
    }
    return [...byPlace.values()].sort((a, b) => DRAWN_LAST[a.mark.tone] - DRAWN_LAST[b.mark.tone]);
  }, [marks]);

  // There may be a thousand: they are drawn anew only when they are others.
  const shapes = useMemo(
    () =>
      drawn.map(({ x, mark }) => (
        <MarkShape key={`${mark.tone}${x}`} x={`${(x * 100).toFixed(3)}%`} tone={mark.tone} />
      )),
    [drawn],
  );

  const nearest = (event: PointerEvent<SVGSVGElement>): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    let best: { readonly port: number; readonly distance: number } | null = null;
    for (const { x: at, mark } of drawn) {
      const distance = Math.abs(at - x) * box.width;
      if (distance <= 8 && (best === null || distance < best.distance)) best = { port: mark.port, distance };
    }
    return best?.port ?? null;
  };

  const shown = near ?? selected;
  return (
    <figure className="numbers">
      <div className="relative mb-1.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="text-sm font-medium text-soft">{words.ports.picture}</span>
        <Legend tones={tones} />
        {shown === null ? null : (
          <span
            className="absolute -bottom-1 -translate-x-1/2 rounded-small border border-line bg-raised px-1.5 text-xs font-medium text-ink shadow-lift"
            style={{ left: `clamp(1.25rem, ${(place(shown) * 100).toFixed(2)}%, calc(100% - 1.25rem))` }}
          >
            {shown}
          </span>
        )}
      </div>
      <svg
        role="img"
        aria-label={label}
        className={join('block h-12 w-full', onPick !== undefined && near !== null && 'cursor-pointer')}
        onPointerMove={(event) => setNear(nearest(event))}
        onPointerLeave={() => setNear(null)}
        onPointerDown={(event) => {
          const port = nearest(event);
          if (port !== null) onPick?.(port);
        }}
      >
        {BANDS.map(({ range, start, width }) => (
          <rect
            key={range}
            x={`${start * 100}%`}
            width={`${width * 100}%`}
            y="0"
            height="48"
            rx="5"
            className="fill-sunken"
          />
        ))}
        {shapes}
        {selected === null ? null : (
          <rect x={`${(place(selected) * 100).toFixed(3)}%`} y="0" width="1" height="48" className="fill-ink" />
        )}
      </svg>
      <figcaption className="mt-1 flex text-xs text-faint">
        {BANDS.map(({ range, width }, index) => (
          <span
            key={range}
            className={join('min-w-0', index > 0 && 'ml-[1%]')}
            style={{ width: `${width * 100}%` }}
            title={words.ports.ranges[range].text}
          >
            <span className="font-medium text-soft">{words.ports.ranges[range].name}</span>{' '}
            <span className="whitespace-nowrap">{words.ports.ranges[range].span}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Tall with a head: others can reach it. Tall and broken: cannot tell. Short: this computer only, or in use now. */
function MarkShape({ x, tone }: { readonly x: string; readonly tone: Mark['tone'] }) {
  switch (tone) {
    case 'others':
      return (
        <g className="fill-open stroke-open" strokeWidth="2">
          <line x1={x} x2={x} y1="10" y2="45" strokeLinecap="round" />
          <circle cx={x} cy="8" r="3.5" strokeWidth="0" />
        </g>
      );
    case 'unknown':
      return <line x1={x} x2={x} y1="8" y2="45" className="stroke-doubt" strokeWidth="2" strokeDasharray="3 3" />;
    case 'self':
      return <line x1={x} x2={x} y1="28" y2="45" className="stroke-edge" strokeWidth="2" strokeLinecap="round" />;
    case 'live':
      return <line x1={x} x2={x} y1="24" y2="45" className="stroke-shut" strokeWidth="1.5" strokeLinecap="round" />;
  }
}

/** What the shapes mean. For eyes only: the picture's label says it to others. */
const Legend = ({ tones }: { readonly tones: readonly Mark['tone'][] }) => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft" aria-hidden>
    {tones.map((tone) => (
      <li key={tone} className="flex items-center gap-1.5">
        <svg className="h-3.5 w-2" viewBox="0 0 8 14">
          <LegendShape tone={tone} />
        </svg>
        {words.ports.legend[tone]}
      </li>
    ))}
  </ul>
);

function LegendShape({ tone }: { readonly tone: Mark['tone'] }) {
  switch (tone) {
    case 'others':
      return (
        <g className="fill-open stroke-open" strokeWidth="1.75">
          <path d="M4 4v9" strokeLinecap="round" />
          <circle cx="4" cy="3" r="2.75" strokeWidth="0" />
        </g>
      );
    case 'unknown':
      return <path d="M4 1v13" className="stroke-doubt" strokeWidth="1.75" strokeDasharray="2.5 2" />;
    case 'self':
      return <path d="M4 7v6" className="stroke-edge" strokeWidth="1.75" strokeLinecap="round" />;
    case 'live':
      return <path d="M4 5v8" className="stroke-shut" strokeWidth="1.5" strokeLinecap="round" />;
  }
}
