/** `portcullis close` and `reopen`: show the plan, ask, apply, verify. */
import { createAdvisor } from '../../../advisor/index.ts';
import { ledFrom } from '../../../../core/listeners/led.ts';
import type { Choice, Report, Target } from '../../../../core/model.ts';
import { command, oneOf, readPort, readSeconds, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { showProgress } from '../progress.ts';
import { targetsOf } from '../targets.ts';

const AUDIENCES = ['everyone', 'all-but-this-network', 'internet'] as const;
const WAYS = [
  'firewall',
  'own-table',
  'bind-loopback',
  'stop',
  'container',
  'install-firewall',
  'enable-firewall',
] as const;

const changing = (kind: 'close' | 'reopen', says: string, more: readonly string[]) => {
  const about = {
    name: kind,
    usage: [
      'PORT[/tcp|/udp]… [--for everyone|all-but-this-network|internet] [--way WAY] [--drop-connections] [--confirm SECONDS] [--dry-run] [--yes] [--from SNAPSHOT]',
    ],
    says,
    more,
    options: {
      for: { type: 'string', value: 'WHOM', says: 'everyone (the default), all-but-this-network, or internet' },
      way: {
        type: 'string',
        value: 'WAY',
        says: 'firewall (the default); own-table: ahead of every other rule; stop: the service or program itself',
      },
      confirm: {
        type: 'string',
        value: 'SECONDS',
        says: 'put it back after so many seconds (10 to 600) unless you confirm it; 30 by itself where a remote session could be cut',
      },
      'drop-connections': {
        type: 'boolean',
        says: 'also end the connections that are open now and that could not be made any more; remote sessions are kept',
      },
      'dry-run': { type: 'boolean', says: 'show the plan and change nothing' },
      yes: { type: 'boolean', says: 'do not ask' },
      from: { type: 'string', value: 'SNAPSHOT', says: 'plan for a saved snapshot; with --dry-run only' },
    },
  } as const;
  return command({
    ...about,
    run: async (values, operands, terminal) => {
      if (operands.length === 0) throw usage(about, `"${kind}" needs a port.`, `portcullis ${kind} 3000`);
      const asked = operands.map((text) => readPort(about, text));
      const audience = values.for === undefined ? 'everyone' : oneOf(about, 'for', values.for, AUDIENCES);
      const way = values.way === undefined ? 'firewall' : oneOf(about, 'way', values.way, WAYS);
      if (values.from !== undefined && values['dry-run'] !== true) {
        throw usage(about, 'A saved snapshot cannot be changed, only planned for.', '--dry-run');
      }
      const confirm = readSeconds(about, values.confirm);
      const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
      const done = showProgress(advisor, terminal);
      const report = await advisor.scan({ exact: false }).finally(done);
      const targets = targetsOf(asked, report);
      const choice = choose(kind, targets, report, { audience, way });
      const { carryOut } = await import('../carry-out.ts');
      return carryOut(
        { ...choice, ...(values['drop-connections'] === true ? { drop: true } : {}), ...confirm },
        { dryRun: values['dry-run'] === true, yes: values.yes === true },
        advisor,
        report,
        terminal,
      );
    },
  });
};

/** An opening that nothing uses is taken away; anything else is closed by a rule of its own. */
function choose(
  kind: 'close' | 'reopen',
  targets: readonly Target[],
  report: Report,
  { audience, way }: Pick<Extract<Choice, { kind: 'close' | 'reopen' }>, 'audience' | 'way'>,
): Choice {
  const unused = targets.every(
    ({ protocol, port }) =>
      !report.listeners.some((one) => one.port === port && one.protocol === protocol) &&
      ledFrom(report, { port, protocol }).length === 0 &&
      report.findings.some(({ id, listener }) => listener === null && id.endsWith(`:${protocol}/${port}`)),
  );
  return kind === 'close' && audience === 'everyone' && way === 'firewall' && unused
    ? { kind: 'remove-opening', targets }
    : { kind, targets, audience, way };
}

export const close = changing('close', 'close a port: shows what would change, asks, does it, checks it', [
  'The plan is shown first: who can reach what before and after, the commands, and the undo. Then it is carried out and everything is read and judged anew; what does not come out as predicted is put back.',
  'A change that could cut a remote session has to be confirmed after it was made, or else it is put back by itself, even when this terminal is gone by then.',
  'Exit status 4: refused, or there is no firewall that could do it. Exit status 5: it was put back.',
]);
export const reopen = changing('reopen', 'open a port again', [
  'The same way as close: plan, question, change, check.',
]);
