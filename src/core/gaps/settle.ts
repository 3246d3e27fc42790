/** What would settle a reason that names no rule, and is no gap. */
import type { GapHow, Reason } from './meaning.ts';

/** @param root everything was read that may be; else more rights show which file a program really runs (macOS) */
export function settledBy(reason: Reason, root: boolean): GapHow {
  if (reason.kind === 'application')
    return { kind: reason.about === 'program' && !root ? 'as-root' : 'application-settings' };
  return reason.kind === 'network-kind' ? { kind: 'run', command: 'Get-NetConnectionProfile' } : { kind: 'named-rule' };
}

/** The same of several: the rules that are named, where some of them are. */
export function settledTogether(reasons: readonly Reason[]): GapHow {
  const hows = reasons.map((one) => settledBy(one, true));
  const [first = { kind: 'named-rule' }] = hows;
  return hows.some(({ kind }) => kind === 'named-rule') ? { kind: 'named-rule' } : first;
}
