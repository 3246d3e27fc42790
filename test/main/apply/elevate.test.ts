/** The way to root with stand-ins for pkexec and sudo-prompt: what is run, what is said, and what never reaches a shell. */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { byHand } from '../../../src/main/apply/by-hand.ts';
import { elevated, type System } from '../../../src/main/apply/elevate.ts';
import { sha256 } from '../../../src/main/apply/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-elevate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A system program that is root's alone stands in for the helper; it is never started here. */
const command = { program: '/bin/sh', args: [], env: {}, fromCheckout: false };

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const system = (more: Partial<System> = {}): System => ({
  uid: 1000,
  helper: () => command,
  pkexec: join(folder, 'no-pkexec'),
  pkttyagent: join(folder, 'no-agent'),
  policy: folder,
  hasTerminal: false,
  planPath: () => join(folder, 'plan.json'),
  prompt: () => {
    throw new Error('sudo-prompt was not to be asked');
  },
  say: () => {},
  ...more,
});

const asked = { verb: 'apply', input: '{"plan":1}', instead: 'sudo portcullis close 3000' } as const;

async function problemOf(run: Promise<unknown>) {
  const error: unknown = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return inEnglish(error);
  throw error ?? new Error('no problem');
}

describe('pkexec', () => {
  test.each([
    [
      'dismissed',
      'echo "Error executing command as another user: Request dismissed" >&2; exit 126',
      'cancelled',
      'did not give',
    ],
    ['dismissed, in silence', 'exit 126', 'cancelled', 'did not give'],
    [
      'a wrong password',
      'echo "Error executing command as another user: Not authorized" >&2; exit 127',
      'not-permitted',
      'the password was wrong',
    ],
    [
      'no agent',
      'echo "Error executing command as another user: No authentication agent found." >&2; exit 127',
      'not-permitted',
      'Nothing here can ask you',
    ],
    [
      'no terminal to ask in',
      'echo "Error creating textual authentication agent: Error opening current controlling terminal" >&2; exit 127',
      'not-permitted',
      'Nothing here can ask you',
    ],
    [
      'no D-Bus',
      'echo "Error getting authority: Could not connect" >&2; exit 127',
      'not-permitted',
      'could not be asked',
    ],
    ['a helper that dies', 'echo "Killed by the OOM killer" >&2; exit 1', 'failed', 'ended without an answer (exit 1)'],
    ['a signal', 'kill -9 $$', 'failed', 'a signal ended it'],
    ['half a line', 'printf "{\\"type\\":\\"don"', 'failed', 'ended without an answer (exit 0)'],
  ] as const)('%s', async (_, script, code, message) => {
    const pkexec = await program('pkexec', script);
    const problem = await problemOf(elevated(asked, system({ pkexec })));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(message);
    expect(problem.hint).not.toBe('');
    if (code === 'not-permitted') expect(problem.hint).toContain('sudo portcullis close 3000');
  });

  test('gets the helper, the verb and the plan on standard input, and its answer and progress come back', async () => {
    const pkexec = await program(
      'pkexec',
      `printf '%s\\n' "$@" > ${folder}/argv; cat > ${folder}/input
echo '{"type":"progress","phase":"step","text":"x","done":0,"of":1}'
echo '{"type":"read","transcripts":[]}'`,
    );
    const seen: string[] = [];
    const onProgress = ({ text }: { text: string }) => void seen.push(text);
    expect(await elevated({ ...asked, onProgress }, system({ pkexec }))).toEqual({ type: 'read', transcripts: [] });
    expect(await readFile(join(folder, 'argv'), 'utf8')).toBe('--disable-internal-agent\n/bin/sh\napply\n');
    expect(await readFile(join(folder, 'input'), 'utf8')).toBe(asked.input);
    expect(seen).toEqual(['x']);
  });

  test('the question shows what will be done, as one word of its own, in whatever words that is', async () => {
    const pkexec = await program(
      'pkexec',
      `printf '%s\\n' "$@" > ${folder}/argv; echo '{"type":"read","transcripts":[]}'`,
    );
    const summary = 'Close port 3000 (TCP); $(id) `id` for everyone';
    await elevated({ ...asked, summary }, system({ pkexec }));
    expect(await readFile(join(folder, 'argv'), 'utf8')).toBe(`--disable-internal-agent\n/bin/sh\napply\n${summary}\n`);
    await elevated({ verb: 'undo', argument: '20260101T000000-0', summary, instead: '' }, system({ pkexec }));
    expect(await readFile(join(folder, 'argv'), 'utf8')).toContain(`undo\n20260101T000000-0\n${summary}\n`);
  });

  test('where it has to be confirmed the plan is a line, and the word goes the same way, once it waits', async () => {
    const value = { change: { id: 'x' }, checked: [], verified: true, transcripts: [] };
    const pkexec = await program(
      'pkexec',
      `read -r plan; printf '%s' "$plan" > ${folder}/input
echo '${JSON.stringify({ type: 'waiting', value })}'
read -r word; echo '{"type":"done","value":{"change":{},"checked":["'"$word"'"]}}'`,
    );
    const seen: unknown[] = [];
    const onWaiting: NonNullable<Parameters<typeof elevated>[0]['onWaiting']> = (waits, say) => {
      seen.push(waits);
      say('confirm');
    };
    const answer = await elevated({ ...asked, onWaiting }, system({ pkexec }));
    expect(answer).toEqual({ type: 'done', value: { change: {}, checked: ['confirm'] } });
    expect(seen).toEqual([value]);
    expect(await readFile(join(folder, 'input'), 'utf8')).toBe(asked.input);
  });

  test('the helper’s own problem counts, whatever its exit status', async () => {
    const problem = { code: 'busy', message: 'Another change.', hint: 'Wait.' };
    const pkexec = await program('pkexec', `echo '${JSON.stringify({ type: 'problem', problem })}'; exit 1`);
    expect(await problemOf(elevated(asked, system({ pkexec })))).toEqual(problem);
  });

  test('nobody to ask, but a terminal: an agent is started for this process, and ended', async () => {
    const pkexec = await program(
      'pkexec',
      `test -e ${folder}/agent && echo '{"type":"history","changes":[]}' && exit 0
echo "Error executing command as another user: No authentication agent found." >&2; exit 127`,
    );
    const pkttyagent = await program('agent.sh', `echo "$@" > ${folder}/agent; exec 3>&-; exec sleep 60`);
    const answer = await elevated(asked, system({ pkexec, pkttyagent, policy: '/nowhere', hasTerminal: true }));
    expect(answer).toEqual({ type: 'history', changes: [] });
    expect(await readFile(join(folder, 'agent'), 'utf8')).toBe(`--process ${process.pid} --notify-fd 3\n`);
    await rm(join(folder, 'agent'));
    const without = elevated(asked, system({ pkexec, policy: '/nowhere', hasTerminal: true }));
    expect((await problemOf(without)).message).toContain('Nothing here can ask you');
  });
});

