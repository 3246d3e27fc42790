/** What only a report says, in English. Plain text: each format makes it harmless for itself. */
import type { DocumentWords } from '../../../core/reports/words.ts';
import { list, number, plural } from '../format.ts';
import { rulesInEnglish } from './rules-en.ts';

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

const more = (count: number): string =>
  count === 0 ? '' : ` and ${plural(count, { one: 'more rule', other: 'more rules' })}`;

export const inEnglish: DocumentWords = {
  language: 'en',
  title: 'Who can reach this computer',
  contents: 'Contents',
  facts: { machine: 'Computer', taken: 'As of', platform: 'System', read: 'Read', version: 'Made by' },
  platforms: { linux: 'Linux', win32: 'Windows', darwin: 'macOS' },
  moment: (iso) => `${MOMENT.format(new Date(iso))} UTC`,
  whole: 'Everything that a verdict needs',
  partly: 'Not everything; what is missing is named below',
  redacted: 'Not named: names and addresses were replaced',
  counts: {
    others: (count) => `${plural(count, { one: 'port', other: 'ports' })} that others can reach`,
    self: (count) => `${plural(count, { one: 'port', other: 'ports' })} for this computer only`,
    unknown: (count) => `${plural(count, { one: 'port', other: 'ports' })} of which it cannot be told`,
  },
  headings: {
    advice: 'What to do',
    ports: 'Who can reach what',
    led: 'Ports that lead on',
    firewalls: 'Firewalls',
    networks: 'Networks',
    unread: 'What was not read',
  },
  leads: {
    advice: 'The most pressing first. This computer itself can go on using what is closed to others.',
    led: 'Nothing on this computer listens on these. A rule turns what comes to them to another place.',
    unread: 'Where it matters for a verdict, the verdict says “cannot tell” rather than guessing.',
  },
  none: {
    advice: 'There is nothing to close, and nothing to look at.',
    ports: 'Nothing listens.',
    portsUnread: 'What listens could not be read.',
    firewalls: 'No firewall was found. Nothing stands between the programs that listen and the network.',
    firewallsUnread: 'No firewall is known here, but whether there are rules could not be read.',
    networks: 'This computer was on no network.',
    unread: 'Everything was read.',
  },
  moreMayListen: 'Not everything that listens could be read: there may be more ports than these.',
  advice: { why: 'Why', ifClosed: 'What breaks', how: 'How', type: 'In a terminal', source: 'About it' },
  columns: { port: 'Port', what: 'What it is', who: 'Who can reach it', why: 'Why', leads: 'Leads to' },
  labels: {
    program: 'Run by',
    listens: 'Listens on',
    kept: 'Kept open on purpose',
    trace: 'Way by way',
    ruleOf: 'Rule of',
    decides: 'decides',
  },
  byNumber: 'Named by its number only; another program may use it.',
  notAllowedToKnow: 'a program that could not be seen',
  port: (port) => `port ${port}`,
  manyAtOnce: (addresses) => `to many at once by ${addresses}`,
  toAddresses: (addresses) => `to ${addresses}`,
  more: (count) => `${number(count)} more`,
  ownAddress: 'its own address',
  because: {
    loopback: 'It listens on this computer’s own loopback address, which no network leads to.',
    noRule: 'No firewall rule stands in the way.',
    letIn: (rules, rest) => `Let in by ${list(rules)}${more(rest)}.`,
    turnedAway: (rules, rest) => `Turned away by ${list(rules)}${more(rest)}.`,
    unknown: (reasons, rest) => `Not known: ${reasons.join('; ')}${rest === 0 ? '' : `; and ${number(rest)} more`}.`,
  },
  exposure: {
    self: 'this computer only',
    some: 'some addresses',
    network: 'its networks',
    internet: 'the internet',
    unknown: 'cannot tell',
  },
  firewall: {
    on: 'On',
    off: 'Off',
    unknown: 'Cannot tell',
    inbound: 'Inbound by default',
    outbound: 'Outbound by default',
    rules: 'Rules',
    profiles: 'By kind of network',
    profile: 'Profile',
    state: 'State',
    interfaces: 'Networks in it now',
  },
  policies: { allow: 'let through', deny: 'dropped', reject: 'turned away', unknown: 'cannot tell' },
  profiles: { domain: 'Domain', private: 'Private', public: 'Public' },
  settle: 'To settle it',
  end: (version) =>
    `Made by Portcullis ${version} from what listened and from the firewall’s rules at that moment. Nothing was sent to find it out, and things may have changed since.`,
  rules: rulesInEnglish,
};
