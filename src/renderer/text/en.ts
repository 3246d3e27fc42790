/** Every word of the window, in English. Calm, plain, exact; what came from the machine is passed through `foreign`. */
import type {
  Audience,
  Change,
  ChangeState,
  ExportFormat,
  Finding,
  FirewallState,
  Forward,
  Gap,
  InterfaceKind,
  ListenerReach,
  Outcome,
  Place,
  PlaceKind,
  Plan,
  PortRange,
  Reach,
  Report,
  ReportListener,
  RuleInWords,
  Service,
  Severity,
  Step,
  Target,
  TraceStep,
  Verdict,
  Way,
} from '../../core/model.ts';
import type { Progress } from '../../core/api.ts';
import type { Sentences } from '../../core/advice/english/parts.ts';
import type { Pointed } from '../../core/advice/subjects.ts';
import { type Reason, reasonText } from '../../core/gaps/index.ts';
import { listenerName } from '../../core/listeners/name.ts';
import { isListWhole } from '../../core/listeners/whole.ts';
import { checkedWords } from '../../core/plan/english/checked.ts';
import { warningWords } from '../../core/plan/english/warnings.ts';
import type { LiveEvent } from '../../core/live/index.ts';
import type { Problem, ProblemText } from '../../core/problem.ts';
import type { Seen, Shut } from '../../core/reach/scanned.ts';
import type { Checked, NamedEnd, Warning } from '../../core/told.ts';
import { sourcesThrough } from '../../core/reach/summary.ts';
import {
  countExposure,
  type Filter,
  needless,
  needsRights,
  networkOf,
  type ReachCounts,
  type RuleFilter,
  type SortKey,
  type Stop,
  type Tone,
} from '../state/select.ts';
import type { OwnKind } from '../state/learn.ts';
import type { LanguageChoice } from '../state/store.ts';
import type { ChangeLook } from '../state/timeline.ts';
import { type Around, kindOf, nearKinds, portName, upper, wayIn } from './facts.ts';
import { reportPartInEnglish } from './report/part-en.ts';
import { importPartInEnglish } from './import/part-en.ts';
import { EXPORT_NAMES } from './export-names.ts';
import { dateTime, foreign, isTooLong, list, number, onButton, plural, said, sentence, time } from './format.ts';

import { networksOf, windowsPart, windowsPlace, windowsWhy } from './windows.ts';

type ServiceWords = Pick<Service, 'name' | 'purpose' | 'ifExposed' | 'ifClosed' | 'bindLocal'>;

const ports = (count: number): string => plural(count, { one: 'port', other: 'ports' });

const changes = (count: number): string => plural(count, { one: 'change', other: 'changes' });

const NETWORK: Record<InterfaceKind | PlaceKind, string> = {
  loopback: 'this computer',
  wifi: 'Wi-Fi',
  ethernet: 'wired network',
  mobile: 'mobile network',
  vpn: 'VPN',
  tailnet: 'tailnet',
  container: 'containers',
  other: 'network',
  lan: 'network',
  internet: 'internet',
};

const FIREWALL: Record<FirewallState['id'], string> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows Firewall',
  pf: 'pf',
  alf: 'application firewall',
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What the middle stop is called: the network where there is one kind, else plainly networks. */
const stopName = (stop: Stop): string => {
  if (stop.kind === 'internet') return stop.indirect ? 'Internet, not directly' : 'Internet';
  const [only, ...more] = stop.networks;
  return only === undefined || more.length > 0 ? 'Networks' : upper(NETWORK[only]);
};

const VERDICT: Record<Verdict | 'some', string> = {
  open: 'open',
  limited: 'open, slowed after repeated tries',
  blocked: 'closed',
  unknown: 'cannot tell',
  some: 'open for some addresses',
};

/** The sentence with what programs said in it cut, so that what became of the change is not: that stands behind it. */
function withSaidCut(message: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return message;
  return Object.entries(value).reduce(
    (text, [key, part]) =>
      key === 'said' && typeof part === 'string' && part !== ''
        ? text.replaceAll(part, () => said(part))
        : withSaidCut(text, part),
    message,
  );
}

/** Who can reach it, in a short sentence. */
function who(
  listener: Pick<ListenerReach, 'exposure' | 'exposureComplete' | 'places' | 'reach'>,
  report: Report,
): string {
  const { exposure, exposureComplete } = listener;
  const doubt = exposureComplete ? '' : '; more cannot be ruled out';
  switch (exposure) {
    case 'self':
      return exposureComplete ? 'Only this computer' : 'Cannot tell who else';
    case 'internet':
      return 'Anyone on the internet';
    case 'network': {
      const names = nearKinds(listener, report).map((kind) =>
        kind === 'container' ? 'containers on this computer' : `anyone on this ${NETWORK[kind]}`,
      );
      return `${upper(names.length === 0 ? 'anyone on your network' : list(names))}${doubt}`;
    }
    case 'some':
      return `Only some addresses${doubt}`;
    case 'unknown':
      return 'Cannot tell';
  }
}

/** The same at more length: from which networks by name, and what cannot be seen from here. */
function whoLong(listener: ListenerReach, report: Report): string {
  const { exposure, exposureComplete } = listener;
  const { networks, slowed, groups, containers, doubt, router } = wayIn(listener, report);
  const anyone = [...new Set(networks.map((one) => placeName(one, report)))];
  const how = slowed ? ', slowed after repeated tries' : '';
  const rest = [
    ...(groups
      ? ['Only what is sent to many at once (multicast, broadcast) gets in, not what is sent to this computer alone.']
      : []),
    ...(containers ? ['Containers on this computer can connect.'] : []),
    ...(doubt ? ['Whether others can, too, cannot be told.'] : []),
    ...(router
      ? [
          'From the internet: not directly. What your router or provider passes on to this computer cannot be seen from here.',
        ]
      : []),
  ];
  const first = ((): string | null => {
    switch (exposure) {
      case 'self':
        return exposureComplete ? 'Nobody else gets through.' : null;
      case 'unknown':
        return 'Whether others get through cannot be told.';
      case 'some':
        return `Only these addresses get through: ${some(sourcesThrough(listener))}${how}.`;
      case 'network':
        return anyone.length === 0 ? null : `Anyone on ${list(anyone)} gets through${how}.`;
      case 'internet':
        return `Anyone on the internet gets through${anyone.length === 0 ? '' : `, and anyone on ${list(anyone)}`}${how}.`;
    }
  })();
  return [...(first === null ? [] : [first]), ...rest].join(' ');
}

