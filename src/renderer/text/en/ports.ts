/** The lists of ports and connections, and one port in detail, in English. */
import type { Forward, PortRange, Reach, TraceStep, Verdict, Way } from '../../../core/model.ts';
import { type Filter, type SortKey, type Tone } from '../../state/select.ts';
import { upper } from '../facts.ts';
import { foreign, list, number, onButton, plural, sentence } from '../format.ts';
import { ports, lower, some } from './shared.ts';

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
  'by-policy': {
    title: 'Ask whoever manages this computer',
    text: 'Policy decides here: what is set on this computer itself does nothing.',
  },
};

export const portsWords = {
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
    rulesAlike: (named: readonly string[], count: number) =>
      `${number(count)} rules: ${list([...named.map((one) => `“${sentence(one)}”`), `${number(count - named.length)} more`])}`,
    each: (effect: string) => `Each: ${lower(effect)}`,
    noRules: 'No rule says anything about it.',
    ifClosed: 'If you close it',
    unknownIfClosed: 'What uses it from elsewhere can no longer connect. This computer itself can go on using it.',
    ways: 'Ways to close it',
    stopIt: (name: string) => (name === '' ? 'Stop it…' : `Stop ${onButton(name)}…`),
    way: WAYS,
    restByPolicy: {
      title: 'Ask whoever manages this computer about the rest',
      text: 'In some of its networks policy decides: there it stays open until that is changed.',
    },
    closeNow: 'Close in the firewall',
    copyCommand: 'Copy command',
    selfAlready: 'Only this computer can reach it: there is nothing to close.',
    selfForNow: 'Only this computer can reach it while it is on no network. Scan again once it is on one.',
  },
};
