/** What is written for elsewhere, or was: rules for a firewall, an intent, a report. What makes them is loaded when it is needed. */
import type { Input, Outputs, ReportFile } from '../../core/api.ts';
import { readFacts } from '../../core/facts.ts';
import { isScript } from '../../core/firewalls/formats.ts';
import type { RuleFile } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import { visible } from '../../core/visible.ts';
import { saveFile } from '../files.ts';
import type { MadeReport } from '../report-file.ts';
import type { Readings } from './readings.ts';

export interface DocumentsOptions {
  readonly readings: Readings;
  /** Ask where a file shall go: the suggested name in, an absolute path out, or null when the person changed their mind. */
  readonly chooseFile?: ((suggested: string) => Promise<string | null>) | undefined;
}

/** A longer report is saved, not shown: a window would be busy with its lines. Characters. */
const SHOWN = 1_000_000;

export function createDocuments({ readings, chooseFile }: DocumentsOptions) {
  const rules = async (input: Input<'exportRules'>): Promise<RuleFile> => {
    const { exportRules } = await import('../../core/intent/index.ts');
    const snapshot = await readings.last();
    const { format, targets, audience = 'everyone', posture = false, keep = [] } = input;
    const report = await readings.judged(snapshot);
    return exportRules(format, snapshot, report, { targets, audience, posture, keep });
  };

  const reportParts = async ({ format, language, redact }: Omit<Input<'report'>, 'save'>): Promise<MadeReport> => {
    const { makeReportFile } = await import('../report-file.ts');
    const snapshot = await readings.last();
    const told = redact ? (await import('../../core/redact.ts')).redact(snapshot) : snapshot;
    const report = await readings.judgedWith(told === snapshot ? readings.factsOf(snapshot) : readFacts(told), told);
    return makeReportFile({ report, host: told.redacted ? null : told.host, format, language });
  };

  return {
    rules,
    saveRules: async ({ undo, ...wanted }: Input<'saveRules'>): Promise<Outputs['saveRules']> => {
      if (chooseFile === undefined) throw problem('unsupported', { kind: 'not-savable' });
      const file = await rules(wanted);
      const [name, content] =
        undo && file.undoContent !== '' ? [file.undoFilename, file.undoContent] : [file.filename, file.content];
      const path = await chooseFile(name);
      if (path !== null) await saveFile(path, content, isScript(name) ? 'script' : 'text');
      return { path };
    },
    readIntent: async ({ name, content }: Input<'readIntent'>): Promise<Outputs['readIntent']> => {
      const [{ parseIntent }, { carried }] = await Promise.all([
        import('../../core/intent/read.ts'),
        import('../../core/intent/carry.ts'),
      ]);
      const intent = parseIntent(content, visible(name));
      return { intent, ...carried(intent, await readings.reportOf(await readings.last())) };
    },
    report: async ({ save, ...wanted }: Input<'report'>): Promise<ReportFile> => {
      if (save && chooseFile === undefined) throw problem('unsupported', { kind: 'not-savable' });
      const { filename, parts } = await reportParts(wanted);
      const all = [...parts];
      if (!save) {
        const long = all.reduce((sum, part) => sum + part.length, 0) > SHOWN;
        return { filename, content: long ? null : all.join(''), path: null };
      }
      const path = (await chooseFile?.(filename)) ?? null;
      if (path !== null) await saveFile(path, all.join(''), 'text');
      return { filename, content: null, path };
    },
    /** The report in parts: of many listeners it is long. */
    reportParts,
  };
}
