/** Looks at every other service of the catalog: web pages, media, games, private networks, the system's own. */
import { exposedRule } from '../exposed.ts';

export const exposedService = exposedRule('exposed-service', ({ identity }) => identity.service !== null, null);
