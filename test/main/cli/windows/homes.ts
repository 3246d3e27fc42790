/** synthetic: Windows of people at home and on the way, in three languages. */
import { HOME, type MachineSaid, profilesPrinted } from '../../../core/firewalls/windows/machine.ts';
import { appRules, predefined } from '../../../core/firewalls/windows/predefined.ts';
import { PROCESSES, SERVICES, SOCIAL, SVCHOST, asked, both, rule, sockets } from './system.ts';

/** Windows 10 22H2, read by Windows PowerShell 5.1. A game was let in; a question about a downloader was dismissed. */
export const windows10: MachineSaid = {
  host: 'DESKTOP-10',
  bare: true,
  rules: [
    ...predefined({ version: '2.30', groups: ['files'] }),
    ...appRules({ version: '2.30', by: 'AppPkgId' }),
    ...asked('C:\\Program Files (x86)\\Steam\\steam.exe', 'Steam', 'Allow', 'Private'),
    ...asked('C:\\Users\\anna\\Downloads\\fetch.exe', 'fetch', 'Block', 'Private'),
    rule(
      '{E1000000-0000-4000-8000-000000000001}',
      'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=C:\\Users\\anna\\Downloads\\fetch.exe|Name=fetch for everybody|',
    ),
  ],
  effective: profilesPrinted(),
  adapters: [
    { ...HOME, category: 1 },
    { alias: 'Ethernet', up: false, category: 'none', addresses: [] },
    {
      alias: 'Bluetooth Network Connection',
      description: 'Bluetooth Device (Personal Area Network)',
      up: false,
      category: 'none',
      addresses: [],
    },
  ],
  processes: [
    ...PROCESSES,
    { pid: 7000, name: 'steam.exe', path: 'C:\\Program Files (x86)\\Steam\\steam.exe' },
    { pid: 7100, name: 'fetch.exe', path: 'C:\\Users\\anna\\Downloads\\fetch.exe' },
    {
      pid: 7200,
      name: 'Plex Media Server.exe',
      path: 'C:\\Program Files\\Plex\\Plex Media Server\\Plex Media Server.exe',
    },
  ],
  services: SERVICES,
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  sockets: [
    ...sockets('192.168.1.20'),
    ...SOCIAL,
    { at: 'tcp 0.0.0.0:27036', pid: 7000 },
    { at: 'tcp 127.0.0.1:27060', pid: 7000 },
    { at: 'tcp 0.0.0.0:8000', pid: 7100 },
    ...both('tcp', 32400, 7200),
    { at: 'tcp 192.168.1.20:50100', pid: 7000, peer: '162.254.197.40:443' },
  ],
};

/** Windows 11 24H2, just set up, in the network of a hotel. Each process was asked for its package. */
export const fresh: MachineSaid = {
  host: 'LAPTOP-NEW',
  rules: [...predefined({ version: '2.33' }), ...appRules({ version: '2.33', by: 'PFN' })],
  effective: profilesPrinted(),
  adapters: [{ ...HOME, category: 0, addresses: ['192.168.1.20/24', 'fe80::20/64'], dns: ['192.168.1.1', '9.9.9.9'] }],
  processes: [
    ...PROCESSES,
    {
      pid: 8000,
      name: 'PhoneExperienceHost.exe',
      path: 'C:\\Program Files\\WindowsApps\\Microsoft.YourPhone_1.25.1.0_x64__8wekyb3d8bbwe\\PhoneExperienceHost.exe',
      packageFamily: 'Microsoft.YourPhone_8wekyb3d8bbwe',
      contained: false,
    },
    {
      pid: 8100,
      name: 'python.exe',
      path: 'C:\\Python313\\python.exe',
      commandLine: 'python -m http.server',
      packageFamily: 'none',
    },
  ],
  services: SERVICES,
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  sockets: [
    ...sockets('192.168.1.20'),
    ...SOCIAL,
    { at: 'tcp 0.0.0.0:9021', pid: 8000 },
    { at: 'tcp 0.0.0.0:8000', pid: 8100 },
  ],
};

