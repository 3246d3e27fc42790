/** Problems of every kind, in each of the forms that are worded otherwise. The compiler demands each kind. */
import type {
  Cause,
  Output,
  ProblemMeaning,
  Refusal,
  Stale,
  Unasked,
  Unforeseen,
  Unwritten,
  WayOut,
  Wrong,
} from '../../../src/core/problem.ts';
import { notes, warnings } from '../plan/told.ts';

const PORT = { protocol: 'tcp', port: 3000 } as const;
const PORTS = [PORT];
const TWO = [PORT, { protocol: 'udp', port: 53 }] as const;
const NETWORKS = ['private', 'public'] as const;
const NAMED = { ...PORT, name: 'Development web server' };
const END = { listener: 'tcp/3000', name: 'Development web server' };
const ENDS = [END, { listener: 'udp/53@127.0.0.53', name: 'systemd-resolve' }];
const CHANGE = { id: '20261120T104300-a1b2c3', summary: 'Close port 3000 (TCP) for everyone' };
const COMMAND = 'sudo portcullis close 3000/tcp';
const LOOK = 'sudo ufw status verbose; sudo nft list table inet portcullis';
const FILES = ['/etc/ufw/user.rules', '/etc/portcullis/table.nft'];
const RULES = [
  { firewall: 'docker', rule: '-A DOCKER -p tcp --dport 3000 -j ACCEPT' },
  { firewall: 'ufw', rule: 'allow 3000/tcp' },
];
const LEFT = warnings.flatMap((one) => (one.kind === 'left' ? [one] : []));

/** One and several of them. */
const some = <T>(all: readonly T[]): readonly (readonly T[])[] => [all.slice(0, 1), all];

type Of<U, K extends keyof U> = { readonly [V in U[K] & string]: readonly (U & Readonly<Record<K, V>>)[] };

const WAYS: Of<WayOut, 'by'> = {
  publishing: [{ by: 'publishing', port: 8080 }],
  container: [{ by: 'container' }],
  unit: [{ by: 'unit', unit: 'cups.service' }],
  program: [
    { by: 'program', program: 'node', pid: 77 },
    { by: 'program', program: 'node', pid: null },
    { by: 'program', program: null, pid: null },
  ],
  system: [{ by: 'system', pid: 4 }],
  settings: [
    { by: 'settings', service: { id: 'postgresql', bindLocal: "in postgresql.conf: listen_addresses = 'localhost'" } },
    { by: 'settings', service: null },
  ],
};
const ways = Object.values<readonly WayOut[]>(WAYS).flat();

const OUTPUTS: Of<Output, 'is'> = {
  said: [{ is: 'said', said: 'ERROR: problem running' }],
  exit: [
    { is: 'exit', status: 3 },
    { is: 'exit', status: null },
  ],
  stopped: [{ is: 'stopped' }],
  late: [{ is: 'late', seconds: 60 }],
};
const outputs = Object.values<readonly Output[]>(OUTPUTS).flat();
const [OUTPUT = { is: 'stopped' }] = outputs;

const WRONGS: Of<Wrong, 'is'> = {
  unread: [{ is: 'unread' }],
  'still-listens': [{ is: 'still-listens', end: END }],
  'other-reach': [{ is: 'other-reach', end: END }],
  'reach-untold': [null, { kind: 'rule', text: '-m u32' } as const].map((reason) => ({
    is: 'reach-untold',
    end: END,
    reason,
  })),
  'not-loaded': [{ is: 'not-loaded', family: 6 }],
  'left-out': [{ is: 'left-out', path: '/etc/ufw/user.rules' }],
};

