/** `portcullis reach --source`: whether a new connection from there gets through, and the rules on its way. */
import { joined } from '../../../core/advice/english/parts.ts';
import { ledFrom } from '../../../core/listeners/led.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Answer, Question, Report, ReportListener } from '../../../core/model.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import { visible } from '../../../core/visible.ts';
import type { LocalAdvisor } from '../../advisor/index.ts';
import { answerJson, json } from './json.ts';
import { ledBy, ledHead } from './led-text.ts';
import { type Asked, knownInterface, protocolOf } from './reach-asked.ts';
import { questionsOf } from './reach-questions.ts';
import { traceText, verdictText } from './reach-text.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';
import { paragraph } from './text.ts';
import { asOfLine } from './words.ts';

export async function oneSource(
  asked: Asked & { readonly source: string },
  advisor: LocalAdvisor,
  report: Report,
  terminal: Terminal,
): Promise<Status> {
  knownInterface(asked.interface, report);
  const protocol = protocolOf(asked.port, report);
  const questions = questionsOf(asked, protocol, report);
  const answers = await advisor.ask(questions);
  const pairs = questions.map((question, index) => ({ question, answer: answers[index] as Answer }));
  if (asked.json) {
    terminal.out(
      json({
        schema: 1,
        takenAt: report.takenAt,
        protocol,
        port: asked.port.port,
        source: asked.source,
        answers: pairs.map(({ question, answer }) => ({
          interface: question.interface,
          destination: question.destination,
          ...answerJson(answer),
        })),
      }),
    );
  } else {
    terminal.out(pairs.map((pair) => pairText(pair, report, terminal)).join('\n'));
    terminal.out(asOfLine(report, asked.replayed, terminal));
  }
  return answers.some(({ verdict }) => verdict === 'unknown') ? STATUS.unknown : STATUS.done;
}

/** Other ports, by which who comes gets to what listens on that number all the same. */
const doorsTo = (listens: readonly ReportListener[]): readonly number[] => [
  ...new Set(listens.flatMap(({ port, reach: ways }) => ways.map((way) => way.port).filter((door) => door !== port))),
];

function pairText(
  { question, answer }: { readonly question: Question; readonly answer: Answer },
  report: Report,
  terminal: Terminal,
): string {
  const { source, interface: name, destination, port, protocol } = question;
  const kind = report.interfaces.find((one) => one.name === name)?.kind ?? 'other';
  const listens = report.listeners.filter((one) => one.port === port && one.protocol === protocol);
  const bare = destination.split('%', 1)[0];
  const answered = listens.some(({ addresses }) =>
    addresses.some(({ address, scope }) => scope === 'any' || address === bare),
  );
  const led = ledBy(ledFrom(report, { port, protocol }), question);
  const note =
    answer.verdict === 'blocked' || (answered && led.length === 0)
      ? ''
      : led.length > 0
        ? led.map((one) => ` ${ledHead(one, port, false)}`).join('')
        : listens.length === 0
          ? isListWhole(report)
            ? ' Nothing listens there now.'
            : ' Whether anything listens there could not be read.'
          : ' But nothing listens on that address.';
  const doors = note === '' || led.length > 0 ? [] : doorsTo(listens);
  const leads =
    doors.length === 0
      ? ''
      : ` ${joined(doors.map((door) => `Port ${door}`))} ${doors.length === 1 ? 'leads' : 'lead'} to it:`;
  const way = `${visible(source)} → ${visible(destination)} port ${port}/${protocol} on ${visible(name)} (${NETWORK[kind]})`;
  const said = paragraph(`${way}: ${verdictText(answer)}.${note}${leads}`, 0, terminal.columns);
  const ask = doors.map((door) => `  portcullis reach ${door}/${protocol} --source ${visible(source)}\n`).join('');
  return `${terminal.style.bold(said)}\n${ask}${traceText(answer, terminal)}\n`;
}
