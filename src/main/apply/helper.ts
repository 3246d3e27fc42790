/**
 * The privileged helper: its own small program, run as root, one verb and out. It takes typed plans, never commands.
 *
 *   read                     what only root can read, as transcripts
 *   apply [SUMMARY] < plan   the plan on the first line of standard input; while it waits: `confirm` or `undo`, a line.
 *                            SUMMARY is what polkit's question showed
 *   apply SHA256             the plan in the caller's own file, whose hash must be this; such a one cannot wait
 *   confirm CHANGE           keep a change that waits, from another place than where it was made
 *   undo [CHANGE] [SUMMARY]  put the last change back; nothing that the caller supplies is ever restored
 *   recover [SECONDS]        put back what was interrupted or not confirmed, after so many seconds; nothing else
 *   history                  the journal
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Change, Plan } from '../../core/model.ts';
import { doingOf } from '../../core/plan/called.ts';
import { noteWords } from '../../core/plan/index.ts';
import { inEnglish } from '../../core/problem-words/index.ts';
import { type Problem, ProblemError, problem, type Unasked } from '../../core/problem.ts';
import { readPrivileged } from '../gather/index.ts';
import { sha256 } from './files.ts';
import { confirmChange, leaveWord, unrestored, waitingChange } from './confirm.ts';
import { callerName, callerUid } from './caller.ts';
import { readLines } from './input.ts';
import { awaitLock, type Holder, type Lock, takeLock, tryLock } from './lock.ts';
import { readOrder } from './order.ts';
import { type HelperLine, INSTALLED_HELPER, PLAN_LIMIT, planPath, type Verb, VERBS } from './protocol.ts';
import { recover } from './recover.ts';
import { CLEAN_ENV } from './run.ts';
import { changesOf, events, isPutBack, LOCK, openStore } from './store.ts';
import { causeOf, type Tell } from './prepare.ts';
import { applyPlan } from './transaction.ts';
import { undoChange } from './undo.ts';

const ALL_BACK = { kind: 'all-back' } as const;
const UNDER_WAY = { kind: 'under-way' } as const;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const CHANGE_ID = /^[0-9a-zT-]{8,64}$/;
/** Seconds: the longest wait for a confirmation, and the change itself. */
const LONGEST_CHANGE = 900;
/** Characters of what is told to others who want to change something meanwhile. */
const LONGEST_NAME = 400;

const say = (line: HelperLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const tell: Tell = (progress) => say({ type: 'progress', ...progress });

const refuse = (is: Exclude<Unasked['is'], 'words'>) => problem('bad-input', { kind: 'helper-misasked', what: { is } });

/** The caller's plan file: theirs, an ordinary file, not a link, read once, and exactly what was agreed to. */
async function readPlanFile(expected: string): Promise<string> {
  const uid = callerUid();
  if (uid === null) throw refuse('unknown-caller');
  const file = await open(planPath(uid), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => {
    throw refuse('file-unreadable');
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.uid !== uid || stat.nlink !== 1 || stat.size > PLAN_LIMIT || (stat.mode & 0o022) !== 0) {
      throw refuse('file-not-own');
    }
    const buffer = Buffer.alloc(stat.size);
    const { bytesRead } = await file.read(buffer, 0, stat.size, 0);
    const text = buffer.subarray(0, bytesRead);
    if (sha256(text) !== expected) throw refuse('file-other');
    return text.toString('utf8');
  } finally {
    await file.close();
  }
}

/** A change that waits holds the others up, and that can be told. */
async function lockNow(holder: Holder): Promise<Lock> {
  const lock = await tryLock(LOCK, holder);
  if (lock !== null) return lock;
  const waiting = await waitingChange(null);
  if (waiting === null) return takeLock(LOCK, holder);
  throw problem('busy', { kind: 'another-waits', change: { id: waiting.id, summary: waiting.summary } });
}

/** Neither Ctrl+C, nor Ctrl+Z, nor a terminal or window that goes away, may stop what follows halfway. */
function undisturbed(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const)
    process.on(signal, () => {});
}

/** `work` alone, to its end. `what`, `doing`: its name for others. `patience`: seconds for which another change may hold it up. */
async function changing<T>(
  { what, doing }: Pick<Holder, 'what' | 'doing'>,
  work: (hold: number) => Promise<T>,
  patience = 0,
): Promise<T> {
  undisturbed();
  await openStore();
  const holder: Holder = {
    pid: process.pid,
    who: callerName(),
    what: what.slice(0, LONGEST_NAME),
    doing,
    since: new Date().toISOString(),
  };
  const lock = patience === 0 ? await lockNow(holder) : await awaitLock(LOCK, patience, holder);
  try {
    return await work(lock.fd);
  } finally {
    await lock.release();
  }
}

/** The journal; what has no end yet while somebody holds the lock is being made right now, and was not interrupted. */
async function historyNow(): Promise<readonly Change[]> {
  const list = await events();
  const [newest, ...older] = changesOf(list);
  if (
    newest === undefined ||
    newest.state !== 'failed' ||
    list.some((one) => one.event === 'end' && one.id === newest.id)
  )
    return changesOf(list);
  // Whoever stopped it here would keep the lock.
  undisturbed();
  const lock = await tryLock(LOCK);
  await lock?.release();
  return lock === null ? [{ ...newest, note: noteWords(UNDER_WAY), says: UNDER_WAY }, ...older] : [newest, ...older];
}

