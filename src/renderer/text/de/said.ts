/** What the report says: names, services, findings, gaps, problems, in German. */
import { subjectsOf } from '../../../core/advice/subjects.ts';
import { sentence } from '../format.ts';
import { inGerman } from '../findings/de.ts';
import { germanGap, germanReason } from '../gaps/de.ts';
import { listenerWords } from '../names-de.ts';
import { germanProblem } from '../problems/de.ts';
import { identityName, serviceWords } from '../services/de-words.ts';
import type { saidWords as English } from '../en/said.ts';

export const saidWords: typeof English = {
  listenerName: listenerWords,

  identityName,

  service: serviceWords,

  finding: ({ says }, report) => inGerman(says, subjectsOf(report)),

  gap: ({ means }) => germanGap(means),

  reason: (reason) => sentence(germanReason(reason)),

  problem: germanProblem,

  problems: {
    carrier: {
      message: 'Das Fenster hat die Verbindung zu seinem Programm verloren.',
      hint: 'Schließe das Fenster und öffne es wieder.',
    },
    unknown: { code: 'failed', message: 'Etwas ist schiefgegangen.', hint: 'Scanne neu und sieh nach.' },
  },
};