const CAUSES: Of<Cause, 'kind'> = {
  'disk-full': [{ kind: 'disk-full' }],
  'disk-fails': [{ kind: 'disk-fails' }],
  'disk-read-only': [{ kind: 'disk-read-only' }],
  'not-writable': [{ kind: 'not-writable' }],
  said: [{ kind: 'said', said: 'ENOTEMPTY: rmdir' }],
  problem: [{ kind: 'problem', means: { kind: 'saved-unreadable' } }],
  found: [Object.values<readonly Wrong[]>(WRONGS).flat(), [{ is: 'unread' } as const]].map((wrong) => ({
    kind: 'found',
    wrong,
  })),
  'not-a-file': [{ kind: 'not-a-file', path: '/etc/ufw/ufw.conf' }],
  program: outputs.map((output) => ({ kind: 'program', program: 'systemctl stop', output })),
  unfinished: [{ kind: 'unfinished', program: 'ufw', output: OUTPUT }],
  listing: [{ kind: 'listing', program: 'nft', output: OUTPUT }],
  'table-not-kept': [{ kind: 'table-not-kept' }],
  'unit-started-again': [{ kind: 'unit-started-again', unit: 'cups.service' }],
  'unit-not-started': [{ kind: 'unit-not-started', unit: 'cups.service' }],
  'ufw-other-rules': [OUTPUT, null].map((output) => ({ kind: 'ufw-other-rules', step: 2, output })),
  'ufw-on': [{ kind: 'ufw-on', step: 2, output: null }],
  'ufw-off': [{ kind: 'ufw-off', step: 2, output: OUTPUT }],
  'zone-other-rules': [OUTPUT, null].map((output) => ({ kind: 'zone-other-rules', step: 2, zone: 'home', output })),
  'zone-not-back': [{ kind: 'zone-not-back', zone: 'home' }],
  'firewalld-untold': [
    { kind: 'firewalld-untold', what: { kind: 'firewalld', part: 'zones' }, why: { kind: 'timeout' } },
  ],
  'firewalld-down': [{ kind: 'firewalld-down' }],
};
const causes = Object.values<readonly Cause[]>(CAUSES).flat();
const CAUSE: Cause = { kind: 'disk-full' };
const FAILURE: Cause = { kind: 'not-writable' };

const UNFORESEEN: Of<Unforeseen, 'is'> = {
  unread: [{ is: 'unread', what: { kind: 'nftables' }, why: { kind: 'refused' } }],
  'rule-differs': [{ is: 'rule-differs', rule: 'Node.js JavaScript Runtime' }],
  'no-unit': [{ is: 'no-unit', unit: 'cups.service' }],
  'kernel-unread': [{ is: 'kernel-unread', why: { kind: 'missing' } }],
  'file-unread': [{ is: 'file-unread', path: '/etc/ufw/before.rules' }],
  'file-line': [{ is: 'file-line', path: '/etc/ufw/user.rules' }],
  'family-line': [{ is: 'family-line', family: 6 }],
  'kernel-family': [{ is: 'kernel-family', family: 4 }],
  'zone-missing': [{ is: 'zone-missing', zone: 'home' }],
  'zone-priority': [{ is: 'zone-priority', zone: 'home' }],
  'zone-differs': [{ is: 'zone-differs', zone: 'home' }],
  'zone-halved': [{ is: 'zone-halved', zone: 'home' }],
  sockets: [{ is: 'sockets' }],
  'chains-missing': [{ is: 'chains-missing' }],
  builtins: [{ is: 'builtins' }],
  'off-but-loaded': [{ is: 'off-but-loaded' }],
  'ufw-missing': [{ is: 'ufw-missing' }],
  'ufw-off': [{ is: 'ufw-off' }],
  saved: [{ is: 'saved' }],
  skipped: [{ is: 'skipped' }],
  nonsense: [{ is: 'nonsense' }],
  'no-effect': [{ is: 'no-effect' }],
};

const REFUSALS: Of<Refusal, 'is'> = {
  'not-json': [{ is: 'not-json' }],
  field: [
    { is: 'field', field: 'steps.0', said: 'Invalid input' },
    { is: 'field', field: '', said: '' },
  ],
  'other-layers': [{ is: 'other-layers' }],
  'other-way-back': [{ is: 'other-way-back' }],
  summary: [{ is: 'summary' }],
  confirmation: [{ is: 'confirmation' }],
  id: [{ is: 'id' }],
  'other-way': [{ is: 'other-way' }],
  'opens-only': [{ is: 'opens-only' }],
  'turns-on': [{ is: 'turns-on' }],
  'on-before-end': [{ is: 'on-before-end' }],
  'puts-back': [{ is: 'puts-back' }],
  'step-unchosen': [{ is: 'step-unchosen', step: 2 }],
  'step-other-rule': [{ is: 'step-other-rule', step: 2 }],
  'step-takes-back': [{ is: 'step-takes-back', step: 2 }],
  'step-stops': [{ is: 'step-stops', step: 2 }],
  'step-starts': [{ is: 'step-starts', step: 2 }],
  'step-ends-connections': [{ is: 'step-ends-connections', step: 2 }],
  'stops-unchosen': [{ is: 'stops-unchosen' }],
  'connections-unread': [{ is: 'connections-unread' }],
  'ends-unchosen': [{ is: 'ends-unchosen' }],
};

