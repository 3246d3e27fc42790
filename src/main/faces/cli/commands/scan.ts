/** `portcullis scan`: what to close, and why. */
import { createAdvisor, type LocalAdvisor } from '../../../advisor/index.ts';
import type { Unit } from '../../../fleet/files.ts';
import type { Severity } from '../../../../core/model.ts';
import { command, none, oneOf, usage } from '../command.ts';
import { counted, failsOn, SEVERITIES } from '../fail-on.ts';
import { json, scanJson } from '../json.ts';
import { soleSnapshot, unitsFrom } from '../load.ts';
import { notRead, scanText } from '../report-text.ts';
import { STATUS, type Status } from '../status.ts';
import { visible } from '../../../../core/visible.ts';
import type { Terminal } from '../terminal.ts';
import { showProgress } from '../progress.ts';

const about = {
  name: 'scan',
  usage: [
    '[--all] [--exact] [--json] [--fail-on high|medium|low]',
    '--from SNAPSHOT or FOLDER… [--all] [--json [--fleet] | --json-lines] [--fail-on high|medium|low]',
  ],
  says: 'what to close, and why',
  more: [
    'Looks at every port that waits for others, works out who can get through to it, and says what to close. Nothing is changed.',
    'Some rules can be read by an administrator only. Without that right the scan says what it could not read; --exact asks for it once, so that the whole program need not run under sudo.',
    'With several snapshots, or a folder of them, it tells of all machines together: which have which port open, what is advised for how many, and who is not like the rest. Read are snapshots (*.json, *.json.gz) and what osquery logged or printed (osqueryd.results.log, osqueryd.snapshots.log, tables as JSON). Ports that are others at every start are told by their program, as any/udp. A file that cannot be read is told of; the exit status is 3 then, unless there is advice at or above --fail-on.',
    'With several snapshots, --json prints a list of reports, each with the file that it comes from. With --fleet it prints one value for all of them, with --json-lines a line for each machine.',
  ],
  options: {
    all: { type: 'boolean', says: 'everything that listens, not only what to close' },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    json: { type: 'boolean', says: 'one JSON value, schema 1' },
    fleet: { type: 'boolean', says: 'with --json: all machines as one value' },
    'json-lines': { type: 'boolean', says: 'a line of JSON for each machine, as they are read' },
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
    const many = values.fleet === true || values['json-lines'] === true;
    if (from.length === 0) {
      if (many) throw usage(about, '--fleet and --json-lines are for saved snapshots.', '--from FOLDER');
    } else {
      if (values.fleet === true && values.json !== true) throw usage(about, '--fleet needs --json.', '--json --fleet');
      if (values['json-lines'] === true && values.json === true)
        throw usage(about, '--json and --json-lines are two ways to print.', '--json-lines');
      const units = await unitsFrom(from);
      const [first] = units;
      if (!many && first?.named === true && units.length === 1) {
        const snapshot = await soleSnapshot(first.from);
        if (snapshot !== null) return one(createAdvisor({ snapshot }), { ...values, failOn, replayed: true }, terminal);
      }
      const wanted = { ...values, failOn, replayed: true };
      return values.json === true && !many ? reports(units, wanted, terminal) : together(units, wanted, terminal);
    }
    return one(createAdvisor(), { ...values, failOn, replayed: false }, terminal);
  },
});

interface Wanted {
  readonly all?: boolean;
  readonly exact?: boolean;
  readonly json?: boolean;
  readonly 'json-lines'?: boolean;
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
async function reports(units: readonly Unit[], wanted: Wanted, terminal: Terminal): Promise<Status> {
  const { snapshotsIn } = await import('../../../fleet/read.ts');
  let [unread, advice, unknown, printed] = [0, false, false, 0];
  terminal.out('[');
  for (const [index, unit] of units.entries()) {
    terminal.status(`Reading snapshot ${index + 1} of ${units.length}`);
    const { found, unread: failed } = await snapshotsIn(unit);
    for (const { from, why } of failed) terminal.note(`${visible(from)}: ${visible(why)}.\n`);
    unread += failed.length;
    for (const { snapshot, from } of found) {
      const report = await createAdvisor({ snapshot }).scan({ exact: false });
      advice ||= failsOn(report, wanted.failOn);
      unknown ||= !report.complete;
      terminal.out(
        `${printed === 0 ? '' : ','}\n${json({ from, host: snapshot.host, ...scanJson(report) }).trimEnd()}`,
      );
      printed++;
    }
  }
  terminal.out('\n]\n');
  terminal.status(null);
  return statusOf({ read: printed, unread, advice, unknown }, wanted);
}

/** All of them as one. */
async function together(units: readonly Unit[], wanted: Wanted, terminal: Terminal): Promise<Status> {
  const { readFleet } = await import('../fleet.ts');
  const { fleetJson, machineJson, unreadJson } = await import('../fleet-json.ts');
  const { fleetText, filesNotRead } = await import('../fleet-text.ts');
  const fleet =
    wanted['json-lines'] === true
      ? await readFleet(units, terminal, {
          onMachine: (machine) => terminal.out(json(machineJson(machine), 0)),
          onUnread: (one) => terminal.out(json(unreadJson(one), 0)),
        })
      : await readFleet(units, terminal);
  if (wanted.json === true) terminal.out(json(fleetJson(fleet)));
  else if (wanted['json-lines'] !== true) terminal.out(fleetText(fleet, { all: wanted.all === true }, terminal));
  terminal.note(filesNotRead(fleet, { style: terminal.noteStyle, columns: terminal.columns }));
  const { machines: read, unreadCount: unread, complete, severest } = fleet;
  const advice = counted(wanted.failOn).some((severity) => severest[severity].count > 0);
  return statusOf({ read, unread, advice, unknown: complete < read }, wanted);
}

interface Came {
  readonly read: number;
  readonly unread: number;
  /** There is advice at or above `--fail-on`. */
  readonly advice: boolean;
  readonly unknown: boolean;
}

/** A machine that could not be read at all is one whose verdict is unknown. */
function statusOf({ read, unread, advice, unknown }: Came, { exact }: Wanted): Status {
  if (advice) return STATUS.advice;
  if (read === 0) return STATUS.usage;
  return unread > 0 || (exact === true && unknown) ? STATUS.unknown : STATUS.done;
}
