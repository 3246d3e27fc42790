/** `portcullis scan`: what to close, and why. */
import { createAdvisor, type LocalAdvisor } from '../../../advisor.ts';
import type { Severity } from '../../../../core/model.ts';
import { command, none, oneOf } from '../command.ts';
import { failsOn, SEVERITIES } from '../fail-on.ts';
import { json, scanJson } from '../json.ts';
import { loadSnapshot, snapshotFiles } from '../load.ts';
import { machinesTable, notRead, scanText } from '../report-text.ts';
import { STATUS, type Status } from '../status.ts';
import type { Terminal } from '../terminal.ts';
import { showProgress } from '../progress.ts';

const about = {
  name: 'scan',
  usage: ['[--all] [--exact] [--json] [--from SNAPSHOT or FOLDER]… [--fail-on high|medium|low]'],
  says: 'what to close, and why',
  more: [
    'Looks at every port that waits for others, works out who can get through to it, and says what to close. Nothing is changed.',
    'Some rules can be read by an administrator only. Without that right the scan says what it could not read; --exact asks for it once, so that the whole program need not run under sudo.',
    'With several snapshots, --json prints a list of reports, each with the file that it comes from.',
  ],
  options: {
    all: { type: 'boolean', says: 'everything that listens, not only what to close' },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    json: { type: 'boolean', says: 'one JSON value, schema 1' },
    from: {
      type: 'string',
      multiple: true,
      value: 'SNAPSHOT',
      says: 'judge a saved snapshot, or a folder of them, instead of this machine',
    },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      says: 'exit with 1 where there is advice of this severity or a higher one: high, medium, low',
    },
  },
} as const;

export const scan = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    const from = values.from ?? [];
    const failOn = values['fail-on'] === undefined ? null : oneOf(about, 'fail-on', values['fail-on'], SEVERITIES);
    if (from.length > 0) {
      const files = await snapshotFiles(from);
      const [first] = files;
      return first !== undefined && files.length === 1 && first === from[0]
        ? one(createAdvisor({ snapshot: await loadSnapshot(first) }), { ...values, failOn, replayed: true }, terminal)
        : several(files, { ...values, failOn, replayed: true }, terminal);
    }
    return one(createAdvisor(), { ...values, failOn, replayed: false }, terminal);
  },
});

interface Wanted {
  readonly all?: boolean;
  readonly exact?: boolean;
  readonly json?: boolean;
  readonly failOn: Severity | null;
  readonly replayed: boolean;
}

async function one(advisor: LocalAdvisor, wanted: Wanted, terminal: Terminal): Promise<Status> {
  const done = showProgress(advisor, terminal);
  const report = await advisor.scan({ exact: wanted.exact === true }).finally(done);
  if (wanted.json === true) {
    terminal.out(json(scanJson(report)));
  } else {
    terminal.out(scanText(report, { all: wanted.all === true, replayed: wanted.replayed }, terminal));
  }
  terminal.note(notRead(report, { style: terminal.noteStyle, columns: terminal.columns }));
  if (terminal.interactive && wanted.json !== true) {
    terminal.note(
      terminal.noteStyle.dim(
        `\nMore on one port: portcullis explain PORT${wanted.all === true ? '' : '. All that listens: portcullis scan --all'}\n`,
      ),
    );
  }
  if (failsOn(report, wanted.failOn)) return STATUS.advice;
  return wanted.exact === true && !report.complete ? STATUS.unknown : STATUS.done;
}

/** One report after the other, so that a folder of many takes no more memory than one. */
async function several(files: readonly string[], wanted: Wanted, terminal: Terminal): Promise<Status> {
  let status: Status = STATUS.done;
  const rows = [];
  if (wanted.json === true) terminal.out('[');
  for (const [index, file] of files.entries()) {
    terminal.status(`Reading snapshot ${index + 1} of ${files.length}`);
    const snapshot = await loadSnapshot(file);
    const report = await createAdvisor({ snapshot }).scan({ exact: false });
    if (failsOn(report, wanted.failOn)) status = STATUS.advice;
    else if (wanted.exact === true && !report.complete && status === STATUS.done) status = STATUS.unknown;
    if (wanted.json === true)
      terminal.out(
        `${index === 0 ? '' : ','}\n${json({ from: file, host: snapshot.host, ...scanJson(report) }).trimEnd()}`,
      );
    else rows.push({ file, host: snapshot.host, report });
  }
  if (wanted.json === true) terminal.out('\n]\n');
  else terminal.out(machinesTable(rows, terminal));
  terminal.status(null);
  return status;
}
