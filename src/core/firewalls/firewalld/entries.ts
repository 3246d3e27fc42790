/** The entries of a zone or a policy, with the kernel rules that firewalld makes of them: their parts and signatures. */
import { parseRange } from '../../address.ts';
import type { Family } from '../../model.ts';
import { type Field, PROTOCOLS, type Test } from '../netfilter/model.ts';
import type { Owner } from './owners.ts';
import { type RichAddress, type RichRule, parseRich } from './rich.ts';
import type { PortSpec, Service, Settings } from './settings.ts';

/** One entry: what it is called, and where its rules stand. */
export interface Entry {
  /** `service ssh`, `port 3000/tcp`, `rich rule …`. */
  readonly text: string;
  readonly part: Owner['part'];
  readonly does: 'accept' | 'reject' | 'drop' | 'redirect' | 'set-mark';
  readonly asks: readonly Ask[];
}

/** What one of its rules asks of packets; `named`: an address set instead of sources. */
interface Ask {
  readonly tests: readonly Test[];
  readonly named: string | null;
}

const is = (field: Field, negate = false): Test => ({ field, negate });

/** What an element asks; several where it stands for several rules. */
type Element = readonly (readonly Test[])[];

function protocolTest(name: string): Test | null {
  const number = PROTOCOLS[name] ?? (/^\d{1,3}$/.test(name) ? Number(name) : null);
  return number === null ? null : is({ on: 'protocol', protocols: [[number, number]] });
}

function portTests(on: 'source-port' | 'destination-port', { ports, protocol }: PortSpec): Element {
  const [first = '', last = first] = ports.split('-');
  const by = protocolTest(protocol);
  if (by === null || !/^\d+$/.test(first) || !/^\d+$/.test(last)) return [];
  return [[by, is({ on, ports: [[Number(first), Number(last)]] })]];
}

function addressTest(on: 'source' | 'destination', text: string, negate = false): Test | null {
  const read = parseRange(text);
  return read === null ? null : is({ on, family: read.family, set: [read.range] }, negate);
}

const isFamily = (family: Family): Test => is({ on: 'family', families: [family] });

function serviceTests(name: string, services: ReadonlyMap<string, Service>, seen: readonly string[] = []): Element {
  const service = services.get(name);
  if (service === undefined || seen.includes(name)) return [];
  const own = [
    ...service.ports.flatMap((spec) => portTests('destination-port', spec)),
    ...service.sourcePorts.flatMap((spec) => portTests('source-port', spec)),
    ...service.protocols.flatMap((protocol) => {
      const by = protocolTest(protocol);
      return by === null ? [] : [[by]];
    }),
  ];
  const places = Object.values(service.destination).flatMap((text) => addressTest('destination', text) ?? []);
  const bound = places.length === 0 ? own : own.flatMap((tests) => places.map((place) => [...tests, place]));
  return [...bound, ...service.includes.flatMap((other) => serviceTests(other, services, [...seen, name]))];
}

const plainly = (element: Element): readonly Ask[] => element.map((tests) => ({ tests, named: null }));

export function entriesOf(settings: Settings, services: ReadonlyMap<string, Service>): readonly Entry[] {
  const allow = (text: string, element: Element): Entry => ({
    text,
    part: 'allow',
    does: 'accept',
    asks: plainly(element),
  });
  return [
    ...settings.services.map((name) => allow(`service ${name}`, serviceTests(name, services))),
    ...settings.ports.map((spec) => allow(`port ${shown(spec)}`, portTests('destination-port', spec))),
    ...settings.sourcePorts.map((spec) => allow(`source-port ${shown(spec)}`, portTests('source-port', spec))),
    ...settings.protocols.map((name) => {
      const by = protocolTest(name);
      return allow(`protocol ${name}`, by === null ? [] : [[by]]);
    }),
    ...settings.forwardPorts.map((spec): Entry => {
      const to = `${spec.toPort === '' ? '' : ` to port ${spec.toPort}`}${spec.toAddress === '' ? '' : ` at ${spec.toAddress}`}`;
      const family: Family = spec.toAddress.includes(':') ? 6 : 4;
      const asks = plainly(portTests('destination-port', spec).map((tests) => [isFamily(family), ...tests]));
      return { text: `forward-port ${shown(spec)}${to}`, part: 'allow', does: 'redirect', asks };
    }),
    ...settings.richRules.flatMap((text) => richEntry(parseRich(text), services)),
  ];
}

export const shown = ({ ports, protocol }: PortSpec): string => `${ports}/${protocol}`;

function richEntry(rule: RichRule, services: ReadonlyMap<string, Service>): readonly Entry[] {
  const { element, action, priority } = rule;
  const forwards = element?.kind === 'forward-port';
  const does = forwards ? 'redirect' : action === 'mark' ? 'set-mark' : action;
  if (does === null) return [];
  const part = priority < 0 ? 'pre' : priority > 0 ? 'post' : does === 'reject' || does === 'drop' ? 'deny' : 'allow';
  const values = element?.values ?? {};
  const spec = { ports: values['port'] ?? '', protocol: values['protocol'] ?? '' };
  const about = (): Element => {
    switch (element?.kind) {
      case undefined:
        return [[]];
      case 'port':
      case 'forward-port':
        return portTests('destination-port', spec);
      case 'source-port':
        return portTests('source-port', spec);
      case 'protocol': {
        const by = protocolTest(values['value'] ?? '');
        return by === null ? [] : [[by]];
      }
      case 'service':
        return serviceTests(values['name'] ?? '', services);
      default:
        return [];
    }
  };
  const family = rule.family === null ? [] : [isFamily(rule.family)];
  const where = [addressOf('source', rule.source), addressOf('destination', rule.destination)];
  if (where.includes(null)) return [];
  const more = (where as readonly (readonly Test[])[]).flat();
  const named = rule.source?.by === 'ipset' ? `${rule.source.negate ? '!' : ''}@${rule.source.value}` : null;
  const asks = about().map((tests) => ({ tests: [...family, ...tests, ...more], named }));
  return [{ text: `rich ${rule.text}`, part, does, asks }];
}

/** null: it cannot be told apart here (hardware addresses, sets of destinations). */
function addressOf(on: 'source' | 'destination', address: RichAddress | null): readonly Test[] | null {
  if (address === null) return [];
  if (address.by === 'ipset') return on === 'source' ? [] : null;
  const test = address.by === 'address' ? addressTest(on, address.value, address.negate) : null;
  return test === null ? null : [test];
}
