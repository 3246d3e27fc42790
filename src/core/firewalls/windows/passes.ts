/** Entries of `netsh interface portproxy`, with what deletes each. Source: Microsoft Learn, netsh interface portproxy. */
import { windowsItems } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';

/** One entry, as far as it can be read. */
export interface ProxyEntry {
  /** The port that it takes connections at. TCP. */
  readonly port: number;
  /** Where it leads: an address or a name, and a port. */
  readonly to: { readonly address: string; readonly port: number };
  /** What deletes it, as administrator; null: it cannot be written safely. */
  readonly removal: string | null;
}

const entrySchema = is.object({
  family: is.oneOf('v4tov4', 'v4tov6', 'v6tov4', 'v6tov6'),
  name: is.filled,
  value: is.filled,
});
const PLACE = /^([^/\s]+)\/(\d{1,5})$/;

export function proxyEntries(snapshot: Snapshot): readonly ProxyEntry[] {
  return windowsItems(snapshot, 'portProxy', entrySchema).items.flatMap(
    ({ family, name, value }): readonly ProxyEntry[] => {
      const [from, to] = [PLACE.exec(name), PLACE.exec(value)];
      if (from?.[1] === undefined || to?.[1] === undefined) return [];
      return [
        {
          port: Number(from[2]),
          to: { address: to[1], port: Number(to[2]) },
          removal: removalOf(family, from[1], Number(from[2])),
        },
      ];
    },
  );
}

/** `*` is what stands there where no address was given. */
function removalOf(family: string, address: string, port: number): string | null {
  if (address !== '*' && !/^[\w.:-]+$/.test(address)) return null;
  const at = address === '*' ? '' : ` listenaddress=${address}`;
  return `netsh interface portproxy delete ${family} listenport=${port}${at}`;
}
