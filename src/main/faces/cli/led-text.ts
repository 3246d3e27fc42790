/** A port that a rule leads to a listener of another number, told for people. */
import { setOf, parseAddress } from '../../../core/address.ts';
import { has } from '../../../core/intervals.ts';
import type { Led } from '../../../core/listeners/led.ts';
import type { Question, Report } from '../../../core/model.ts';
import { reachJson } from './json.ts';
import { reachText } from './reach-text.ts';
import type { Terminal } from './terminal.ts';
import { paragraph } from './text.ts';
import { ownerName, portOf, serviceName } from './words.ts';

/** `leads to 3000/tcp, Development web server (node)`. */
const whereTo = ({ listener, known }: Led): string =>
  `${known ? 'leads' : 'perhaps leads'} to ${portOf(listener)}, ${serviceName(listener)} (${ownerName(listener)})`;

/** The head line: what leads where. `also`: something listens on the port itself as well. */
export const ledHead = (led: Led, port: number, also: boolean): string =>
  `${portOf({ protocol: led.listener.protocol, port })} ${also ? 'also ' : ''}${whereTo(led)}.`;

/** Who comes by it, and by which rule. */
export const ledReach = ({ listener, ways }: Led, report: Report, terminal: Terminal): string =>
  reachText({ reach: ways }, report.interfaces, terminal, listener.port);

/** The whole of it. */
export function explainLed(led: Led, port: number, also: boolean, report: Report, terminal: Terminal): string {
  const { style, columns } = terminal;
  return [
    style.bold(paragraph(ledHead(led, port, also), 0, columns)),
    paragraph(
      `${also ? 'A' : 'Nothing listens on that number itself; a'} rule sends what comes to it there. To read about it: portcullis explain ${portOf(led.listener)}`,
      0,
      columns,
    ),
    '',
    style.bold('Who comes by it'),
    ledReach(led, report, terminal),
  ].join('\n');
}

/** Which of them the packet of a question ends at, or may end at. */
export const ledBy = (all: readonly Led[], { source, destination, interface: name }: Question): readonly Led[] =>
  all.filter(({ ways }) =>
    ways.some((way) => {
      const from = parseAddress(source);
      const sources = setOf([...way.open, ...way.limited, ...way.unknown], way.family);
      return (
        way.interface === name &&
        way.address === destination &&
        from !== null &&
        from.family === way.family &&
        (sources === null || has(sources, from.value))
      );
    }),
  );

export const ledJson = ({ listener, ways, known }: Led) => ({
  listener: listener.id,
  known,
  reach: ways.map(reachJson),
});
