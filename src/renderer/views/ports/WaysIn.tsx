/** Every way in (interface, family), what it lets through, and the rule that decides. */
import type { Reach, ReportListener } from '../../../core/model.ts';
import { foreign, list, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

export function WaysIn({ listener: { reach, port } }: { readonly listener: ReportListener }) {
  if (reach.length === 0) return <p>{words.detail.noWays}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {reach.map((way) => (
        <li key={`${way.interface} ${way.address} ${way.port}`}>
          <p className="flex flex-wrap gap-x-2">
            <span className="font-medium text-ink">{foreign(way.interface)}</span>
            <span className="numbers text-faint">{foreign(way.address)}</span>
            {way.port === port ? null : <span>{words.detail.redirected(way.port)}</span>}
          </p>
          <p>{`${words.detail.lets}: ${letsThrough(way)}`}</p>
          {way.decidedBy.map(({ firewall, rule }) => (
            <p key={`${firewall} ${rule}`} className="font-mono text-xs text-faint">
              {foreign(firewall)}: {sentence(rule)}
            </p>
          ))}
          {way.reasons.map((reason) => (
            <p key={reason} className="text-sm text-doubt">
              {sentence(reason)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

const EVERYTHING = new Set(['0.0.0.0/0', '::/0']);
const MOST = 4;

function addresses(ranges: readonly string[]): string {
  if (ranges.some((range) => EVERYTHING.has(range))) return words.detail.everybody;
  const shown = ranges.slice(0, MOST).map(foreign);
  return list(ranges.length > MOST ? [...shown, words.detail.more(ranges.length - MOST)] : shown);
}

function letsThrough({ open, limited, unknown }: Reach): string {
  const parts = [
    ...(open.length > 0 ? [addresses(open)] : []),
    ...(limited.length > 0 ? [words.detail.andLimited(addresses(limited))] : []),
    ...(unknown.length > 0 ? [words.detail.unknownFor(addresses(unknown))] : []),
  ];
  return parts.length === 0 ? words.detail.nobody : parts.join('; ');
}
