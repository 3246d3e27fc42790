/**
 * Turning Windows Firewall on. What must stay open then is let in by a rule that stands there and is off: Portcullis turns
 * that on where the prediction proves that it is enough, and makes none of its own. Without one, nothing is turned on.
 */
import { predict, windows } from '../firewalls/registry.ts';
import type { NewChoice, Operation, Report, Target } from '../model.ts';
import { problem } from '../problem.ts';
import type { Warning } from '../told.ts';
import { isAt } from './check-ways.ts';
import { affected } from './confirm.ts';
import type { Seen } from './firewalld.ts';
import { bare, effectsOf, listenersOn, portNamed } from './reach-sets.ts';
import { type Session, sessionsOf } from './sessions.ts';
import { foreignRules } from './windows-covers.ts';
import { byWidth, isBounded } from './windows-width.ts';

type Op = windows.WindowsOperation;

/** What must stay: sessions first, then what the person named or keeps. */
interface Kept {
  readonly target: Target;
  /** Somebody works through it now: that this goes on is enough. */
  readonly session: Session | null;
}

function keptOf({ report, snapshot }: Seen, choice: NewChoice): readonly Kept[] {
  const remote = sessionsOf(snapshot, report).filter((one) => one.remote);
  const named = choice.kind === 'enable-firewall' ? choice.keep : [];
  const marked = report.listeners.filter((one) => one.kept && one.exposure !== 'self');
  const closes = choice.kind === 'close' ? choice.targets : [];
  const all: readonly Kept[] = [
    ...remote.map((session) => ({ target: bare(session.target), session })),
    ...[...named, ...marked].map((target) => ({ target: bare(target), session: null })),
  ];
  return all.filter(({ target }) => !closes.some(isAt(target)));
}

function stays(before: Report, then: Report, { target, session }: Kept): boolean {
  if (session !== null) return affected([session], before, then).length === 0;
  return listenersOn(before, target).every((was) => {
    const is = then.listeners.find(({ id }) => id === was.id);
    return was.exposure === 'self' || (is !== undefined && is.exposure === was.exposure && is.exposureComplete);
  });
}

/** What may let it in, and is off; what lets in least comes first. */
const candidates = (seen: Seen, target: Target): readonly Op[] =>
  byWidth(windows.switchables(seen.snapshot))
    .filter(
      ({ active, rule }) => !active && rule.action === 'allow' && isBounded(rule) && windows.concerns(rule, target),
    )
    .map(({ id, text }): Op => ({ kind: 'windows-enable', id, rule: text }));

/**
 * What lets in first, then `earlier`, then the firewall. Throws a ProblemError where something would not stay open, or
 * policy has turned it off where this computer is now.
 */
export function turningOn(
  seen: Seen,
  choice: NewChoice,
  earlier: readonly Op[],
): { readonly operations: readonly Op[]; readonly warnings: readonly Warning[] } {
  const { report, snapshot, judge } = seen;
  const unknown = windows.unsureIn(snapshot);
  if (unknown.length > 0) throw problem('unsupported', { kind: 'windows-off-unknown', profiles: unknown });
  const here = windows.usedIn(snapshot);
  const fixed = windows.offByPolicy(snapshot);
  const stuck = fixed.filter((profile) => here.includes(profile));
  // What is closed besides is closed in the other networks; there it stays as it is.
  if (stuck.length > 0 && choice.kind !== 'close')
    throw problem('unsupported', { kind: 'windows-off-by-policy', profiles: stuck });
  const profiles = windows.offIn(snapshot).filter((profile) => !fixed.includes(profile));
  if (profiles.length === 0) throw problem('unsupported', { kind: 'windows-off-by-policy', profiles: fixed });
  const turns = profiles.map((profile): Op => ({ kind: 'windows-profile-on', profile }));
  const then = (keeping: readonly Operation[]): Report => judge(predict(snapshot, [...keeping, ...earlier, ...turns]));
  const kept = keptOf(seen, choice);
  const keeping: Op[] = [];
  for (const one of kept) {
    if (stays(report, then(keeping), one)) continue;
    const added = candidates(seen, one.target)
      .filter((operation) => !keeping.some((other) => 'id' in other && 'id' in operation && other.id === operation.id))
      .find((operation) => stays(report, then([...keeping, operation]), one));
    if (added === undefined) {
      throw problem('unsupported', { kind: 'windows-not-kept', port: portNamed(report, one.target) });
    }
    keeping.push(added);
  }
  const chosen = choice.kind === 'close' ? choice.targets : [];
  const ends = effectsOf(report, then(keeping))
    .filter(({ listener }) => {
      const one = report.listeners.find(({ id }) => id === listener);
      return one !== undefined && !chosen.some(isAt(one));
    })
    .map(({ listener, name }) => ({ listener, name }));
  return {
    operations: [...keeping, ...earlier, ...turns],
    warnings: [
      { kind: 'turns-on' },
      ...(ends.length === 0 ? [] : [{ kind: 'also-closes' as const, ends }]),
      ...foreignRules(keeping),
      ...kept.map(({ target }): Warning => ({ kind: 'stays-open', port: portNamed(report, target) })),
    ],
  };
}