/**
 * The plan that was agreed to. Where the policy asks, only a question that said in words what will be done counts: neither
 * a fingerprint nor silence does.
 */
async function agreedPlan(argument: string | null, first: () => Promise<string>): Promise<Plan> {
  const isFingerprint = argument !== null && FINGERPRINT.test(argument);
  const asked = process.env['PKEXEC_UID'] !== undefined;
  if (asked && (argument === null || (isFingerprint && process.argv[1] === INSTALLED_HELPER))) {
    throw refuse('question-silent');
  }
  const plan = readOrder(isFingerprint ? await readPlanFile(argument) : await first(), sha256);
  if (isFingerprint && plan.confirmWithin !== null) throw refuse('unconfirmable');
  if (argument !== null && !isFingerprint && argument !== plan.summary) {
    throw refuse('question-other');
  }
  return plan;
}

async function main(verb: Verb, words: readonly string[]): Promise<void> {
  const [argument = null] = words;
  switch (verb) {
    case 'read':
      if (argument !== null) throw refuse('too-many-words');
      return say({ type: 'read', transcripts: await readPrivileged(true) });
    case 'history':
      if (argument !== null) throw refuse('too-many-words');
      return say({ type: 'history', changes: await historyNow() });
    case 'apply': {
      if (words.length > 1) throw refuse('too-many-words');
      const input = readLines(process.stdin);
      try {
        const plan = await agreedPlan(argument, input.first);
        const done = await changing({ what: plan.summary, doing: doingOf(plan) }, (hold) =>
          applyPlan(plan, { input, say, tell }, hold),
        );
        return say({ type: 'done', value: { ...done, transcripts: await readPrivileged(true) } });
      } finally {
        input.close();
      }
    }
    case 'confirm': {
      if (argument === null || !CHANGE_ID.test(argument) || words.length > 1) throw refuse('not-an-id');
      undisturbed();
      await openStore();
      const done = await confirmChange(argument, tell, () => tryLock(LOCK));
      return say({ type: 'done', value: { ...done, transcripts: await readPrivileged(true) } });
    }
    case 'recover': {
      if (argument !== null && !/^\d{1,4}$/.test(argument)) throw refuse('not-seconds');
      if (argument !== null) await new Promise((resolve) => setTimeout(resolve, Number(argument) * 1000));
      const recovered = await changing(
        { what: 'Put back what was interrupted', doing: { is: 'recover' } },
        () => recover(tell),
        LONGEST_CHANGE,
      );
      return say({ type: 'recovered', count: recovered.length });
    }
    case 'undo': {
      // A summary has spaces, the id of a change has none.
      const [id = null, ...more] = words.filter((word) => CHANGE_ID.test(word));
      const [summary = null, ...others] = words.filter((word) => word.includes(' '));
      if (more.length > 0 || others.length > 0 || words.length !== [id, summary].filter((one) => one !== null).length) {
        throw refuse('not-an-id');
      }
      undisturbed();
      // What lies in the store is believed only where it is root's own.
      await openStore();
      const waiting = await waitingChange(id);
      if (waiting !== null && summary !== null && waiting.summary !== summary) throw refuse('asked-about-another');
      const change = waiting === null ? null : await leaveWord(waiting.id, 'undo', () => tryLock(LOCK));
      if (change?.state === 'failed') throw unrestored(change);
      if (change !== null && change.state !== 'applied') {
        const { says, note } = change;
        const checked = [says === undefined ? (note ?? ALL_BACK) : ({ kind: 'noted', note: says } as const)];
        const undone = { change, checked, verified: isPutBack(await events(), change.id) };
        return say({ type: 'done', value: { ...undone, transcripts: await readPrivileged(true) } });
      }
      // Where it waited for nobody, that one is meant and no earlier one.
      const what = summary === null ? 'Undo a change' : `Undo “${summary}”`;
      const done = await changing({ what, doing: { is: 'undo', change: waiting?.id ?? id } }, () =>
        undoChange(waiting?.id ?? id, tell, summary),
      );
      return say({ type: 'done', value: { ...done, transcripts: await readPrivileged(true) } });
    }
  }
}

function asProblem(error: unknown): Problem {
  return inEnglish(
    error instanceof ProblemError ? error : problem('failed', { kind: 'helper-failed', cause: causeOf(error) }),
  );
}

async function start(): Promise<void> {
  const [verb, ...words] = process.argv.slice(2);
  if (process.getuid?.() !== 0) throw problem('not-permitted', { kind: 'not-root' });
  const known = VERBS.find((one) => one === verb);
  if (known === undefined || words.length > 2) {
    const given = process.argv.slice(2).join(' ').slice(0, 80);
    throw problem('bad-input', { kind: 'helper-misasked', what: { is: 'words', words: given } });
  }
  // Whatever the caller's environment says must not reach a program that is run from here.
  const caller = { PKEXEC_UID: process.env['PKEXEC_UID'], SUDO_UID: process.env['SUDO_UID'] };
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, CLEAN_ENV);
  for (const [name, value] of Object.entries(caller)) if (value !== undefined) process.env[name] = value;
  process.umask(0o077);
  await main(known, words);
}

// Whoever listens may be gone; what was begun is finished all the same.
process.stdout.on('error', () => {});
start().catch((error: unknown) => {
  say({ type: 'problem', problem: asProblem(error) });
  process.exitCode = 1;
});
