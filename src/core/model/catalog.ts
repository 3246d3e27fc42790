/** Known services, and which of them a listener is. Types only. */
import type { Protocol } from './machine.ts';

type Risk = 'high' | 'medium' | 'low';

export interface Service {
  readonly id: string;
  readonly name: string;
  /** One sentence that anybody understands. */
  readonly purpose: string;
  readonly category:
    | 'development'
    | 'database'
    | 'remote-access'
    | 'file-sharing'
    | 'printing'
    | 'discovery'
    | 'media'
    | 'sync'
    | 'game'
    | 'vpn'
    | 'container'
    | 'system'
    | 'web'
    | 'messaging';
  readonly ports: readonly { readonly protocol: Protocol; readonly from: number; readonly to: number }[];
  /** Names of programs (`comm` or basename of the path), lower case. */
  readonly programs: readonly string[];
  readonly risk: Risk;
  /** What somebody on the same network could do with it. */
  readonly ifExposed: string;
  readonly ifClosed: string;
  /** How to make it listen on this computer only, if it can. */
  readonly bindLocal: string | null;
  /** Does it serve others by design (ssh, file sharing), so that closing needs a thought? */
  readonly servesOthers: boolean;
  /** Where the facts come from: a document's address. */
  readonly source: string;
}

/** How a listener was named. */
export interface Identity {
  readonly service: Service | null;
  /** `program`: known by who runs it. `port`: only the number says so. `none`: not known. */
  readonly by: 'program' | 'port' | 'none';
  /** Short name for people: `Development web server`, or the program's name. */
  readonly name: string;
  /** Name in the IANA registry for this number, if any. */
  readonly registered: string | null;
}
