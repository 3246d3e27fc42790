/** What plans and changes tell: every kind of it, in each of the forms that are worded otherwise. */
import type {
  Back,
  Checked,
  Left,
  LeftWhy,
  NamedEnd,
  NamedPort,
  Note,
  Thing,
  Warning,
  WindowsCovers,
} from '../../../src/core/told.ts';
import type { AheadWhy } from '../../../src/core/problem.ts';

const PORT = { protocol: 'tcp', port: 3000 } as const;
const TWO = [PORT, { protocol: 'udp', port: 53 }] as const;
const NAMED: NamedPort = { ...PORT, name: 'Development web server' };
const ENDS: readonly NamedEnd[] = [
  { listener: 'tcp/3000', name: 'Development web server' },
  { listener: 'udp/53@127.0.0.53', name: 'systemd-resolve' },
];
const [END = { listener: '', name: '' }] = ENDS;
const UNITS = ['shop.service', 'shop-worker.service'];
const NETWORKS = ['private', 'public'] as const;
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
  'windows-block': { is: 'windows-block', target: PORT },
  'windows-rule': { is: 'windows-rule', rule: 'Node.js JavaScript Runtime' },
  profile: { is: 'profile', profile: 'public' },
} satisfies { readonly [K in Thing['is']]: Thing & { readonly is: K } };

const WHYS: { readonly [K in LeftWhy['kind']]: LeftWhy & { readonly kind: K } } = {
  differs: { kind: 'differs' },
  there: { kind: 'there' },
  needed: { kind: 'needed', later: LATER },
  'made-by-hand': { kind: 'made-by-hand', later: LATER },
  'taken-by-hand': { kind: 'taken-by-hand', later: LATER },
  'taken-too': { kind: 'taken-too', later: LATER },
  belonged: { kind: 'belonged', to: LATER },
  'taken-before': { kind: 'taken-before', to: LATER },
  'unit-gone': { kind: 'unit-gone' },
  'rule-changed': { kind: 'rule-changed' },
  unseen: { kind: 'unseen' },
  'no-ipv6': { kind: 'no-ipv6' },
  replaced: { kind: 'replaced', by: 'reject 3000/tcp' },
};

/** Only rules of ufw are replaced by others, or left because of IPv6; only units are gone, only zones unseen. */
const ONLY: { readonly [K in LeftWhy['kind']]?: Thing['is'] } = {
  replaced: 'rule',
  'no-ipv6': 'rule',
  'unit-gone': 'unit',
  'rule-changed': 'windows-rule',
  unseen: 'zone-rule',
};
const LEFT = Object.values<LeftWhy>(WHYS).flatMap((why) =>
  Object.values<Thing>(THINGS)
    .filter(({ is }) => ONLY[why.kind] === undefined || ONLY[why.kind] === is)
    .map((thing): Left => ({ kind: 'left', thing, why })),
);

const COVERS: readonly WindowsCovers[] = [
  { does: 'blocks', protocol: 'tcp', ports: null, more: 0, program: 'C:\\Apps\\node.exe', service: null },
  { does: 'lets-in', protocol: 'tcp', ports: ['3000-3999', '8080'], more: 0, program: null, service: null },
  { does: 'lets-in', protocol: 'udp', ports: ['RPC'], more: 3, program: 'C:\\a.exe', service: 'TermService' },
  { does: 'lets-in', protocol: 'any', ports: null, more: 0, program: null, service: 'Spooler' },
  { does: 'blocks', protocol: 'other', ports: ['80-90'], more: 0, program: null, service: null },
];
const covered = <K extends 'windows-rule-off' | 'windows-rule-on'>(kind: K, covers: WindowsCovers | undefined) => ({
  kind,
  rule: 'Node.js JavaScript Runtime',
  ...(covers === undefined ? {} : { covers }),
});

const WARNINGS: { readonly [K in Warning['kind']]: readonly (Warning & { readonly kind: K })[] } = {
  ahead: [
    { kind: 'ufw-not-loaded' },
    {
      kind: 'still-let-in',
      of: 'ufw',
      port: NAMED,
      by: [{ firewall: 'docker', rule: '-A DOCKER -p tcp --dport 80 -j ACCEPT' }],
      ways: [],
    },
  ].map((because) => ({ kind: 'ahead', because: because as AheadWhy })),
  'shared-networks': some(['192.168.77.0/24', '10.0.0.0/8']).map((networks) => ({ kind: 'shared-networks', networks })),
  'nothing-listens': [{ kind: 'nothing-listens', target: PORT }],
  unread: [{ kind: 'unread', target: PORT }],
  'nobody-to-shut-out': [{ kind: 'nobody-to-shut-out', target: PORT }],
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
  'windows-rule-off': [undefined, ...COVERS].map((covers) => covered('windows-rule-off', covers)),
  'windows-rule-on': [undefined, ...COVERS].map((covers) => covered('windows-rule-on', covers)),
  'windows-cuts': [1, 12].map((count) => ({ kind: 'windows-cuts', target: PORT, count })),
  'windows-inert-in': some(NETWORKS).map((profiles) => ({ kind: 'windows-inert-in', profiles })),
  'windows-by-policy': some(['Ethernet', 'Wi-Fi']).map((interfaces) => ({ kind: 'windows-by-policy', interfaces })),
  'windows-off': [[], ...some(ENDS)].map((opens) => ({ kind: 'windows-off', profiles: NETWORKS, opens })),
  left: LEFT,
};