function placeName(place: Place, report: Report): string {
  const { kind, interface: name } = place;
  const shown = name === null ? '' : foreign(name);
  switch (kind) {
    case 'vpn':
      return `the VPN ${shown}`;
    case 'tailnet':
      return 'your tailnet';
    case 'container':
      return 'containers on this computer';
    case 'internet':
      return 'the internet';
    case 'lan':
      return `your ${NETWORK[kindOf(place, report)]} (${shown})`;
  }
}

const MOST = 6;

const some = (ranges: readonly string[]): string =>
  list(
    ranges.length > MOST
      ? [...ranges.slice(0, MOST).map(foreign), `${number(ranges.length - MOST)} more`]
      : ranges.map(foreign),
  );

/** What a rule did, and to whom. `one`: a single packet is followed. */
function step({ effect, decides, when, sources, share, more }: TraceStep, one: boolean): string {
  const ranges = more > 0 ? [...sources, ...Array.from({ length: more }, () => '')] : sources;
  const whom = one ? 'it' : share === 'everyone' ? 'everyone' : share === 'rest' ? 'everyone else' : some(ranges);
  const perhaps = when === 'perhaps';
  const from = when === 'ports' ? ', from some source ports' : '';
  const says = ((): string => {
    switch (effect) {
      case 'accept':
        return `${decides === null ? `lets ${whom} go on` : `lets ${whom} in`}${when === 'rate' ? ' while the rate is kept' : from}`;
      case 'drop':
      case 'reject':
        return `${effect}s ${whom}${when === 'rate' ? ' beyond the rate' : from}`;
      case 'redirect':
      case 'dnat':
        return `sends ${whom} to where the rule says`;
      case 'notrack':
        return `leaves ${whom} untracked`;
      case 'goes elsewhere':
        return `leads ${whom} elsewhere`;
      default:
        return `${foreign(effect)}: ${whom}`;
    }
  })();
  return perhaps ? `Perhaps ${says}` : upper(says);
}

const WAYS: Record<Way, { readonly title: string; readonly text: string }> = {
  firewall: {
    title: 'Close it in the firewall',
    text: 'The program keeps running and this computer can still use it. Nobody else can connect.',
  },
  'own-table': {
    title: 'Close it ahead of the firewall',
    text: 'For ports that are opened behind the firewall’s back, such as those of containers.',
  },
  'bind-loopback': {
    title: 'Let it listen on this computer only',
    text: 'The cleanest way where the program can: no rule is needed, and no network can undo it.',
  },
  stop: {
    title: 'Stop the program',
    text: 'The surest way if nothing on this computer needs it. What would stop with it is shown first.',
  },
  container: {
    title: 'Publish the container’s port on this computer only',
    text: 'Put 127.0.0.1: in front of the published port and start the container again.',
  },
  'install-firewall': {
    title: 'Install a firewall',
    text: 'On Debian and Ubuntu: sudo apt install ufw. Scan again afterwards.',
  },
  'enable-firewall': {
    title: 'Turn the firewall on',
    text: 'Everything that is not kept open is closed at once.',
  },
};

const ONLY: Record<NonNullable<RuleInWords['only']>, string> = {
  replies: 'answers to connections that exist',
  invalid: 'packets that belong to no connection',
  itself: 'what this computer sends to itself',
};

const DOES: Record<RuleInWords['traffic'], Record<Exclude<RuleInWords['action'], 'depends'>, string>> = {
  in: { allow: 'Lets in', limit: 'Lets in', deny: 'Keeps out', reject: 'Turns away', forward: 'Leads elsewhere:' },
  out: {
    allow: 'Lets out',
    limit: 'Lets out',
    deny: 'Does not let out',
    reject: 'Does not let out',
    forward: 'Leads elsewhere:',
  },
  through: {
    allow: 'Passes on',
    limit: 'Passes on',
    deny: 'Does not pass on',
    reject: 'Does not pass on',
    forward: 'Leads elsewhere:',
  },
};

/** A rule in a sentence: what it lets in or keeps out, and from whom. */
function ruleSentence(rule: RuleInWords): string {
  const { action, traffic, about, from, except, on, only, more, families, windows } = rule;
  if (action === 'depends') return 'Decides in more ways than a sentence holds.';
  const what =
    only !== null
      ? `${ONLY[only]}${about === null ? '' : ` (${some(about)})`}`
      : about === null
        ? 'everything'
        : about.length === 0
          ? 'what it names'
          : some(about);
  const but = except.length === 0 ? '' : ` but ${some(except)}`;
  const source =
    only === 'itself' || (traffic !== 'in' && from === null && but === '')
      ? ''
      : ` from ${from === null ? 'anyone' : some(from)}${but}`;
  const through = on.length === 0 ? '' : `, through ${some(on)}`;
  const slowed = action === 'limit' ? ', slowed after repeated tries' : '';
  const family = families.length === 1 && from === null && except.length === 0 ? `, IPv${families[0]} only` : '';
  return `${DOES[traffic][action]} ${what}${source}${through}${slowed}${family}${windows === undefined ? '' : windowsPart(windows)}${more ? ', where all else that it asks for holds' : ''}.`;
}

const CHANGE_STATES: Record<ChangeState, string> = {
  waiting: 'Waits to be kept',
  applied: 'In force',
  undone: 'Undone',
  'rolled-back': 'Put back',
  failed: 'Failed',
};

const CHANGE_LOOKS: Record<ChangeLook, string> = { ...CHANGE_STATES, drifted: 'Rules changed since' };

const NOT_KEPT = 'Put back, because it was not kept';

/** What every language has to say. */
export type Words = typeof en;

type SaidGap = Readonly<Record<'what' | 'why' | 'how', string>>;

