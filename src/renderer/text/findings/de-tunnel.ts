/** Connections that lead in, in German. */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type { SaysTunnel, TunnelLets, TunnelStop } from '../../../core/says.ts';
import { foreign, list } from '../format.ts';
import { identityName } from '../services/de-words.ts';

const WHERE: Record<TunnelLets, string> = {
  internet: 'im Internet',
  members: 'für Computer anderer Leute',
  server: 'auf einem anderen Computer',
};
const WHO: Record<TunnelLets, string> = {
  internet: 'alle herein, die die Adresse haben, wenn es nicht eigens nach einem Passwort fragt',
  members: 'alle herein, die sein Konto zulässt',
  server: 'alle herein, die der Computer auf der anderen Seite zulässt',
};

export function tunnel(says: SaysTunnel, subjects: Subjects): Sentences {
  const { name, port, lets } = says;
  const names = [...new Set(says.listeners.map((id) => foreign(identityName(subjects.listener(id)))))];
  const what =
    port === null ? 'etwas auf diesem Computer' : `Port ${port}${names.length === 0 ? '' : ` (${list(names)})`}`;
  const pids = says.pids.map((pid) => `PID ${pid}`);
  const who = pids.length === 0 ? name : `${name} (${list(pids)})`;
  return {
    title: `${name} veröffentlicht vielleicht ${what} ${WHERE[lets]}`,
    why: `${who} hat von hier eine Verbindung nach draußen aufgebaut und lässt durch sie ${WHO[lets]}. Die Firewall dieses Computers sieht sie nicht kommen; den Port dort zu schließen ändert für sie also nichts. ${howToStop(says.stop)}`,
    ifClosed: 'Wer auf diesem Weg hereinkommt, kommt es dann nicht mehr. Alles andere bleibt, wie es ist.',
  };
}

function howToStop(stop: TunnelStop): string {
  switch (stop.by) {
    case 'end':
      return `Um es abzustellen, beende das Programm ${stop.program}${stop.service === true ? ' oder deaktiviere seinen Dienst' : ''}.`;
    case 'command': {
      const command =
        stop.look === undefined ? stop.command : `nachsehen mit ${stop.look}, abstellen mit ${stop.command}`;
      return `Um es abzustellen: ${command}${stop.end === true ? ', oder beende das Programm' : ''}.`;
    }
    case 'option':
      return `Um es abzustellen, beende dieses ${stop.program}, oder starte es ohne ${stop.option}.`;
  }
}
