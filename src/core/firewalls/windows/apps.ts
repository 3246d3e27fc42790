/**
 * Rules that Windows keeps apart from FirewallRules: for apps in an app container (`RestrictedServices\AppIso\FirewallRules`)
 * and for services (`RestrictedServices\Configurable\System`). A computer with Windows 11 25H2 whose registry was published
 * has 540 of the first beside 581 in FirewallRules. Nobody says how they count beside the others, so they are not understood
 * here: as long as there are any, or they were not read, what listens in an app container, or may, is not called closed.
 * Those for services say what a service may not do: a port may be more closed by them, not more open.
 *
 * Sources: Eric Zimmerman's RegistryPlugin.FirewallRules, which reads FirewallRules, AppIso and Mdm alike; Microsoft Learn,
 * Windows Service Hardening, INetFwServiceRestriction.
 */
import { pairSchema, windowsItems } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import type { AnyRule, WindowsRule } from './model.ts';

const ID = 'RestrictedServices\\AppIso\\FirewallRules';

/** One rule in the place of all of them: it may be for any program in a container, and may do anything. */
const STAND_IN: WindowsRule = {
  id: ID,
  store: 'other',
  name: ID,
  active: true,
  direction: null,
  action: null,
  profiles: null,
  protocol: null,
  localPorts: null,
  remotePorts: null,
  local: null,
  remote: null,
  app: null,
  service: null,
  packaged: true,
  family: null,
  interfaces: [],
  secure: false,
  narrows: [],
};

export function appRules(snapshot: Snapshot): readonly AnyRule[] {
  const { items, why } = windowsItems(snapshot, 'appRules', pairSchema);
  return why === null && items.length === 0 ? [] : [STAND_IN];
}

/** It stands for others, and is none that could be counted. */
export const isStandIn = (rule: AnyRule): boolean => rule === STAND_IN;
