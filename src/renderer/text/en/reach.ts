/** Who can reach what, and by which way, in English. */
import type { ListenerReach, Report, Verdict } from '../../../core/model.ts';
import { BESIDES, NETWORK, placeName } from '../../../core/reach/place-words.ts';
import { sourcesThrough } from '../../../core/reach/summary.ts';
import { networkOf, type ReachCounts, type Stop } from '../../state/select.ts';
import { fewSources, nearKinds, portName, upper, wayIn } from '../facts.ts';
import { foreign, list, number, time } from '../format.ts';
import { ports, lower, some } from './shared.ts';

/** What the middle stop is called: the network where there is one kind, else plainly networks. */
const stopName = (stop: Stop): string => {
  if (stop.kind === 'internet') return stop.indirect ? 'Internet, not directly' : 'Internet';
  const [only, ...more] = stop.networks;
  return only === undefined || more.length > 0 ? 'Networks' : upper(NETWORK[only]);
};

const VERDICT: Record<Verdict | 'some', string> = {
  open: 'open',
  limited: 'open, slowed after repeated tries',
  blocked: 'closed',
  unknown: 'cannot tell',
  some: 'open for some addresses',
};

/** Who can reach it, in a short sentence. */
function who(
  listener: Pick<ListenerReach, 'exposure' | 'exposureComplete' | 'places' | 'reach'>,
  report: Report,
): string {
  const { exposure, exposureComplete } = listener;
  const doubt = exposureComplete ? '' : '; more cannot be ruled out';
  switch (exposure) {
    case 'self':
      return exposureComplete ? 'Only this computer' : 'Cannot tell who else';
    case 'internet':
      return 'Anyone on the internet';
    case 'network': {
      const names = nearKinds(listener, report).map((kind) =>
        kind === 'container' ? 'containers on this computer' : `anyone on this ${NETWORK[kind]}`,
      );
      return `${upper(names.length === 0 ? 'anyone on your network' : list(names))}${doubt}`;
    }
    case 'some':
      return `Only ${fewSources(listener) ?? 'some addresses'}${doubt}`;
    case 'unknown':
      return 'Cannot tell';
  }
}

/** The same at more length: from which networks by name, and what cannot be seen from here. */
function whoLong(listener: ListenerReach, report: Report): string {
  const { exposure, exposureComplete } = listener;
  const { networks, slowed, groups, containers, doubt, router } = wayIn(listener, report);
  const anyone = [...new Set(networks.map((one) => placeName(one, report.interfaces, foreign)))];
  const how = slowed ? ', slowed after repeated tries' : '';
  const rest = [
    ...(groups ? [BESIDES.groupsOnly] : []),
    ...(containers ? ['Containers on this computer can connect.'] : []),
    ...(doubt ? [BESIDES.othersToo] : []),
    ...(router ? [BESIDES.notDirectly] : []),
  ];
  const first = ((): string | null => {
    switch (exposure) {
      case 'self':
        return exposureComplete ? 'Nobody else gets through.' : null;
      case 'unknown':
        return 'Whether others get through cannot be told.';
      case 'some':
        return `Only these addresses get through: ${some(sourcesThrough(listener))}${how}.`;
      case 'network':
        return anyone.length === 0 ? null : `Anyone on ${list(anyone)} gets through${how}.`;
      case 'internet':
        return `Anyone on the internet gets through${anyone.length === 0 ? '' : `, and anyone on ${list(anyone)}`}${how}.`;
    }
  })();
  return [...(first === null ? [] : [first]), ...rest].join(' ');
}

export const reachWords = {
  map: {
    title: 'Who gets in',
    caption: (asOf: string | null) =>
      `How many ports get through from where${asOf === null ? '' : `, as of ${time(asOf)}`}`,
    from: 'From',
    columns: { open: 'Get through', blocked: 'Stopped', unknown: 'Cannot tell' } satisfies Record<
      keyof ReachCounts,
      string
    >,
    short: {
      open: (count: number) => `${number(count)} open`,
      unknown: (count: number) => `${number(count)} cannot tell`,
      closed: 'all closed',
      doubt: 'cannot tell',
    },
    notWhole: 'not all could be read',
    listening: ports,
    listeningSmall: (count: number): string => (count === 1 ? 'listens' : 'listen'),
    network: (report: Report): string => {
      const network = networkOf(report);
      return network === null ? 'No network' : `This ${NETWORK[network.kind]}`;
    },
    internet: 'Internet',
    indirect: 'What your router or provider passes on to this computer cannot be seen from here.',
  },

  who,

  whoLong,

  /** A verdict, with its time where it is not fresh. */
  verdict: (asOf: string | null, text: string): string =>
    asOf === null ? text : `As of ${time(asOf)}: ${lower(text)}`,

  stopName,

  portName,

  verdicts: VERDICT,

  /** The way in, said in a sentence for those who do not see the picture. */
  path: (network: Stop, internet: Stop) =>
    `${stopName(network)}: ${VERDICT[network.verdict]}. Internet: ${internet.indirect ? 'not directly; what the router passes on cannot be seen from here' : VERDICT[internet.verdict]}.`,

  thisComputer: 'This computer',
};
