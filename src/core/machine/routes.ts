/** `ip -j route show table all` -> where packets of this machine go. */
import * as is from '../shape.ts';
import { type GapHow, type GapWhat, gap } from '../gaps/index.ts';
import type { Family, Gap, Reading, Route, Snapshot } from '../model.ts';
import { find, gapOf } from '../transcripts.ts';
import { tryJson } from './json-lines.ts';
import { cidr } from './routing.ts';

const hopSchema = is.object({
  dev: is.optional(is.string),
  gateway: is.optional(is.string),
  /** A gateway of the other family. */
  via: is.optional(is.object({ host: is.string })),
});
const routeSchema = is.object({
  ...hopSchema.fields,
  type: is.optional(is.string),
  dst: is.string,
  nexthops: is.optional(is.array(hopSchema)),
});

/**
 * Routes to other machines, of all tables; a route over several hops gives one for each. What the kernel keeps for
 * itself (local, broadcast, multicast) and what leads nowhere (blackhole, unreachable …) is left out.
 * Shape: iproute2 6, ip/iproute.c `print_route`.
 */
export function readRoutes(snapshot: Snapshot): Reading<readonly Route[]> {
  const value: Route[] = [];
  const gaps: Gap[] = [];
  for (const family of [4, 6] as const) {
    const what: GapWhat = { kind: 'routes', family };
    const how: GapHow = { kind: 'run', command: `ip -j -${family} route show table all` };
    const transcript = find(snapshot, `ip.route${family}`);
    const failed = gapOf(transcript, what, how);
    if (failed !== null || transcript === undefined) {
      if (failed !== null) gaps.push(failed);
      continue;
    }
    const parsed = is.array(is.unknown).safeParse(tryJson(transcript.stdout));
    const routes = parsed.success ? parsed.data.map((route) => routeSchema.safeParse(route)) : [];
    if (!parsed.success || routes.some((route) => !route.success))
      gaps.push(gap({ what, why: { kind: 'garbled', by: 'ip' }, how }));
    for (const route of routes) if (route.success) value.push(...hopsOf(route.data, family));
  }
  return { value, gaps };
}

function hopsOf(route: is.Output<typeof routeSchema>, family: Family): readonly Route[] {
  if (route.type !== undefined && route.type !== 'unicast') return [];
  const destination = cidr(route.dst, family);
  return [route, ...(route.nexthops ?? [])].flatMap(({ dev, gateway, via }) =>
    dev === undefined ? [] : [{ family, destination, interface: dev, gateway: gateway ?? via?.host ?? null }],
  );
}
