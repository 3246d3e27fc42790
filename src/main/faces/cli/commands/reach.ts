/** `portcullis reach`: may this source get through, and by which rules. */
import { createAdvisor } from '../../../advisor/index.ts';
import { parseAddress } from '../../../../core/address.ts';
import { command, none, onePort, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { answerProbes } from '../probes.ts';
import { showProgress } from '../progress.ts';
import { whoGetsThrough } from '../reach-everyone.ts';
import { oneSource } from '../reach-source.ts';
import { notRead } from '../report-text.ts';
import { STATUS } from '../status.ts';

const about = {
  name: 'reach',
  usage: [
    'PORT[/tcp|/udp] [--source ADDRESS] [--interface NAME] [--exact] [--json] [--from SNAPSHOT]',
    '--probes FILE [--from SNAPSHOT] --json',
  ],
  says: 'who gets through to a port, and by which rule',
  more: [
    'With --source: whether a new connection from that address gets through, and the rules on its way. Without it: which sources get through, for each way in. The question is about the firewalls alone; a port that nothing listens on is asked the same way. A link-local address carries its zone: fe80::1%wlan0.',
    '--probes reads one question a line from FILE (- for standard input) and prints one answer a line, in the same order: {"protocol":"tcp","interface":"wlan0","source":"192.168.77.20","destination":"192.168.77.10","port":3000} gives {"verdict":"open","decidedBy":[…]}. Its exit status is 0 whatever the verdicts are.',
  ],
  options: {
    source: { type: 'string', value: 'ADDRESS', says: 'where the connection comes from' },
    interface: {
      type: 'string',
      value: 'NAME',
      says: 'where it comes in; otherwise every interface on which that source is a neighbour, or else all of them',
    },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    probes: { type: 'string', value: 'FILE', says: 'many questions at once, JSON lines in and out' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'judge a saved snapshot instead of this machine' },
    json: { type: 'boolean', says: 'one JSON value; with --probes one a line' },
  },
} as const;

export const reach = command({
  ...about,
  run: async (values, operands, terminal) => {
    if (values.probes !== undefined) {
      none(about, operands);
      if (values.source !== undefined || values.interface !== undefined) {
        throw usage(about, 'With --probes the source and the interface stand in each question.', null);
      }
      if (values.json !== true) throw usage(about, '--probes answers in JSON only.', '--probes FILE --json');
    }
    const port = values.probes === undefined ? onePort(about, operands) : null;
    if (values.source !== undefined && parseAddress(values.source) === null) {
      throw usage(about, `"${values.source}" is not an address.`, '--source 192.168.1.20');
    }
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    if (values.probes !== undefined) return answerProbes(values.probes, values.exact === true, advisor, terminal);
    if (port === null) return STATUS.usage;
    const done = showProgress(advisor, terminal);
    const report = await advisor.scan({ exact: values.exact === true }).finally(done);
    const asked = {
      of: about,
      port,
      source: values.source ?? null,
      interface: values.interface ?? null,
      json: values.json === true,
      replayed: values.from !== undefined,
    };
    const status = await (asked.source === null
      ? whoGetsThrough(asked, advisor, report, terminal)
      : oneSource({ ...asked, source: asked.source }, advisor, report, terminal));
    terminal.note(notRead(report, { style: terminal.noteStyle, columns: terminal.columns }));
    return status;
  },
});
