/** What ports are, and what a scan of them finds, in English. */
import type { InterfaceKind } from '../../../core/model.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import type { Seen, Shut } from '../../../core/reach/scanned.ts';
import type { OwnKind } from '../../state/learn.ts';
import { foreign, number, time } from '../format.ts';
import { ports } from './shared.ts';

export const learnWords = {
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
};