describe('sudo-prompt', () => {
  const route = { policy: '/nowhere' } as const;

  test('is given a fixed path, a fixed verb and the plan’s fingerprint; the plan lies there for the caller alone, then goes', async () => {
    let line = '';
    let mode = 0;
    let where = '';
    const cwd = process.cwd();
    const prompt: System['prompt'] = (text, _options, done) => {
      line = text;
      where = process.cwd();
      void Promise.all([stat(join(folder, 'plan.json')), readFile(join(folder, 'plan.json'), 'utf8')]).then(
        ([is, said]) => {
          mode = is.mode & 0o777;
          done?.(undefined, said === asked.input ? '{"type":"read","transcripts":[]}\n' : '');
        },
      );
    };
    expect(await elevated({ ...asked, summary: '$(id)' }, system({ ...route, prompt }))).toEqual({
      type: 'read',
      transcripts: [],
    });
    expect(line).toBe(`/bin/sh apply ${sha256(asked.input)}`);
    expect(mode).toBe(0o600);
    // sudo-prompt puts the working folder's name into a shell's line as well.
    expect(where).toBe('/');
    expect(process.cwd()).toBe(cwd);
    await expect(stat(join(folder, 'plan.json'))).rejects.toThrow();
  });

  test('what has to be confirmed is refused before anybody is asked: no word could be said there', async () => {
    const problem = await problemOf(elevated({ ...asked, onWaiting: () => {} }, system(route)));
    expect(problem).toMatchObject({ code: 'not-permitted' });
    expect(problem.message).toContain('nothing was changed');
    expect(problem.hint).toContain('sudo portcullis close 3000');
  });

  test('what Electron needs to be plain Node goes along', async () => {
    const helper = () => ({ ...command, env: { ELECTRON_RUN_AS_NODE: '1' } });
    let line = '';
    const prompt: System['prompt'] = (text, _options, done) => {
      line = text;
      done?.(undefined, '{"type":"read","transcripts":[]}\n');
    };
    await elevated({ verb: 'read', instead: '' }, system({ ...route, helper, prompt }));
    expect(line).toBe('/usr/bin/env ELECTRON_RUN_AS_NODE=1 /bin/sh read');
  });

  test('nothing that a shell could misread gets there', async () => {
    const odd = { ...command, args: [] as string[] };
    for (const argument of ['$(id)', 'a b', 'a;b', '`id`', "a'", 'a\nb', '"', '\\', '~', '*']) {
      const run = elevated({ verb: 'undo', argument, instead: 'x' }, system({ ...route, helper: () => odd }));
      expect((await problemOf(run)).message, argument).toContain('could misread');
    }
  });

  test.each([
    ['User did not grant permission.', 'cancelled', 'did not give'],
    ['No polkit authentication agent found.', 'not-permitted', 'Nothing here can ask you'],
    ['Unable to find pkexec or kdesudo.', 'not-permitted', 'Nothing here can ask you'],
  ] as const)('%s', async (said, code, message) => {
    const prompt: System['prompt'] = (_text, _options, done) => done?.(new Error(said), '', '');
    const problem = await problemOf(elevated(asked, system({ ...route, prompt })));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(message);
  });
});

test('what to type instead', () => {
  const target = { protocol: 'tcp', port: 3000 } as const;
  const both = { targets: [target, { protocol: 'udp', port: 53 } as const], way: 'firewall' } as const;
  expect(byHand(null)).toBe('sudo portcullis scan');
  expect(byHand({ kind: 'close', audience: 'everyone', ...both })).toBe('sudo portcullis close 3000 53/udp');
  expect(byHand({ kind: 'close', audience: 'internet', ...both })).toBe(
    'sudo portcullis close 3000 53/udp --for internet',
  );
  expect(byHand({ kind: 'close', audience: 'everyone', confirm: 60, ...both })).toBe(
    'sudo portcullis close 3000 53/udp --confirm 60',
  );
  expect(byHand({ kind: 'reopen', audience: 'everyone', ...both })).toBe('sudo portcullis reopen 3000 53/udp');
  expect(byHand({ kind: 'remove-opening', targets: [target] })).toBe('sudo portcullis close 3000');
  expect(byHand({ kind: 'enable-firewall', keep: [] })).toBe('sudo portcullis firewall on');
  expect(byHand({ kind: 'enable-firewall', keep: [target] })).toBe('sudo portcullis firewall on --keep 3000');
});
