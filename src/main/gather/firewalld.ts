/**
 * What firewalld says of itself, over D-Bus. `firewall-cmd` would take a third of a second for each question; busctl takes
 * five milliseconds.
 *
 * Nothing here wakes firewalld up (`--auto-start=no`), and an ordinary user asks only what its policy answers everybody
 * without a question (action org.fedoraproject.FirewallD1.info): on an attempt at more it would ask for a password.
 * A machine without firewalld costs two looks at files.
 */
import { existsSync } from 'node:fs';
import type { Transcript } from '../../core/model.ts';
import { isDictionary, replyOf, stringsOf } from '../../core/firewalls/firewalld/replies.ts';
import { type RunOptions, runRead } from './run.ts';
import { notTried, readFileTranscript } from './transcript.ts';

const DBUS = 'org.freedesktop.DBus';
const NAME = 'org.fedoraproject.FirewallD1';
const PATH = '/org/fedoraproject/FirewallD1';
/** firewalld answers one question after the other, and none while it loads its rules. */
const TIME_LIMIT = 5_000;
/** More zones and services than anybody uses: each is a question. */
const MOST = 100;

const INSTALLED = ['/usr/sbin/firewalld', '/usr/bin/firewalld'];
const BUS = '/run/dbus/system_bus_socket';

/**
 * Transcripts `firewalld.*`, see core/firewalls/firewalld/read.ts; none where it is not installed. Never throws.
 * `more`: zones that are read though they are not in use.
 */
export async function readFirewalld(
  isRoot: boolean,
  options: RunOptions = {},
  more: readonly string[] = [],
): Promise<readonly Transcript[]> {
  if (!INSTALLED.some((path) => existsSync(path))) return [];
  const run: RunOptions = { ...options, timeLimit: TIME_LIMIT };
  if (!existsSync(BUS)) return [noBus(), ...filesOf()];
  // All at once: where it is off, which is rare, the others fail at once and are left out.
  const [running, ...general] = await Promise.all([
    runRead('firewalld.running', busctl(DBUS, '/org/freedesktop/DBus', DBUS, 'NameHasOwner', NAME), run),
    ask('default-zone', '', 'getDefaultZone'),
    ask('active-zones', '.zone', 'getActiveZones'),
    ask('panic', '', 'queryPanicMode'),
    isRoot ? ask('policies', '.policy', 'getPolicies') : refused(),
  ]);
  if (running.failure !== null) return [running];
  if (replyOf(running.stdout) !== true) return [running, ...filesOf()];
  const known = [running, ...general];
  return isRoot ? [...known, ...(await readContents(known))] : known;

  function ask(id: string, part: string, method: string, ...args: readonly string[]): Promise<Transcript> {
    return runRead(`firewalld.${id}`, busctl(NAME, PATH, `${NAME}${part}`, method, ...args), run);
  }

  async function readContents(transcripts: readonly Transcript[]): Promise<readonly Transcript[]> {
    const zones = named([...more, ...zonesIn(transcripts)]);
    const policies = named(stringsOf(valueOf(transcripts, 'firewalld.policies')));
    const kept = Promise.all([
      ...zones.map((name) => readKept('zone', 'getZoneByName', 'getSettings2', name)),
      ...policies.map((name) => readKept('policy', 'getPolicyByName', 'getSettings', name)),
    ]);
    const now = await Promise.all([
      ...zones.map((name) => ask(`zone:${name}`, '.zone', 'getZoneSettings2', name)),
      ...policies.map((name) => ask(`policy:${name}`, '.policy', 'getPolicySettings', name)),
    ]);
    const services = await readServices(now);
    return [...now, ...services, ...(await kept)];
  }

  /** The permanent form has a path of its own, which is asked for first. */
  async function readKept(kind: string, find: string, get: string, name: string): Promise<Transcript> {
    const id = `firewalld.kept-${kind}:${name}`;
    const found = await runRead(id, busctl(NAME, `${PATH}/config`, `${NAME}.config`, find, name), run);
    const path = found.failure === null ? replyOf(found.stdout) : undefined;
    if (typeof path !== 'string' || !path.startsWith(`${PATH}/config/`)) return found;
    return runRead(id, busctl(NAME, path, `${NAME}.config.${kind}`, get), run);
  }

  /** Every service that is named, and those that they include. */
  async function readServices(contents: readonly Transcript[]): Promise<readonly Transcript[]> {
    const read = new Map<string, Transcript>();
    let wanted = named(contents.flatMap(({ stdout }) => servicesIn(stdout)));
    while (wanted.length > 0 && read.size < MOST) {
      const found = await Promise.all(wanted.map((name) => ask(`service:${name}`, '', 'getServiceSettings2', name)));
      for (const [at, name] of wanted.entries()) read.set(name, found[at] as Transcript);
      wanted = named(found.flatMap(({ stdout }) => servicesIn(stdout))).filter((name) => !read.has(name));
    }
    return [...read.values()];
  }
}

function busctl(
  name: string,
  path: string,
  part: string,
  method: string,
  ...args: readonly string[]
): readonly string[] {
  const signature = args.length === 0 ? [] : ['s'.repeat(args.length), ...args];
  return [
    'busctl',
    '--system',
    '--auto-start=no',
    '--allow-interactive-authorization=no',
    '--json=short',
    'call',
    name,
    path,
    part,
    method,
    ...signature,
  ];
}

const refused = (): Promise<Transcript> =>
  Promise.resolve(notTried('firewalld.policies', [], 'refused', 'not run: only root may read it'));

/** Without a bus there is no firewalld: it cannot start. */
const noBus = (): Transcript => ({
  ...notTried('firewalld.running', ['exists', BUS], 'missing', ''),
  kind: 'collected',
  exit: 0,
  failure: null,
  stdout: '{"type":"b","data":[false]}\n',
});

/** Where it is off: its settings, and the file of its default zone, which tell what it would do. */
function filesOf(): readonly Transcript[] {
  const conf = readFileTranscript('/etc/firewalld/firewalld.conf');
  const zone = /^DefaultZone=([\w-]+)\s*$/m.exec(conf.stdout)?.[1] ?? 'public';
  const own = readFileTranscript(`/etc/firewalld/zones/${zone}.xml`);
  return [conf, own, ...(own.failure === null ? [] : [readFileTranscript(`/usr/lib/firewalld/zones/${zone}.xml`)])];
}

const valueOf = (transcripts: readonly Transcript[], id: string): unknown => {
  const found = transcripts.find((transcript) => transcript.id === id);
  return found?.failure === null ? replyOf(found.stdout) : undefined;
};

/** Names as firewalld allows them, each once. One that begins with a dash would be taken for an option. */
const named = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => /^\w[\w./+-]*$/.test(name)).slice(0, MOST);

function zonesIn(transcripts: readonly Transcript[]): readonly string[] {
  const active = valueOf(transcripts, 'firewalld.active-zones');
  const zone = valueOf(transcripts, 'firewalld.default-zone');
  return [...(isDictionary(active) ? Object.keys(active) : []), ...(typeof zone === 'string' ? [zone] : [])];
}

/** Services that a zone, a policy, a rich rule or another service names. */
function servicesIn(stdout: string): readonly string[] {
  const reply = replyOf(stdout);
  if (!isDictionary(reply)) return [];
  const rules = [...stringsOf(reply['rules_str']), ...stringsOf(reply['rich_rules'])];
  return [
    ...stringsOf(reply['services']),
    ...stringsOf(reply['includes']),
    ...rules.flatMap((rule) => /\bservice name="([^"]+)"/.exec(rule)?.[1] ?? []),
  ];
}
