/** What can be changed in Windows Firewall, and what takes each exactly back. */
import type { Operation } from '../../model.ts';
import { type Block, isBlock } from './own.ts';
import { isToggle, type Toggle, withActive } from './toggle.ts';

export type BlockOperation = Operation & { readonly kind: 'windows-block' | 'windows-unblock' };
export type ProfileOperation = Operation & { readonly kind: 'windows-profile-on' | 'windows-profile-off' };
export type WindowsOperation = BlockOperation | Toggle | ProfileOperation;

const KINDS: ReadonlySet<string> = new Set<WindowsOperation['kind']>([
  'windows-block',
  'windows-unblock',
  'windows-disable',
  'windows-enable',
  'windows-profile-on',
  'windows-profile-off',
]);

export const isWindows = (operation: Operation): operation is WindowsOperation => KINDS.has(operation.kind);

/** Is it in the one form that is carried out, and can it be named in a script exactly? */
export function isWellFormed(operation: WindowsOperation): boolean {
  switch (operation.kind) {
    case 'windows-block':
    case 'windows-unblock':
      return isBlock(operation);
    case 'windows-disable':
    case 'windows-enable':
      return isToggle(operation);
    case 'windows-profile-on':
    case 'windows-profile-off':
      return true;
  }
}

const blockIn = ({ protocol, port, from, profiles }: Block): Block => ({ protocol, port, from, profiles });

/** What takes it exactly back, right after it. Null: the rule does not say plainly whether it is on. */
export function backOf(operation: WindowsOperation): WindowsOperation | null {
  switch (operation.kind) {
    case 'windows-block':
      return { kind: 'windows-unblock', ...blockIn(operation) };
    case 'windows-unblock':
      return { kind: 'windows-block', ...blockIn(operation) };
    case 'windows-disable':
    case 'windows-enable': {
      const on = operation.kind === 'windows-enable';
      const rule = withActive(operation.rule, on);
      return rule === null ? null : { kind: on ? 'windows-disable' : 'windows-enable', id: operation.id, rule };
    }
    case 'windows-profile-on':
      return { kind: 'windows-profile-off', profile: operation.profile };
    case 'windows-profile-off':
      return { kind: 'windows-profile-on', profile: operation.profile };
  }
}

/** What takes all of them back, the last first. */
export const backOfAll = (operations: readonly WindowsOperation[]): readonly WindowsOperation[] =>
  operations.toReversed().flatMap((operation) => backOf(operation) ?? []);
