/**
 * A small face for the lab, run on machine A: makes plans, applies and undoes them, and prints JSON. Bundled by
 * `bundle.ts` beside the helper, as the product's own faces are.
 *
 *   act propose CHOICE   act apply CHOICE   act order PLAN   act undo [ID]   act history   act report
 */
import { createHash } from 'node:crypto';
import { inEnglish } from '../../src/core/problem-words/index.ts';
import { ProblemError } from '../../src/core/problem.ts';
import { choiceSchema } from '../../src/core/api.ts';
import type { Plan, Snapshot } from '../../src/core/model.ts';
import { propose } from '../../src/core/plan/index.ts';
import { makeReport } from '../../src/core/report.ts';
import { applyPlan, history, undoChange } from '../../src/main/apply/index.ts';
import { gather } from '../../src/main/gather/index.ts';

const kept = new Set<string>();
const judge = (snapshot: Snapshot) => makeReport(snapshot, { kept });

async function plan(choice: string): Promise<Plan> {
  const snapshot = await gather();
  const chosen = choiceSchema.parse(JSON.parse(choice));
  return propose({
    snapshot,
    choice: chosen,
    changes: chosen.kind === 'undo' ? await history() : [],
    report: judge(snapshot),
    judge,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    now: new Date().toISOString(),
  });
}

async function act(verb: string, argument: string | undefined): Promise<unknown> {
  switch (verb) {
    case 'propose':
      return plan(argument ?? '');
    case 'apply':
      return applyPlan(await plan(argument ?? ''));
    case 'order':
      return applyPlan(JSON.parse(argument ?? '') as Plan);
    case 'undo':
      return undoChange(argument);
    case 'history':
      return history();
    case 'report':
      return judge(await gather());
    default:
      throw new Error(`unknown verb ${verb}`);
  }
}

const [verb = '', argument] = process.argv.slice(2);
act(verb, argument).then(
  (value) => process.stdout.write(JSON.stringify({ ok: true, value })),
  (error: unknown) => {
    const problem =
      error instanceof ProblemError ? inEnglish(error) : { code: 'thrown', message: String(error), hint: '' };
    process.stdout.write(JSON.stringify({ ok: false, error: problem }));
  },
);
