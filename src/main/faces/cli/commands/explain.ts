/** `portcullis explain`: one port, told whole. */
import { createAdvisor } from '../../../advisor/index.ts';
import { commandsOf } from '../../../../core/advice/commands.ts';
import { localCommands } from '../../../../core/catalog/by-program.ts';
import { listenersOf } from '../../../../core/advice/remedy.ts';
import { ledFrom } from '../../../../core/listeners/led.ts';
import { isBoundHere } from '../../../../core/listeners/local.ts';
import { isListWhole } from '../../../../core/listeners/whole.ts';
import type { Report, ReportListener } from '../../../../core/model.ts';
import { visible } from '../../../../core/visible.ts';
import { command, onePort } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { showProgress } from '../progress.ts';
import { prose } from '../prose.ts';
import { notRead } from '../report-text.ts';
import { reachText } from '../reach-text.ts';
import { STATUS } from '../status.ts';
import type { Terminal } from '../terminal.ts';
import { definitions, paragraph } from '../text.ts';
import { explainForward, findingIdOf, forwardsOn } from '../forward-text.ts';
import { forwardJson, json, listenerJson } from '../json.ts';
import { explainLed, ledJson } from '../led-text.ts';
import { askInstead, asOfLine, because, ownerName, portOf, sentence, severityMark, whatToType } from '../words.ts';

const RANGE = {
  'well-known': 'well-known (0 to 1023)',
  registered: 'registered (1024 to 49151)',
  dynamic: 'dynamic (49152 to 65535)',
} as const;

const about = {
  name: 'explain',
  usage: ['PORT[/tcp|/udp] [--exact] [--json] [--from SNAPSHOT]'],
  says: 'one port: what it is, who runs it, who can reach it, and why',
  more: ['Without /tcp or /udp it tells about everything that listens on that number.'],
  options: {
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    json: { type: 'boolean', says: 'one JSON value: the listeners as in scan --json, with their findings' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'judge a saved snapshot instead of this machine' },
  },
} as const;

export const explain = command({
  ...about,
  run: async (values, operands, terminal) => {
    const { port, protocol } = onePort(about, operands);
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const done = showProgress(advisor, terminal);
    const report = await advisor.scan({ exact: values.exact === true }).finally(done);
    const found = report.listeners.filter(
      (one) => one.port === port && (protocol === null || one.protocol === protocol),
    );
    const led = forwardsOn(report, port, protocol);
    const leads = ledFrom(report, { port, protocol });
    const nothing = found.length === 0 && led.length === 0 && leads.length === 0;
    const whole = isListWhole(report);
    if (values.json === true) {
      terminal.out(
        json({
          schema: 1,
          takenAt: report.takenAt,
          complete: report.complete,
          unread: report.unread,
          listeners: found.map(listenerJson),
          forwards: led.map(forwardJson),
          // Listeners of other numbers that rules lead this one to.
          leadsTo: leads.map(ledJson),
          findings: report.findings.filter(
            (finding) =>
              found.some(({ id }) => listenersOf(finding).includes(id)) ||
              led.some((forward) => finding.id === findingIdOf(forward)),
          ),
        }),
      );
    } else if (nothing) {
      const named = protocol === null ? `port ${port}` : `port ${port}/${protocol}`;
      terminal.out(
        whole
          ? `Nothing listens on ${named}, so nobody can connect to it.\n`
          : `Whether anything listens on ${named} could not be read.\n`,
      );
    } else {
      const told = [
        ...found.map((listener) => explainText(listener, report, terminal)),
        ...led.map((forward) => explainForward(forward, report, terminal)),
        ...leads.map((one) => {
          const also = found.some(({ protocol: own }) => own === one.listener.protocol);
          return explainLed(one, port, also, report, terminal);
        }),
      ];
      terminal.out(`${told.join('\n\n')}\n\n`);
      terminal.out(asOfLine(report, values.from !== undefined, terminal));
    }
    terminal.note(notRead(report, { style: terminal.noteStyle, columns: terminal.columns }));
    const unsure = [...found, ...led, ...leads.map(({ listener }) => listener)].some(
      ({ exposure, exposureComplete }) => exposure === 'unknown' || !exposureComplete,
    );
    const unheard = nothing && !whole;
    return unsure || unheard ? STATUS.unknown : STATUS.done;
  },
});

function explainText(listener: ReportListener, report: Report, terminal: Terminal): string {
  const { style, columns } = terminal;
  const { identity, owner } = listener;
  const service = identity.service;
  const findings = report.findings.filter(
    (finding) => listenersOf(finding).includes(listener.id) && finding.advice !== 'keep',
  );
  const bound = listener.addresses.map(({ address, scope, device }) => {
    const what = scope === 'any' ? `every ${address === '::' ? 'IPv6' : 'IPv4'} address (${address})` : address;
    return device === null ? what : `${what} on ${visible(device)}`;
  });
  const why = because(listener, listener.addresses);
  const ways = reachText(listener, report.interfaces, terminal, listener.port);
  const facts: (readonly [string, string])[] = [
    [
      'Program',
      `${ownerName(listener)}${owner.pid === null ? '' : `, process ${owner.pid}`}${owner.user === null ? '' : `, user ${visible(owner.user)}`}`,
    ],
    ...(owner.path === null ? [] : [['Path', visible(owner.path)] as const]),
    ...(owner.container === null ? [] : [['Container', visible(owner.container)] as const]),
    ['Listens on', bound.join(', ')],
    [
      'Number',
      `${RANGE[listener.range]}${identity.registered === null ? '' : `, registered for ${visible(identity.registered)}`}`,
    ],
  ];
  return [
    style.bold(`${portOf(listener)} · ${visible(identity.name)}`),
    ...(identity.by === 'port' ? ['Only the number says so; the program may be another.'] : []),
    ...(service === null ? [] : [paragraph(service.purpose, 0, columns)]),
    '',
    definitions(facts, columns, 0),
    '',
    style.bold('Who can reach it'),
    paragraph(sentence(listener, report.interfaces), 2, columns),
    ...(why === null ? [] : [paragraph(why, 2, columns)]),
    ...(ways === '' ? [] : [ways]),
    ...(service === null ? [] : ['', style.bold('If you close it'), paragraph(service.ifClosed, 2, columns)]),
    ...(service?.bindLocal == null || isBoundHere(listener)
      ? []
      : [
          '',
          style.bold('To listen on this computer only'),
          prose(service.bindLocal, localCommands(service.bindLocal), 2, columns),
        ]),
    ...(listener.kept
      ? ['', `You chose to keep this one. To hear about it again: portcullis unkeep ${portOf(listener)}`]
      : []),
    ...findings.flatMap((finding) => {
      const type = whatToType(finding, report);
      const ask = askInstead(finding.ways);
      return [
        '',
        `${style.bold('Advice')} (${severityMark(finding.severity, style)})`,
        paragraph(visible(finding.title), 2, columns),
        prose(visible(finding.why), commandsOf(finding.says), 2, columns),
        ...(type === null || type.includes('explain') ? [] : [`  ${style.green('→')} ${style.bold(type)}`]),
        ...(ask === null ? [] : [`  ${style.green('→')} ${ask}`]),
      ];
    }),
  ].join('\n');
}