const UNASKED: Of<Unasked, 'is'> = {
  'unknown-caller': [{ is: 'unknown-caller' }],
  'file-unreadable': [{ is: 'file-unreadable' }],
  'file-not-own': [{ is: 'file-not-own' }],
  'file-other': [{ is: 'file-other' }],
  'question-silent': [{ is: 'question-silent' }],
  'question-other': [{ is: 'question-other' }],
  unconfirmable: [{ is: 'unconfirmable' }],
  'too-many-words': [{ is: 'too-many-words' }],
  'not-an-id': [{ is: 'not-an-id' }],
  'not-seconds': [{ is: 'not-seconds' }],
  'asked-about-another': [{ is: 'asked-about-another' }],
  words: [{ is: 'words', words: 'apply --now' }],
};

const STALE: Of<Stale, 'is'> = {
  rules: [{ is: 'rules' }],
  reach: [{ is: 'reach', listener: 'tcp/3000' }],
  'lets-in': [{ is: 'lets-in', listener: 'tcp/3000', name: 'postgres' }],
};

const UNWRITTEN: Of<Unwritten, 'is'> = {
  refused: [{ is: 'refused' }],
  'read-only': [{ is: 'read-only' }],
  'no-folder': [{ is: 'no-folder' }],
  'not-a-folder': [{ is: 'not-a-folder' }],
  'a-folder': [{ is: 'a-folder' }],
  full: [{ is: 'full' }],
  said: [{ is: 'said', said: 'EBUSY: rename' }],
};

const flat = <T>(all: { readonly [key: string]: readonly T[] }): readonly T[] => Object.values(all).flat();

const WAITED = [
  { kind: 'unwanted' },
  { kind: 'unconfirmed', seconds: 30 },
  { kind: 'unable-to-wait', reason: CAUSE },
] as const;
const [NOTE = { kind: 'interrupted' } as const] = notes;
const NOTED = [NOTE, null];

