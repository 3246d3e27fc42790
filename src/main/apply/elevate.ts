/**
 * Getting the helper to run as root: directly when we are root; through pkexec where a policy (or a terminal to ask in)
 * is there; else through sudo-prompt, which is given a fixed path, a fixed verb and a checked fingerprint, nothing else.
 */
import { constants, existsSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import sudo from 'sudo-prompt';
import { type ProblemError, problem } from '../../core/problem.ts';
import { type HelperAnswer, heard, known } from './answers.ts';
import { sha256 } from './files.ts';
import { type Command, helperCommand } from './locate.ts';
import {
  type Answer,
  cancelled,
  cannotAsk,
  cannotConfirm,
  converse,
  isUnasked,
  noAnswer,
  type OnWaiting,
  parseLine,
  pkexecProblem,
} from './pkexec.ts';
import { type HelperProgress, planPath, type Verb } from './protocol.ts';
import { startTerminalAgent } from './terminal-agent.ts';
import { checkTrust } from './trust.ts';

interface Asked {
  readonly verb: Verb;
  /** The id for `undo` and `confirm`. */
  readonly argument?: string | undefined;
  /** Standard input for `apply`. */
  readonly input?: string | undefined;
  /** What will be done, for the question that polkit asks; the helper refuses where it is not what it does. */
  readonly summary?: string | undefined;
  readonly onProgress?: ((progress: HelperProgress) => void) | undefined;
  /** For an `apply` that has to be confirmed: standard input stays open until its end. */
  readonly onWaiting?: OnWaiting | undefined;
  /** What to type as root instead. */
  readonly instead: string;
}

/** What elevation needs of the system; a test gives its own. */
export interface System {
  readonly uid: number;
  readonly helper: () => Command;
  readonly pkexec: string;
  readonly pkttyagent: string;
  readonly policy: string;
  readonly hasTerminal: boolean;
  readonly planPath: (uid: number) => string;
  /** sudo-prompt's one call. */
  readonly prompt: typeof sudo.exec;
  /** Tell the person something beside the answer. */
  readonly say: (text: string) => void;
}

const said = new Set<string>();

const thisSystem = (): System => ({
  uid: process.getuid?.() ?? -1,
  helper: helperCommand,
  pkexec: '/usr/bin/pkexec',
  pkttyagent: '/usr/bin/pkttyagent',
  policy: '/usr/share/polkit-1/actions/org.portcullis.policy',
  hasTerminal: process.stdin.isTTY,
  planPath,
  prompt: sudo.exec,
  say: (text) => {
    if (!said.has(text)) process.stderr.write(`portcullis: ${text}\n`);
    said.add(text);
  },
});

/** sudo-prompt's one call, for Windows too, where another part decides when. */
export const promptExec = sudo.exec;

/** Leave the plan where the helper looks for it, for the caller alone. Gives its fingerprint. */
async function handOver(file: string, input: string): Promise<string> {
  await unlink(file).catch(() => {});
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(file, flags, 0o600).catch(() => {
    throw problem('failed', { kind: 'plan-not-handed-over', folder: dirname(file) });
  });
  try {
    await handle.writeFile(input);
  } finally {
    await handle.close();
  }
  return sha256(input);
}

/** The working folder, or null where it is gone. */
function here(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/** sudo-prompt gives no standard input and expands its command in a shell: only checked, fixed words go into it. */
async function prompt(command: Command, asked: Asked, system: System): Promise<Answer> {
  const fixed = [...words(command), asked.verb];
  if (![...fixed, asked.argument ?? ''].every((word) => /^[A-Za-z0-9/._=-]*$/.test(word))) {
    throw problem('failed', { kind: 'folder-misread', command: asked.instead });
  }
  const file = asked.input === undefined ? null : system.planPath(system.uid);
  const back = here();
  try {
    const token = file === null ? asked.argument : await handOver(file, asked.input ?? '');
    // It also puts the working folder's name into a shell's line.
    process.chdir('/');
    const output = await new Promise<string>((resolve, reject) => {
      system.prompt(
        [...fixed, ...(token === undefined ? [] : [token])].join(' '),
        { name: 'Portcullis' },
        (error, out) => {
          const text = String(out ?? '');
          // The helper's own answer counts even when its exit status is not zero.
          if (error === undefined || text.includes('{"type":')) resolve(text);
          else if (/did not grant/i.test(error.message)) reject(cancelled());
          else reject(cannotAsk(asked.instead));
        },
      );
    });
    const lines = output.split('\n').flatMap((text) => parseLine(text) ?? []);
    for (const line of lines) if (line.type === 'progress') asked.onProgress?.(line);
    const answer = lines.findLast((line): line is Answer => line.type !== 'progress' && line.type !== 'waiting');
    if (answer === undefined) throw noAnswer(null, '');
    return answer;
  } finally {
    if (back !== null) process.chdir(back);
    if (file !== null) await unlink(file).catch(() => {});
  }
}

/** pkexec and sudo-prompt clear the environment, so what Electron needs to be plain Node goes through env(1). */
function words({ program, args, env }: Command): readonly string[] {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...(settings.length === 0 ? [] : ['/usr/bin/env', ...settings]), program, ...args];
}

/** Run one verb of the helper as root and give its answer. Throws a ProblemError for everything that goes wrong. */
export const elevated = async (asked: Asked, system: System = thisSystem()): Promise<HelperAnswer> =>
  heard(await answerOf(asked, system));

async function answerOf(asked: Asked, system: System): Promise<Answer> {
  const command = system.helper();
  const verb = [asked.verb, ...(asked.argument === undefined ? [] : [asked.argument])];
  const summary = asked.summary === undefined ? [] : [asked.summary];
  const talk = { input: asked.input ?? '', onProgress: asked.onProgress, onWaiting: waitingKnown(asked.onWaiting) };
  const [program = '', ...args] = words(command);
  if (system.uid === 0)
    return converse(program, [...args, ...verb], {
      ...talk,
      failure: noAnswer,
      detached: asked.onWaiting !== undefined,
    });
  const warning = checkTrust(command, system.uid);
  if (warning !== null) system.say(warning);
  if (existsSync(system.pkexec) && (existsSync(system.policy) || system.hasTerminal)) {
    const ask = () =>
      converse(system.pkexec, ['--disable-internal-agent', program, ...args, ...verb, ...summary], {
        ...talk,
        failure: (code, stderr) => pkexecProblem(code, stderr, asked.instead),
      });
    return ask().catch((error: unknown) =>
      system.hasTerminal && isUnasked(error) ? inTerminal(ask, error, system) : Promise.reject(error),
    );
  }
  // What was agreed to there cannot be confirmed later: the helper hears nothing more.
  if (asked.onWaiting !== undefined) throw cannotConfirm(asked.instead);
  return prompt(command, asked, system);
}

/** What waits is told as far as it is known; what is nothing of the kind is not. */
function waitingKnown(onWaiting: OnWaiting | undefined): OnWaiting | undefined {
  if (onWaiting === undefined) return undefined;
  return (value, say) => {
    const done = known(value);
    if (done !== null) onWaiting(done, say);
  };
}

/** Nobody was there to ask, but there is a terminal: ask in it. */
async function inTerminal(ask: () => Promise<Answer>, otherwise: ProblemError, system: System): Promise<Answer> {
  const stop = await startTerminalAgent(system.pkttyagent);
  if (stop === null) throw otherwise;
  return ask().finally(stop);
}
