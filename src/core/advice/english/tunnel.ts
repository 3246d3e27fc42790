/** Connections that lead in, in English. */
import type { SaysTunnel, TunnelLets, TunnelStop } from '../../says.ts';
import { visible } from '../../visible.ts';
import type { Subjects } from '../subjects.ts';
import { joined, type Sentences } from './parts.ts';

const WHERE: Record<TunnelLets, string> = {
  internet: 'to the internet',
  members: 'to other people’s computers',
  server: 'on another computer',
};
const WHO: Record<TunnelLets, string> = {
  internet: 'everybody who has the address, unless it was told to ask for a password',
  members: 'those whom its account lets in',
  server: 'whomever the computer on the other side lets connect',
};

export function tunnel(says: SaysTunnel, subjects: Subjects): Sentences {
  const { name, port, lets } = says;
  const names = [...new Set(says.listeners.map((id) => visible(subjects.listener(id).identity.name)))];
  const what =
    port === null ? 'something on this computer' : `port ${port}${names.length === 0 ? '' : ` (${joined(names)})`}`;
  const pids = says.pids.map((pid) => `pid ${pid}`);
  const who = pids.length === 0 ? name : `${name} (${joined(pids)})`;
  return {
    title: `${name} may publish ${what} ${WHERE[lets]}`,
    why: `${who} made a connection from here to elsewhere, and leads in through it ${WHO[lets]}. The firewall of this computer does not see them come in, so closing the port there changes nothing for them. To stop it: ${howToStop(says.stop)}.`,
    ifClosed: 'Whoever comes in that way no longer does. Everything else stays as it is.',
  };
}

function howToStop(stop: TunnelStop): string {
  switch (stop.by) {
    case 'end':
      return `end the program ${stop.program}${stop.service === true ? ', or disable its service' : ''}`;
    case 'command': {
      const command =
        stop.look === undefined ? stop.command : `look with ${stop.look}, and stop it with ${stop.command}`;
      return `${command}${stop.end === true ? ', or end the program' : ''}`;
    }
    case 'option':
      return `end this ${stop.program}, or start it without ${stop.option}`;
  }
}
