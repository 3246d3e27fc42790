/** One call of the contract, run for a window. */
import { z } from 'zod';
import { type Advisor, type CallName, inputs, type Outputs, type Reply } from '../../core/api.ts';
import { ProblemError, problem } from '../../core/problem.ts';

/** The reply that a problem is. Its English is loaded now. */
export async function refused(error: ProblemError): Promise<Reply<never>> {
  const { inEnglish } = await import('../../core/problem-words/index.ts');
  return { ok: false, error: inEnglish(error) };
}

/** Parse the input, and turn what is thrown into a reply. */
export async function answer<C extends CallName>(
  advisor: Advisor,
  name: C,
  input: unknown,
): Promise<Reply<Outputs[C]>> {
  const parsed = inputs[name].safeParse(input);
  if (!parsed.success) {
    const said = z.prettifyError(parsed.error);
    return refused(problem('bad-input', { kind: 'request-misunderstood', request: name, said }));
  }
  try {
    const call = advisor[name] as (input: unknown) => Promise<Outputs[C]>;
    return { ok: true, value: await call(parsed.data) };
  } catch (error) {
    if (error instanceof ProblemError) return refused(error);
    const said = error instanceof Error ? error.message : String(error);
    return refused(problem('failed', { kind: 'fault', said }));
  }
}
