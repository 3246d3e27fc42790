/** Rules that were made here and open exactly one port, for whatever program listens there. */
import type { Target } from '../../model.ts';
import { countsIn } from './force.ts';
import { isAllow } from './overridden.ts';
import { isUnread, type AnyRule, type Profile, type WindowsRule } from './model.ts';
import { nameOf } from './name.ts';
import { type RuleGroups, ownerOf } from './owner.ts';
import type { AllSettings } from './profiles.ts';

export interface WindowsOpening {
  readonly target: Target;
  readonly firewall: 'windows';
  readonly rule: string;
  /** Both: a rule for one family alone names addresses, and is none of these. */
  readonly families: readonly [4, 6];
  /** A rule here is whole or not at all. */
  readonly removal: readonly [];
}

const PROTOCOLS = { 6: ['tcp'], 17: ['udp'], both: ['tcp', 'udp'] } as const;

/** @param used profiles of networks that this computer is in now: elsewhere a rule opens nothing yet */
export function windowsOpenings(
  rules: readonly AnyRule[],
  settings: AllSettings,
  groups: RuleGroups,
  used: readonly Profile[],
): readonly WindowsOpening[] {
  return rules.flatMap((rule): readonly WindowsOpening[] => {
    if (isUnread(rule) || !isAllow(rule) || !isForAnyProgram(rule)) return [];
    const [only, more] = rule.localPorts?.sure ?? [];
    const protocols =
      rule.protocol === null
        ? PROTOCOLS.both
        : rule.protocol === 6 || rule.protocol === 17
          ? PROTOCOLS[rule.protocol]
          : [];
    if (only === undefined || more !== undefined || only[0] !== only[1] || rule.localPorts?.open.length !== 0)
      return [];
    const counts = countsIn(rule, settings).some(
      (profile) => used.includes(profile) && settings[profile].shielded === false,
    );
    if (!counts || ownerOf(rule, groups).owner !== 'you') return [];
    return protocols.map((protocol) => ({
      target: { protocol, port: only[0] },
      firewall: 'windows',
      rule: nameOf(rule),
      families: [4, 6],
      removal: [],
    }));
  });
}

/** Without any other condition: who gets through, and to whom, is not narrowed. */
const isForAnyProgram = (rule: WindowsRule): boolean =>
  [rule.app, rule.service, rule.local, rule.remotePorts].every((one) => one === null) &&
  !rule.packaged &&
  rule.family === null &&
  !rule.secure &&
  rule.interfaces.length + rule.narrows.length === 0 &&
  (rule.remote === null ||
    ([4, 6] as const).some((family) => rule.remote?.[family].set.length !== 0 || rule.remote[family].words.length > 0));
