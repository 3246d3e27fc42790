/** What to type where no permission can be asked for. */
import type { Choice, Target } from '../../core/model.ts';

const port = ({ protocol, port: number }: Target): string => (protocol === 'tcp' ? String(number) : `${number}/udp`);

/** The command that does the same as root: `sudo portcullis close 3000`. null: nothing but reading is wanted. */
export function byHand(choice: Choice | null): string {
  if (choice === null) return 'sudo portcullis scan';
  const command = plainly(choice);
  return choice.confirm === undefined ? command : `${command} --confirm ${choice.confirm}`;
}

function plainly(choice: Choice): string {
  switch (choice.kind) {
    case 'close':
    case 'reopen': {
      const whom = choice.audience === 'everyone' ? '' : ` --for ${choice.audience}`;
      const way = choice.way === 'firewall' ? '' : ` --way ${choice.way}`;
      const drop = choice.drop === true ? ' --drop-connections' : '';
      return `sudo portcullis ${choice.kind} ${choice.targets.map(port).join(' ')}${whom}${way}${drop}`;
    }
    case 'remove-opening':
      return `sudo portcullis close ${choice.targets.map(port).join(' ')}`;
    case 'enable-firewall':
      return `sudo portcullis firewall on${choice.keep.length === 0 ? '' : ` --keep ${choice.keep.map(port).join(',')}`}`;
  }
}
