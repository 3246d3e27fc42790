/**
 * Runs inside of a private namespace: gathers once and prints what was found, as JSON.
 * Arguments: the folder in which programs are looked for, or `-` for the system's own; how many times to gather, of
 * which the last is printed. Before the last one TCP port 4100 is opened.
 */
import { createServer } from 'node:net';
import { readConnections, readListeners } from '../../../src/core/listeners/index.ts';
import { readInterfaces, readRoutes, readSysctls } from '../../../src/core/machine/index.ts';
import { gather } from '../../../src/main/gather/index.ts';

const [, , searchPath = '-', times = '1'] = process.argv;
const scan = () => gather(searchPath === '-' ? {} : { searchPath });
const server = createServer();
for (let n = 1; n < Number(times); n++) {
  await scan();
  // Time for the programs that are started ahead to get to where they wait.
  await new Promise((resolve) => setTimeout(resolve, 200));
  if (n === Number(times) - 1) await new Promise<void>((resolve) => server.listen(4100, resolve));
}
const snapshot = await scan();
server.close();
const listeners = readListeners(snapshot);
const found = {
  snapshot,
  listeners,
  connections: readConnections(snapshot, listeners.value),
  interfaces: readInterfaces(snapshot),
  routes: readRoutes(snapshot),
  sysctls: [...readSysctls(snapshot).value],
};
process.stdout.write(JSON.stringify(found));
