/** CPU time of the collector's looks at the sockets, beside `ss` run as often; both as JSON, in milliseconds for all looks. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { watchKernel } from '../../src/main/collector/kernel.ts';

const LOOKS = 500;
/** Milliseconds between two, and of one tick of the kernel's count. */
const EVERY = 20;
const TICK = 10;

/** Field `first` of a process's stat and the one after it: 14 its own time, 16 that of its children that have ended. */
function used(pid: number | 'self', first: 14 | 16): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[first - 3]) + Number(fields[first - 2])) * TICK;
}

const [program = '', ...args] = watchKernel(EVERY);
const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] });
await new Promise((resolve) => setTimeout(resolve, LOOKS * EVERY));
const collector = used(child.pid ?? 0, 14);
child.stdin.end();
await new Promise((resolve) => child.once('close', resolve));
const before = used('self', 16);
for (let look = 0; look < LOOKS; look++) {
  if (spawnSync('ss', ['-Htunl'], { stdio: 'ignore' }).status !== 0) throw new Error('ss failed');
}
process.stdout.write(JSON.stringify({ collector, ss: used('self', 16) - before }));
