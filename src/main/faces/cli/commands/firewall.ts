/** `portcullis firewall on`: turn on the firewall that is there, keeping what must stay open. */
import { createAdvisor } from '../../../advisor/index.ts';
import { command, readPort, readSeconds, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { showProgress } from '../progress.ts';
import { targetsOf } from '../targets.ts';

const about = {
  name: 'firewall',
  usage: ['on [--keep 22/tcp,…] [--confirm SECONDS] [--dry-run] [--yes] [--from SNAPSHOT]'],
  says: 'turn the firewall on, keeping open what must stay open',
  more: [
    'What you said to keep stays open, and so do remote sessions that are open now. Everything else is closed to others by the firewall’s own default.',
  ],
  options: {
    keep: { type: 'string', value: 'PORTS', says: 'keep these open as well, separated by commas' },
    confirm: {
      type: 'string',
      value: 'SECONDS',
      says: 'put it back after so many seconds (10 to 600) unless you confirm it; 30 by itself where a remote session could be cut',
    },
    'dry-run': { type: 'boolean', says: 'show the plan and change nothing' },
    yes: { type: 'boolean', says: 'do not ask' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'plan for a saved snapshot; with --dry-run only' },
  },
} as const;

export const firewall = command({
  ...about,
  run: async (values, operands, terminal) => {
    if (operands.length !== 1 || operands[0] !== 'on')
      throw usage(about, '"firewall" can be turned on from here.', 'portcullis firewall on');
    if (values.from !== undefined && values['dry-run'] !== true) {
      throw usage(about, 'A saved snapshot cannot be changed, only planned for.', '--dry-run');
    }
    const named = values.keep?.split(',').map((text) => readPort(about, text.trim())) ?? [];
    const confirm = readSeconds(about, values.confirm);
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const done = showProgress(advisor, terminal);
    const report = await advisor.scan({ exact: false }).finally(done);
    const kept = report.listeners.filter((one) => one.kept).map(({ port, protocol }) => ({ port, protocol }));
    const keep = targetsOf([...kept, ...named], report);
    const { carryOut } = await import('../carry-out.ts');
    return carryOut(
      { kind: 'enable-firewall', keep, ...confirm },
      { dryRun: values['dry-run'] === true, yes: values.yes === true },
      advisor,
      report,
      terminal,
    );
  },
});
