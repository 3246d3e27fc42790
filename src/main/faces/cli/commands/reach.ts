/** `portcullis reach`: may this source get through, and by which rules. */
import { createAdvisor, type LocalAdvisor } from '../../../advisor/index.ts';
import { parseAddress, parseRange } from '../../../../core/address.ts';
import { joined } from '../../../../core/advice/english/parts.ts';
import { ledFrom } from '../../../../core/listeners/led.ts';
import { isListWhole } from '../../../../core/listeners/whole.ts';
import type { Answer, Listener, ListenerReach, Question, Report, ReportListener } from '../../../../core/model.ts';
import { NETWORK } from '../../../../core/reach/place-words.ts';
import { terminalProblem } from '../../terminal-problem.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none, onePort, type PortArgument, usage } from '../command.ts';
import { forwardHead, forwardReach, forwardsOn } from '../forward-text.ts';
import { answerJson, forwardJson, json, reachJson } from '../json.ts';
import { ledBy, ledHead, ledJson, ledReach } from '../led-text.ts';
import { loadSnapshot } from '../load.ts';
import { answerProbes } from '../probes.ts';
import { showProgress } from '../progress.ts';
import { reachText, traceText, verdictText } from '../reach-text.ts';
import { notRead } from '../report-text.ts';
import { STATUS, type Status } from '../status.ts';
import type { Terminal } from '../terminal.ts';
import { paragraph } from '../text.ts';
import { asOfLine, because, sentence } from '../words.ts';

const about = {
  name: 'reach',
  usage: [
    'PORT[/tcp|/udp] [--source ADDRESS] [--interface NAME] [--exact] [--json] [--from SNAPSHOT]',
    '--probes FILE [--from SNAPSHOT] --json',
  ],
  says: 'who gets through to a port, and by which rule',
  more: [
    'With --source: whether a new connection from that address gets through, and the rules on its way. Without it: which sources get through, for each way in. The question is about the firewalls alone; a port that nothing listens on is asked the same way. A link-local address carries its zone: fe80::1%wlan0.',
    '--probes reads one question a line from FILE (- for standard input) and prints one answer a line, in the same order: {"protocol":"tcp","interface":"wlan0","source":"192.168.77.20","destination":"192.168.77.10","port":3000} gives {"verdict":"open","decidedBy":[…]}. Its exit status is 0 whatever the verdicts are.',
  ],
  options: {
    source: { type: 'string', value: 'ADDRESS', says: 'where the connection comes from' },
    interface: {
      type: 'string',
      value: 'NAME',
      says: 'where it comes in; otherwise every interface on which that source is a neighbour, or else all of them',
    },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    probes: { type: 'string', value: 'FILE', says: 'many questions at once, JSON lines in and out' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'judge a saved snapshot instead of this machine' },
    json: { type: 'boolean', says: 'one JSON value; with --probes one a line' },
  },
} as const;

export const reach = command({
  ...about,
  run: async (values, operands, terminal) => {
    if (values.probes !== undefined) {
      none(about, operands);
      if (values.source !== undefined || values.interface !== undefined) {
        throw usage(about, 'With --probes the source and the interface stand in each question.', null);
      }
      if (values.json !== true) throw usage(about, '--probes answers in JSON only.', '--probes FILE --json');
    }
    const port = values.probes === undefined ? onePort(about, operands) : null;
    if (values.source !== undefined && parseAddress(values.source) === null) {
      throw usage(about, `"${values.source}" is not an address.`, '--source 192.168.1.20');
    }
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    if (values.probes !== undefined) return answerProbes(values.probes, values.exact === true, advisor, terminal);
    if (port === null) return STATUS.usage;
    const done = showProgress(advisor, terminal);
    const report = await advisor.scan({ exact: values.exact === true }).finally(done);
    const asked = {
      port,
      source: values.source ?? null,
      interface: values.interface ?? null,
      json: values.json === true,
      replayed: values.from !== undefined,
    };
    const status = await (asked.source === null
      ? whoGetsThrough(asked, advisor, report, terminal)
      : oneSource({ ...asked, source: asked.source }, advisor, report, terminal));
    terminal.note(notRead(report, { style: terminal.noteStyle, columns: terminal.columns }));
    return status;
  },
});