/** German Windows 11: Remote Desktop is on, and a program let itself in under a name with quotes. */
export const german: MachineSaid = {
  host: 'RECHNER-7',
  rules: [
    ...predefined({ version: '2.32', groups: ['files', 'desktop', '-cast'] }),
    ...appRules({ version: '2.32', by: 'AppPkgId' }),
    ...asked('C:\\Program Files\\Müller & Söhne\\Büro\\büro.exe', 'Büro – „Netzwerk“', 'Allow', 'Private', '2.32'),
    rule(
      '{D1000000-0000-4000-8000-000000000001}',
      'v2.32|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Private|Profile=Public|LPort=445|Name=Dateifreigabe gesperrt (‚SMB‘)|Desc=Keine Freigaben im Heimnetz|EmbedCtxt=Eigene Regeln|',
    ),
  ],
  effective: profilesPrinted(),
  adapters: [
    { ...HOME, alias: 'WLAN', category: 'Private' },
    { alias: 'Ethernet', up: false, category: 'none', addresses: [] },
    { alias: 'Bluetooth-Netzwerkverbindung', up: false, category: 'none', addresses: [] },
    {
      alias: 'LAN-Verbindung* 1',
      type: 71,
      description: 'Microsoft Wi-Fi Direct Virtual Adapter',
      up: false,
      category: 'none',
      addresses: [],
    },
  ],
  processes: [
    ...PROCESSES,
    { pid: 1800, name: 'svchost.exe', path: null, session: 0 },
    { pid: 7000, name: 'büro.exe', path: 'C:\\Program Files\\Müller & Söhne\\Büro\\büro.exe' },
  ],
  services: [
    ...SERVICES,
    { pid: 1800, name: 'TermService', command: 'C:\\WINDOWS\\System32\\svchost.exe -k NetworkService' },
  ],
  sockets: [
    ...sockets('192.168.1.20'),
    ...SOCIAL,
    ...both('tcp', 3389, 1800),
    ...both('udp', 3389, 1800),
    { at: 'tcp 0.0.0.0:5190', pid: 7000 },
    { at: 'tcp 192.168.1.20:50200', pid: 7000, peer: '192.168.1.2:445' },
  ],
};

/** French Windows 11 in a café: file sharing was turned on at home, where it stays; printing from the neighbours is on. */
export const french: MachineSaid = {
  host: 'PORTABLE-3',
  rules: [
    ...predefined({ version: '2.31', groups: ['files', 'media'] }),
    ...appRules({ version: '2.31', by: 'AppPkgId' }),
    rule(
      '{F1000000-0000-4000-8000-000000000001}',
      `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=5355|RA4=LocalSubnet|App=${SVCHOST}|Svc=Dnscache|Name=Découverte du réseau (LLMNR‑UDP entrant)|EmbedCtxt=Découverte du réseau|`,
    ),
    rule(
      '{F1000000-0000-4000-8000-000000000002}',
      'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8080|RA4=192.168.1.50|Name=Serveur d’essai de l’équipe|',
    ),
  ],
  local: { public: { EnableFirewall: 1, DoNotAllowExceptions: 0 } },
  adapters: [
    { ...HOME, category: 'Public' },
    { alias: 'Ethernet', up: false, category: 'none', addresses: [] },
    { alias: 'Connexion réseau Bluetooth', up: false, category: 'none', addresses: [] },
  ],
  processes: [...PROCESSES, { pid: 7000, name: 'java.exe', path: 'C:\\Program Files\\Java\\jdk-21\\bin\\java.exe' }],
  services: SERVICES,
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  sockets: [...sockets('192.168.1.20'), ...SOCIAL, ...both('udp', 5355, 1500), { at: 'tcp 0.0.0.0:8080', pid: 7000 }],
};
