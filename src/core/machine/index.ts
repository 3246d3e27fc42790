/**
 * Transcripts -> the machine's own shape: interfaces, routes, kernel settings.
 *
 *   links.ts        network devices by themselves
 *   json-lines.ts   reading what our own collectors print
 *   interfaces.ts   `ip -j address` and the kinds of interfaces
 *   routes.ts       `ip -j route`: where packets go
 *   routing.ts      `ip -j rule` and all tables: how the kernel finds that out
 *   groups.ts       multicast groups that interfaces take part in
 *   sysctls.ts      kernel settings that change who gets through
 *   containers.ts   names of Docker's containers
 *   windows.ts      what is gathered from Windows      adapters.ts   its network adapters
 */
export { type Adapter, readAdapters } from './adapters.ts';
export { readContainers } from './containers.ts';
export { type Groups, readGroups } from './groups.ts';
export { readInterfaces } from './interfaces.ts';
export { readRoutes } from './routes.ts';
export { readRouting } from './routing.ts';
export { readSysctls } from './sysctls.ts';
