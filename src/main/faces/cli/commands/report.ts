/** `portcullis report`: what a scan says, as a file for people or for programs. */
import { createAdvisor } from '../../../advisor/index.ts';
import { saveFile } from '../../../files.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../../../core/reports/source.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none, oneOf, usage } from '../command.ts';
import { failsOn, SEVERITIES } from '../fail-on.ts';
import { loadSnapshot } from '../load.ts';
import { showProgress } from '../progress.ts';
import { notRead } from '../report-text.ts';
import { STATUS } from '../status.ts';

const LANGUAGES = ['en', 'de'] as const;

const about = {
  name: 'report',
  usage: [
    '--format html|md|csv|json|sarif [--out FILE] [--language en|de] [--redact] [--exact] [--from SNAPSHOT] [--fail-on high|medium|low]',
  ],
  says: 'who can reach what, as a file for people or for programs',
  more: [
    'html is one page that loads nothing and can be printed; md is Markdown, for tickets; csv is one table, for spreadsheets; json is exactly what scan --json prints; sarif (2.1.0) is for what gathers the results of checks. The json, and the names of columns and of fields, are English in every language.',
    '--redact replaces names, addresses and command lines, each by the same stand-in everywhere, and leaves the computer’s name out, so that the report can be given away.',
  ],
  options: {
    format: { type: 'string', value: 'FORMAT', says: 'html, md, csv, json or sarif' },
    out: { type: 'string', value: 'FILE', says: 'write there instead of to standard output' },
    language: { type: 'string', value: 'LANGUAGE', says: 'en or de; en where it is not said' },
    redact: { type: 'boolean', says: 'leave out who and where you are' },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'report on a saved snapshot instead of this machine' },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      says: 'exit with 1 where there is advice of this severity or a higher one: high, medium, low',
    },
  },
} as const;

export const report = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    if (values.format === undefined)
      throw usage(
        about,
        '"report" needs to know in which format.',
        'portcullis report --format html --out report.html',
      );
    const format: ReportFormat = oneOf(about, 'format', values.format, REPORT_FORMATS);
    const language = values.language === undefined ? 'en' : oneOf(about, 'language', values.language, LANGUAGES);
    const failOn = values['fail-on'] === undefined ? null : oneOf(about, 'fail-on', values['fail-on'], SEVERITIES);
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const done = showProgress(advisor, terminal);
    const scanned = await advisor.scan({ exact: values.exact === true }).finally(done);
    const { parts } = await advisor.reportParts({ format, language, redact: values.redact === true });
    if (values.out === undefined) {
      for (const part of inBlocks(parts)) terminal.out(part);
    } else {
      await saveFile(values.out, [...parts].join(''), 'text');
      terminal.note(`Saved in ${visible(values.out)}.\n`);
    }
    terminal.note(notRead(scanned, { style: terminal.noteStyle, columns: terminal.columns }));
    if (failsOn(scanned, failOn)) return STATUS.advice;
    return values.exact === true && !scanned.complete ? STATUS.unknown : STATUS.done;
  },
});

/** As much as is written at once. Characters. */
const BLOCK = 64 * 1024;

function* inBlocks(parts: Iterable<string>): Generator<string> {
  let block: string[] = [];
  let length = 0;
  for (const part of parts) {
    block.push(part);
    length += part.length;
    if (length < BLOCK) continue;
    yield block.join('');
    [block, length] = [[], 0];
  }
  if (length > 0) yield block.join('');
}
