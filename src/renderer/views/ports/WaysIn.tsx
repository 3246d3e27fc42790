/** Every way in, those that are answered alike together: who gets through, and the rules that they meet. */
import { togetherReasons } from '../../../core/gaps/index.ts';
import type { Reach, Report, ReportListener } from '../../../core/model.ts';
import { alikeWays, isEveryone, tellingSteps } from '../../../core/reach/summary.ts';
import { isApart } from '../../state/select.ts';
import { useAsOf } from '../../state/context.tsx';
import { join } from '../../parts/join.ts';
import { foreign, list, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Steps } from './Steps.tsx';

interface WaysInProps {
  readonly listener: ReportListener;
  readonly report: Report;
}

export function WaysIn({ listener, report }: WaysInProps) {
  const asOf = useAsOf();
  if (listener.reach.length === 0)
    return <p>{words.verdict(asOf, isApart(listener, report) ? words.detail.noNetwork : words.detail.noWays)}</p>;
  return (
    <>
      <p className="text-ink">{words.verdict(asOf, words.whoLong(listener, report))}</p>
      <ul className="mt-3 flex flex-col gap-4">
        {alikeWays(listener).map((ways) => (
          <Ways key={`${ways[0].interface} ${ways[0].address} ${ways[0].port}`} ways={ways} port={listener.port} />
        ))}
      </ul>
    </>
  );
}

function Ways({ ways, port }: { readonly ways: readonly [Reach, ...Reach[]]; readonly port: number }) {
  const [way] = ways;
  const asOf = useAsOf();
  const steps = tellingSteps(way);
  return (
    <li>
      <p className={join('font-medium', asOf === null ? tone(way) : 'text-soft')}>
        {words.verdict(asOf, letsThrough(way))}
      </p>
      {[...new Set(ways.map(({ interface: name }) => name))].map((name) => (
        <p key={name} className="flex flex-wrap gap-x-2 text-sm">
          <span className="text-soft">{foreign(name)}</span>
          <span className="numbers text-faint">{addressesOn(ways, name)}</span>
          {way.port === port ? null : <span>{words.detail.redirected(way.port)}</span>}
        </p>
      ))}
      {steps.length > 0 ? (
        <Steps steps={steps} />
      ) : (
        way.decidedBy.map(({ firewall, rule }) => (
          <p key={`${firewall} ${rule}`} className="font-mono text-xs text-faint">
            {words.firewall.of(firewall)}: {sentence(rule)}
          </p>
        ))
      )}
      {togetherReasons(way.doubts)
        .map(words.reason)
        .map((reason) => (
          <p key={reason} className="text-sm text-doubt">
            {reason}
          </p>
        ))}
    </li>
  );
}

const addressesOn = (ways: readonly Reach[], name: string): string =>
  ways
    .filter((way) => way.interface === name)
    .map(({ address }) => foreign(address))
    .join(', ');

const tone = ({ open, limited, unknown }: Reach): string =>
  open.length + limited.length > 0 ? 'text-open' : unknown.length > 0 ? 'text-doubt' : 'text-shut';

const MOST = 4;

function addresses(ranges: readonly string[]): string {
  if (isEveryone(ranges)) return words.detail.everybody;
  const shown = ranges.slice(0, MOST).map(foreign);
  return list(ranges.length > MOST ? [...shown, words.detail.more(ranges.length - MOST)] : shown);
}

function letsThrough({ open, limited, unknown }: Reach): string {
  const parts = [
    ...(open.length > 0 ? [words.detail.openTo(addresses(open))] : []),
    ...(limited.length > 0 ? [words.detail.limitedTo(addresses(limited))] : []),
    ...(unknown.length > 0 ? [words.detail.unknownFor(addresses(unknown))] : []),
  ];
  return parts.length === 0 ? words.detail.closedToAll : parts.join('; ');
}
