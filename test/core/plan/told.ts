/** Warnings of every kind, in each of the forms that are worded otherwise. */
import type { Left, LeftWhy, NamedEnd, NamedPort, Thing, Warning } from '../../../src/core/told.ts';

const PORT = { protocol: 'tcp', port: 3000 } as const;
const TWO = [PORT, { protocol: 'udp', port: 53 }] as const;
const NAMED: NamedPort = { ...PORT, name: 'Development web server' };
const ENDS: readonly NamedEnd[] = [
  { listener: 'tcp/3000', name: 'Development web server' },
  { listener: 'udp/53@127.0.0.53', name: 'systemd-resolve' },
];
const [END = { listener: '', name: '' }] = ENDS;
const UNITS = ['shop.service', 'shop-worker.service'];
const ZONES = ['FedoraWorkstation', 'home'];

/** One and several of them. */
const some = <T>(all: readonly T[]): readonly (readonly T[])[] => [all.slice(0, 1), all];

/** The change that the examples name; the German sentences call it as the history does. */
export const LATER = { id: '20261120T104300-a1b2c3', summary: 'Close port 3000 (TCP) for everyone' };

const THINGS = {
  ufw: { is: 'ufw' },
  rule: { is: 'rule', family: 6, rule: 'deny 3000/tcp' },
  block: { is: 'block', target: PORT },
  'zone-rule': { is: 'zone-rule', target: PORT, zone: 'FedoraWorkstation' },
  unit: { is: 'unit', unit: 'shop.service' },
} satisfies { readonly [K in Thing['is']]: Thing & { readonly is: K } };

const WHYS: { readonly [K in LeftWhy['kind']]: LeftWhy & { readonly kind: K } } = {
  differs: { kind: 'differs' },
  there: { kind: 'there' },
  needed: { kind: 'needed', later: LATER },
  'made-by-hand': { kind: 'made-by-hand', later: LATER },
  'taken-by-hand': { kind: 'taken-by-hand', later: LATER },
  'taken-too': { kind: 'taken-too', later: LATER },
  belonged: { kind: 'belonged', to: LATER },
  'no-ipv6': { kind: 'no-ipv6' },
  replaced: { kind: 'replaced', by: 'reject 3000/tcp' },
};

/** Only rules of ufw are replaced by others, or left because of IPv6. */
const LEFT = Object.values<LeftWhy>(WHYS).flatMap((why) =>
  Object.values<Thing>(THINGS)
    .filter(({ is }) => is === 'rule' || (why.kind !== 'replaced' && why.kind !== 'no-ipv6'))
    .map((thing): Left => ({ kind: 'left', thing, why })),
);

const WARNINGS: { readonly [K in Warning['kind']]: readonly (Warning & { readonly kind: K })[] } = {
  ahead: [{ kind: 'ahead', because: 'A rule of ufw would not close port 3000 (TCP): it is let in by docker: a rule.' }],
  'shared-networks': some(['192.168.77.0/24', '10.0.0.0/8']).map((networks) => ({ kind: 'shared-networks', networks })),
  'nothing-listens': [{ kind: 'nothing-listens', target: PORT }],
  unread: [{ kind: 'unread', target: PORT }],
  'kept-port': [NAMED, { ...NAMED, name: null }].map((port) => ({ kind: 'kept-port', port })),
  'kept-end': [{ kind: 'kept-end', end: END }],
  'turns-on': [{ kind: 'turns-on' }],
  'turns-on-again': [[], ...some(ENDS)].map((closes) => ({ kind: 'turns-on-again', closes })),
  'also-closes': some(ENDS).map((ends) => ({ kind: 'also-closes', ends })),
  'stays-open': [{ kind: 'stays-open', port: NAMED }],
  'in-use': [{ kind: 'in-use', port: NAMED }],
  'both-protocols': [{ kind: 'both-protocols', rule: 'allow 3000' }],
  'closed-again': some(TWO).map((targets) => ({ kind: 'closed-again', targets })),
  'zones-here': some(ZONES).map((zones) => ({ kind: 'zones-here', zones })),
  'zones-differ': some(ZONES).map((zones) => ({ kind: 'zones-differ', zones })),
  'connections-stay': [1, 12].map((count) => ({ kind: 'connections-stay', target: PORT, count })),
  confirm: (['session', 'unread', null] as const).map((because) => ({ kind: 'confirm', seconds: 30, because })),
  'stops-too': some(UNITS).map((units) => ({ kind: 'stops-too', units })),
  'ports-too': some(TWO).map((targets) => ({ kind: 'ports-too', targets })),
  'wanted-by': some(UNITS).map((units) => ({ kind: 'wanted-by', units })),
  'not-enabled': some(UNITS).map((units) => ({ kind: 'not-enabled', units })),
  unsaved: [{ kind: 'unsaved' }],
  'turns-off': [[], ...some(ENDS)].map((opens) => ({ kind: 'turns-off', opens })),
  'lets-in': some(ENDS).map((ends) => ({ kind: 'lets-in', ends })),
  starts: some(UNITS).map((units) => ({ kind: 'starts', units })),
  left: LEFT,
};

export const warnings: readonly Warning[] = Object.values<readonly Warning[]>(WARNINGS).flat();
