/**
 * The collector: a process of its own that notices that something may have changed, and says so in one word a line:
 * `sockets`, `network`, `firewall`. Asked with `read` it reads the machine, as this user may without a question, and says
 * a line of JSON, a `Reading`. It judges nothing. It ends with its standard input; as a utility process of Electron, which
 * has none, it is ended with the application.
 *
 *   kernel    sockets, addresses, routes, nftables       files   the firewalls' settings       start   who starts it
 *   windows   all of it on Windows, by looking
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { gather } from '../gather/index.ts';
import { environment } from '../gather/run.ts';
import { readGiven, readUnasked } from '../reading.ts';
import { watchFiles } from './files.ts';
import { watchKernel } from './kernel.ts';

/** Milliseconds between two looks at the sockets. */
const EVERY = 2000;
/** There a look starts a program. */
const EVERY_ON_WINDOWS = 5000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const end = (): never => process.exit(0);
const heard = (word: unknown): void => {
  if (word === 'read') void readUnasked(gather, readGiven).then((reading) => say(JSON.stringify(reading)));
};

/** What a utility process hears its application by. */
const { parentPort } = process as { parentPort?: NodeJS.EventEmitter };
if (parentPort === undefined) {
  process.stdin.on('error', end);
  createInterface({ input: process.stdin }).on('line', heard).on('close', end);
} else {
  parentPort.on('message', ({ data }: { readonly data: unknown }) => heard(data));
}
process.stdout.on('error', end);

function watchLinux(): void {
  const [program = '', ...args] = watchKernel(EVERY);
  // It ends with its own standard input, which this process holds: whatever becomes of this one, nothing is left running.
  const kernel = spawn(program, args, { env: environment(), cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
  kernel.stdin.on('error', () => undefined);
  createInterface({ input: kernel.stdout }).on('line', say);
  // Without it nothing is noticed any more, and whoever started this has to know.
  kernel.on('error', () => process.exit(1));
  kernel.on('close', () => process.exit(1));
  watchFiles('/', () => say('firewall'));
}

if (process.platform === 'win32')
  void import('./windows.ts').then(({ watchWindows }) => watchWindows(EVERY_ON_WINDOWS, say));
else watchLinux();
