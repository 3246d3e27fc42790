/**
 * Rules that let in what another rule blocks. A block wins over what only allows, whichever is more specific and whichever came
 * first ([MS-FASP] 2.2.33); so an allow whose packets all match one block lets nobody in.
 */
import { minus } from '../../intervals.ts';
import { countsIn, profilesOf } from './force.ts';
import { type AnyRule, type PortCondition, type WindowsRule, isUnread } from './model.ts';
import type { AllSettings } from './profiles.ts';

/** An allow that is on, for what comes in. */
export const isAllow = (rule: AnyRule): rule is WindowsRule =>
  !isUnread(rule) && rule.active && rule.direction === 'in' && rule.action === 'allow';

/** A block that is on, for what comes in, and of which nothing is left open. */
export const isBlock = (rule: AnyRule): rule is WindowsRule =>
  !isUnread(rule) &&
  rule.active &&
  rule.direction === 'in' &&
  rule.action === 'block' &&
  !rule.secure &&
  rule.narrows.length === 0;

/** For each allow that some block undoes wholly: that block. Compared by what the rules ask, so only what is certain. */
export function overriddenBy(rules: readonly AnyRule[], settings: AllSettings): ReadonlyMap<WindowsRule, WindowsRule> {
  const blocks = rules
    .filter(isBlock)
    .filter(({ packaged, family, interfaces, remotePorts, local, remote }) =>
      [packaged, family !== null, interfaces.length > 0, remotePorts !== null, local !== null, remote !== null].every(
        (asks) => !asks,
      ),
    );
  // Most blocks are for one program: an allow is compared with those of its own alone.
  const byApp = new Map<string | null, WindowsRule[]>();
  for (const block of blocks) {
    const key = block.app?.toLowerCase() ?? null;
    byApp.set(key, [...(byApp.get(key) ?? []), block]);
  }
  const out = new Map<WindowsRule, WindowsRule>();
  for (const allow of rules.filter(isAllow)) {
    const own = allow.app === null ? [] : (byApp.get(allow.app.toLowerCase()) ?? []);
    const block = [...own, ...(byApp.get(null) ?? [])].find((one) => covers(one, allow, settings));
    if (block !== undefined) out.set(allow, block);
  }
  return out;
}

function covers(block: WindowsRule, allow: WindowsRule, settings: AllSettings): boolean {
  const counts = countsIn(block, settings);
  return (
    profilesOf(allow).every((profile) => counts.includes(profile)) &&
    (block.protocol === null || block.protocol === allow.protocol) &&
    (block.service === null || block.service.toLowerCase() === allow.service?.toLowerCase()) &&
    portsWithin(allow.localPorts, block.localPorts)
  );
}

function portsWithin(inner: PortCondition | null, outer: PortCondition | null): boolean {
  if (outer === null) return true;
  if (inner === null || inner.open.length > 0 || outer.open.length > 0) return false;
  return minus(inner.sure, outer.sure).length === 0;
}
