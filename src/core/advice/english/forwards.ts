/** A port that leads on, and a container's own address, in English. */
import { FIREWALL } from '../../firewalls/names.ts';
import type { ReportForward } from '../../model.ts';
import type { SaysLeadsOn, SaysOwnAddress } from '../../says.ts';
import { visible } from '../../visible.ts';
import type { Subjects } from '../subjects.ts';
import { audience, capital, joined, portOf, type Sentences, together } from './parts.ts';

const WHAT = { container: 'a container', guest: 'a virtual machine', computer: 'another computer' } as const;
const WHERE = {
  container: 'in the container. This computer still can.',
  guest: 'in the virtual machine.',
  computer: 'there through this computer.',
} as const;

const whatOf = ({ to, container }: ReportForward): string =>
  container === null ? WHAT[to.kind] : `the container ${visible(container)}`;

const portsOf = ({ port, lastPort, protocol }: ReportForward): string =>
  lastPort === port
    ? portOf({ protocol, port })
    : `${protocol === 'udp' ? 'UDP ports' : 'ports'} ${port} to ${lastPort}`;

export function leadsOn(says: SaysLeadsOn, subjects: Subjects): Sentences {
  const { makers, targets, rule, close } = says;
  const door = subjects.forward(says.forward);
  const past = says.past === null ? null : FIREWALL[says.past];
  const one = door.lastPort === door.port;
  return {
    title: `${capital(portsOf(door))} ${one ? 'leads' : 'lead'} to ${whatOf(door)} and ${one ? 'is' : 'are'} open to ${audience(says.who)}${past === null ? '' : `, past ${past}`}`,
    why: together(
      `Nothing on this computer listens there: ${makers.length === 0 ? 'a rule' : makers.join(' or ')} turns what comes to ${one ? 'this port' : 'these ports'} to ${joined(targets)}.`,
      past === null ? null : `${past} is on, but it is not asked: its rules for ports are about this computer's own.`,
      rule === null ? null : `The rule: ${visible(rule)}.`,
      howToClose(close),
    ),
    ifClosed: `Other devices can no longer reach what runs ${WHERE[door.to.kind]}`,
  };
}

function howToClose(close: SaysLeadsOn['close']): string {
  switch (close.by) {
    case 'option':
      return `To close it, start the container again with its port published on this computer only: ${close.option}.`;
    case 'guest':
      return 'To close it, take the forwarded port out of the settings of the virtual machine’s network.';
    case 'rule':
      return 'To close it, remove that rule where it was made.';
  }
}

export function ownAddress({ forward: id, who, command }: SaysOwnAddress, subjects: Subjects): Sentences {
  const forward = subjects.forward(id);
  const address = visible(forward.to.address);
  return {
    title: `${capital(portOf(forward))} of ${whatOf(forward)} (${address}) can be reached at its own address by ${audience(who)}`,
    why: together(
      `It is not published for others, but this computer passes packets on to it: whoever sends ${address} through this computer gets through.`,
      command === null ? null : `Docker closes this from version 28 on. Until then: ${command}.`,
    ),
    ifClosed: 'Other devices can no longer reach it there. This computer still can.',
  };
}
