/** All operations of a choice in their order, with what people should know before. */
import { ledFrom } from '../listeners/led.ts';
import { isListWhole } from '../listeners/whole.ts';
import { problem } from '../problem.ts';
import type { NewChoice, Operation, Report, Snapshot, Target } from '../model.ts';
import { predict, ufw } from '../firewalls/registry.ts';
import type { Warning } from '../told.ts';
import { bare, effectsOf, listenersOn, opensMore, portNamed, sameReach } from './reach-sets.ts';
import { closing, covered, opening, openingRules, unclosing } from './recipe.ts';
import { type Session, sessionsOf } from './sessions.ts';

export interface DraftInput {
  readonly snapshot: Snapshot;
  readonly state: ufw.UfwState;
  readonly choice: NewChoice;
  readonly report: Report;
  readonly judge: (snapshot: Snapshot) => Report;
}

export interface Draft {
  readonly operations: readonly Operation[];
  readonly warnings: readonly Warning[];
  /** Targets that must be reachable afterwards as they are now. */
  readonly kept: readonly Target[];
}

const same = (a: Target, b: Target): boolean => a.protocol === b.protocol && a.port === b.port;
const unique = (targets: readonly Target[]): readonly Target[] =>
  targets.filter((target, at) => targets.findIndex((other) => same(other, target)) === at);

/** What the rules will be after some operations, as a state to plan the next ones on. */
function stateAfter(snapshot: Snapshot, operations: readonly Operation[]): ufw.UfwState {
  const { value } = ufw.readUfw(predict(snapshot, operations));
  if (value === null) throw problem('failed', { kind: 'state-lost' });
  return value;
}

/** What must stay reachable when ufw is turned on: what the person named, keeps, or is connected through right now. */
function keepOpen(input: DraftInput, sessions: readonly Session[]): readonly Target[] {
  const { choice, report } = input;
  const named = choice.kind === 'enable-firewall' ? choice.keep : [];
  const kept = report.listeners.filter((one) => one.kept && one.exposure !== 'self');
  const closingThem = choice.kind === 'close' ? choice.targets : [];
  return unique([...sessions.filter(({ remote }) => remote).map(({ target }) => target), ...named, ...kept])
    .map(({ protocol, port }) => ({ protocol, port }))
    .filter((target) => !closingThem.some((other) => same(other, target)));
}

/** The operations without a moment in which something is open that is closed before and after. */
function withoutWindow(input: DraftInput, target: Target, operations: readonly Operation[]): readonly Operation[] {
  const { snapshot, judge, report, state } = input;
  const loosens = operations.some(
    (one) => one.kind === 'ufw-delete' && one.tuple.action !== 'allow' && one.tuple.action !== 'limit',
  );
  if (!loosens || state.enabled !== true) return operations;
  const after = judge(predict(snapshot, operations));
  const opened = operations.some((_, at) => {
    const between = judge(predict(snapshot, operations.slice(0, at)));
    return between.listeners.some((one) => {
      const before = report.listeners.find(({ id }) => id === one.id);
      const end = after.listeners.find(({ id }) => id === one.id);
      return before !== undefined && opensMore(before, one, end);
    });
  });
  return opened ? covered(state, target, operations) : operations;
}

/** Ranges that are let in, and that other networks have too. */
export function sharedNetworks(networks: readonly string[]): readonly Warning[] {
  const shared = networks.filter((network) => /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(network));
  return shared.length === 0 ? [] : [{ kind: 'shared-networks', networks: shared }];
}

/** What people should know of the ports that they chose to close. */
export function choiceWarnings(report: Report, choice: NewChoice & { kind: 'close' | 'reopen' }): readonly Warning[] {
  if (choice.kind === 'reopen') return [];
  return unique(choice.targets).flatMap((target): readonly Warning[] => {
    const listeners = listenersOn(report, target);
    const forwarded = report.forwards.some(
      ({ protocol, port, lastPort }) => protocol === target.protocol && port <= target.port && target.port <= lastPort,
    );
    const led = forwarded || ledFrom(report, target).length > 0;
    const { protocol, port } = target;
    if (listeners.length === 0 && !led)
      return [{ kind: isListWhole(report) ? 'nothing-listens' : 'unread', target: { protocol, port } }];
    return listeners.some((one) => one.kept) ? [{ kind: 'kept-port', port: portNamed(report, target) }] : [];
  });
}

function close(input: DraftInput, choice: NewChoice & { kind: 'close' | 'reopen' }): Draft {
  const { snapshot, state, report } = input;
  const targets = unique(choice.targets);
  const operations: Operation[] = [];
  const networks = new Set<string>();
  for (const target of targets) {
    const now = { ...input, snapshot: predict(snapshot, operations), state: stateAfter(snapshot, operations) };
    const closed = closing(now.state, report, target, choice.audience);
    for (const network of closed.kept) networks.add(network);
    operations.push(
      ...withoutWindow(
        { ...now, report: operations.length === 0 ? report : input.judge(now.snapshot) },
        target,
        closed.operations,
      ),
    );
  }
  const sessions = sessionsOf(snapshot, report);
  const warnings = [...sharedNetworks([...networks]), ...choiceWarnings(report, choice)];
  if (state.enabled === true) return { operations, warnings, kept: [] };
  const on = turnOn(input, operations, sessions);
  return { ...on, warnings: [...warnings, ...on.warnings] };
}

