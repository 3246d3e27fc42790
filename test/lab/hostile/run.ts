/**
 * The attackers, on machine A: `lab.sh node run.mjs ROOT HELPER SEED PLANS WORKER WORKERS`. One JSON line an attack on
 * standard output: its number, kind, and what became of it.
 */
import { readFileSync } from 'node:fs';
import { gather } from '../../../src/main/gather/index.ts';
import { LET_RUN, wordsOf, wrongStarts } from './allowed.ts';
import { attack, type Attack } from './attack.ts';
import { attackOf, type Bases } from './attacks.ts';
import { plansFor, recordedPlans } from './bases.ts';
import { judge, type Verdict } from './judge.ts';
import { type Heard, launch } from './launch.ts';
import { enter, listen, others, type Scene, SCENES } from './scene.ts';
import { changed, contents, files, pids, rules } from './state.ts';
import { setTrap, type Started, type Trap } from './trap.ts';

const [
  ,
  ,
  root = '',
  bundle = '',
  seedText = '0',
  plansText = '0',
  workerText = '0',
  workersText = '1',
  onlyText = '',
] = process.argv;
const [seed, plans, worker, workers] = [seedText, plansText, workerText, workersText].map(Number) as [
  number,
  number,
  number,
  number,
];
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

/** Attacks in one go; the blocks take turns with the scenes. */
const BLOCK = Math.min(250, Math.max(1, Math.ceil(plans / workers)));
/** The rules are listed after every attack that started a program, and after so many others: without one they cannot change. */
const LIST_EVERY = 25;
/** Milliseconds for what it started to end after it. */
const GRACE = 2000;

const recorded = recordedPlans(root);
await listen();
const trap: Trap = setTrap(bundle, LET_RUN);
others();
let [state, listed] = [files(), rules()];

/** Words of the shell that reads, as they are when nobody attacks. */
const known = new Set<string>();

/** Starts that belong to no attack. */
const forget = (): readonly Started[] => trap.started();

async function leftovers(before: ReadonlySet<number>): Promise<readonly string[]> {
  const end = performance.now() + GRACE;
  for (;;) {
    const left = [...pids()].filter((pid) => !before.has(pid));
    if (left.length === 0) return [];
    if (performance.now() > end) return left.map(commandOf);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200);
  } catch {
    return String(pid);
  }
}

/** From another place, as another terminal would. */
const helper = (...words: readonly string[]) => launch(trap.helper, attack('answered', { words }), () => {});

async function strike(number: number, one: Attack): Promise<Verdict & { readonly heard: Heard }> {
  const processes = pids();
  one.prepare();
  if (one.lays) state = files();
  let taking: Promise<unknown> = Promise.resolve();
  const heard = await launch(trap.helper, one, (id) => {
    taking = helper('undo', id);
  });
  await taking;
  const left = await leftovers(processes);
  const started = trap.started();
  const [afterFiles, afterRules] = [files(), started.length > 0 || number % LIST_EVERY === 0 ? rules() : listed];
  const seen = {
    heard,
    started,
    left,
    before: { files: state, rules: listed },
    after: { files: afterFiles, rules: afterRules },
  };
  const verdict = judge(one, seen, known);
  one.clean();
  [state, listed] = [one.lays ? files() : afterFiles, afterRules];
  return { ...verdict, heard };
}

/** Take a right plan back, and see that everything is as it was. */
async function takeBack(
  id: string,
  before: { readonly rules: string; readonly contents: ReturnType<typeof contents> },
): Promise<readonly string[]> {
  const { stdout, exit } = await helper('undo', id);
  forget();
  state = files();
  const wrong = exit === 0 && stdout.includes('"type":"done"') ? [] : [`undo failed: ${stdout.slice(-300)}`];
  listed = rules();
  if (listed !== before.rules) wrong.push('after undo the rules are not what they were');
  return [...wrong, ...changed(before.contents, contents()).map((path) => `after undo ${path} is not what it was`)];
}

/** The machine as an attack is to find it. */
interface Calm {
  readonly bases: Bases;
  readonly rules: string;
  readonly contents: ReturnType<typeof contents>;
}

async function calm(scene: Scene): Promise<Calm> {
  enter(scene);
  forget();
  const snapshot = await gather();
  for (const word of wordsOf(forget())) known.add(word);
  await helper('read');
  const unexpected = wrongStarts(forget(), [], known);
  if (unexpected.length > 0) throw new Error(`nobody attacks, and ${unexpected.join('; ')}`);
  const bases: Bases = { own: plansFor(snapshot), other: recorded };
  if (bases.own.length < 4) throw new Error('too few plans can be made here');
  [state, listed] = [files(), rules()];
  return { bases, rules: listed, contents: contents() };
}

/** What is not as it was, though every attack by itself left it so. */
function differing(whole: Calm): readonly string[] {
  return [...changed(whole.contents, contents()), ...(rules() === whole.rules ? [] : ['the rules in the kernel'])];
}

for (let block = 0; block * BLOCK < plans; block++) {
  if (block % workers !== worker) continue;
  const scene = SCENES[block % SCENES.length] ?? 'ufw is on';
  const end = Math.min(plans, (block + 1) * BLOCK);
  const numbers = Array.from({ length: end - block * BLOCK }, (_, at) => block * BLOCK + at);
  const wanted = numbers.filter((number) => onlyText === '' || number === Number(onlyText));
  if (wanted.length === 0) continue;
  let whole = await calm(scene);
  for (const number of wanted) {
    const { kind, one } = attackOf(seed, number, whole.bases);
    const began = performance.now();
    const { outcome, reached, faults, change, heard } = await strike(number, one);
    const all = [...reached, ...(change === null ? [] : await takeBack(change, whole))];
    say({
      number,
      kind,
      outcome: all.length > 0 ? 'wrong' : outcome,
      reached: all,
      faults,
      ms: Math.round(performance.now() - began),
      ...(onlyText === '' ? {} : { heard, words: one.words, env: one.env, input: one.input.toString('utf8') }),
    });
    if (all.length > 0) whole = await calm(scene);
  }
  const left = differing(whole);
  if (left.length > 0)
    throw new Error(`after the attacks ${block * BLOCK} to ${end - 1}, not as before: ${left.join(', ')}`);
}
say({ end: true });
process.exit(0);
