/** What firewalld's own settings say, in German. */
import { FIXED } from '../../../core/advice/commands.ts';
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Few, SaysFirewalldRestart, SaysFirewalldTrusts, SaysFirewalldWide } from '../../../core/says.ts';
import { foreign, list, number } from '../format.ts';
import { quoted } from './de-parts.ts';

export const panic: Sentences = {
  title: 'firewalld ist im Panikmodus: Nichts kommt herein oder hinaus',
  why: 'Jedes Paket wird verworfen, bis der Panikmodus endet: sudo firewall-cmd --panic-off.',
  ifClosed: 'Wenn der Panikmodus endet, ist wieder offen, was die Zonen erlauben, und dieser Computer erreicht andere.',
};

const named = ({ first, more }: Few<string>, show: (entry: string) => string): string =>
  list([...first.map(show), ...(more === 0 ? [] : [`${number(more)} ${more === 1 ? 'weiteres' : 'weitere'}`])]);

const KEEP =
  'Um zu behalten, was jetzt gilt: sudo firewall-cmd --runtime-to-permanent. Um zu übernehmen, was gespeichert ist: sudo firewall-cmd --reload.';

export function restart({ more, begins, ends }: SaysFirewalldRestart): Sentences {
  const sentence = (entries: Few<string>, says: string): string =>
    entries.first.length === 0 ? '' : `${says}: ${named(entries, quoted)}. `;
  return more
    ? {
        title: 'firewalld lässt nach seinem nächsten Neustart mehr herein',
        why: `${sentence(begins, 'Beim nächsten Neustart öffnet sich')}${sentence(ends, 'Nur bis zum Neustart geschlossen')}${KEEP}`,
        ifClosed: 'Nachsehen ändert nichts. Was weggenommen wird, öffnet sich beim nächsten Neustart nicht.',
      }
    : {
        title: 'firewalld lässt nach seinem nächsten Neustart weniger herein',
        why: `${sentence(ends, 'Nur bis zum Neustart offen')}${sentence(begins, 'Der nächste Neustart schließt')}${KEEP}`,
        ifClosed: 'Was bis zum Neustart offen ist, schließt sich dann von selbst.',
      };
}

export const wide = ({ zone, ports, command }: SaysFirewalldWide): Sentences => ({
  title: `Die Zone ${quoted(zone)} von firewalld lässt Tausende Ports auf einmal herein`,
  why: `Sie öffnet ${named(ports, foreign)}, darum ist fast jedes Programm, das du startest, sofort erreichbar, Firewall hin oder her. Fedora Workstation wird so ausgeliefert. Öffne, was du brauchst, und nimm den Bereich weg${command === null ? '' : `: ${command}`}. Ab dann gilt es: ${FIXED.reload}.`,
  ifClosed:
    'Programme, die andere in deinem Netzwerk an einem hohen Port erreichen, sind für sie geschlossen: Spiele, Dateiübertragungen, Bildschirmfreigaben. Jedes lässt sich mit seinem eigenen Port öffnen.',
});

export function trusts({ zone, interfaces, command }: SaysFirewalldTrusts): Sentences {
  const names = list(interfaces.map(foreign));
  const bound = interfaces.length > 0;
  return {
    title: bound
      ? `firewalld ist an, lässt aber über ${names} alles herein`
      : 'firewalld ist an, lässt aber überall dort alles herein, wo keine andere Zone gilt',
    why: `${bound ? `${names} ${interfaces.length === 1 ? 'gehört' : 'gehören'} zur Zone ${quoted(zone)}, die` : `Voreingestellt ist die Zone ${quoted(zone)}, die`} jede Verbindung annimmt. Eine andere Zone lässt herein, was du auswählst${command === null ? '' : `: ${command}`}.`,
    ifClosed:
      'Programme, die andere in diesem Netzwerk erreichen, sind für sie geschlossen, bis du ihre Ports in der neuen Zone öffnest.',
  };
}
