/**
 * The collector: a process of its own that notices that something may have changed, and says so in one word a line:
 * `sockets`, `network`, `firewall`. It reads no rules and judges nothing. It ends with its standard input; as a utility
 * process of Electron, which has none, it is ended with the application.
 *
 *   kernel   sockets, addresses, routes, nftables       files   the firewalls' settings       start   who starts it
 */
import { spawn } from 'node:child_process';
import { environment } from '../run.ts';
import { watchFiles } from './files.ts';
import { watchKernel } from './kernel.ts';

/** Milliseconds between two looks at the sockets. */
const EVERY = 2000;

const say = (word: string): void => void process.stdout.write(`${word}\n`);
const end = (): never => process.exit(0);

if (!Reflect.has(process, 'parentPort')) process.stdin.on('end', end).on('error', end).resume();
process.stdout.on('error', end);

const [program = '', ...args] = watchKernel(EVERY);
// It ends with its own standard input, which this process holds: whatever becomes of this one, nothing is left running.
const kernel = spawn(program, args, { env: environment(), cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
kernel.stdin.on('error', () => undefined);
kernel.stdout.on('data', (words: Buffer) => process.stdout.write(words));
// Without it nothing is noticed any more, and whoever started this has to know.
kernel.on('error', () => process.exit(1));
kernel.on('close', () => process.exit(1));
watchFiles('/', () => say('firewall'));
