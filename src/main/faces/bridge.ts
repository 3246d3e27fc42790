/**
 * What every window's carrier shares: how a message of the page is answered, and under which policy the page runs.
 *
 * A carrier (Electron's IPC, the Chromium pipe) only has to prove who sent the message; name and input are judged here.
 */
import { type Advisor, type CallName, inputs, type Reply } from '../../core/api.ts';
import { problem } from '../../core/problem.ts';
import { answer, refused } from './answer.ts';

/**
 * The page may load its own scripts, styles, fonts and pictures; it may connect to nothing and be framed by nobody. No text
 * becomes markup or script, and there is no policy through which it could.
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Headers of every file that is handed to the page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
  'cache-control': 'no-cache',
};

const isCall = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(inputs, name);

/** Answer one message of the page. Nothing is taken on trust: an unknown name and a wrong input are both refused. */
export async function answerPage(advisor: Advisor, name: unknown, input: unknown): Promise<Reply<unknown>> {
  if (!isCall(name)) return refusal('request-unknown');
  return answer(advisor, name, input);
}

/** The reply to a message that is not even looked at. */
export const refusal = (kind: 'request-unknown' | 'request-foreign' | 'answer-failed'): Promise<Reply<never>> =>
  refused(problem('bad-input', { kind }));