const EXAMPLES: { readonly [K in ProblemMeaning['kind']]: readonly (ProblemMeaning & { readonly kind: K })[] } = {
  'rules-unknown': [
    {
      kind: 'rules-unknown',
      what: { kind: 'ufw-rule', path: '/etc/ufw/user.rules' },
      why: { kind: 'nonsense' },
      how: { kind: 'look-at', path: '/etc/ufw/user.rules' },
      exact: false,
    },
    {
      kind: 'rules-unknown',
      what: { kind: 'nftables' },
      why: { kind: 'killed' },
      how: { kind: 'command', command: 'sudo nft list ruleset' },
      exact: false,
    },
    { kind: 'rules-unknown', what: null, why: { kind: 'refused' }, how: null, exact: true },
    { kind: 'rules-unknown', what: null, why: { kind: 'timeout' }, how: null, exact: false },
  ],
  'no-firewall': [
    { kind: 'no-firewall', firewalld: false, own: TWO, ways: ways.slice(0, 4) },
    { kind: 'no-firewall', firewalld: false, own: PORTS, ways: ways.slice(4) },
    { kind: 'no-firewall', firewalld: true, own: null, ways: [] },
  ],
  'windows-inert': some(NETWORKS).map((profiles) => ({ kind: 'windows-inert', profiles })),
  'windows-off-by-policy': some(NETWORKS).map((profiles) => ({ kind: 'windows-off-by-policy', profiles })),
  'windows-off-unknown': some(NETWORKS).map((profiles) => ({ kind: 'windows-off-unknown', profiles })),
  'windows-own-changed': [{ kind: 'windows-own-changed', rule: 'Portcullis-close-tcp-3000' }],
  'windows-too-long': [{ kind: 'windows-too-long', characters: 15_000, most: 12_000 }],
  'windows-session': [true, false].map((agreed) => ({ kind: 'windows-session', targets: TWO, agreed })),
  'windows-sessions-unread': [{ kind: 'windows-sessions-unread' }],
  'windows-no-timer': [{ kind: 'windows-no-timer' }],
  'windows-odd-step': [{ kind: 'windows-odd-step' }],
  'windows-stays-shut': [
    [],
    ...some([
      { firewall: 'windows', rule: 'block Node.js JavaScript Runtime' },
      { firewall: 'windows', rule: 'block nginx (group policy)' },
    ]),
  ].map((by) => ({ kind: 'windows-stays-shut', port: NAMED, by })),
  'windows-not-kept': [{ kind: 'windows-not-kept', port: NAMED }],
  'windows-no-opening': some(TWO).map((targets) => ({ kind: 'windows-no-opening', targets })),
  'windows-no-block': some(TWO).map((targets) => ({ kind: 'windows-no-block', targets })),
  'windows-by-hand': [{ kind: 'windows-by-hand', ways: ways.slice(0, 2) }],
  'mac-unchanged': [
    { kind: 'mac-unchanged', close: null },
    { kind: 'mac-unchanged', close: TWO },
  ],
  'mac-exact': [{ kind: 'mac-exact' }],
  'nftables-missing': [{ kind: 'nftables-missing' }],
  'foreign-lines': some(['-A ufw-user-input -j LOG', '-A ufw-user-input -s 192.0.2.7 -j DROP']).map((lines) => ({
    kind: 'foreign-lines',
    lines,
  })),
  'ufw-not-loaded': [{ kind: 'ufw-not-loaded' }],
  'ufw-ipv6-lost': [{ kind: 'ufw-ipv6-lost' }],
  'nobody-reaches': some(TWO).map((targets) => ({ kind: 'nobody-reaches', targets })),
  'firewalld-governs': [{ kind: 'firewalld-governs' }],
  'led-to': some([80, 443]).map((doors) => ({ kind: 'led-to', doors, target: PORT, ways: [] })),
  'leads-on': some([PORT, { protocol: 'tcp', port: 8080 } as const]).map((to) => ({
    kind: 'leads-on',
    target: { protocol: 'tcp', port: 80 },
    to,
    ways: [],
  })),
  'way-by-hand': [{ kind: 'way-by-hand', ways: ways.slice(0, 2) }],
  'closing-unknown': [{ kind: 'rule' as const, text: '-m recent --name x' }, null].map((reason) => ({
    kind: 'closing-unknown',
    target: PORT,
    reason,
    ways: [],
  })),
  'still-let-in': (['ufw', 'firewalld', 'windows'] as const).flatMap((of) =>
    [[], ...some(RULES)].map((by) => ({ kind: 'still-let-in', of, port: NAMED, by, ways: [] })),
  ),
  'would-not-open': (['ufw', 'firewalld'] as const).map((by) => ({ kind: 'would-not-open', by, port: NAMED })),
  'would-let-in': [{ kind: 'would-let-in', port: { ...PORT, name: null } }],
  'must-stay-open': [{ kind: 'must-stay-open', port: NAMED }],
  'also-changes': some(ENDS).map((ends) => ({ kind: 'also-changes', ends })),
  'also-changes-one': [{ kind: 'also-changes-one', end: END }],
  'shuts-nobody-out': some(TWO).map((targets) => ({ kind: 'shuts-nobody-out', targets })),
  'comes-by-others': [
    ...some([
      { protocol: 'tcp', port: 80 },
      { protocol: 'tcp', port: 8080 },
    ] as const).flatMap((doors) =>
      [false, true].map((table) => ({ kind: 'comes-by-others' as const, targets: PORTS, doors, others: [], table })),
    ),
    {
      kind: 'comes-by-others',
      targets: PORTS,
      doors: [{ protocol: 'tcp', port: 80 }],
      others: [{ protocol: 'udp', port: 53 }],
      table: false,
    },
  ],
  'would-not-close': (['own-table', 'firewalld', 'windows'] as const).flatMap((by) =>
    [RULES[0] ?? null, null].map((decided) => ({ kind: 'would-not-close', by, end: END, decided })),
  ),
  'opens-for-all': [{ kind: 'opens-for-all' }],
  'blocked-otherwise': [{ kind: 'blocked-otherwise', target: PORT }],
  'blocked-already': [{ kind: 'blocked-already' }],
  'no-such-block': [{ kind: 'no-such-block' }],
  'state-lost': [{ kind: 'state-lost' }],
  'open-already': some(TWO).flatMap((targets) =>
    [true, false].map((zones) => ({ kind: 'open-already' as const, targets, zones })),
  ),
  'no-rule-alone': some(TWO).map((targets) => ({ kind: 'no-rule-alone', targets })),
  'firewall-on-already': [{ kind: 'firewall-on-already' }],
  'firewalld-stopped': [{ kind: 'firewalld-stopped' }],
  'firewalld-panic': [{ kind: 'firewalld-panic' }],
  'zone-slows': [{ kind: 'zone-slows', zone: 'home', target: PORT }],
  'zones-untold': [{ kind: 'zones-untold', target: PORT }],
  'zone-lets-in': [{ kind: 'zone-lets-in', port: NAMED }],
  'zone-shuts-out': [{ kind: 'zone-shuts-out', port: NAMED }],

  'stops-for-all': [true, false].map((reopen) => ({ kind: 'stops-for-all', reopen })),
  'nothing-listens': [{ kind: 'nothing-listens', target: PORT }],
  'listening-unread': [{ kind: 'listening-unread', target: PORT }],
  'owner-unseen': [{ kind: 'owner-unseen', target: PORT }],
  'services-and-programs': [{ kind: 'services-and-programs' }],
  'services-unknown': [
    { kind: 'services-unknown', why: { kind: 'missing' }, how: { kind: 'command', command: 'systemctl list-units' } },
  ],
  'unit-not-systems': [{ kind: 'unit-not-systems', unit: 'shop.service' }],
  'unit-of-containers': [{ kind: 'unit-of-containers', unit: 'docker.service' }],
  'unit-needed': [{ kind: 'unit-needed', unit: 'polkit.service' }],
  'of-container': [{ kind: 'of-container', port: NAMED }],
  'of-another-user': [{ kind: 'of-another-user', program: 'node', pid: 77 }],
  'nothing-to-confirm': [{ kind: 'nothing-to-confirm' }],
  'another-listens': [{ kind: 'another-listens', port: NAMED }],
  'session-ends': [{ kind: 'session-ends' }],
  'sessions-unread': [{ kind: 'sessions-unread' }],
  'program-left': [{ kind: 'program-left', program: 'node', pid: 77 }],
  'program-unasked': [{ kind: 'program-unasked', program: 'node', pid: 77 }],
  'end-unread': some(['node', 'python3']).map((programs) => ({ kind: 'end-unread', programs })),
  'still-listens': [77, null].map((pid) => ({ kind: 'still-listens', name: 'postgres', seconds: 5, pid })),

  'no-such-change': [{ kind: 'no-such-change' }],
  'not-an-id': [{ kind: 'not-an-id' }],
  waits: [{ kind: 'waits', change: CHANGE.id }],
  'kept-already': [{ kind: 'kept-already', change: CHANGE.id }],
  'undone-already': [{ kind: 'undone-already', change: CHANGE }],
  'not-in-force': [{ kind: 'not-in-force', change: CHANGE }],
  'rule-not-back': (
    [
      { is: 'built-on', by: 'reject 3000/tcp', later: CHANGE },
      { is: 'comment' },
      { is: 'no-place' },
      { is: 'reordered' },
      { is: 'profiles' },
    ] as const
  ).map((why) => ({ kind: 'rule-not-back', family: 6, rule: 'deny 3000/tcp', why })),
  'about-the-same': LEFT.flatMap(({ thing }, at) =>
    LEFT.findIndex((one) => one.thing.is === thing.is) === at ? [{ kind: 'about-the-same', thing, later: CHANGE }] : [],
  ),
  'step-skipped': [{ kind: 'step-skipped' }],
  'none-now': [{ kind: 'none-now', change: CHANGE, left: LEFT.slice(0, 2) }],
  'none-left': [LEFT.slice(0, 1), []].map((left) => ({ kind: 'none-left', change: CHANGE, left })),
  'nothing-to-undo': [{ kind: 'nothing-to-undo' }],
  'not-undoable': [{ kind: 'not-undoable' }],
  'later-on-top': [{ kind: 'later-on-top', change: '20261120T090000-b1b2c3', later: CHANGE }],
  'files-changed': some(FILES).map((files) => ({ kind: 'files-changed', files, change: CHANGE.id })),
  'asked-about-another': [{ kind: 'asked-about-another', change: CHANGE }],
  'saved-unreadable': [{ kind: 'saved-unreadable' }],
  'none-waits': [{ kind: 'none-waits' }],

  unforeseen: (['ufw', 'firewalld', 'own-table', 'services', 'windows'] as const).flatMap((of, at) =>
    flat<Unforeseen>(UNFORESEEN)
      .slice(0, at === 0 ? undefined : 1)
      .map((why) => ({ kind: 'unforeseen' as const, of, why })),
  ),
  'saved-not-read': [{ kind: 'saved-not-read' }],

  'permission-refused': [{ kind: 'permission-refused' }],
  'nobody-asks': [{ kind: 'nobody-asks', command: COMMAND }],
  'unconfirmable-here': [{ kind: 'unconfirmable-here', command: COMMAND }],
  'not-authorised': [{ kind: 'not-authorised', command: COMMAND }],
  'not-askable': [{ kind: 'not-askable', command: COMMAND }],
  'folder-misread': [{ kind: 'folder-misread', command: COMMAND }],
  'helper-silent': [
    { kind: 'helper-silent', exit: 1, said: 'pkexec: cannot' },
    { kind: 'helper-silent', exit: null, said: '' },
  ],
  'plan-not-handed-over': [{ kind: 'plan-not-handed-over', folder: '/run/user/1000' }],
  'helper-missing': [{ kind: 'helper-missing' }],
  'helper-odd': [{ kind: 'helper-odd' }],
  'helper-changeable': (['ordinary', 'another'] as const).map((by) => ({
    kind: 'helper-changeable',
    path: '/usr/lib/portcullis/helper',
    by,
  })),

  'plan-refused': flat<Refusal>(REFUSALS).map((why) => ({ kind: 'plan-refused', why })),
  'helper-misasked': flat<Unasked>(UNASKED).map((what) => ({ kind: 'helper-misasked', what })),
  'not-root': [{ kind: 'not-root' }],
  'plan-late': [{ kind: 'plan-late' }],
  'plan-too-large': [{ kind: 'plan-too-large' }],
  'undo-summary': [{ kind: 'undo-summary' }],
  'undo-steps': [{ kind: 'undo-steps', change: CHANGE.id }],
  'plan-stale': flat<Stale>(STALE).map((what) => ({ kind: 'plan-stale', what })),
  'plan-unknown': [{ kind: 'plan-unknown' }],

  'snapshot-not-json': [{ kind: 'snapshot-not-json', name: 'a.json' }],
  'snapshot-unknown': [{ field: 'schema', said: 'Invalid input' }, null].map((at) => ({
    kind: 'snapshot-unknown',
    name: 'a.json',
    at,
  })),
  'snapshot-twice': [{ kind: 'snapshot-twice', name: 'a.json', id: 'ss.listening' }],
  'intent-not-json': [{ kind: 'intent-not-json', name: 'a.json' }],
  'intent-utf16': [{ kind: 'intent-utf16', name: 'a.json' }],
  'intent-too-large': [{ kind: 'intent-too-large', name: 'a.json' }],
  'intent-unreadable': [{ kind: 'intent-unreadable', name: 'a.json' }],
  'intent-unknown': [{ field: 'rest', said: 'Invalid option' }, null].map((at) => ({
    kind: 'intent-unknown',
    name: 'a.json',
    at,
  })),
  'intent-twice': [{ kind: 'intent-twice', name: 'a.json', port: '3000/tcp' }],
  'nothing-to-export': [{ kind: 'nothing-to-export', format: 'pf' }],
  'programs-unknown': [{ kind: 'programs-unknown', format: 'alf' }],
  'kept-damaged': [{ kind: 'kept-damaged', path: '/home/a/kept.json' }],
  'kept-unreadable': [{ kind: 'kept-unreadable', path: '/home/a/kept.json' }],
  'kept-unsaved': [{ kind: 'kept-unsaved', path: '/home/a/kept.json', said: 'EROFS: mkdir' }],
  'file-unwritten': flat<Unwritten>(UNWRITTEN).map((why) => ({ kind: 'file-unwritten', path: '/tmp/a.sh', why })),
  'login-unwritten': [{ kind: 'login-unwritten', path: '/home/a/p.desktop', said: 'EROFS: mkdir' }],
  'login-unremoved': [{ kind: 'login-unremoved', path: '/home/a/p.desktop', said: 'EROFS: rm' }],
  'preference-unsaved': [{ kind: 'preference-unsaved', path: '/home/a/preferences.json', said: 'EROFS: mkdir' }],
  'folder-not-roots': [{ kind: 'folder-not-roots', path: '/var/lib/portcullis' }],
  'folder-open': [{ kind: 'folder-open', path: '/var/lib/portcullis' }],
  'not-savable': [{ kind: 'not-savable' }],
  'not-elevated': [
    { kind: 'not-elevated', command: 'portcullis close 3000', said: 'error 1260' },
    { kind: 'not-elevated', command: 'portcullis close 3000', said: '' },
  ],
  'elevated-too-long': [{ kind: 'elevated-too-long', characters: 40_210, most: 32_766 }],
  'elevated-unheard': [
    { kind: 'elevated-unheard', change: CHANGE.id },
    { kind: 'elevated-unheard', change: null },
  ],
  'journal-damaged': [{ kind: 'journal-damaged', path: 'C:\\Users\\me\\AppData\\Local\\Portcullis\\journal.jsonl' }],
  'journal-unreadable': [
    { kind: 'journal-unreadable', path: 'C:\\Users\\me\\AppData\\Local\\Portcullis\\journal.jsonl' },
  ],
  'journal-unwritten': [
    {
      kind: 'journal-unwritten',
      path: 'C:\\Users\\me\\AppData\\Local\\Portcullis\\journal.jsonl',
      said: 'ENOSPC: no space left on device',
    },
  ],
  'rules-drifted': [{ kind: 'rules-drifted', change: CHANGE.id }],

  busy: [
    { kind: 'busy', holder: { who: 'alice', seconds: 1, what: 'Undo a change' }, retry: true },
    {
      kind: 'busy',
      holder: { who: 'alice', seconds: 12, what: 'Undo a change', doing: { is: 'undo', change: null } },
      retry: true,
    },
    { kind: 'busy', holder: null, retry: false },
  ],
  'busy-here': [{ kind: 'busy-here' }],
  'another-waits': [{ kind: 'another-waits', change: CHANGE }],
  'silent-holder': [{ kind: 'silent-holder' }],
  'lock-failed': [2, 'spawn flock ENOENT'].map((exit) => ({ kind: 'lock-failed', exit })),
  replayed: [{ kind: 'replayed' }],
  'request-misunderstood': [{ kind: 'request-misunderstood', request: 'scan', said: 'Invalid input' }],
  'request-unknown': [{ kind: 'request-unknown' }],
  'request-foreign': [{ kind: 'request-foreign' }],
  'answer-failed': [{ kind: 'answer-failed' }],
  fault: [{ kind: 'fault', said: 'EMFILE: spawn ss' }],
  told: [{ kind: 'told', message: 'ufw: ERROR', hint: 'ufw --help' }],

  'closed-otherwise': some(TWO).map((held) => ({
    kind: 'closed-otherwise',
    held,
    cause: { kind: 'problem', means: { kind: 'ufw-not-loaded' } },
  })),
  'not-saved-first': some(['/etc/ufw', '/etc/portcullis']).map((folders) => ({
    kind: 'not-saved-first',
    cause: CAUSE,
    folders,
  })),
  'put-back': [
    ...causes.map((cause) => ({ kind: 'put-back' as const, cause, whole: true })),
    { kind: 'put-back', cause: CAUSE, whole: false },
  ],
  'left-to-others': some(FILES).map((files) => ({ kind: 'left-to-others', cause: CAUSE, files, look: LOOK })),
  'not-put-back': [{ kind: 'not-put-back', cause: CAUSE, failure: FAILURE, look: LOOK }],
  'waited-left': WAITED.map((waited) => ({ kind: 'waited-left', waited, files: FILES, look: LOOK })),
  'waited-not-put-back': WAITED.map((waited) => ({
    kind: 'waited-not-put-back',
    waited,
    failure: FAILURE,
    look: LOOK,
  })),
  'too-late': NOTED.map((note) => ({ kind: 'too-late', note })),
  'not-restored': NOTED.map((note) => ({ kind: 'not-restored', note, look: LOOK })),
  'does-not-wait': NOTED.map((note) => ({ kind: 'does-not-wait', note, look: LOOK })),
  'ended-otherwise': [{ kind: 'ended-otherwise', note: NOTE, look: LOOK }],
  'not-recovered': [{ kind: 'not-recovered', cause: CAUSE, look: LOOK }],
  'not-undone': [{ kind: 'not-undone', cause: CAUSE, look: LOOK }],
  'helper-failed': [{ kind: 'helper-failed', cause: CAUSE }],
};

export const problems: readonly ProblemMeaning[] = Object.values<readonly ProblemMeaning[]>(EXAMPLES).flat();