export const en = {
  name: 'Portcullis',
  motto: 'Keep ports closed unless you need them.',

  nav: {
    label: 'Views',
    'keep-closed': 'Keep closed',
    ports: 'Ports',
    review: 'Review',
    firewall: 'Firewall',
    history: 'History',
    export: 'Export',
    learn: 'Learn',
    advice: (count: number) => `${ports(count)} worth a look`,
  },

  theme: {
    label: 'Appearance',
    system: 'System theme',
    light: 'Light theme',
    dark: 'Dark theme',
  },

  language: {
    label: 'Language',
    system: 'System language',
    en: 'English',
    de: 'Deutsch',
  } satisfies Record<LanguageChoice | 'label', string>,

  network: {
    names: NETWORK,
    none: 'Not on a network',
    on: (report: Report): string => {
      const network = networkOf(report);
      if (network === null) return 'Not on a network';
      return `On ${network.kind === 'wifi' ? 'Wi-Fi' : `a ${NETWORK[network.kind]}`}`;
    },
    firewall: ({ id, active }: FirewallState): string =>
      `${FIREWALL[id]} ${active === null ? 'cannot be read' : active ? 'is on' : 'is off'}`,
    noFirewall: 'No firewall found',
  },

  scan: {
    again: 'Scan again',
    running: 'Looking…',
    first: 'Looking at what listens on this computer…',
    asOf: (iso: string) => `As of ${time(iso)}`,
    toKnow: 'Scan again to know how it is now.',
    /** Before a computer's name. */
    saved: 'Saved snapshot of',
    savedNameless: 'a computer whose name was taken out',
    savedAt: (iso: string) => `As it was on ${dateTime(iso)}. Nothing of it can be changed from here.`,
    maybeChanged: 'The network, the rules or the programs may have changed since.',
    socketsChanged: 'What listens has changed since.',
    failed: 'The scan did not work',
    retry: 'Try again',
    exactRunning: 'Reading the exact rules…',
  },

  live: {
    changed: 'Changed just now',
    /** One sentence for those who do not see the marks. */
    announce: (events: readonly LiveEvent[]): string => {
      const told = (kind: LiveEvent['kind']) =>
        events.filter((one) => one.kind === kind).map(({ subject }) => portName(subject));
      const [opened, closed] = [told('opened'), told('closed')];
      const named = (all: readonly string[]) => (all.length > MOST ? ports(all.length) : list(all));
      const says = [
        ...(opened.length === 0 ? [] : [`others can newly reach ${named(opened)}`]),
        ...(closed.length === 0 ? [] : [`fewer can reach ${named(closed)} now`]),
      ];
      return `${upper(says.join('; '))}.`;
    },
  },

  start: {
    title: 'One moment.',
    sentences: [
      'Programs on this computer may wait for others to connect to them. Each waits at a numbered port.',
      'Portcullis looks at which ones those are, and at who can reach them through your firewall.',
      'Nothing is changed, and nothing is sent anywhere.',
    ],
  },

  home: {
    sentence: (report: Report): string => {
      const count = needless(report).length;
      const { unknown } = countExposure(report);
      const off = report.firewalls.length > 0 && report.firewalls.every(({ active }) => active === false);
      if (count === 1) return 'One port is open to others that you probably don’t need.';
      if (count > 0) return `${ports(count)} are open to others that you probably don’t need.`;
      if (unknown > 0) return `Who can reach ${unknown === 1 ? 'one port' : ports(unknown)} can’t be told yet.`;
      if (!isListWhole(report)) return 'Not everything that listens could be read.';
      if (off) return 'Nothing needs closing now, but the firewall is off.';
      return 'Nothing to close.';
    },
    /** What stands under the sentence. */
    detail: (report: Report): string => {
      const count = needless(report).length;
      const { unknown, others } = countExposure(report);
      if (count > 0) return 'Close what you don’t use. This computer itself can go on using it.';
      if (unknown > 0 && needsRights(report)) return 'The firewall’s exact rules need administrator rights to be read.';
      if (unknown > 0 || !isListWhole(report)) return 'What is missing, and what would settle it, is said below.';
      if (networkOf(report) === null && others === 0)
        return 'This computer is on no network now. Scan again once it is on one.';
      if (others === 0) return 'Nobody else can reach anything on this computer.';
      return 'What others can reach is meant for them, or you keep it open.';
    },
    closeAll: (count: number) => `Close all recommended (${number(count)})`,
    list: 'Worth a look',
    close: 'Close',
    closing: 'Closing…',
    keepOpen: 'Keep open',
    keepingOpen: 'Noting…',
    more: 'More',
    less: 'Less',
    turnOn: 'Turn on',
    turningOn: 'Preparing…',
    remove: 'Remove opening',
    removing: 'Removing…',
    readExactly: 'Read the exact rules',
    readExactlyWhy: 'Asks once for your password. Only reads; nothing is changed.',
    ifClosed: 'If you close it',
    runBy: 'Run by',
    decidedBy: 'Decided by',
    showPort: 'All about this port',
    closeLabel: (name: string) => `Close ${name}`,
    keepLabel: (name: string) => `Keep open: ${name}`,
    severity: { high: 'Close this first', medium: 'Worth closing', low: 'Minor' } satisfies Record<Severity, string>,
    yourCall: 'Your call',
    ways: 'Ways',
    showWays: 'How to close it',
    keptTitle: 'Kept open by you',
    stopKeeping: 'Advise again',
    stopKeepingLabel: (name: string) => `Advise again: ${name}`,
    keptAnnounced: (target: Target, keep: boolean) =>
      keep ? `${portName(target)} is kept open. No more advice on it.` : `${portName(target)} is advised on again.`,
    checkedTitle: (asOf: string | null) => (asOf === null ? 'What was checked' : `What was checked at ${time(asOf)}`),
    checkedListening: (count: number, self: number) =>
      count === 0
        ? 'Nothing listens'
        : `${plural(count, { one: 'port listens', other: 'ports listen' })}, ${number(self)} of them for this computer only`,
    checkedOthers: (count: number, unknown: number) => {
      if (count > 0) return `${number(count)} can be reached by others`;
      return unknown > 0 ? 'None is known to be reachable by others' : 'None can be reached by others';
    },
    checkedUnknown: (count: number) =>
      `Of ${number(count)} it cannot be told who can reach ${count === 1 ? 'it' : 'them'}`,
    checkedConnections: (inbound: number, outbound: number) =>
      `${plural(inbound, { one: 'connection', other: 'connections' })} from others, ${number(outbound)} to others`,
    checkedInterface: (kind: InterfaceKind, name: string, addresses: readonly string[]) =>
      `${upper(NETWORK[kind])} ${foreign(name)}: ${addresses.slice(0, 2).map(foreign).join(', ')}`,
    firewallLine: (state: FirewallState): string => {
      const name = `The firewall (${FIREWALL[state.id]})`;
      if (state.active === null) return `${name} may be on or off: that cannot be read`;
      if (!state.active) return `${name} is off: it stops nobody`;
      switch (state.defaults.inbound) {
        case 'deny':
        case 'reject':
          return `${name} is on and turns others away unless a rule lets them in`;
        case 'allow':
          return `${name} is on but lets others in unless a rule stops them`;
        case 'unknown':
          return `${name} is on`;
      }
    },
    unreadTitle: 'What could not be read',
    unreadLead: 'Where it matters for a verdict, the verdict says “cannot tell” rather than guessing.',
    historyTitle: 'Last change',
  },

  listGap: {
    title: 'Not everything that listens could be read.',
    text: 'There may be more ports than these. Keep closed says what is missing, and what would settle it.',
  },

  firewall: {
    title: 'Firewall',
    lead: 'What decides who gets in: the firewalls here, and every rule with what it does.',
    first: 'Reading the rules…',
    none: 'No firewall was found.',
    noneWhy: 'Nothing stands between the programs that listen and the network.',
    noneUnread: 'Whether there are rules cannot be told, because they could not be read.',
    states: 'Firewalls on this computer',
    name: ({ id }: FirewallState) => FIREWALL[id],
    on: 'On',
    off: 'Off',
    unknown: 'Cannot tell',
    says: ({ active, defaults, rules }: FirewallState): string => {
      const count =
        rules === null ? 'Its rules could not be counted.' : `${plural(rules, { one: 'rule', other: 'rules' })}.`;
      if (active === false)
        return rules === 0 ? 'It is off, and has no rules.' : `It is off: nothing of it holds. ${count}`;
      const inbound = {
        deny: 'What no rule lets in is dropped without an answer.',
        reject: 'What no rule lets in is turned away.',
        allow: 'What no rule stops gets in.',
        unknown: 'What happens to connections that no rule names cannot be told.',
      }[defaults.inbound];
      const outbound = {
        deny: ' What no rule lets out stays in.',
        reject: ' What no rule lets out stays in.',
        allow: ' This computer may connect to anything.',
        unknown: '',
      }[defaults.outbound];
      return `${active === null ? 'Whether it is on cannot be told. As it is set: ' : ''}${inbound}${outbound} ${count}`;
    },
    unreadTitle: 'Not every rule could be read',
    unread: (what: readonly string[]) => `Not read: ${list(what.map(foreign))}. What is listed may not be all.`,
    partly: 'There are too many rules to check of each whether it is of use. What is marked was checked.',
    rules: 'Rules',
    search: 'Port, address, rule, program',
    filter: 'Show',
    filters: {
      all: 'All',
      idle: 'Of no use',
      you: 'Yours',
      portcullis: 'Portcullis',
      tool: 'Other programs',
    } satisfies Record<RuleFilter, string>,
    count: (shown: number, all: number) =>
      shown === all
        ? plural(all, { one: 'rule', other: 'rules' })
        : `${number(shown)} of ${plural(all, { one: 'rule', other: 'rules' })}`,
    noRules: 'There are no rules.',
    noneFound: 'No rule matches. Try fewer words, or show all.',
    more: (count: number) => `Show ${number(count)} more`,
    sentence: ruleSentence,
    /** Whose a step or a deciding rule is: programs by their own names. */
    of: (firewall: string): string => (firewall === 'windows' ? FIREWALL.windows : foreign(firewall)),
    /** Where a rule stands: its firewall, and the list in it. */
    place: ({ firewall, place, windows }: RuleInWords): string =>
      windows !== undefined ? windowsPlace(windows) : place === null ? firewall : `${firewall}, ${foreign(place)}`,
    networks: networksOf,
    owner: ({ owner, tool, windows }: RuleInWords): string =>
      owner === 'you'
        ? windows === undefined
          ? 'Yours'
          : 'Made here'
        : owner === 'portcullis'
          ? 'Portcullis'
          : tool === null
            ? 'Another program'
            : foreign(tool),
    uses: {
      'in-use': 'In use',
      'in-force': 'In force',
      'nothing-listens': 'Nothing listens',
      'never-matches': 'Never matches',
      'no-effect': 'Changes nothing',
      off: 'Not in force',
      unknown: 'Cannot tell',
    } satisfies Record<RuleInWords['use'], string>,
    why: (given: RuleInWords): string | null => {
      const { use, because, windows } = given;
      const rules = because.map(
        ({ firewall, rule }) => `“${foreign(rule)}” (${firewall === 'windows' ? FIREWALL.windows : foreign(firewall)})`,
      );
      const stands = rules.length === 0 ? windowsWhy(given) : null;
      if (stands !== null) return stands;
      switch (use) {
        case 'nothing-listens':
          return windows != null && (windows.program ?? windows.service) !== null
            ? 'What it is for would be open as soon as it listens.'
            : 'The next program that listens there would be open at once.';
        case 'never-matches':
          return rules.length === 0
            ? 'No packet comes to it.'
            : `Nothing is left for it to match, because of ${list(rules)}.`;
        case 'no-effect':
          return rules.length === 0
            ? 'Without it all would be the same.'
            : `Without it all would be the same, because of ${list(rules)}.`;
        case 'in-use':
        case 'in-force':
        case 'off':
        case 'unknown':
          return null;
      }
    },
    removeLabel: (rule: string) => `Remove opening: ${foreign(rule)}`,
  },

  map: {
    title: 'Who gets in',
    caption: (asOf: string | null) =>
      `How many ports get through from where${asOf === null ? '' : `, as of ${time(asOf)}`}`,
    from: 'From',
    columns: { open: 'Get through', blocked: 'Stopped', unknown: 'Cannot tell' } satisfies Record<
      keyof ReachCounts,
      string
    >,
    short: {
      open: (count: number) => `${number(count)} open`,
      unknown: (count: number) => `${number(count)} cannot tell`,
      closed: 'all closed',
      doubt: 'cannot tell',
    },
    notWhole: 'not all could be read',
    listening: ports,
    listeningSmall: (count: number): string => (count === 1 ? 'listens' : 'listen'),
    network: (report: Report): string => {
      const network = networkOf(report);
      return network === null ? 'No network' : `This ${NETWORK[network.kind]}`;
    },
    internet: 'Internet',
    indirect: 'What your router or provider passes on to this computer cannot be seen from here.',
  },

  palette: {
    title: 'Commands',
    keys: 'Ctrl K',
    field: 'What do you want to do?',
    hint: 'close 3000, who can reach 22, export for Windows',
    list: 'Commands that fit',
    none: 'Nothing fits. Try a port’s number.',
    found: (count: number) => plural(count, { one: 'command fits', other: 'commands fit' }),
    busy: 'Another change is under way.',
    open: (view: string) => `Open ${view}`,
    close: (target: Target) => `Close ${portName(target)}`,
    who: (target: Target) => `Who can reach ${portName(target)}`,
    nothingListens: 'Nothing listens there now',
    nothingKnown: 'Nothing is known to listen there',
    exportFor: (format: ExportFormat) => `Export for ${format === 'windows' ? 'Windows' : EXPORT_NAMES[format]}`,
    openIntent: 'Open an intent file…',
    openIntentAlso: 'import carry out load json',
    scan: 'Scan again',
    exact: 'Read the exact rules',
    scanAlso: 'refresh rescan look',
    exactHint: 'Asks once for your password',
    exactAlso: 'exactly',
    undo: 'Undo the last change',
    theme: (name: string) => `Appearance: ${name}`,
    language: (name: string) => `Language: ${name}`,
    /** Also in the other language, for whoever cannot read this one. */
    languageAlso: 'Sprache German',
    /** What a person types before, or after, the number of a port. */
    asks: {
      close: /^(close|shut|block)\s+/i,
      who: /^(who\s+(can\s+)?(reach|reaches|use)|who|reach|show|explain|open(?=\s+port))\s+/i,
    },
  },

  deed: {
    planning: 'Working out what would change…',
    applying: 'Changing the firewall…',
    undoing: 'Undoing…',
    title: (
      undone: boolean,
      closes: boolean,
      outcome: Pick<Outcome, 'change' | 'verified'> | null,
      asOf: string | null,
    ): string => {
      const verified = outcome?.verified !== false;
      if (outcome?.change.state === 'rolled-back')
        return verified ? NOT_KEPT : `${NOT_KEPT}, but not everything could be checked`;
      const checked = asOf === null ? 'Checked' : `Checked at ${time(asOf)}`;
      if (!verified)
        return undone ? 'Undone, but not everything could be checked' : 'Done, but not everything could be checked';
      if (undone) return 'Undone';
      return `${checked}: ${closes ? 'closed' : 'done'}`;
    },
    undo: 'Undo',
    undoLabel: (summary: string) => `Undo: ${foreign(summary)}`,
    seeTakeBack: 'See what can be taken back',
    dismiss: 'Dismiss',
    before: 'Before',
    after: 'After',
    failed: 'That did not work. Nothing is half done:',
    rolledBack: 'Everything was put back as it was',
    refused: 'Nothing was changed',
    scanAgain: 'Scan again',
    step: (done: number, of: number) => `Step ${number(Math.min(done + 1, of))} of ${number(of)}`,
    announce: (phase: 'done' | 'undone', { checked, change }: Outcome) =>
      `${change.state === 'rolled-back' ? NOT_KEPT : phase === 'done' ? 'Done' : 'Undone'}. ${checked.map((line) => foreign(checkedWords(line))).join(' ')}`,
  },

  waiting: {
    title: 'Keep this change?',
    left: (seconds: number) => (seconds === 0 ? 'Putting it back…' : `Reverting in ${number(seconds)} s`),
    lead: 'It is in force and checked. If something does not work any more, do nothing: it is put back by itself, even when this window is closed.',
    keep: 'Keep',
    keeping: 'Keeping…',
    putBack: 'Put back',
    announce: (seconds: number) =>
      `The change is in force. Keep this change? It is put back in ${number(seconds)} seconds unless you keep it.`,
    lastCall: (seconds: number) => `It is put back in ${number(seconds)} seconds unless you keep it.`,
  },

  who,
  whoLong,
  /** A verdict, with its time where it is not fresh. */
  verdict: (asOf: string | null, text: string): string =>
    asOf === null ? text : `As of ${time(asOf)}: ${lower(text)}`,
  listenerName: (id: string): string => foreign(listenerName(id)),
  /** What a listener is called for people: its service, or its program. Looked for as well, so it is not cut here. */
  identityName: ({ identity }: Pick<ReportListener, 'identity' | 'owner'>): string => identity.name,
  /** A service of the catalog in this language. No view reads these five from the service itself. */
  service: ({ name, purpose, ifExposed, ifClosed, bindLocal }: Service): ServiceWords => ({
    name,
    purpose,
    ifExposed,
    ifClosed,
    bindLocal,
  }),
  /** What a finding says. No view reads its sentences from the finding itself. */
  finding: ({ title, why, ifClosed }: Finding, _report: Pointed): Sentences => ({ title, why, ifClosed }),
  /** What could not be read: what it is, why, and what would settle it. */
  gap: ({ what, why, how }: Gap): SaidGap => ({ what: sentence(what), why: sentence(why), how: sentence(how) }),
  /** Why something is unknown. */
  reason: (reason: Reason): string => sentence(reasonText(reason)),
  /** What is said of plans and changes. No view reads these sentences from the plan itself. */
  plan: {
    /** What a plan, and a change made by it, is called. */
    summary: (plan: Plan, _history: readonly Change[]): string => plan.summary,
    /** What one step does, or the way back. */
    step: ({ says }: Step): string => says,
    warning: (warning: Warning | string, _around: Around): string => warningWords(warning),
    checked: (line: Checked | string, _around: Around): string => checkedWords(line),
    /** What the plan calls what listens; as the window does, as long as it is there. */
    name: ({ listener: id, name }: NamedEnd, { listeners }: Report): string =>
      listeners.find((one) => one.id === id)?.identity.name ?? name,
    /** What is under way; null: without a plan. */
    progress: ({ text }: Progress, _plan: Plan | null): string => text,
    /** What became of a change. */
    note: ({ note }: Pick<Change, 'note' | 'says'>, _around: Around): string | null => note,
  },
  /** What happened, and what to do next. No view reads these sentences from the problem itself. */
  problem: ({ message, hint, means }: Problem, _around: Around): ProblemText => [
    sentence(isTooLong(message) ? withSaidCut(message, means) : message),
    sentence(hint),
  ],
  stopName,
  portName,
  verdicts: VERDICT,
  /** The way in, said in a sentence for those who do not see the picture. */
  path: (network: Stop, internet: Stop) =>
    `${stopName(network)}: ${VERDICT[network.verdict]}. Internet: ${internet.indirect ? 'not directly; what the router passes on cannot be seen from here' : VERDICT[internet.verdict]}.`,
  thisComputer: 'This computer',

  ports: {
    title: 'Ports',
    inbound: 'Inbound',
    outbound: 'Outbound',
    inboundLead: 'Programs that wait for others to connect. These are what a firewall closes.',
    outboundLead:
      'Connections that exist now. Your own ones go out from temporary ports, which close by themselves; they need no opening.',
    picture: 'All 65,536 ports',
    pictureLabel: (others: number, self: number, unknown: number) =>
      `Picture of all 65,536 ports in their three ranges. ${number(others)} listening and reachable by others, ${number(self)} by this computer only, ${number(unknown)} cannot be told. The list below holds the same.`,
    pictureOutbound: (count: number) =>
      `Picture of all 65,536 ports in their three ranges, with the ${number(count)} that your connections use now. The list below holds the same.`,
    ranges: {
      'well-known': {
        name: 'Well-known',
        span: '0 – 1023',
        text: 'For services that everybody knows, such as the web or mail.',
      },
      registered: {
        name: 'Registered',
        span: '1024 – 49151',
        text: 'For services of programs that asked for a number.',
      },
      dynamic: {
        name: 'Dynamic',
        span: '49152 – 65535',
        text: 'For nobody in particular: handed out for a while and taken back.',
      },
    } satisfies Record<PortRange, { name: string; span: string; text: string }>,
    search: 'Search',
    searchHint: 'Number, program, service, address',
    filter: 'Show',
    filters: {
      all: 'All',
      others: 'Others can reach',
      self: 'This computer only',
      unknown: 'Cannot tell',
    } satisfies Record<Filter, string>,
    legend: {
      others: 'Others can reach',
      self: 'This computer only',
      unknown: 'Cannot tell',
      live: 'In use now',
    } satisfies Record<Tone | 'live', string>,
    columns: { port: 'Port', program: 'Program', reach: 'Who can reach it', address: 'Listens on' } satisfies Record<
      SortKey,
      string
    >,
    sortBy: (column: string) => `Sort by ${column}`,
    connectionColumns: { program: 'Program', remote: 'To', service: 'Registered for', local: 'From port' },
    count: (shown: number, all: number) => (shown === all ? ports(all) : `${number(shown)} of ${ports(all)}`),
    countConnections: (shown: number) => plural(shown, { one: 'connection', other: 'connections' }),
    none: 'Nothing listens on this computer.',
    led: 'Led on to somewhere else',
    ledWhy: 'Nothing on this computer listens on these. A rule turns what comes to them to another place.',
    leadsTo: { container: 'a container', guest: 'a virtual machine', computer: 'another computer' } satisfies Record<
      Forward['to']['kind'],
      string
    >,
    noneFound: 'No port matches. Try fewer words, or show all.',
    noConnections: 'No connection is open at the moment.',
    connectionsUnread: 'The live connections could not be read. Keep closed says what would settle it.',
    noConnectionsFound: 'No connection matches.',
    loading: 'Looking at the connections…',
    hiddenProgram: 'Needs permission',
    hiddenProgramWhy: 'The program belongs to another user; its name needs administrator rights.',
    clear: 'Show all',
  },

  detail: {
    back: 'Back to the list',
    close: 'Close details',
    what: 'What it is',
    unknownService: 'Not a service that Portcullis knows.',
    registered: (name: string) =>
      `The number is registered for “${foreign(name)}”; that says nothing about who uses it here.`,
    byPort: 'Named by its number only; another program may use it.',
    owner: 'Who runs it',
    program: 'Program',
    path: 'File',
    unit: 'Service unit',
    container: 'Container',
    user: 'User',
    pid: 'Process',
    incomplete: 'More about it needs administrator rights.',
    listens: 'Listens on',
    scopes: {
      any: 'all addresses',
      interface: 'one address',
      link: 'this link only',
      loopback: 'this computer only',
      multicast: 'a group address',
    },
    connected: 'Connected now',
    nobodyConnected: 'Nobody from outside.',
    reach: 'Who can reach it',
    redirected: (port: number) => `by port ${port}, which a rule leads here`,
    wayName: (way: Reach, own: number) =>
      `${foreign(way.interface)} · ${foreign(way.address)}${way.port === own ? '' : ` port ${way.port}`}`,
    everybody: 'everyone',
    openTo: (what: string) => `Open to ${what}`,
    limitedTo: (what: string) => `Open, but slowed after repeated tries, to ${what}`,
    unknownFor: (what: string) => `Cannot tell for ${what}`,
    closedToAll: 'Closed',
    /** What a rule did, and to whom. */
    step,
    decides: '(this rule decides)',
    more: (count: number) => `and ${number(count)} more`,
    noWays: 'It listens on this computer only, so no network leads to it.',
    noNetwork: 'This computer is on no network now, so nobody else gets here.',
    ask: 'Follow a packet',
    askLead: 'Through which rules would a new connection from this address go?',
    askInterface: 'Arrives at',
    askSource: 'From address',
    askButton: 'Follow',
    asking: 'Following…',
    verdictSentence: {
      open: 'It gets through.',
      limited: 'It gets through, slowed after repeated tries.',
      blocked: 'It is stopped.',
      unknown: 'It cannot be told.',
    } satisfies Record<Verdict, string>,
    traceLabel: 'The rules that it passes, in order',
    noRules: 'No rule says anything about it.',
    ifClosed: 'If you close it',
    unknownIfClosed: 'What uses it from elsewhere can no longer connect. This computer itself can go on using it.',
    ways: 'Ways to close it',
    stopIt: (name: string) => (name === '' ? 'Stop it…' : `Stop ${onButton(name)}…`),
    way: WAYS,
    closeNow: 'Close in the firewall',
    copyCommand: 'Copy command',
    selfAlready: 'Only this computer can reach it: there is nothing to close.',
    selfForNow: 'Only this computer can reach it while it is on no network. Scan again once it is on one.',
  },

  review: {
    title: 'Review',
    nothing: 'There is nothing to review.',
    nothingHint: 'Choose Close on a port, and what would change is shown here first.',
    toHome: 'To Keep closed',
    warnings: 'Know before you apply',
    effects: 'Who can reach what',
    effectsTable: 'Who can reach what, before and after',
    effectsLead: 'Everything else stays as it is.',
    noEffects: 'Nobody’s way in changes.',
    steps: 'What will be done',
    stepsDone: 'What was done',
    undoSteps: 'How it is undone',
    apply: 'Apply',
    applying: 'Applying…',
    cancel: 'Cancel',
    drop: (live: number) =>
      live === 1
        ? 'End the connection that is open now as well'
        : `End the ${number(live)} connections that are open now as well`,
    dropHint: 'Who works here from elsewhere is never cut off.',
    replanned: (steps: number) => `The plan has ${plural(steps, { one: 'step', other: 'steps' })} now.`,
    noUndo: 'This cannot be undone from here.',
    password: 'You may be asked for your password once.',
    done: 'Done',
    progressLabel: 'Progress',
    checkedLabel: 'Checked afterwards',
  },

  history: {
    title: 'History',
    lead: 'Every change, the newest first. Each that is in force can be undone, in any order.',
    none: 'Nothing has been changed yet.',
    all: 'All changes',
    review: 'Undo…',
    by: (when: string) => `on ${when}`,
    states: CHANGE_STATES,
    timeline: {
      title: 'Changes by time',
      label: (count: number, from: string, to: string) =>
        from === to
          ? `Changes by time: ${changes(count)}, ${dateTime(to)}`
          : `Changes by time: ${changes(count)}, from ${dateTime(from)} to ${dateTime(to)}`,
      looks: CHANGE_LOOKS,
      number: changes,
      /** What one mark stands for. */
      one: (at: string, summary: string, look: string) => `${dateTime(at)}: ${summary}. ${look}.`,
      several: (count: number, from: string, to: string, states: string) =>
        `${changes(count)}, ${from === to ? dateTime(to) : `${dateTime(from)} to ${dateTime(to)}`}: ${states}. Leads to the newest of them.`,
      counts: (all: readonly { readonly count: number; readonly name: string }[]) =>
        all.map(({ count, name }) => `${number(count)} ${lower(name)}`).join(', '),
    },
  },

  reportPart: reportPartInEnglish,
  importPart: importPartInEnglish,

  exportView: {
    title: 'Export',
    lead: 'The rules that close these ports, as a file for this or another machine. Nothing is changed here.',
    ports: 'Ports to close',
    none: 'Nothing to choose: no port can be reached by others.',
    noneKnown: 'Nothing to choose: no port is known to be reachable by others.',
    onlyReachable: 'Ports that only this computer can reach need no rule and are not listed.',
    ledOn: (names: readonly string[]) =>
      `Not listed: ${list(names)}, which rules lead on to a container or another computer. In a terminal:`,
    all: 'All',
    nothing: 'None',
    format: 'For',
    formats: {
      ufw: { name: EXPORT_NAMES.ufw, text: 'Shell script for Debian and Ubuntu' },
      firewalld: { name: EXPORT_NAMES.firewalld, text: 'Shell script for Fedora, RHEL and openSUSE' },
      'firewalld-xml': { name: EXPORT_NAMES['firewalld-xml'], text: 'Holds for networks that come later, too' },
      nftables: { name: EXPORT_NAMES.nftables, text: 'A table of its own, ahead of all rules' },
      iptables: { name: EXPORT_NAMES.iptables, text: 'A chain of its own, for older systems' },
      ansible: { name: EXPORT_NAMES.ansible, text: 'Playbook for many machines' },
      windows: { name: EXPORT_NAMES.windows, text: 'PowerShell script' },
      netsh: { name: EXPORT_NAMES.netsh, text: 'Batch file, where PowerShell is not to be used' },
      pf: { name: EXPORT_NAMES.pf, text: 'Shell script for its packet filter (pf)' },
      alf: { name: EXPORT_NAMES.alf, text: 'Shell script for its application firewall' },
      intent: { name: EXPORT_NAMES.intent, text: 'What you want, for Portcullis there' },
    } satisfies Record<ExportFormat, { name: string; text: string }>,
    whom: 'Shut out',
    audiences: {
      everyone: 'Everyone',
      'all-but-this-network': 'Everyone outside this network',
      internet: 'The internet',
    } satisfies Record<Audience, string>,
    posture: 'Close everything else, too',
    postureText: 'What you said to keep, and remote sessions, stay reachable.',
    rules: 'Rules',
    undo: 'Undo',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    save: 'Save…',
    saveUndo: 'Save undo…',
    saved: (path: string) => `Saved as ${foreign(path)}`,
    notExpressed: 'What this format cannot say',
    making: 'Writing the file…',
    moreLines: (count: number) => `Show ${plural(count, { one: 'more line', other: 'more lines' })}`,
    choose: 'Choose at least one port to see its file.',
    recommended: 'recommended',
  },

  learn: {
    title: 'Learn',
    lead: 'Ports in two minutes, with this computer as the example.',
    leadExample: 'Ports in two minutes. This computer has not been read yet, so the examples are made up.',
    here: 'On this computer',
    example: 'A made-up example',
    others: 'Other computers',
    port: {
      title: 'What a port is',
      text: [
        'Other computers find this one by its address, as letters find a house. Behind the address are numbered doors, from 0 to 65535. These are its ports.',
        'A program that wants to be found waits behind a door. That is called listening. Where nobody listens, the door leads nowhere.',
        'There are two rows of doors. TCP is for conversations, such as a web page. UDP is for single messages, such as asking for the time. So 53/tcp and 53/udp are two doors.',
      ],
      mine: (name: string, port: string) => `${foreign(name)} listens at ${port}.`,
      made: 'A web server listens at 443/tcp.',
      notWhole: 'What listens here could not be read. So this picture is a made-up example: a web server at 443/tcp.',
      noneListens: 'Nothing listens on this computer. So this picture is a made-up example: a web server at 443/tcp.',
      picture: (doors: readonly { readonly port: number; readonly listening: boolean }[]) =>
        `Four doors. ${doors.map(({ port, listening }) => `${port}: ${listening ? 'a program listens' : 'nobody listens'}`).join('. ')}.`,
    },
    ways: {
      title: 'Inbound and outbound',
      text: [
        'Inbound: somebody else begins. They knock at a port where a program listens here. A firewall decides who gets through.',
        'Outbound: you begin. Your program gets a spare port of its own, for the answers. It is given back when the conversation ends. It needs no opening.',
      ],
      picture: (inbound: number, local: number, remote: number) =>
        `Inbound: another computer knocks at port ${inbound} of this one. Outbound: this computer goes out from its port ${local} to port ${remote} of another one.`,
      columns: { way: 'Direction', program: 'Program here', from: 'From', to: 'To' },
      inbound: 'Inbound',
      outbound: 'Outbound',
      anyone: 'whoever knocks',
      thisPort: (port: number | string) => `this computer, port ${port}`,
      otherPort: (address: string, port: number) => `${foreign(address)}, port ${port}`,
      madeUp: '(made up)',
    },
    ranges: {
      title: 'Three ranges of numbers',
      text: 'IANA, the office that keeps the list of port numbers, sorts them in three ranges. They are habits, not walls: any program may use almost any number. So a number alone does not say who is there.',
      picture: (count: number) =>
        `Picture of all 65,536 ports in their three ranges, with the ${number(count)} where something listens here. The table below counts them.`,
      columns: { range: 'Range', numbers: 'Numbers', use: 'What for', mine: 'Listening here' },
    },
    addresses: {
      title: 'Private and public addresses',
      text: [
        'A public address can be spoken to from anywhere on the internet. A private one means something only inside one network, such as the Wi-Fi at home. The same private numbers are used again in many other networks.',
        'A router lends its public address to everyone behind it, and sorts the answers. That is called NAT. From outside nobody can begin a conversation with you, unless the router is told to pass a port on.',
        'NAT does not protect you from neighbours: whoever is on the same network speaks to you directly. IPv6 addresses are often public, without NAT.',
      ],
      picture:
        'This computer, with a private address, speaks to its router. The router, with a public address, speaks to the internet.',
      router: 'Router (NAT)',
      privateSide: 'private address',
      publicSide: 'public address',
      columns: { address: 'Address', on: 'On', kind: 'Kind' },
      kinds: {
        private: 'Private: this network only',
        public: 'Public: may be spoken to from the internet',
        link: 'Link-local: direct neighbours only',
        shared: 'Shared: inside a provider or a tailnet',
        other: 'For a special purpose',
      } satisfies Record<OwnKind, string>,
      unseen: 'Which public address your router uses cannot be seen from here. Portcullis asks nobody on the internet.',
    },
    scan: {
      title: 'What a port scan of this machine would find',
      asOf: (iso: string) => `As of ${time(iso)}. It may have changed since.`,
      text: 'A port scan knocks at many doors and notes the answers. Anyone on the same network can do it. Portcullis does not: it works the answers out of what listens here and of the firewall’s rules. Nothing is sent.',
      answers: [
        { seen: 'open', text: '“Yes.” A program listens, and the rules let the knock through.' },
        { seen: 'closed', text: '“No.” The knock is refused at once. The scanner knows that a computer is here.' },
        { seen: 'filtered', text: 'Silence. The firewall throws the knock away. The scanner waits, then gives up.' },
      ] satisfies readonly { seen: Seen; text: string }[],
      as: (kind: InterfaceKind, name: string) =>
        `As a neighbour on your ${NETWORK[kind]} (${foreign(name)}) would see it`,
      noNetwork: 'This computer is on no Wi-Fi or wired network now, so no neighbour there could scan it.',
      columns: { port: 'Port', seen: 'The scanner sees', what: 'What it is' },
      seen: {
        open: 'Open',
        limited: 'Open, slowed after repeated tries',
        some: 'Open for some neighbours',
        unknown: 'Cannot tell',
        filtered: 'Filtered',
        refused: 'Closed, refused by a rule',
        closed: 'Closed',
        shut: 'Closed or filtered',
      } satisfies Record<Seen, string>,
      byDefault: (seen: string) => `${seen}, by default`,
      emptyDoor: 'Like an empty door',
      unheardWhy: 'Nothing waits for this network.',
      refusedWhy: 'Some scanners write “filtered” for it.',
      leadsOn: 'A rule leads on to somewhere else.',
      restUnread: 'All other ports: what listens there could not be read, so how they look cannot be told.',
      rest: (seen: Shut): string => {
        switch (seen) {
          case 'filtered':
            return 'All other ports: nothing listens there. By default the firewall drops the knock, so they look filtered, unless a rule says otherwise.';
          case 'refused':
            return 'All other ports: nothing listens there. By default the firewall refuses the knock, unless a rule says otherwise.';
          case 'closed':
            return 'All other ports: nothing listens there. This computer says no by itself, so they look closed, unless a rule says otherwise.';
          case 'shut':
            return 'All other ports: nothing listens there, like empty doors. Whether such a door looks closed or filtered, or a rule leads it on to somewhere else, cannot be told from what was read.';
        }
      },
      more: (count: number) => `${ports(count)} more, none of them more open than these. All are listed under Ports.`,
      udp: 'A UDP program need not answer. A scanner often cannot tell an open UDP port from a filtered one.',
      settle: 'To settle what cannot be told',
      examples: [
        { port: '443/tcp', seen: 'open', what: 'Web server' },
        { port: '22/tcp', seen: 'filtered', what: 'Remote login' },
        { port: '3000/tcp', seen: 'closed', what: 'Nothing listens' },
      ] satisfies readonly { port: string; seen: Seen; what: string }[],
    },
  },

  problems: {
    carrier: {
      message: 'The window lost touch with the program behind it.',
      hint: 'Close the window and open it again.',
    },
    unknown: { code: 'failed', message: 'Something went wrong.', hint: 'Scan again and look.' } satisfies Problem,
  },
};
