/** What the report says: names, services, findings, gaps, problems, in English. */
import type { Finding, Gap, ReportListener, Service } from '../../../core/model.ts';
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Pointed } from '../../../core/advice/subjects.ts';
import { type Reason, reasonText } from '../../../core/gaps/index.ts';
import { listenerName } from '../../../core/listeners/name.ts';
import type { Problem, ProblemText } from '../../../core/problem.ts';
import { type Around } from '../facts.ts';
import { foreign, isTooLong, said, sentence } from '../format.ts';
import { settles } from '../gaps/settles.ts';

type ServiceWords = Pick<Service, 'name' | 'purpose' | 'ifExposed' | 'ifClosed' | 'bindLocal'>;

/** The sentence with what programs said in it cut, so that what became of the change is not: that stands behind it. */
function withSaidCut(message: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return message;
  return Object.entries(value).reduce(
    (text, [key, part]) =>
      key === 'said' && typeof part === 'string' && part !== ''
        ? text.replaceAll(part, () => said(part))
        : withSaidCut(text, part),
    message,
  );
}

type SaidGap = Readonly<Record<'what' | 'why' | 'how', string>>;

export const saidWords = {
  listenerName: (id: string): string => foreign(listenerName(id)),

  /** What a listener is called for people: its service, or its program. Looked for as well, so it is not cut here. */
  identityName: ({ identity }: Pick<ReportListener, 'identity' | 'owner'>): string => identity.name,

  /** A service of the catalog in this language. No view reads these five from the service itself. */
  service: ({ name, purpose, ifExposed, ifClosed, bindLocal }: Service): ServiceWords => ({
    name,
    purpose,
    ifExposed,
    ifClosed,
    bindLocal,
  }),

  /** What a finding says. No view reads its sentences from the finding itself. */
  finding: ({ title, why, ifClosed }: Finding, _report: Pointed): Sentences => ({ title, why, ifClosed }),

  /** What could not be read: what it is, why, and what would settle it. */
  gap: ({ what, why, how, means }: Gap): SaidGap => ({
    what: sentence(what),
    why: sentence(why),
    how: settles(how, means.how),
  }),

  /** Why something is unknown. */
  reason: (reason: Reason): string => sentence(reasonText(reason)),

  /** What happened, and what to do next. No view reads these sentences from the problem itself. */
  problem: ({ message, hint, means }: Problem, _around: Around): ProblemText => [
    sentence(isTooLong(message) ? withSaidCut(message, means) : message),
    sentence(hint),
  ],

  problems: {
    carrier: {
      message: 'The window lost touch with the program behind it.',
      hint: 'Close the window and open it again.',
    },
    unknown: { code: 'failed', message: 'Something went wrong.', hint: 'Scan again and look.' } satisfies Problem,
  },
};
