/** `portcullis keep` and `unkeep`: "I need this one", so no more advice on it. */
import { createAdvisor } from '../../../advisor/index.ts';
import type { Target } from '../../../../core/model.ts';
import { command, onePort } from '../command.ts';
import { STATUS } from '../status.ts';
import { targetsOf } from '../targets.ts';
import { ownerName, portOf, whoCan } from '../words.ts';

const keeping = (name: 'keep' | 'unkeep', says: string, more: string) => {
  const about = { name, usage: ['PORT[/tcp|/udp]'], says, more: [more], options: {} };
  return command({
    ...about,
    run: async (_values, operands, terminal) => {
      const asked = onePort(about, operands);
      const advisor = createAdvisor();
      const targets: readonly Target[] = targetsOf([asked], await advisor.scan({ exact: false }));
      for (const target of targets) {
        const report = await advisor.keep({ target, keep: name === 'keep' });
        const found = report.listeners.find(
          ({ port, protocol }) => port === target.port && protocol === target.protocol,
        );
        const what =
          found === undefined
            ? 'nothing listens on it now'
            : `${ownerName(found)}; who can reach it: ${whoCan(found, report.interfaces)}`;
        terminal.out(
          name === 'keep'
            ? `Kept: ${portOf(target)} (${what}). There will be no more advice on it.\n`
            : `No longer kept: ${portOf(target)} (${what}).\n`,
        );
      }
      return STATUS.done;
    },
  });
};

export const keep = keeping(
  'keep',
  '“I need this one”: no more advice on it',
  'Nothing is changed in the firewall. Remembered for you alone, in the state folder ($XDG_STATE_HOME, or ~/.local/state; %LOCALAPPDATA% on Windows).',
);
export const unkeep = keeping('unkeep', 'take back what was said with keep', 'The advice on this port comes back.');
