/**
 * Linux within Windows (WSL) and other guests of Hyper-V. What comes in for them passes a firewall of its own, the Hyper-V
 * firewall (Get-NetFirewallHyperVRule), which is not judged; with mirrored networking a guest's ports are this computer's
 * ports, without any socket that Windows lists. Source: Microsoft Learn, Hyper-V firewall; Accessing network applications
 * with WSL.
 */
import { windowsItems } from '../../machine/windows.ts';
import type { Interface, Listener, Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';

export interface GuestNotes {
  /** Names of adapters: `vEthernet (WSL (Hyper-V firewall))`. */
  readonly adapters: readonly string[];
  /** Names of programs that carry a guest, or take connections for one: `wslrelay`. */
  readonly programs: readonly string[];
  /** Ids of listeners of those programs. */
  readonly listeners: readonly string[];
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
  const running = windowsItems(snapshot, 'processes', processSchema).items.map(({ name }) => name);
  const named = [
    ...relayed.flatMap(({ owner }) => owner.program ?? []),
    ...running.filter((name) => CARRIERS.test(name)),
  ];
  const programs = [...new Set(named.map((name) => name.replace(/\.exe$/i, '')))];
  if (adapters.length === 0 && programs.length === 0) return null;
  return { adapters, programs, listeners: relayed.map(({ id }) => id) };
}
