/** Other ports that lead to a listener past every filter rule. */
import { letsThrough } from '../reach/summary.ts';
import type { Deciding, ListenerReach } from '../model.ts';

/**
 * `rdr pass` of pf: what it redirects is passed without asking the filter, so no rule of the filter closes it.
 * Source: pf.conf(5), TRANSLATION.
 */
const isLetBy = ({ firewall, rule }: Deciding): boolean => firewall === 'pf' && /^rdr pass(?: |$)/.test(rule);

/** The ports through which somebody gets in so, without doubles. */
export const letBy = ({
  port: own,
  reach,
}: Pick<ListenerReach, 'reach'> & { readonly port: number }): readonly number[] => [
  ...new Set(
    reach.filter((way) => way.port !== own && letsThrough(way) && way.decidedBy.some(isLetBy)).map(({ port }) => port),
  ),
];
