/**
 * `node readings.mjs ROOT SEED COUNT`: the helper's reading of a plan alone, without a process for each: changed plans with
 * right ids, and of those that are taken every command that would be made of them. Numbers as JSON lines.
 */
import { commandsOf } from '../../../src/core/firewalls/registry.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { sha256 } from '../../../src/main/apply/files.ts';
import { readOrder } from '../../../src/main/apply/order.ts';
import { random } from '../generate/random.ts';
import { mayStart } from './allowed.ts';
import { recordedPlans, signed } from './bases.ts';
import { strays } from './chosen.ts';
import * as plans from './on-plans.ts';

const [, , root = '', seedText = '0', countText = '0'] = process.argv;
const [seed, count] = [Number(seedText), Number(countText)];
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const bases = recordedPlans(root);
const changes = Object.values(plans);
let [refused, taken, wrong, told] = [0, 0, 0, performance.now()];

function wrongIn(text: string): string | null {
  try {
    const { choice, steps } = readOrder(text, sha256);
    const operations = steps.map(({ operation }) => operation);
    taken++;
    const odd = operations.flatMap((operation) =>
      commandsOf(operation)
        .filter(([program = '', ...args]) => !mayStart(program, program === 'nft' ? ['-f', '-'] : args, [operation]))
        .map((argv) => argv.join(' ')),
    );
    return [...strays(choice, operations), ...odd][0] ?? null;
  } catch (error) {
    if (!(error instanceof ProblemError)) return String(error);
    refused++;
    const { code, message } = inEnglish(error);
    return message === '' || code !== 'bad-input' ? message : null;
  }
}

for (let number = 0; number < count; number++) {
  const at = random((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0);
  const text = JSON.stringify(signed(at.pick(changes)(at.pick(bases), at)));
  const why = wrongIn(text);
  if (why !== null && wrong++ < 5) say({ failed: { seed, number }, why: why.slice(0, 500), text: text.slice(0, 2000) });
  if (performance.now() - told < 1000) continue;
  told = performance.now();
  say({ at: number });
}
say({ done: { count, refused, taken, wrong } });
