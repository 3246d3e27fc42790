/** Who can reach what, and by which way, in German. */
import type { ListenerReach, Place, Report, Verdict } from '../../../core/model.ts';
import { inPlace, NETWORK } from '../../../core/reach/place-words-de.ts';
import { sourcesThrough } from '../../../core/reach/summary.ts';
import { networkOf, type Stop } from '../../state/select.ts';
import { fewSources, nearKinds, portName, upper, wayIn } from '../facts.ts';
import { foreign, list, number, time } from '../format.ts';
import { ports, SLOWED, some } from './shared.ts';
import type { reachWords as English } from '../en/reach.ts';

const stopName = (stop: Stop): string => {
  if (stop.kind === 'internet') return stop.indirect ? 'Internet, nicht direkt' : 'Internet';
  const [only, ...more] = stop.networks;
  return only === undefined || more.length > 0 ? 'Netzwerke' : upper(NETWORK[only]);
};

const VERDICT: Record<Verdict | 'some', string> = {
  open: 'offen',
  limited: `offen${SLOWED}`,
  blocked: 'geschlossen',
  unknown: 'unklar',
  some: 'offen für manche Adressen',
};

function who(
  listener: Pick<ListenerReach, 'exposure' | 'exposureComplete' | 'places' | 'reach'>,
  report: Report,
): string {
  const { exposure, exposureComplete } = listener;
  const doubt = exposureComplete ? '' : '; weitere sind nicht auszuschließen';
  switch (exposure) {
    case 'self':
      return exposureComplete ? 'Nur dieser Computer' : 'Unklar, wer sonst noch';
    case 'internet':
      return 'Alle im Internet';
    case 'network': {
      const names = nearKinds(listener, report).map((kind) =>
        kind === 'container' ? 'Container auf diesem Computer' : `alle in diesem ${NETWORK[kind]}`,
      );
      return `${upper(names.length === 0 ? 'alle in deinem Netzwerk' : list(names))}${doubt}`;
    }
    case 'some':
      return `Nur ${fewSources(listener) ?? 'manche Adressen'}${doubt}`;
    case 'unknown':
      return 'Unklar';
  }
}

function whoLong(listener: ListenerReach, report: Report): string {
  const { exposure, exposureComplete } = listener;
  const { networks, slowed, groups, containers, doubt, router } = wayIn(listener, report);
  const where = [...new Set(networks.map((one) => placeName(one, report)))];
  const how = slowed ? SLOWED : '';
  const rest = [
    ...(groups
      ? [
          'Nur was an viele zugleich geschickt wird (Multicast, Broadcast), kommt herein; was an diesen Computer allein geht, nicht.',
        ]
      : []),
    ...(containers ? ['Container auf diesem Computer können sich verbinden.'] : []),
    ...(doubt ? ['Ob auch andere es können, lässt sich nicht sagen.'] : []),
    ...(router
      ? [
          'Aus dem Internet: nicht direkt. Was dein Router oder Anbieter an diesen Computer weiterleitet, ist von hier aus nicht zu sehen.',
        ]
      : []),
  ];
  const first = ((): string | null => {
    switch (exposure) {
      case 'self':
        return exposureComplete ? 'Niemand sonst kommt durch.' : null;
      case 'unknown':
        return 'Ob andere durchkommen, lässt sich nicht sagen.';
      case 'some':
        return `Nur diese Adressen kommen durch: ${some(sourcesThrough(listener))}${how}.`;
      case 'network':
        return where.length === 0 ? null : `Alle ${list(where)} kommen durch${how}.`;
      case 'internet':
        return `Alle im Internet kommen durch${where.length === 0 ? '' : `, ebenso alle ${list(where)}`}${how}.`;
    }
  })();
  return [...(first === null ? [] : [first]), ...rest].join(' ');
}

function placeName(place: Place, { interfaces }: Report): string {
  const shown = place.interface === null ? '' : foreign(place.interface);
  const on = place.kind === 'lan' ? ` (${shown})` : place.kind === 'vpn' ? ` ${shown}` : '';
  return `${inPlace(place, interfaces)}${on}`;
}

export const reachWords: typeof English = {
  map: {
    title: 'Wer hereinkommt',
    caption: (asOf) => `Wie viele Ports von wo durchkommen${asOf === null ? '' : `, Stand ${time(asOf)}`}`,
    from: 'Von',
    columns: { open: 'Kommen durch', blocked: 'Aufgehalten', unknown: 'Unklar' },
    short: {
      open: (count) => `${number(count)} offen`,
      unknown: (count) => `${number(count)} unklar`,
      closed: 'alle geschlossen',
      doubt: 'unklar',
    },
    notWhole: 'nicht alles lesbar',
    listening: ports,
    listeningSmall: (count) => (count === 1 ? 'lauscht' : 'lauschen'),
    network: (report) => {
      const network = networkOf(report);
      return network === null ? 'Kein Netzwerk' : `Dieses ${NETWORK[network.kind]}`;
    },
    internet: 'Internet',
    indirect: 'Was dein Router oder Anbieter an diesen Computer weiterleitet, ist von hier aus nicht zu sehen.',
  },

  who,

  whoLong,

  // After a colon a sentence keeps its capital letter.
  verdict: (asOf, text) => (asOf === null ? text : `Stand ${time(asOf)}: ${text}`),

  stopName,

  portName,

  verdicts: VERDICT,

  path: (network, internet) =>
    `${stopName(network)}: ${VERDICT[network.verdict]}. Internet: ${internet.indirect ? 'nicht direkt; was der Router weiterleitet, ist von hier aus nicht zu sehen' : VERDICT[internet.verdict]}.`,

  thisComputer: 'Dieser Computer',
};
