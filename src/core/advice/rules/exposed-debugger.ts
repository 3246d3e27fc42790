/** Looks at debug ports: whoever connects runs code. Nothing but the debugger on this computer needs them. */
import { exposedRule } from '../exposed.ts';

const DEBUGGERS = new Set([
  'browser-debugging',
  'debugpy',
  'delve',
  'gdbserver',
  'jdwp',
  'node-inspector',
  'adb',
  'webdriver',
]);

export const exposedDebugger = exposedRule(
  'exposed-debugger',
  ({ identity }) => identity.service !== null && DEBUGGERS.has(identity.service.id),
  null,
);
