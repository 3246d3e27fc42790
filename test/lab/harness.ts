/**
 * The lab: a laptop (A) with a real firewall, its neighbours (B), and packets between them. See lab.sh for the machines.
 *
 *   describeLab('closing a port', () => {
 *     test('…', async () => {
 *       await using lab = await startLab();
 *       await lab.listen([['tcp', '0.0.0.0', 3000]]);
 *       await lab.must('A', ['ufw', '--force', 'enable']);
 *       expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)])).toEqual(['filtered']);
 *     });
 *   });
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import type { Protocol, Question, Snapshot } from '../../src/core/model.ts';
import { takeSnapshot } from './snapshot.ts';

const script = fileURLToPath(new URL('lab.sh', import.meta.url));
const worker = fileURLToPath(new URL('worker.py', import.meta.url));

/** What became of the first packet of a new connection. Only `open` got through. */
export type Outcome = 'open' | 'refused' | 'unreachable' | 'filtered';
type Machine = 'A' | 'B';
/** How a socket is bound besides its address: to an IPv6 wildcard that takes IPv4 too, to one device. */
export interface Bound {
  readonly dual?: boolean;
  readonly device?: string;
}
/** `at`: the namespace (of `ip netns` on A) that it is sent from, where that is not B. */
export type Probe = Question & { readonly sourcePort: number; readonly at?: string };

/** What a command printed; `exit` is null when it is not installed. */
export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** A rule set of ufw as it would be typed, from the packaged state. */
export interface UfwSet {
  readonly commands: readonly (readonly string[])[];
  readonly inbound: 'deny' | 'reject' | 'allow';
  readonly ipv6: boolean;
}

export interface Lab extends AsyncDisposable {
  /** Run a program to its end. `seconds`: limit, default 60. */
  run(on: Machine, argv: readonly string[], options?: { input?: string; seconds?: number }): Promise<Ran>;
  /** The same, but anything except exit 0 throws with what was printed. */
  must(on: Machine, argv: readonly string[], options?: { input?: string; seconds?: number }): Promise<string>;
  /** Start a program that keeps running on its own; it ends with the lab. */
  start(on: Machine, argv: readonly string[]): Promise<{ readonly name: string; readonly pid: number }>;
  stop(name: string, signal?: number): Promise<{ exit: number; stdout: string; stderr: string }>;
  /** ufw on with exactly these rules (0.1 s; 1 s when defaults change). Gives back what ufw said to each command. */
  ufw(set: UfwSet): Promise<readonly unknown[]>;
  /** Listeners on A: wildcard or one address; IPv6 without IPv4 unless `dual`. TCP echoes, UDP answers. */
  listen(sockets: readonly (readonly [Protocol, address: string, port: number, options?: Bound])[]): Promise<void>;
  /** The same in a network namespace that `ip netns` made on A: a container's. */
  listenIn(place: string, sockets: readonly (readonly [Protocol, address: string, port: number])[]): Promise<void>;
  /** Receive a multicast group on a UDP port that listens already. */
  join(groups: readonly (readonly [group: string, port: number, interfaceName: string])[]): Promise<void>;
  /** First packets of new connections from B. `wait`: seconds of silence that count as filtered, default 0.1. */
  probe(probes: readonly Probe[], wait?: number): Promise<readonly Outcome[]>;
  /** A TCP session from B that stays open; null when it did not come about. */
  connect(probe: Question): Promise<string | null>;
  /** Does the session still carry data both ways? */
  talk(session: string): Promise<boolean>;
  /** Drop tracked connections and (`isRoot`) the counters of `limit`, so that the next probe is judged afresh. */
  forget(): Promise<void>;
  /** The text of files on A, null where one is not there. */
  read(paths: readonly string[]): Promise<readonly (string | null)[]>;
  /** What the product would gather on A for a verdict: rules, interfaces, routes, sysctls, ufw's files. */
  snapshot(): Promise<Snapshot>;
  close(): Promise<void>;
}

/**
 * Only the real root may empty the counters of `limit` and read which legacy tables there are; what needs either is left
 * out for others.
 */
export const isRoot = process.getuid?.() === 0;

export const laptop = '192.168.77.10';
export const neighbour = '192.168.77.20';

let lastSourcePort = 20_000 + (process.pid % 20_000);

/** A probe from a source port that was not used for a long time: a tracked connection outlives the rules that let it in. */
export function probe(
  protocol: Protocol,
  source: string,
  destination: string,
  port: number,
  more: { interface?: string; sourcePort?: number } = {},
): Probe {
  lastSourcePort = lastSourcePort >= 60_000 ? 10_000 : lastSourcePort + 1;
  return { protocol, interface: 'wlan0', source, destination, port, sourcePort: lastSourcePort, ...more };
}

