/** What the catalogues put into words and none of them decides: who gets in, read out of a report. */
import type { Change, InterfaceKind, ListenerReach, Place, PlaceKind, Report, Target } from '../../core/model.ts';
import { networkKind, notDirectly, onlyGroups, sourcesThrough } from '../../core/reach/summary.ts';
import { foreign, list } from './format.ts';

/** The part of a report that calls what listens, and what leads on, by name. */
export type Named = Pick<Report, 'listeners' | 'forwards'>;

/** What else is known where a plan or a problem is shown. */
export interface Around {
  readonly report: Named;
  readonly history: readonly Change[];
}

/** Ports are called the same in every language. */
export const portName = ({ protocol, port }: Target): string => `${port}/${protocol}`;

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const OPEN: ReadonlySet<Place['verdict']> = new Set(['open', 'limited']);

const gets = ({ places }: Pick<ListenerReach, 'places'>): readonly Place[] =>
  places.filter(({ verdict }) => OPEN.has(verdict));

/** The kinds of the networks nearby from which it can be reached, each once. */
export const nearKinds = (
  listener: Pick<ListenerReach, 'places'>,
  report: Report,
): readonly (InterfaceKind | PlaceKind)[] => [
  ...new Set(
    gets(listener)
      .filter(({ kind }) => kind !== 'internet')
      .map((place) => networkKind(place, report.interfaces)),
  ),
];

interface WayIn {
  /** The networks whose people get through: neither the internet nor containers. */
  readonly networks: readonly Place[];
  /** Whoever gets through is slowed after repeated tries. */
  readonly slowed: boolean;
  /** Only what is sent to many at once gets in. */
  readonly groups: boolean;
  readonly containers: boolean;
  /** Whether others can, too, cannot be told. */
  readonly doubt: boolean;
  /** Not from the internet directly, but a router may pass it on. */
  readonly router: boolean;
}

export function wayIn(listener: ListenerReach, { interfaces }: Report): WayIn {
  const { exposure, exposureComplete } = listener;
  const open = gets(listener);
  return {
    networks: open.filter(({ kind }) => kind !== 'internet' && kind !== 'container'),
    slowed: open.length > 0 && open.every(({ verdict }) => verdict === 'limited'),
    groups: onlyGroups(listener, interfaces),
    containers: open.some(({ kind }) => kind === 'container'),
    doubt: !exposureComplete && exposure !== 'unknown',
    router: notDirectly(listener, interfaces),
  };
}

/** Where one or two addresses get through, those; null where more do. */
export function fewSources(listener: Pick<ListenerReach, 'reach'>): string | null {
  const sources = sourcesThrough(listener);
  return sources.length === 0 || sources.length > 2 ? null : list(sources.map(foreign));
}
