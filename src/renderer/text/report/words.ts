/** The words of a report: what the window's catalogue says already, and what only a report says. */
import type { DocumentWords, ReportLanguage, ReportWords } from '../../../core/reports/words.ts';
import type { Words } from '../en/index.ts';
import { formatAs, list, number } from '../format.ts';

/**
 * The words in a language, read when they are first needed. From then on numbers and lists are written in it: one process
 * makes one report at a time, and whole.
 */
export async function reportWords(language: ReportLanguage): Promise<ReportWords> {
  const [words, own] = await (language === 'de'
    ? Promise.all([
        import('../de/index.ts').then(({ de }) => de),
        import('./document-de.ts').then(({ inGerman }) => inGerman),
      ])
    : Promise.all([
        import('../en/index.ts').then(({ en }) => en),
        import('./document-en.ts').then(({ inEnglish }) => inEnglish),
      ]));
  formatAs(language);
  return joined(words, own);
}

const joined = (words: Words, own: DocumentWords): ReportWords => ({
  ...own,
  state: words.home.sentence,
  stateDetail: words.home.detail,
  finding: words.finding,
  service: words.service,
  identityName: words.identityName,
  who: words.who,
  whoLong: words.whoLong,
  gap: words.gap,
  reason: words.reason,
  firewallName: words.firewall.name,
  firewallSays: words.firewall.says,
  step: (step) => words.detail.step(step, false),
  rulesAlike: words.detail.rulesAlike,
  each: words.detail.each,
  ways: words.detail.way,
  severity: words.home.severity,
  networks: words.network.names,
  leadsTo: words.ports.leadsTo,
  everybody: words.detail.everybody,
  openTo: words.detail.openTo,
  limitedTo: words.detail.limitedTo,
  unknownFor: words.detail.unknownFor,
  closedToAll: words.detail.closedToAll,
  number,
  list,
});
