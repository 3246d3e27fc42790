/**
 * Linux within Windows (WSL) and other guests of Hyper-V. What comes in for them passes a firewall of its own, the Hyper-V
 * firewall, which is not judged; with mirrored networking (wsl.ts) a guest's ports are this computer's ports, without any
 * socket that Windows lists. Source: Microsoft Learn, Hyper-V firewall; Accessing network applications with WSL.
 */
import { windowsItems } from '../../machine/windows.ts';
import type { Interface, Listener, Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';
import { type WslNotes, wslOf } from './wsl.ts';

export interface GuestNotes {
  /** Names of adapters: `vEthernet (WSL (Hyper-V firewall))`. */
  readonly adapters: readonly string[];
  /** Names of programs that carry a guest, or take connections for one: `wslrelay`. */
  readonly programs: readonly string[];
  /** Ids of listeners of those programs. */
  readonly listeners: readonly string[];
  readonly wsl: WslNotes;
  /** A guest runs that may listen at this computer's own addresses. `sure`: it does, as it is set. */
  readonly unlisted: { readonly sure: boolean } | null;
}

const ADAPTER = /^vethernet \(/i;
const RELAYS = /^(wslrelay|wslhost|com\.docker\.backend|vpnkit)(\.exe)?$/i;
/** They run where a guest does. */
const CARRIERS = /^(vmmemwsl|vmmem|wslhost|wslrelay)(\.exe)?$/i;

const processSchema = is.object({ name: is.filled });

/** Null: nothing of the kind is seen here. */
export function guestsOf(
  snapshot: Snapshot,
  interfaces: readonly Interface[],
  listeners: readonly Listener[],
): GuestNotes | null {
  const adapters = interfaces.filter(({ name, up }) => up && ADAPTER.test(name)).map(({ name }) => name);
  const relayed = listeners.filter(({ owner }) => owner.program !== null && RELAYS.test(owner.program));
  const processes = windowsItems(snapshot, 'processes', processSchema);
  const running = processes.items.map(({ name }) => name);
  const named = [
    ...relayed.flatMap(({ owner }) => owner.program ?? []),
    ...running.filter((name) => CARRIERS.test(name)),
  ];
  const programs = [...new Set(named.map((name) => name.replace(/\.exe$/i, '')))];
  const wsl = wslOf(snapshot);
  // Where the list of programs was not read, a setting is all there is to go by.
  const runs =
    programs.some((name) => CARRIERS.test(name)) || (processes.why !== null && wsl.networking === 'mirrored');
  if (adapters.length === 0 && programs.length === 0 && !runs) return null;
  const shares = wsl.networking === 'mirrored';
  const unlisted = runs && (shares || wsl.networking === null) ? { sure: shares } : null;
  return { adapters, programs, listeners: relayed.map(({ id }) => id), wsl, unlisted };
}
