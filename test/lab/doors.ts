/** What the list of forwarded ports says against what packets did. */
import { readFacts, worldOf } from '../../src/core/facts.ts';
import { parseAddress, setOf } from '../../src/core/address.ts';
import { has } from '../../src/core/intervals.ts';
import type { Forward, Reach } from '../../src/core/model.ts';
import { type Judge, createJudge } from '../../src/core/reach/index.ts';
import type { Recording } from './record.ts';

/**
 * One line for each probe that contradicts the list: a way in that is told as open and was shut; a container that was
 * reached at its own address by who is not told; a port that was led on and is not in the list.
 */
export function doorsWrong(recording: Recording): readonly string[] {
  const judge = createJudge(worldOf(readFacts(recording.snapshot)));
  const forwards = judge.forwards();
  return recording.probes.flatMap((probe, index) => {
    const outcome = recording.outcomes[index];
    const said = (what: string): string[] => [`${what}: ${JSON.stringify(probe)} was ${outcome}`];
    for (const forward of forwards) {
      const way = wayOf(forward, probe);
      const told = way === null ? null : tellsOf(way, probe.source);
      if (told === null) continue;
      if (told === 'open' && outcome !== 'open') return said(`${forward.id} is told as open`);
      // What a rule leads elsewhere got through, and not to the container.
      if (told === 'blocked' && forward.via === 'route' && outcome === 'open' && !isLedOn(judge, probe))
        return said(`${forward.id} is told as shut`);
    }
    if (outcome !== 'open') return [];
    const led = judge
      .ask(probe)
      .decidedBy.flatMap(({ rule }) => /^publishes (\S+) -> (\S+)$/.exec(rule)?.slice(1) ?? []);
    const [, to] = led;
    const listed = forwards.some(
      (forward) =>
        forward.via === 'rule' &&
        forward.protocol === probe.protocol &&
        forward.port <= probe.port &&
        probe.port <= forward.lastPort &&
        forward.id.endsWith(`>${to}`),
    );
    return to === undefined || listed ? [] : said(`not in the list, leads to ${to}`);
  });
}

const isLedOn = (judge: Judge, probe: Recording['probes'][number]): boolean =>
  judge.ask(probe).trace.some(({ effect }) => /^(redirect|dnat)/.test(effect));

function wayOf(forward: Forward, probe: Recording['probes'][number]): Reach | null {
  const isPort =
    forward.via === 'rule' ? forward.port <= probe.port && probe.port <= forward.lastPort : forward.port === probe.port;
  if (forward.protocol !== probe.protocol || !isPort) return null;
  return forward.reach.find((way) => way.interface === probe.interface && way.address === probe.destination) ?? null;
}

function tellsOf(way: Reach, source: string): 'open' | 'unknown' | 'blocked' {
  const value = parseAddress(source)?.value ?? 0n;
  const among = (list: readonly string[]): boolean => has(setOf(list, way.family) ?? [], value);
  if (among(way.open) || among(way.limited)) return 'open';
  return among(way.unknown) ? 'unknown' : 'blocked';
}
