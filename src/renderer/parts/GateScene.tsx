/** The gate of the home view: down when nothing needs closing, raised while something stands open. A picture only. */
import type { Gate } from '../../core/advice/gate.ts';
import { join } from './join.ts';

const BARS = [22, 36, 50, 64, 78, 92, 106] as const;

export function GateScene({ state, className }: { readonly state: Gate; readonly className?: string }) {
  const lift = state === 'up' ? -34 : 0;
  return (
    <svg aria-hidden viewBox="0 0 128 112" className={join('overflow-hidden', className)} fill="none">
      <defs>
        <clipPath id="arch">
          <path d="M14 108V56a50 50 0 0 1 100 0v52Z" />
        </clipPath>
      </defs>
      <g clipPath="url(#arch)">
        <rect x="0" y="0" width="128" height="112" className={state === 'up' ? 'fill-open-ground' : 'fill-sunken'} />
        <g
          className={join(
            'transition-transform duration-(--calm)',
            state === 'up' ? 'stroke-open' : state === 'doubt' ? 'stroke-doubt' : 'stroke-shut',
          )}
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeDasharray={state === 'doubt' ? '1 7' : undefined}
          transform={`translate(0 ${lift})`}
        >
          {BARS.map((x) => (
            <path key={x} d={`M${x} -40V98l0 5`} />
          ))}
          <path d="M6 30H122M6 56H122M6 82H122" />
        </g>
      </g>
      <path d="M14 108V56a50 50 0 0 1 100 0v52" className="stroke-edge" strokeWidth="4" strokeLinecap="round" />
      <path d="M4 108H124" className="stroke-edge" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