export const warnings: readonly Warning[] = Object.values<readonly Warning[]>(WARNINGS).flat();

const WHOLE = ['whole', 'but-others'] as const;
const BACKS: readonly Back[] = [
  ...WHOLE,
  ...some(['/etc/ufw/user.rules', '/etc/portcullis/table.nft']).map((files) => ({ files })),
];

const NOTES: { readonly [K in Note['kind']]: readonly (Note & { readonly kind: K })[] } = {
  unwanted: BACKS.map((back) => ({ kind: 'unwanted', back })),
  unconfirmed: BACKS.map((back) => ({ kind: 'unconfirmed', seconds: 30, back })),
  'unable-to-wait': BACKS.map((back) => ({ kind: 'unable-to-wait', reason: { kind: 'disk-full' }, back })),
  interrupted: [{ kind: 'interrupted' }],
  'may-stand': [{ kind: 'may-stand' }],
  'not-begun': [{ kind: 'not-begun' }],
  unreadable: [{ kind: 'unreadable' }],
  recovered: WHOLE.map((back) => ({ kind: 'recovered', back })),
  'recovered-waiting': WHOLE.map((back) => ({ kind: 'recovered-waiting', back })),
  'recovered-undo': WHOLE.map((back) => ({ kind: 'recovered-undo', back })),
  unrecovered: some(['/etc/ufw/user.rules', '/etc/ufw/ufw.conf']).map((files) => ({ kind: 'unrecovered', files })),
  unheard: [{ kind: 'unheard' }],
  'under-way': [{ kind: 'under-way' }],
  'not-as-planned': [[], ...some(['/etc/ufw/user.rules', '/etc/ufw/ufw.conf'])].map((files) => ({
    kind: 'not-as-planned',
    cause: { kind: 'disk-fails' },
    files,
  })),
};

export const notes: readonly Note[] = Object.values<readonly Note[]>(NOTES).flat();

const CHECKED: { readonly [K in Checked['kind']]: readonly (Checked & { readonly kind: K })[] } = {
  'nobody-reaches': [{ kind: 'nobody-reaches', end: END }],
  'as-predicted': [{ kind: 'as-predicted', end: END }],
  gone: [{ kind: 'gone', end: END }],
  'same-as-before': [{ kind: 'same-as-before', end: END }],
  'others-than-before': [{ kind: 'others-than-before', end: END }],
  'reach-untold': [null, { kind: 'rule', text: '-m u32' } as const].map((reason) => ({
    kind: 'reach-untold',
    end: END,
    reason,
  })),
  'others-same': [{ kind: 'others-same', count: 12 }],
  'connections-ended': [{ kind: 'connections-ended', port: 3000 }],
  'connections-unread': [{ kind: 'connections-unread', port: 3000 }],
  'connections-left': [1, 12].map((count) => ({ kind: 'connections-left', port: 3000, count })),
  'until-restart': [{ kind: 'until-restart' }],
  'files-back': (['ufw', 'firewalld'] as const).map((of) => ({ kind: 'files-back', of })),
  'rules-back': (['ufw', 'firewalld', 'own-table'] as const).map((of) => ({ kind: 'rules-back', of })),
  'rules-at-start': [{ kind: 'rules-at-start' }],
  'services-back': [true, false].map((all) => ({ kind: 'services-back', all })),
  'connections-gone': [{ kind: 'connections-gone' }],
  'no-systemd': [{ kind: 'no-systemd' }],
  stays: [{ kind: 'stays' }],
  'all-back': [{ kind: 'all-back' }],
  unwritten: [{ kind: 'unwritten', reason: { kind: 'disk-full' } }],
  noted: notes.map((note) => ({ kind: 'noted', note })),
  unworded: [1, 12].map((count) => ({ kind: 'unworded', count })),
};

export const checked: readonly Checked[] = Object.values<readonly Checked[]>(CHECKED).flat();
