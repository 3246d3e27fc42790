/** `portcullis reach` without a source: which sources get through, for each way in. */
import { ledFrom } from '../../../core/listeners/led.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Listener, ListenerReach, Report, ReportListener } from '../../../core/model.ts';
import type { LocalAdvisor } from '../../advisor/index.ts';
import { forwardHead, forwardReach, forwardsOn } from './forward-text.ts';
import { forwardJson, json, reachJson } from './json.ts';
import { ledHead, ledJson, ledReach } from './led-text.ts';
import { type Asked, knownInterface, protocolOf } from './reach-asked.ts';
import { reachText } from './reach-text.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';
import { paragraph } from './text.ts';
import { asOfLine, because, sentence } from './words.ts';

export async function whoGetsThrough(
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
