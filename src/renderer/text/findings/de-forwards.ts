/** A port that leads on, and a container's own address, in German. */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type { ReportForward } from '../../../core/model.ts';
import type { SaysLeadsOn, SaysOwnAddress } from '../../../core/says.ts';
import { foreign, list } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { audience, portOf, quoted, together } from './de-parts.ts';

/** Where a port leads, and whose it is. */
const WHAT = {
  container: ['zu einem Container', 'eines Containers'],
  guest: ['zu einer virtuellen Maschine', 'einer virtuellen Maschine'],
  computer: ['zu einem anderen Computer', 'eines anderen Computers'],
} as const;
const CLOSED = {
  container: 'Andere Geräte erreichen nicht mehr, was im Container läuft. Dieser Computer erreicht es weiterhin.',
  guest: 'Andere Geräte erreichen nicht mehr, was in der virtuellen Maschine läuft.',
  computer: 'Andere Geräte erreichen über diesen Computer nicht mehr, was dort läuft.',
} as const;

/** With the verb, which has to agree with it. */
function portsLead({ port, lastPort, protocol }: ReportForward, where: string): string {
  if (lastPort === port) return `${portOf({ protocol, port })} führt ${where} und ist`;
  return `Die ${protocol === 'udp' ? 'UDP-Ports' : 'Ports'} ${port} bis ${lastPort} führen ${where} und sind`;
}

export function leadsOn(says: SaysLeadsOn, subjects: Subjects): Sentences {
  const { makers, targets, rule, close } = says;
  const door = subjects.forward(says.forward);
  const past = says.past === null ? null : FIREWALL[says.past];
  const where = door.container === null ? WHAT[door.to.kind][0] : `zum Container ${foreign(door.container)}`;
  return {
    title: `${portsLead(door, where)} offen für ${audience(says.who)}${past === null ? '' : `, an ${past} vorbei`}`,
    why: together(
      `Nichts auf diesem Computer lauscht dort: ${makers.length === 0 ? 'Eine Regel' : makers.join(' oder ')} leitet zu ${list(targets)} um, was an diesem Port ankommt.`,
      past === null
        ? null
        : `Die Firewall (${past}) ist an, wird aber nicht gefragt: Ihre Regeln für Ports gelten denen dieses Computers selbst.`,
      rule === null ? null : `Die Regel: ${quoted(rule)}.`,
      howToClose(close),
    ),
    ifClosed: CLOSED[door.to.kind],
  };
}

function howToClose(close: SaysLeadsOn['close']): string {
  switch (close.by) {
    case 'option':
      return `Zum Schließen starte den Container neu und veröffentliche seinen Port nur auf diesem Computer: ${close.option}.`;
    case 'guest':
      return 'Zum Schließen nimm die Weiterleitung des Ports aus den Einstellungen des Netzwerks der virtuellen Maschine.';
    case 'rule':
      return 'Zum Schließen entferne diese Regel dort, wo sie gemacht wurde.';
  }
}

export function ownAddress({ forward: id, who, command }: SaysOwnAddress, subjects: Subjects): Sentences {
  const forward = subjects.forward(id);
  const address = foreign(forward.to.address);
  const whose = forward.container === null ? WHAT[forward.to.kind][1] : `des Containers ${foreign(forward.container)}`;
  return {
    title: `${portOf(forward)} ${whose} (${address}) ist unter der eigenen Adresse erreichbar für ${audience(who)}`,
    why: together(
      `Er ist nicht für andere veröffentlicht, aber dieser Computer leitet Pakete dorthin weiter: Wer über diesen Computer etwas an ${address} schickt, kommt durch.`,
      command === null ? null : `Docker schließt das ab Version 28. Bis dahin: ${command}.`,
    ),
    ifClosed: 'Andere Geräte erreichen ihn dort nicht mehr. Dieser Computer erreicht ihn weiterhin.',
  };
}