/** `earlier`, then what must stay open, then ufw on. */
function turnOn(input: DraftInput, earlier: readonly Operation[], sessions: readonly Session[]): Draft {
  const { snapshot, report, judge } = input;
  const kept = keepOpen(input, sessions);
  const enable: Operation = { kind: 'ufw-enable' };
  const keeping: Operation[] = [];
  for (const target of kept) {
    const soFar = [...keeping, ...earlier];
    const after = judge(predict(snapshot, [...soFar, enable]));
    const listeners = listenersOn(report, target);
    const stays =
      listeners.length > 0 &&
      listeners.every((was) => {
        const is = after.listeners.find(({ id }) => id === was.id);
        return is !== undefined && sameReach(was, is);
      });
    if (!stays) keeping.push(...opening(stateAfter(snapshot, keeping), target));
  }
  const operations = [...keeping, ...earlier, enable];
  const after = judge(predict(snapshot, operations));
  const closes = effectsOf(report, after).filter(({ listener }) => {
    const one = report.listeners.find(({ id }) => id === listener);
    const chosen = input.choice.kind === 'close' ? input.choice.targets : [];
    return one !== undefined && !chosen.some((target) => same(target, one));
  });
  const ends = closes.map(({ listener, name }) => ({ listener, name }));
  const warnings: readonly Warning[] = [
    { kind: 'turns-on' },
    ...(ends.length === 0 ? [] : [{ kind: 'also-closes' as const, ends }]),
    ...kept.map((target) => ({ kind: 'stays-open' as const, port: portNamed(report, target) })),
  ];
  return { operations, warnings, kept };
}

function reopen(input: DraftInput, choice: NewChoice & { kind: 'close' | 'reopen' }): Draft {
  const { snapshot, report, judge } = input;
  const operations: Operation[] = [];
  for (const target of unique(choice.targets)) {
    const listeners = listenersOn(report, target);
    const isOpen = (one: { exposure: string } | undefined) =>
      one?.exposure === 'network' || one?.exposure === 'internet';
    const letsIn = (one: { exposure: string } | undefined) => isOpen(one) || one?.exposure === 'some';
    if (listeners.length > 0 && listeners.every(isOpen)) continue;
    const state = stateAfter(snapshot, operations);
    const uncovered = unclosing(state, target);
    const after = judge(predict(snapshot, [...operations, ...uncovered]));
    // What was open for some only before it was closed is open for those again, not for everyone.
    const enough =
      uncovered.length > 0 &&
      listeners.length > 0 &&
      listeners.every(({ id }) => letsIn(after.listeners.find((one) => one.id === id)));
    operations.push(...(enough ? uncovered : opening(state, target)));
  }
  if (operations.length === 0) {
    throw problem('nothing-to-do', { kind: 'open-already', targets: choice.targets.map(bare), zones: false });
  }
  return { operations, warnings: [], kept: [] };
}

function removeOpening(input: DraftInput, targets: readonly Target[]): Draft {
  const { state, report } = input;
  const rules = targets.flatMap((target) => openingRules(state, target));
  const tuples = rules.filter(
    (rule, at) => rules.findIndex((other) => other.family === rule.family && other.line === rule.line) === at,
  );
  if (tuples.length === 0) {
    throw problem('unsupported', { kind: 'no-rule-alone', targets: targets.map(bare) });
  }
  const wider = tuples.filter(({ protocol }) => protocol === 'any').map(ufw.ruleText);
  const used = targets.filter((target) => listenersOn(report, target).length > 0);
  return {
    operations: tuples.map((tuple): Operation => ({ kind: 'ufw-delete', tuple })),
    warnings: [
      ...[...new Set(wider)].map((rule) => ({ kind: 'both-protocols' as const, rule })),
      ...used.map((target) => ({ kind: 'in-use' as const, port: portNamed(report, target) })),
    ],
    kept: [],
  };
}

export function draft(input: DraftInput): Draft {
  const { choice, state, snapshot, report } = input;
  switch (choice.kind) {
    case 'close':
      return close(input, choice);
    case 'reopen':
      return reopen(input, choice);
    case 'enable-firewall':
      if (state.enabled === true) {
        throw problem('nothing-to-do', { kind: 'firewall-on-already' });
      }
      return turnOn(input, [], sessionsOf(snapshot, report));
    case 'remove-opening':
      return removeOpening(input, choice.targets);
  }
}
