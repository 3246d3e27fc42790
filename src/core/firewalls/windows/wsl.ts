/**
 * Linux within Windows: which networking it has, and what the Hyper-V firewall does for it.
 *
 * With mirrored networking what listens within WSL is at this computer's own addresses, no list of Windows shows it, and the
 * Hyper-V firewall, not Windows Firewall, decides who reaches it. Nothing of it is ever called closed: rules of the host's
 * firewall may count there too (AllowHostPolicyMerge), and each kind of network may have settings of its own.
 *
 * Which networking it is: wsl-settings.ts. Sources: Microsoft Learn, "Accessing network applications with WSL", mirrored mode
 * networking; "Hyper-V firewall", the VMCreatorId of WSL, the values of
 * Get-NetFirewallHyperVVMSetting; MSFT_NetFirewallHyperVRule, for the enumerations those of MSFT_NetFirewallRule.
 */
import { type WindowsPart, listed, windowsPart } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import { fieldOf, memberOf, textsOf } from './json-values.ts';
import { type WslNetworking, wslSettings } from './wsl-settings.ts';

export interface WslNotes {
  /** null: not known. */
  readonly networking: WslNetworking | null;
  /**
   * What the Hyper-V firewall does to what comes in for it, where no rule of it says otherwise. `off`: nothing; `allows`: it
   * lets in, at least in some networks. null: not known.
   */
  readonly filter: 'off' | 'allows' | 'blocks' | null;
  /** What rules of that firewall let in: `TCP 5173`, `TCP`; empty also where they were not read. */
  readonly openings: readonly string[];
}

/** WSL's VMCreatorId. */
const WSL = '{40e0ac32-46a5-438a-a0b2-2b479e8f2e90}';
const ACTION = { NotConfigured: 0, Allow: 2, Block: 4 } as const;
/** GpoBoolean: False 0, True 1, NotConfigured 2. */
const SWITCH = { False: 0, True: 1, NotConfigured: 2 } as const;
/** Enabled of a rule: True 1, False 2. */
const ENABLED = { True: 1, False: 2 } as const;

export function wslOf(snapshot: Snapshot): WslNotes {
  // It is one of the few that may be taken back by Windows: where mirroring is not possible WSL falls back, and says so there.
  const { networking, unfiltered } = wslSettings(snapshot);
  return { networking, filter: unfiltered ? 'off' : filterOf(snapshot), openings: openingsOf(snapshot) };
}

const PART: WindowsPart = 'hyperV';

function listOf(snapshot: Snapshot, name: string): readonly unknown[] | null {
  const read = windowsPart(snapshot, PART);
  return 'why' in read || fieldOf(read.value, name) === undefined ? null : listed(fieldOf(read.value, name));
}

const isOfWsl = (id: unknown): boolean => typeof id === 'string' && id.toLowerCase() === WSL;

function filterOf(snapshot: Snapshot): WslNotes['filter'] {
  const own = listOf(snapshot, 'settings')?.find((one) => isOfWsl(fieldOf(one, 'Name')));
  if (own === undefined) return null;
  const all = [own, ...(listOf(snapshot, 'profiles') ?? [])];
  const action = (one: unknown) => memberOf(fieldOf(one, 'DefaultInboundAction'), ACTION);
  if (memberOf(fieldOf(own, 'Enabled'), SWITCH) === 'False') return 'off';
  if (all.some((one) => action(one) === 'Allow' || memberOf(fieldOf(one, 'Enabled'), SWITCH) === 'False'))
    return 'allows';
  return action(own) === 'Block' ? 'blocks' : null;
}

function openingsOf(snapshot: Snapshot): readonly string[] {
  const rules = (listOf(snapshot, 'rules') ?? []).filter((rule) => {
    const of = fieldOf(rule, 'VMCreatorId');
    return (
      // Without one it is for all of them.
      (isOfWsl(of) || of === undefined || of === null || of === '') &&
      memberOf(fieldOf(rule, 'Action'), ACTION) === 'Allow' &&
      memberOf(fieldOf(rule, 'Enabled'), ENABLED) !== 'False'
    );
  });
  const named = rules.map((rule) => {
    const protocol = fieldOf(rule, 'Protocol');
    const ports = textsOf(fieldOf(rule, 'LocalPorts')) ?? [];
    const which = ports.filter((port) => !/^any$/i.test(port));
    const name = typeof protocol === 'string' && protocol !== '' ? protocol : 'Any';
    return which.length === 0 ? name : `${name} ${which.join(',')}`;
  });
  return [...new Set(named)];
}