interface Asked {
  readonly port: PortArgument;
  readonly source: string | null;
  readonly interface: string | null;
  readonly json: boolean;
  readonly replayed: boolean;
}

/** TCP, unless only UDP listens on that number. */
function protocolOf({ port, protocol }: PortArgument, report: Report): 'tcp' | 'udp' {
  if (protocol !== null) return protocol;
  const led = forwardsOn(report, port, null).filter(({ via }) => via === 'rule');
  const leads = ledFrom(report, { port, protocol: null }).map(({ listener }) => listener);
  const found = [...report.listeners.filter((one) => one.port === port), ...led, ...leads];
  return found.length > 0 && found.every((one) => one.protocol === 'udp') ? 'udp' : 'tcp';
}

function knownInterface(name: string | null, report: Report): void {
  if (name === null || report.interfaces.some((one) => one.name === name)) return;
  const all = report.interfaces.map((one) => one.name).join(', ');
  throw terminalProblem('bad-input', `There is no interface "${visible(name)}" here.`, `There are: ${visible(all)}`);
}

async function whoGetsThrough(
  asked: Asked,
  advisor: LocalAdvisor,
  report: Report,
  terminal: Terminal,
): Promise<Status> {
  knownInterface(asked.interface, report);
  const protocol = protocolOf(asked.port, report);
  const { port } = asked.port;
  const found = report.listeners.filter((one) => one.port === port && one.protocol === protocol);
  const led = forwardsOn(report, port, protocol);
  const onlyOn = <T extends { readonly interface: string }>(ways: readonly T[]): readonly T[] =>
    ways.filter((way) => asked.interface === null || way.interface === asked.interface);
  const leads = ledFrom(report, { port, protocol })
    .map((one) => ({ ...one, ways: onlyOn(one.ways) }))
    .filter(({ ways }) => ways.length > 0);
  const judged =
    found.length > 0 || led.length > 0 || leads.length > 0
      ? found
      : [{ id: `${protocol}/${port}`, ...(await advisor.reachOf(imagined(protocol, port))) }];
  const shown = judged.map((one) => ({
    ...one,
    reach: onlyOn(one.reach),
  }));
  const onward = led.map((one) => ({
    ...one,
    reach: onlyOn(one.reach),
  }));
  if (asked.json) {
    terminal.out(
      json({
        schema: 1,
        takenAt: report.takenAt,
        protocol,
        port,
        // null: what listens could not all be read.
        listens: found.length > 0 || (isListWhole(report) ? false : null),
        listeners: shown.map(({ id, exposure, exposureComplete, places, reach: ways }) => ({
          id,
          exposure,
          exposureComplete,
          places,
          reach: ways.map(reachJson),
        })),
        forwards: onward.map(forwardJson),
        // Listeners of other numbers that rules lead this one to.
        leadsTo: leads.map(ledJson),
      }),
    );
  } else {
    const { style } = terminal;
    if (found.length === 0 && led.length === 0 && leads.length === 0)
      terminal.out(
        isListWhole(report)
          ? `Nothing listens on ${port}/${protocol} now. If something did, on every address:\n`
          : `Whether anything listens on ${port}/${protocol} could not be read. If something does, on every address:\n`,
      );
    for (const one of shown) {
      terminal.out(whoText(one, found.find(({ id }) => id === one.id)?.addresses ?? null, report, terminal));
    }
    for (const one of onward)
      terminal.out(
        `${style.bold(paragraph(`${forwardHead(one)}.`, 0, terminal.columns))}\n${forwardReach(one, report, terminal)}\n`,
      );
    for (const one of leads) {
      const head = ledHead(one, port, found.length > 0);
      terminal.out(`${style.bold(paragraph(head, 0, terminal.columns))}\n${ledReach(one, report, terminal)}\n`);
    }
    terminal.out(asOfLine(report, asked.replayed, terminal));
  }
  const unsure = [...shown, ...onward].some((one) =>
    asked.interface === null
      ? one.exposure === 'unknown' || !one.exposureComplete
      : one.reach.some(({ unknown }) => unknown.length > 0),
  );
  const unsureLed = leads.some(({ ways }) => ways.some(({ unknown }) => unknown.length > 0));
  return unsure || unsureLed ? STATUS.unknown : STATUS.done;
}

