/**
 * What the reading script prints, a part a line (script.ts) -> the transcript `windows.firewall` as one object
 * (core/machine/windows.ts). A part that did not come says why: the limit of time, or what ended PowerShell. So what was
 * read before counts, and what was not is never taken for empty.
 */
import { WINDOWS_PARTS, type WindowsPart } from '../../../core/machine/windows.ts';
import type { Transcript } from '../../../core/model.ts';
import { CONSTRAINED } from './script.ts';

/** Parts that are asked for only where others failed: their absence says nothing. */
const SECOND: ReadonlySet<WindowsPart> = new Set(['rules']);

interface Printed {
  /** By the name of the part: `{ "ok": … }` or `{ "error": … }`. */
  readonly parts: ReadonlyMap<string, unknown>;
  readonly done: boolean;
  readonly constrained: boolean;
  /** Whole lines that are none of these. */
  readonly odd: number;
}

/** The last whole word on each part. */
function printedIn(text: string): Printed {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  // What was cut is half a line, even where it can be read.
  lines.pop();
  const parts = new Map<string, unknown>();
  let [done, constrained, odd] = [false, false, 0];
  for (const line of lines) {
    const value = objectIn(line);
    const { part, ok, error } = value ?? {};
    if (value === null) odd += line.trim() === '' ? 0 : 1;
    else if (value['done'] === true) done = true;
    else if (value['constrained'] === true) constrained = true;
    else if (typeof part !== 'string') odd++;
    // A part that could be read once is not lost because it could not be read better.
    else if (ok !== undefined) parts.set(part, { ok });
    else if (!parts.has(part)) parts.set(part, { error });
  }
  return { parts, done, constrained, odd };
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** For people: what the system has forbidden here. */
const SAYS_CONSTRAINED =
  'PowerShell runs in constrained language mode here (AppLocker or App Control for Business), and may not read this';

/** The transcript as it is kept: whole where anything was read, with the reason in each part that was not. */
export function assembleParts(printed: Transcript): Transcript {
  const { parts, done, constrained, odd } = printedIn(printed.stdout);
  if (constrained || printed.exit === CONSTRAINED) {
    return { ...printed, kind: 'collected', stdout: '', stderr: SAYS_CONSTRAINED, failure: 'failed' };
  }
  const { failure } = printed;
  // Who stopped it wants nothing of it; and where nothing was said, there is nothing but the reason.
  if (failure === 'killed' || parts.size === 0) {
    const garbled = failure === null && (odd > 0 || !done);
    return {
      ...printed,
      stdout: '',
      ...(garbled
        ? { failure: 'failed', stderr: `${printed.stderr}PowerShell printed nothing that is known here` }
        : {}),
      ...(failure === null && !garbled ? { failure: 'failed' } : {}),
    };
  }
  const said = printed.stderr.split('\n', 1)[0]?.trim() ?? '';
  const lost = failure === 'timeout' || failure === 'refused' ? { kind: failure } : { kind: 'failed', said };
  const missing = WINDOWS_PARTS.filter((part) => !parts.has(part) && !(SECOND.has(part) && done));
  const whole = {
    schema: 1,
    ...Object.fromEntries(parts),
    ...Object.fromEntries(missing.map((part) => [part, { error: lost }])),
  };
  return { ...printed, kind: 'collected', exit: 0, signal: null, stdout: JSON.stringify(whole), failure: null };
}
