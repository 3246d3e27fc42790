/** Open connections: ended, which cannot be put back and need not be, since the other side makes them anew. */
import { z } from 'zod';
import { commandsOf } from '../../../core/firewalls/registry.ts';
import { run } from '../run.ts';
import type { LayerWork } from './layer.ts';

export const connectionsBeforeSchema = z.strictObject({ layer: z.literal('connections') });
export type ConnectionsBefore = z.infer<typeof connectionsBeforeSchema>;

export const connectionsWork: LayerWork<ConnectionsBefore> = {
  save: async () => ({ layer: 'connections' }),
  standBy: async () => {},
  // Not every kernel can: what is left is seen, and told, when everything is read again. It is no reason to open the port.
  carryOut: async (operation) => {
    for (const [, ...args] of commandsOf(operation)) await run('ss', args);
  },
  left: async () => ({}),
  foreign: async () => [],
  restore: async () => ({ ours: true, whole: true }),
  restored: () => [{ kind: 'connections-gone' }],
  lasting: () => [],
  look: 'ss -tn',
  folder: '/proc/net',
};
