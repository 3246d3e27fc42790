/** synthetic: four Macs, made by hand after the documents; no Mac printed any of this. */
import type { Snapshot } from '../../../src/core/model.ts';
import { HOME, type MacSaid, failed, macSnapshot } from '../../core/firewalls/mac/machine.ts';

const CONTROL = '/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter';

const SYSTEM = [
  { pid: 380, path: '/usr/libexec/configd', uid: 0 },
  { pid: 402, path: '/usr/sbin/mDNSResponder', uid: 65 },
  { pid: 611, path: CONTROL, uid: 501 },
  { pid: 640, path: '/usr/libexec/rapportd', uid: 501 },
];

const SYSTEM_SOCKETS = [
  { at: 'udp4 *.5353', pid: 402 },
  { at: 'udp6 *.5353', pid: 402 },
  { at: 'udp4 *.68', pid: 380 },
  { at: 'tcp4 *.5000', pid: 611 },
  { at: 'tcp6 *.5000', pid: 611 },
  { at: 'tcp4 *.7000', pid: 611 },
  { at: 'tcp6 *.7000', pid: 611 },
  { at: 'tcp4 *.49312', pid: 640 },
  { at: 'tcp6 *.49312', pid: 640 },
  { at: 'tcp4 192.168.1.20.50110', pid: 640, peer: '17.57.144.10.443' },
];

/** macOS 14 at home: the application firewall is on, an ordinary person reads. */
const home: MacSaid = {
  host: 'annas-macbook',
  version: 14,
  processes: [
    ...SYSTEM,
    { pid: 900, path: '/Users/anna/Applications/Spotify.app/Contents/MacOS/Spotify' },
    { pid: 910, path: '/Applications/Plex Media Server.app/Contents/MacOS/Plex Media Server' },
  ],
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp4 *.57621', pid: 900 },
    { at: 'tcp46 *.32400', pid: 910 },
    { at: 'tcp4 127.0.0.1.32401', pid: 910 },
  ],
  alf: {
    state: 1,
    apps: ['allow /Applications/Plex Media Server.app', 'block /Users/anna/Applications/Spotify.app'],
  },
};

/** macOS 15, a developer's: the application firewall is off, pf may not be read. */
const developer: MacSaid = {
  host: 'dev-mac',
  version: 15,
  interfaces: [
    HOME,
    { name: 'bridge100', addresses: ['192.168.64.1/24'] },
    { name: 'utun4', addresses: ['100.101.102.103/32', 'fd7a:115c:a1e0::53/128'] },
  ],
  processes: [
    ...SYSTEM,
    {
      pid: 1200,
      path: '/opt/homebrew/Cellar/node/24.1.0/bin/node',
      args: 'node /Users/anna/site/node_modules/.bin/vite --host',
    },
    { pid: 1300, path: '/Applications/Docker.app/Contents/MacOS/com.docker.backend' },
    { pid: 1400, path: '/opt/homebrew/opt/postgresql@17/bin/postgres' },
  ],
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp46 *.5173', pid: 1200 },
    { at: 'tcp46 *.8080', pid: 1300 },
    { at: 'tcp4 127.0.0.1.5432', pid: 1400 },
    { at: 'tcp6 ::1.5432', pid: 1400 },
    { at: 'tcp4 *.22', pid: 1 },
    { at: 'tcp6 *.22', pid: 1 },
  ],
};

/** macOS 26, read as root: pf is on, with rules of a person and of a VPN. */
const root: MacSaid = {
  host: 'studio',
  version: 26,
  uid: 0,
  interfaces: [HOME, { name: 'en1', addresses: ['10.20.0.5/24'] }],
  processes: [
    ...SYSTEM,
    { pid: 1500, path: '/usr/sbin/smbd', uid: 0 },
    { pid: 1600, path: '/usr/local/bin/caddy', uid: 501 },
    { pid: 1700, path: '/usr/local/bin/node', uid: 501 },
  ],
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp46 *.445', pid: 1500 },
    { at: 'tcp46 *.8080', pid: 1600 },
    { at: 'tcp4 127.0.0.1.3000', pid: 1700 },
    { at: 'tcp4 *.22', pid: 1 },
    { at: 'tcp6 *.22', pid: 1 },
  ],
  alf: { state: 0 },
  pf: {
    rules: [
      'scrub-anchor "com.apple/*" all fragment reassemble',
      'anchor "com.apple/*" all',
      'block drop in proto tcp from any to any port = 8080',
      'pass in on en1 inet proto tcp from 10.20.0.0/24 to any port = 8080 flags S/SA keep state',
      'pass in proto tcp from <trusted> to any port = ssh flags S/SA keep state (max-src-conn-rate 5/60)',
    ],
    nat: [
      'nat-anchor "com.apple/*" all',
      'rdr-anchor "com.apple/*" all',
      'rdr pass on en0 inet proto tcp from any to any port = 80 -> 127.0.0.1 port 3000',
    ],
    anchors: {
      'com.apple': {},
      'com.apple/250.ApplicationFirewall': {},
      'com.apple/net.vpn': { rules: ['block drop in quick on en0 proto tcp from any to any port = 445'] },
    },
    skip: ['lo0'],
    tables: { trusted: ['10.20.0.0/24', '!10.20.0.66'] },
    references: ['vpnd'],
  },
};

/** Nothing but the list of sockets, of an older version, was given. */
const refused: MacSaid = {
  host: 'closed-mac',
  version: 13,
  processes: [{ pid: 2000, path: '/Users/ben/bin/tool', shown: false }],
  sockets: [
    { at: 'tcp4 *.9000', pid: 2000 },
    { at: 'tcp4 127.0.0.1.9001', pid: 2000 },
    { at: 'udp4 *.5353', pid: 402 },
  ],
  changed: Object.fromEntries(
    [
      'mac.lsof',
      'mac.lsof.text',
      'mac.ps',
      'mac.ps.args',
      'mac.ports',
      'mac.sysctl',
      'alf.state',
      'alf.blockall',
      'alf.signed',
      'alf.stealth',
      'alf.apps',
    ].map((id) => [id, failed('refused', 'Operation not permitted')]),
  ),
};

export const MACS: Readonly<Record<string, Snapshot>> = {
  'mac-home': macSnapshot(home),
  'mac-developer': macSnapshot(developer),
  'mac-root': macSnapshot(root),
  'mac-refused': macSnapshot(refused),
};
