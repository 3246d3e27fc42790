/** The pictures of the Learn view. Each says in its label what it shows; what is in the machine's words stands in the tables. */
import type { ReactNode } from 'react';
import type { Door } from '../../state/learn.ts';
import { words } from '../../text/words.ts';

interface PictureProps {
  readonly label: string;
  readonly height: number;
  readonly children: ReactNode;
}

const WIDTH = 440;

const Picture = ({ label, height, children }: PictureProps) => (
  <svg
    role="img"
    aria-label={label}
    viewBox={`0 0 ${WIDTH} ${height}`}
    className="numbers block w-full max-w-110 rounded-card bg-sunken text-xs font-medium"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    fill="none"
  >
    {children}
  </svg>
);

const Label = ({ x, y, children }: { readonly x: number; readonly y: number; readonly children: ReactNode }) => (
  <text x={x} y={y} textAnchor="middle" className="fill-soft stroke-none">
    {children}
  </text>
);

/** A door with its number: somebody behind it, or only a wall. */
export const Doors = ({ doors }: { readonly doors: readonly Door[] }) => (
  <Picture label={words.learn.port.picture(doors)} height={132}>
    {doors.map(({ port, listening }, index) => {
      const x = 40 + index * 96;
      return (
        <g key={port} className={listening ? 'stroke-shut' : 'stroke-edge'}>
          <path
            d={`M${x} 92V32a12 12 0 0 1 12 -12h48a12 12 0 0 1 12 12v60`}
            strokeDasharray={listening ? undefined : '3 5'}
          />
          {listening ? (
            <g className="fill-shut stroke-none">
              <circle cx={x + 36} cy="50" r="10" />
              <path d={`M${x + 16} 92v-6a20 20 0 0 1 40 0v6Z`} />
            </g>
          ) : null}
          <path d={`M${x - 6} 93h84`} className="stroke-edge" />
          <Label x={x + 36} y={114}>
            {port}
          </Label>
        </g>
      );
    })}
  </Picture>
);

interface DirectionsProps {
  readonly inbound: number;
  readonly local: number;
  readonly remote: number;
}

export const Directions = ({ inbound, local, remote }: DirectionsProps) => (
  <Picture label={words.learn.ways.picture(inbound, local, remote)} height={148}>
    <rect x="20" y="34" width="130" height="98" rx="8" className="fill-surface stroke-edge" />
    <rect x="300" y="34" width="120" height="98" rx="8" className="fill-surface stroke-edge" />
    <Label x={85} y={22}>
      {words.thisComputer}
    </Label>
    <Label x={360} y={22}>
      {words.learn.others}
    </Label>
    <path d="M292 62H160M170 55l-10 7 10 7" className="stroke-open" />
    <path d="M158 106h132M280 99l10 7-10 7" className="stroke-shut" />
    <Label x={225} y={52}>
      {words.learn.ways.inbound}
    </Label>
    <Label x={225} y={96}>
      {words.learn.ways.outbound}
    </Label>
    <Label x={85} y={66}>
      {inbound}
    </Label>
    <Label x={85} y={110}>
      {local}
    </Label>
    <Label x={360} y={110}>
      {remote}
    </Label>
  </Picture>
);

/** This computer, the router that lends its address, the internet. */
export const Translation = () => (
  <Picture label={words.learn.addresses.picture} height={112}>
    <rect x="16" y="34" width="104" height="36" rx="8" className="fill-surface stroke-edge" />
    <rect x="168" y="34" width="104" height="36" rx="8" className="fill-shut-ground stroke-shut" />
    <rect x="320" y="34" width="104" height="36" rx="18" className="fill-surface stroke-edge" />
    <path d="M126 52h36M278 52h36" className="stroke-edge" />
    <Label x={68} y={56}>
      {words.thisComputer}
    </Label>
    <Label x={220} y={56}>
      {words.learn.addresses.router}
    </Label>
    <Label x={372} y={56}>
      {words.stopName({ kind: 'internet', networks: [], verdict: 'open', indirect: false })}
    </Label>
    <Label x={144} y={92}>
      {words.learn.addresses.privateSide}
    </Label>
    <Label x={296} y={92}>
      {words.learn.addresses.publicSide}
    </Label>
  </Picture>
);
