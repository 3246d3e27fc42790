/**
 * Ports that a setting of macOS opens: turning that off is better than blocking the port, since the system opens it anew and
 * says nothing where it does not work. Sources: Apple, "TCP and UDP ports used by Apple software products" (103229);
 * macOS User Guide, "Change Sharing settings on Mac", "Use AirPlay to stream video and audio".
 */
import type { ReportListener } from '../model.ts';
import type { MacSetting } from '../says.ts';

interface Opened {
  readonly setting: MacSetting;
  /** Names of the programs, lower case. */
  readonly programs: readonly string[];
  /** `tcp/5000`; none: whichever the program has. */
  readonly ports: readonly string[];
}

const OPENED: readonly Opened[] = [
  { setting: 'airplay', programs: ['controlcenter', 'airplayxpchelper'], ports: ['tcp/5000', 'tcp/7000'] },
  { setting: 'screen', programs: ['screensharingd'], ports: ['tcp/5900'] },
  { setting: 'management', programs: ['ardagent'], ports: ['tcp/3283', 'udp/3283'] },
  {
    setting: 'files',
    programs: ['smbd', 'applefileserver', 'netbiosd'],
    ports: ['tcp/445', 'tcp/548', 'udp/137', 'udp/138'],
  },
  { setting: 'login', programs: ['sshd', 'sshd-keygen-wrapper'], ports: ['tcp/22'] },
  { setting: 'events', programs: ['aeserver'], ports: ['tcp/3031'] },
  { setting: 'printers', programs: ['cupsd'], ports: ['tcp/631'] },
  { setting: 'media', programs: ['amplibraryagent', 'mediasharingd', 'mediasharing'], ports: ['tcp/3689'] },
  { setting: 'caching', programs: ['assetcache'], ports: [] },
  { setting: 'internet', programs: ['bootpd', 'internetsharing'], ports: ['udp/67'] },
];

/** null: no setting that is known. */
export function macSettingOf({
  protocol,
  port,
  owner,
}: Pick<ReportListener, 'protocol' | 'port' | 'owner'>): MacSetting | null {
  const program = owner.program?.toLowerCase() ?? null;
  const found = OPENED.find(({ programs, ports }) => {
    const own = ports.length === 0 || ports.includes(`${protocol}/${port}`);
    // launchd holds the port until somebody comes.
    return own && program !== null && (programs.includes(program) || (program === 'launchd' && ports.length > 0));
  });
  return found?.setting ?? null;
}
