/** What the Learn view takes from this computer as its examples. */
import { addressKind } from '../../core/catalog/address-kind.ts';
import type { Connection, Protocol, Report, ReportListener } from '../../core/model.ts';
import { isPublicText } from '../../core/reach/places.ts';
import { toneOf } from './select.ts';

/** The listener that is the easiest to talk about: one that others can reach, of a program whose name is known. */
export function exampleListener({ listeners }: Pick<Report, 'listeners'>): ReportListener | null {
  const score = (one: ReportListener): number =>
    (toneOf(one) === 'others' ? 4 : 0) + (one.owner.program === null ? 0 : 2) + (one.protocol === 'tcp' ? 1 : 0);
  return listeners.reduce<ReportListener | null>(
    (best, one) => (best === null || score(one) > score(best) ? one : best),
    null,
  );
}

/** A connection that this computer began: to somebody on the internet and of a known program, where there is one. */
export function exampleConnection(connections: readonly Connection[]): Connection | null {
  const score = ({ program, remote, protocol }: Connection): number =>
    (program === null ? 0 : 4) + (isPublicText(remote.address) ? 2 : 0) + (protocol === 'tcp' ? 1 : 0);
  return connections
    .filter(({ direction }) => direction === 'outbound')
    .reduce<Connection | null>((best, one) => (best === null || score(one) > score(best) ? one : best), null);
}

export interface Door {
  readonly port: number;
  readonly listening: boolean;
}

/** Four doors in a row, the example among them, each with whether something listens there. */
export function doorsAround(
  listeners: readonly { readonly protocol: Protocol; readonly port: number }[],
  { protocol, port }: { readonly protocol: Protocol; readonly port: number },
): readonly Door[] {
  const first = Math.min(Math.max(0, port - 1), 65532);
  return [0, 1, 2, 3].map((step) => ({
    port: first + step,
    listening: listeners.some((one) => one.protocol === protocol && one.port === first + step),
  }));
}

export type OwnKind = 'private' | 'public' | 'link' | 'shared' | 'other';

export interface OwnAddress {
  readonly interface: Report['interfaces'][number];
  readonly address: string;
  readonly kind: OwnKind;
}

/** This computer's addresses on networks, and how far each can be seen. */
export const ownAddresses = ({ interfaces }: Pick<Report, 'interfaces'>): readonly OwnAddress[] =>
  interfaces
    .filter(({ kind }) => kind !== 'loopback')
    .flatMap((one) =>
      one.addresses.map((text) => {
        const address = text.split('/')[0] ?? '';
        return { interface: one, address, kind: kindOf(address) };
      }),
    );

/** As the engine has it: what is not known to stay inside counts as public. */
function kindOf(address: string): OwnKind {
  const kind = addressKind(address);
  if (kind === 'private' || kind === 'shared') return kind;
  if (kind === 'link-local') return 'link';
  return isPublicText(address) ? 'public' : 'other';
}