/** Why the lab cannot run here, or null when it can. */
const cannotRun: string | null = (() => {
  if (process.platform !== 'linux') return 'the lab cannot run here: it needs Linux';
  const tried = spawnSync(script, ['true'], { encoding: 'utf8', timeout: 30_000 });
  if (tried.status === 0) return null;
  return tried.stderr.trim() || `the lab cannot run here: ${tried.error?.message ?? `exit ${tried.status}`}`;
})();

/** Somebody asked for a proof (`npm run prove:…`): to leave it out would be no answer. */
const isProof = Object.keys(process.env).some((name) => name.startsWith('PROVE_'));

/** A suite that needs the lab; where it cannot run it is skipped, and a line says why. A proof fails there. */
export function describeLab(name: string, suite: () => void): void {
  if (cannotRun !== null && isProof) throw new Error(`${name}: ${cannotRun}`);
  if (cannotRun !== null) console.warn(`SKIPPED ${name}: ${cannotRun}`);
  describe.skipIf(cannotRun !== null)(name, suite);
}

/** How it is started where that is not this computer itself: a program with its arguments, and what it is told. */
export interface Elsewhere {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** Start the two machines. Throws with the reason where they cannot run. */
export async function startLab(
  { argv: [program, ...args], env }: Elsewhere = { argv: [script, '/usr/bin/python3', worker], env: {} },
): Promise<Lab> {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  const ask = conversation(child);
  await ask(null);

  const run: Lab['run'] = async (on, argv, options = {}) => (await ask({ run: { argv, on, ...options } })) as Ran;
  const must: Lab['must'] = async (on, argv, options) => {
    const ran = await run(on, argv, options);
    if (ran.exit !== 0) throw new Error(`${argv.join(' ')} on ${on}: exit ${ran.exit}\n${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  const read: Lab['read'] = async (paths) => (await ask({ read: paths })) as (string | null)[];
  const close = async (): Promise<void> => {
    child.stdin.end();
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
  };
  return {
    run,
    must,
    read,
    close,
    start: async (on, argv) => (await ask({ start: { argv, on } })) as { name: string; pid: number },
    stop: async (name, signal = 15) =>
      (await ask({ stop: { name, signal } })) as { exit: number; stdout: string; stderr: string },
    ufw: async (set) => ((await ask({ ufw: set })) as { said: unknown[] }).said,
    listen: async (sockets) => void (await ask({ listen: sockets })),
    join: async (groups) => void (await ask({ join: groups })),
    listenIn: async (place, sockets) => void (await ask({ listen_in: { place, sockets } })),
    probe: async (probes, wait = 0.1) => {
      const outcomes: Outcome[] = [];
      for (const at of new Set(probes.map((one) => one.at))) {
        const here = probes.flatMap((one, index) => (one.at === at ? [index] : []));
        const sent = here.map((index) => probes[index]);
        const got = (await ask({ probe: { probes: sent, wait, ...(at === undefined ? {} : { at }) } })) as Outcome[];
        for (const [nth, index] of here.entries()) outcomes[index] = got[nth]!;
      }
      return outcomes;
    },
    connect: async (question) => (await ask({ connect: { probe: question, wait: 1 } })) as string | null,
    talk: async (name) => (await ask({ talk: { name, wait: 1 } })) as boolean,
    forget: async () => void (await ask({ forget: true })),
    snapshot: () => takeSnapshot((argv, input) => run('A', argv, input === undefined ? {} : { input }), read),
    [Symbol.asyncDispose]: close,
  };
}

/** One request, one reply, in order. `ask(null)` waits for the worker's first line. */
function conversation(child: ChildProcessWithoutNullStreams): (request: unknown) => Promise<unknown> {
  const waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  child.stdin.on('error', () => {}); // the worker is gone; `exit` tells everybody who waits
  child.on('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the lab ended (${code}): ${errors.trim()}`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = JSON.parse(line) as { value?: unknown; error?: string };
    const { resolve, reject } = waiting.shift()!;
    if (reply.error === undefined) resolve(reply.value);
    else reject(new Error(`${reply.error}\n${errors.trim()}`));
  });
  return (request) =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error(`the lab ended (${child.exitCode}): ${errors.trim()}`));
      waiting.push({ resolve, reject });
      if (request !== null) child.stdin.write(`${JSON.stringify(request)}\n`);
    });
}
