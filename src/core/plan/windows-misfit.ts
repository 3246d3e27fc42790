/** Does an operation in Windows Firewall belong to a choice? */
import { windows } from '../firewalls/registry.ts';
import type { NewChoice, Target } from '../model.ts';
import { isAt } from './check-ways.ts';

type Switch = windows.WindowsOperation & {
  readonly kind: 'windows-block' | 'windows-unblock' | 'windows-disable' | 'windows-enable';
};

/** Is the rule about one of these ports, and does it do one of these? */
function isAbout(
  rule: string,
  targets: readonly Target[],
  actions: readonly ('allow' | 'block' | 'bypass')[],
): boolean {
  const read = windows.meaningOf(rule);
  if (read === null || read.action === null || read.direction !== 'in') return false;
  return actions.includes(read.action) && targets.some((target) => windows.concerns(read, target));
}

/**
 * Closing blocks, and turns off what lets in; where it turns the firewall on, what lets in is turned on for what is kept.
 * Opening takes blocks away and turns off what blocks, or on what lets in.
 */
export function belongsInWindows(choice: NewChoice, operation: Switch, turnsOn: boolean): boolean {
  if (!windows.isWellFormed(operation)) return false;
  const targets = choice.kind === 'enable-firewall' ? [] : choice.targets;
  switch (operation.kind) {
    case 'windows-block':
      return (
        choice.kind === 'close' &&
        targets.some(isAt(operation)) &&
        (choice.audience === 'everyone') === (operation.from === 'any')
      );
    case 'windows-unblock':
      return (choice.kind === 'close' || choice.kind === 'reopen') && targets.some(isAt(operation));
    case 'windows-disable':
      return choice.kind === 'reopen'
        ? isAbout(operation.rule, targets, ['block'])
        : isAbout(operation.rule, targets, ['allow', 'bypass']);
    case 'windows-enable': {
      const read = windows.meaningOf(operation.rule);
      const keeps = turnsOn && read?.action === 'allow';
      if (choice.kind === 'close') return keeps || isAbout(operation.rule, targets, ['block']);
      return choice.kind === 'reopen' ? isAbout(operation.rule, targets, ['allow']) : keeps;
    }
  }
}
