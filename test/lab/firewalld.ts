/**
 * firewalld on machine A: a D-Bus of its own (bound to A's own /run), its settings in A's copy of /etc, its rules in A's
 * network. It ends with the lab.
 */
import { spawnSync } from 'node:child_process';
import type { Lab } from './harness.ts';

export type Backend = 'nftables' | 'iptables';

/** Why firewalld cannot run here, or null when it can. */
export const withoutFirewalld: string | null = (() => {
  if (process.getuid?.() !== 0) return 'firewalld needs the real root';
  const missing = ['firewalld', 'dbus-daemon', 'busctl', 'ipset'].filter(
    (program) =>
      spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: `${process.env['PATH']}:/usr/sbin` } }).status !==
      0,
  );
  return missing.length === 0 ? null : `${missing.join(', ')} not installed (scripts/setup-test-system.sh installs it)`;
})();

/** Files below /etc/firewalld, by their path there: `zones/home.xml`. Zones and policies that are not named are as packaged. */
export type FirewalldFiles = Readonly<Record<string, string>>;

export interface Firewalld {
  readonly pid: number;
  stop(): Promise<void>;
  /** One of firewalld's methods; the reply's arguments as busctl prints them. Throws with what firewalld said. */
  call(part: string, method: string, ...args: readonly string[]): Promise<unknown>;
  /** Make these the permanent settings and load them (0.2 s). A text: what firewalld said that would not take them. */
  load(files: FirewalldFiles, settings?: Readonly<Record<string, string>>): Promise<string | null>;
}

const bus = (
  services: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type>${services}<listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** Its settings as people have them, but that it does not clean up when it ends. */
const conf = (settings: Readonly<Record<string, string>>): string =>
  Object.entries({
    DefaultZone: 'public',
    CleanupOnExit: 'no',
    Lockdown: 'no',
    IPv6_rpfilter: 'yes',
    IndividualCalls: 'no',
    LogDenied: 'off',
    FlushAllOnReload: 'yes',
    RFC3964_IPv4: 'yes',
    ...settings,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

const FOLDERS = ['helpers', 'icmptypes', 'ipsets', 'policies', 'services', 'zones'];

/** A shell script that writes the files in place of all others. Contents go in quoted here-documents. */
const write = (files: FirewalldFiles): string =>
  [
    `cd /etc/firewalld && rm -rf direct.xml ${FOLDERS.join(' ')} && mkdir ${FOLDERS.join(' ')}`,
    ...Object.entries(files).map(([path, text]) => `cat >${path} <<'END-OF-FILE'\n${text}\nEND-OF-FILE`),
  ].join('\n');

// busctl wakes a service to read its property, so its name is waited for first.
const WAIT = `for i in $(seq 200); do
  busctl call org.freedesktop.DBus / org.freedesktop.DBus NameHasOwner s org.fedoraproject.FirewallD1 2>/dev/null |
    grep -q true &&
  busctl --auto-start=no --json=short get-property org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 \\
    org.fedoraproject.FirewallD1 state 2>/dev/null | grep -q RUNNING && exit 0
  sleep 0.05
done
exit 1`;

const POLKIT = `mkdir -p /var/lib/polkit-1
/usr/lib/polkit-1/polkitd --no-debug >/dev/null 2>&1 &
for i in $(seq 100); do pkaction >/dev/null 2>&1 && exit 0; sleep 0.05; done
exit 1`;

/** Start it with its packaged zones. It takes a second. `polkit`: with the program that says who may ask what. */
export async function startFirewalld(
  lab: Lab,
  {
    backend = 'nftables',
    files = {},
    settings = {},
    polkit = false,
    wakes,
  }: {
    backend?: Backend;
    files?: FirewalldFiles;
    settings?: Readonly<Record<string, string>>;
    polkit?: boolean;
    /** A file that appears when somebody wakes firewalld through D-Bus while it is not there. */
    wakes?: string;
  } = {},
): Promise<Firewalld> {
  const script = (input: string, seconds = 60) => lab.run('A', ['sh', '-e'], { input, seconds });
  const first = { FirewallBackend: backend, ...settings };
  const services = wakes === undefined ? '' : '<servicedir>/run/dbus/services</servicedir>';
  await lab.must('A', ['sh', '-ec', 'mkdir -p /run/dbus/services && cat >/run/dbus/lab.conf'], {
    input: bus(services),
  });
  if (wakes !== undefined) {
    const input = `[D-BUS Service]\nName=org.fedoraproject.FirewallD1\nExec=/bin/touch ${wakes}\nUser=root\n`;
    await lab.must('A', ['sh', '-c', 'cat >/run/dbus/services/org.fedoraproject.FirewallD1.service'], { input });
  }
  await lab.must('A', ['dbus-daemon', '--config-file=/run/dbus/lab.conf', '--fork', '--nopidfile']);
  await lab.must('A', ['sh', '-e'], { input: write({ 'firewalld.conf': conf(first), ...files }) });
  if (polkit) await lab.must('A', ['sh', '-e'], { input: POLKIT });
  const started = await lab.start('A', ['firewalld', '--nofork', '--nopid']);
  if ((await script(WAIT, 30)).exit !== 0) {
    const { stderr } = await lab.stop(started.name);
    throw new Error(`firewalld does not start: ${stderr}`);
  }
  const busctl = (part: string, method: string, args: readonly string[]) =>
    lab.run('A', [
      'busctl',
      '--auto-start=no',
      '--json=short',
      'call',
      'org.fedoraproject.FirewallD1',
      '/org/fedoraproject/FirewallD1',
      `org.fedoraproject.FirewallD1${part}`,
      method,
      ...args,
    ]);
  return {
    pid: started.pid,
    stop: async () => void (await lab.stop(started.name)),
    call: async (part, method, ...args) => {
      const { exit, stdout, stderr } = await busctl(part, method, args);
      if (exit !== 0) throw new Error(`firewalld, ${method}: ${stderr}`);
      return stdout === '' ? null : (JSON.parse(stdout) as { data: unknown }).data;
    },
    load: async (newFiles, more = {}) => {
      await lab.must('A', ['sh', '-e'], {
        input: write({ 'firewalld.conf': conf({ ...first, ...more }), ...newFiles }),
      });
      const { exit, stderr } = await busctl('', 'reload', []);
      return exit === 0 ? null : stderr.trim();
    },
  };
}
