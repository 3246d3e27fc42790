/**
 * The long run: `run.mjs TARGET COUNT SEED` gives COUNT damaged inputs to one parser, or (`verdicts`) asks as many damaged
 * snapshots; numbers as JSON lines on standard output, a heartbeat every second.
 */
import { damage } from './damage.ts';
import { damaged } from './mutate.ts';
import { targets } from './targets.ts';

const [, , name = '', wanted = '0', seedText = '0'] = process.argv;
const [count, seed] = [Number(wanted), Number(seedText)];
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

let failures = 0;
function fail(number: number, why: string): void {
  failures++;
  if (failures <= 5) say({ failed: { target: name, seed, number }, why });
}

const target = targets.find((one) => one.name === name);
let [slowest, unknown, open, told] = [0, 0, 0, -Infinity];
for (let number = 0; number < count; number++) {
  if (performance.now() - told > 1000) {
    say({ at: number });
    told = performance.now();
  }
  // What it costs, not what others cost beside it.
  const start = process.cpuUsage();
  if (target === undefined) {
    const done = damage(seed, number);
    if (done === null) continue;
    unknown += done.unknown > 0 ? 1 : 0;
    open++;
    const [first] = done.wrong;
    if (first !== undefined) fail(number, `${done.set}, ${done.transcript}: ${first.was} became ${first.is}`);
  } else {
    try {
      target.parse(damaged(seed, number, target.corpus));
    } catch (error) {
      fail(number, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  if (ms > slowest) slowest = ms;
  if (ms > 2000) fail(number, `took ${ms.toFixed(0)} ms`);
}
say({ done: { name, count, failures, slowest, unknown, damaged: open } });
