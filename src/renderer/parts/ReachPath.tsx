/** The way in as a picture: this computer, the network, the internet, and a gate wherever it is shut. */
import { CircleHelp, Globe, Laptop, Network, Wifi } from 'lucide-react';
import type { ListenerReach, Report, Verdict } from '../../core/model.ts';
import { useAsOf } from '../state/context.tsx';
import { type Stop, stopsOf } from '../state/select.ts';
import { words } from '../text/words.ts';
import { join } from './join.ts';

interface ReachPathProps {
  readonly reach: ListenerReach;
  readonly report: Report;
}

export function ReachPath({ reach, report }: ReachPathProps) {
  const [network, internet] = stopsOf(reach, report);
  const asOf = useAsOf();
  return (
    <div
      className={join('flex flex-wrap items-center gap-y-1', asOf !== null && 'grayscale')}
      role="img"
      aria-label={words.verdict(asOf, words.path(network, internet))}
    >
      <span className="inline-flex h-6 items-center rounded-full bg-sunken px-1.5 text-soft">
        <Laptop aria-hidden className="size-3.5" />
      </span>
      <Gate verdict={network.verdict} />
      <StopMark stop={network} />
      <Gate verdict={internet.indirect ? 'indirect' : internet.verdict} />
      <StopMark stop={internet} />
    </div>
  );
}

type StopVerdict = Verdict | 'some';

const MARK: Record<StopVerdict, string> = {
  open: 'bg-open-ground text-open',
  limited: 'bg-open-ground text-open',
  some: 'bg-open-ground text-open',
  unknown: 'bg-doubt-ground text-doubt',
  blocked: 'text-faint',
};

function StopMark({ stop }: { readonly stop: Stop }) {
  const Icon =
    stop.kind === 'internet' ? Globe : stop.networks.length === 1 && stop.networks[0] === 'wifi' ? Wifi : Network;
  return (
    <span
      className={join(
        'inline-flex h-6 items-center gap-1 rounded-full px-1.5 text-xs font-medium whitespace-nowrap',
        MARK[stop.verdict],
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {words.stopName(stop)}
    </span>
  );
}

/** What lies between two stops: a plain way, the bars of a gate, or a question. */
function Gate({ verdict }: { readonly verdict: StopVerdict | 'indirect' }) {
  switch (verdict) {
    case 'indirect':
      return (
        <svg
          aria-hidden
          className="mx-0.5 h-4 w-7 text-faint"
          viewBox="0 0 28 16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
        >
          <path d="M3 8h22" strokeLinecap="round" strokeDasharray="1 5" />
        </svg>
      );
    case 'open':
    case 'limited':
    case 'some':
      return (
        <svg
          aria-hidden
          className="mx-0.5 h-4 w-7 text-open"
          viewBox="0 0 28 16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
        >
          <path d="M3 8h22M7 4.5 3 8l4 3.5" strokeLinecap="round" strokeLinejoin="round" />
          {verdict === 'open' ? null : <path d="M16 5v6" strokeLinecap="round" />}
        </svg>
      );
    case 'blocked':
      return (
        <svg
          aria-hidden
          className="mx-0.5 h-4 w-7 text-shut"
          viewBox="0 0 28 16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
        >
          <path d="M10.5 2.5v11M14 2.5v11M17.5 2.5v11" strokeLinecap="round" />
          <path d="M9 6h10" strokeLinecap="round" />
          <path d="M1 8h5M22 8h5" strokeLinecap="round" className="opacity-50" />
        </svg>
      );
    case 'unknown':
      return (
        <span aria-hidden className="mx-0.5 inline-flex w-7 justify-center text-doubt">
          <CircleHelp className="size-3.5" />
        </span>
      );
  }
}
