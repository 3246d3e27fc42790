/** How many ports others can reach, for the rules about the firewall as a whole. */
import { isListWhole } from '../listeners/whole.ts';
import type { OpenPorts } from '../says.ts';
import { isReached } from './audience.ts';
import { isPassedOver } from './harmless.ts';
import type { AdviceFacts } from './rule.ts';

/** `unneeded`: those that the user did not say they need. */
export function openPorts({ listeners, gaps, platform }: AdviceFacts): OpenPorts {
  const ports = listeners
    .filter((listener) => isReached(listener) && !listener.kept && !isPassedOver(listener, platform))
    .map(({ protocol, port }) => `${protocol}/${port}`);
  return {
    unneeded: new Set(ports).size,
    unknown: listeners.some(({ exposure }) => exposure === 'unknown') || !isListWhole({ unread: gaps }),
  };
}
