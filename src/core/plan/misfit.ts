/** Do operations belong to a choice? Whoever carries a plan out asks, so that nothing else travels under its name. */
import { layerOf } from '../firewalls/registry.ts';
import type { Choice, Layer, NewChoice, Operation, Target, UfwTuple, Way } from '../model.ts';
import type { Refusal } from '../problem.ts';
import { belongsInWindows } from './windows-misfit.ts';

type TableOperation = Operation & { readonly kind: 'table-close' | 'table-open' };
type ZoneOperation = Operation & { readonly kind: 'firewalld-add' | 'firewalld-remove' };
type Prepend = Operation & { readonly kind: 'ufw-prepend' };

/** In which layers closing this way is carried out; the other ways are not carried out at all. */
const LAYERS: Partial<Record<Way, readonly Layer[]>> = {
  firewall: ['ufw', 'firewalld', 'nftables', 'connections', 'windows'],
  'own-table': ['nftables', 'connections'],
  stop: ['services', 'programs'],
};

const on =
  (targets: readonly Target[]) =>
  ({ protocol, port }: Target): boolean =>
    targets.some((target) => target.protocol === protocol && target.port === port);

/** May this choice put such a rule first? `turnsOn`: the plan turns ufw on, so what is kept is let in. */
function belongs(choice: NewChoice, prepend: Prepend, turnsOn: boolean): boolean {
  const { action, from } = prepend;
  const keeps = turnsOn && action === 'allow' && from === 'any';
  switch (choice.kind) {
    case 'close': {
      if (!on(choice.targets)(prepend)) return keeps;
      return action === 'deny' || (choice.audience !== 'everyone' && from !== 'any');
    }
    case 'reopen':
      return on(choice.targets)(prepend) && action === 'allow' && from === 'any';
    case 'enable-firewall':
      return keeps;
    case 'remove-opening':
      return false;
  }
}

function opensOnly(tuple: UfwTuple): boolean {
  return tuple.action === 'allow' || tuple.action === 'limit';
}

/** Closing may replace an earlier block of the same port, never open it alone. */
function belongsToTable(choice: NewChoice, { kind, protocol, port, except }: TableOperation): boolean {
  if ((choice.kind !== 'close' && choice.kind !== 'reopen') || !on(choice.targets)({ protocol, port })) return false;
  if (choice.kind === 'reopen') return kind === 'table-open';
  return kind === 'table-open' || (choice.audience === 'everyone') === (except.length === 0);
}

/** Closing lets in none but some, by their address; opening again blocks nobody. */
function belongsToZone(choice: NewChoice, { kind, action, protocol, port, source }: ZoneOperation): boolean {
  if ((choice.kind !== 'close' && choice.kind !== 'reopen') || !on(choice.targets)({ protocol, port })) return false;
  if (choice.kind === 'reopen') return kind === 'firewalld-remove' || (action === 'accept' && source === 'any');
  if (kind === 'firewalld-remove') return action === 'accept';
  return action === 'drop' || (choice.audience !== 'everyone' && source !== 'any');
}

/** Why they do not belong together, or null. What takes a change back belongs to that change, which only the journal knows. */
export function misfit(choice: Choice, operations: readonly Operation[]): Refusal | null {
  if (choice.kind === 'undo') return null;
  // Opening takes away whatever closes, in each firewall.
  const way = choice.kind === 'close' ? choice.way : choice.kind === 'reopen' ? 'firewall' : null;
  if (way !== null && !operations.every((one) => LAYERS[way]?.includes(layerOf(one)) === true)) {
    return { is: 'other-way' };
  }
  const opens = operations.every(({ kind }) => kind === 'table-open' || kind === 'windows-unblock');
  if (choice.kind === 'close' && opens) return { is: 'opens-only' };
  const turnsOn = operations.some(({ kind }) => kind === 'ufw-enable' || kind === 'windows-profile-on');
  if (turnsOn && choice.kind !== 'close' && choice.kind !== 'enable-firewall') return { is: 'turns-on' };
  const chosen = choice.kind === 'enable-firewall' ? [] : choice.targets;
  const prepends = operations.filter((one): one is Prepend => one.kind === 'ufw-prepend');
  const ports = [...chosen, ...prepends];
  for (const [at, operation] of operations.entries()) {
    switch (operation.kind) {
      case 'ufw-prepend':
        if (!belongs(choice, operation, turnsOn)) return { is: 'step-unchosen', step: at + 1 };
        break;
      case 'ufw-delete': {
        const { tuple } = operation;
        const of = (port: Target) =>
          tuple.dport === String(port.port) && (tuple.protocol === port.protocol || tuple.protocol === 'any');
        const plain = tuple.direction === 'in' && !tuple.route && tuple.dapp === null && tuple.sapp === null;
        if (!plain || !ports.some(of) || (choice.kind === 'remove-opening' && !opensOnly(tuple))) {
          return { is: 'step-other-rule', step: at + 1 };
        }
        break;
      }
      case 'ufw-enable':
        if (operations.slice(at + 1).some((later) => layerOf(later) === 'ufw')) return { is: 'on-before-end' };
        break;
      case 'table-close':
      case 'table-open':
        if (!belongsToTable(choice, operation)) return { is: 'step-unchosen', step: at + 1 };
        break;
      case 'windows-block':
      case 'windows-unblock':
      case 'windows-disable':
      case 'windows-enable':
        if (!belongsInWindows(choice, operation, turnsOn)) return { is: 'step-unchosen', step: at + 1 };
        break;
      case 'windows-profile-on':
        break; // what may turn the firewall on was asked above
      case 'windows-profile-off':
      case 'ufw-insert':
      case 'ufw-disable':
        return { is: 'step-takes-back', step: at + 1 };
      case 'service-stop':
      case 'program-end':
        if (choice.kind !== 'close' || choice.way !== 'stop') return { is: 'step-stops', step: at + 1 };
        break;
      case 'service-start':
        return { is: 'step-starts', step: at + 1 };
      case 'connections-drop':
        if (
          choice.kind !== 'close' ||
          choice.drop !== true ||
          !on(choice.targets)({ protocol: 'tcp', port: operation.port })
        )
          return { is: 'step-ends-connections', step: at + 1 };
        break;
      case 'firewalld-add':
      case 'firewalld-remove':
        if (!belongsToZone(choice, operation)) return { is: 'step-unchosen', step: at + 1 };
        break;
      case 'ufw-restore':
      case 'firewalld-restore':
      case 'table-restore':
      case 'service-restore':
        return { is: 'puts-back' };
    }
  }
  return null;
}
