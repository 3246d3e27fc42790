/** How a service is made to listen on this computer only where that is said on Windows alone, in German; the ids are those of `core/catalog/on-windows`. */
const SHARING =
  'Einstellungen, Netzwerk und Internet, Erweiterte Netzwerkeinstellungen, Erweiterte Freigabeeinstellungen';

export const germanOnWindows: Readonly<Record<string, string>> = {
  'delivery-optimization':
    'Einstellungen, Windows Update, Erweiterte Optionen, Übermittlungsoptimierung: Downloads von anderen Geräten ausschalten',
  llmnr:
    'In gpedit.msc, Administrative Vorlagen, Netzwerk, DNS-Client: „Multicastnamensauflösung deaktivieren“ aktivieren',
  netbios: 'Eigenschaften des Adapters, Internetprotokoll Version 4, Erweitert, WINS: NetBIOS über TCP/IP deaktivieren',
  rdp: 'Einstellungen, System, Remotedesktop: aus',
  smb: `${SHARING}: Datei- und Druckerfreigabe aus`,
  ssdp: `${SHARING}: Netzwerkerkennung aus`,
  ssh: 'In %ProgramData%\\ssh\\sshd_config: ListenAddress 127.0.0.1',
  winrm: 'Als Administrator: Stop-Service WinRM; Set-Service WinRM -StartupType Disabled',
  'ws-discovery': `${SHARING}: Netzwerkerkennung aus`,
};
