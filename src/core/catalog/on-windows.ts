/**
 * What the catalog says of a service where it runs on Windows: how to make it listen on this computer only, or how to turn
 * it off where that is the only way. Sources, all of Microsoft: Enable Remote Desktop on your PC; File sharing over a
 * network in Windows; Disable-PSRemoting, Notes; Delivery Optimization in Windows; OpenSSH server configuration for Windows;
 * Policy CSP - ADMX_DnsClient, Turn_Off_Multicast; KB 313314 for NetBIOS.
 */
import type { Identity } from '../model.ts';

const SHARING = 'Settings, Network & internet, Advanced network settings, Advanced sharing settings';

const ON_WINDOWS: Readonly<Record<string, string>> = {
  'delivery-optimization':
    'Settings, Windows Update, Advanced options, Delivery Optimization: turn downloads from other devices off',
  llmnr: 'In gpedit.msc, Administrative Templates, Network, DNS Client: enable “Turn off multicast name resolution”',
  netbios: 'Properties of the adapter, Internet Protocol Version 4, Advanced, WINS: Disable NetBIOS over TCP/IP',
  rdp: 'Settings, System, Remote Desktop: off',
  smb: `${SHARING}: File and printer sharing off`,
  ssdp: `${SHARING}: Network discovery off`,
  ssh: 'In %ProgramData%\\ssh\\sshd_config: ListenAddress 127.0.0.1',
  winrm: 'As administrator: Stop-Service WinRM; Set-Service WinRM -StartupType Disabled',
  'ws-discovery': `${SHARING}: Network discovery off`,
};

/** The text that is said of this service on Windows alone; null: there is none. */
export const localOnWindows = (id: string): string | null =>
  Object.hasOwn(ON_WINDOWS, id) ? (ON_WINDOWS[id] ?? null) : null;

/** Ids of the services of which something is said on Windows alone. */
export const saidOnWindows = (): readonly string[] => Object.keys(ON_WINDOWS);

/** How to listen on this computer only, where that is said for other systems than Windows. */
const ELSEWHERE =
  /(^|[\s(])[~/][/\w]|systemd|systemctl|cups|avahi|xrdp|dovecot|chrony|(smb|afp|vsftpd|minetest|mpd)\.conf/i;

/** The same listener on Windows: nothing is said that can be done elsewhere only. */
export function onWindows(identity: Identity): Identity {
  const { service } = identity;
  if (service === null) return identity;
  const { bindLocal: said } = service;
  const bindLocal = localOnWindows(service.id) ?? (said === null || ELSEWHERE.test(said) ? null : said);
  return bindLocal === said ? identity : { ...identity, service: { ...service, bindLocal } };
}