/** The sentence, and then the ways. */
function whoText(
  one: ListenerReach & { readonly port?: number },
  addresses: ReportListener['addresses'] | null,
  report: Report,
  terminal: Terminal,
): string {
  const { style, columns } = terminal;
  const why = because(one, addresses);
  const ways = reachText(one, report.interfaces, terminal, one.port ?? null);
  return [
    style.bold(paragraph(sentence(one, report.interfaces), 0, columns)),
    ...(why === null ? [] : [paragraph(why, 0, columns)]),
    ...(ways === '' ? [] : [ways]),
    '',
  ].join('\n');
}

/** A listener on every address of both families, for a port on which nothing listens. */
function imagined(protocol: 'tcp' | 'udp', port: number): Listener {
  const socket = { protocol, port, device: null, inode: null, uid: null, cgroup: null, pid: null };
  return {
    id: `${protocol}/${port}`,
    protocol,
    port,
    range: port < 1024 ? 'well-known' : port < 49_152 ? 'registered' : 'dynamic',
    sockets: [
      { ...socket, family: 4, address: '0.0.0.0', v6only: null },
      { ...socket, family: 6, address: '::', v6only: true },
    ],
    owner: {
      pid: null,
      program: null,
      path: null,
      commandLine: null,
      unit: null,
      container: null,
      user: null,
      complete: true,
    },
  };
}

async function oneSource(
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

/** One question for each interface and address that this source could speak to. */
function questionsOf(
  asked: Asked & { readonly source: string },
  protocol: 'tcp' | 'udp',
  report: Report,
): readonly Question[] {
  const source = parseAddress(asked.source);
  const zone = asked.source.includes('%') ? (asked.source.split('%', 2)[1] ?? null) : null;
  const local = isLinkLocal(asked.source);
  if (local && zone === null && asked.interface === null) {
    throw usage(
      about,
      'A link-local address needs its interface.',
      `--source ${asked.source}%${report.interfaces.find(({ kind }) => kind !== 'loopback')?.name ?? 'wlan0'}`,
    );
  }
  const named = asked.interface ?? zone;
  knownInterface(named, report);
  const candidates = report.interfaces
    .filter(({ name, kind }) => (named === null ? kind !== 'loopback' : name === named))
    .map(({ name, addresses }) => ({
      name,
      addresses: addresses.filter((text) => parseAddress(text.split('/', 1)[0] ?? '')?.family === source?.family),
    }));
  const neighbours = candidates.filter(({ addresses }) =>
    addresses.some((text) => {
      const range = parseRange(text)?.range;
      return source !== null && range !== undefined && range[0] <= source.value && source.value <= range[1];
    }),
  );
  const ways = named === null && neighbours.length > 0 ? neighbours : candidates;
  const questions = ways.flatMap(({ name, addresses }) =>
    addresses
      .map((text) => text.split('/', 1)[0] ?? '')
      .filter((destination) => isLinkLocal(destination) === local)
      .map((destination) => ({
        protocol,
        interface: name,
        source: local && zone === null ? `${asked.source}%${name}` : asked.source,
        destination: local ? `${destination.split('%', 1)[0]}%${name}` : destination,
        port: asked.port.port,
      })),
  );
  if (questions.length === 0) {
    throw terminalProblem(
      'bad-input',
      `No address of this computer${named === null ? '' : ` on ${visible(named)}`} can be spoken to from ${visible(asked.source)}.`,
      'Name a source of the same family as one of the addresses in: portcullis scan',
    );
  }
  return questions;
}

/** fe80::/10 */
const isLinkLocal = (text: string): boolean => {
  const address = parseAddress(text);
  return address?.family === 6 && address.value >> 118n === 0x3fan;
};

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
