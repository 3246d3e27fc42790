/** Names a listener: by the program first, by the number second. A name is data; nothing is trusted because of it. */
import type { Identity, Listener, Owner, Protocol, Service } from '../model.ts';
import { visible } from '../visible.ts';
import { asOffered } from './by-program.ts';
import { runtimeOf, serviceOfCommandLine, servicesOfRuntime } from './command-lines.ts';
import { rangeOf, registeredName } from './iana.ts';
import { serviceOfNumber, usesNumber } from './numbers.ts';
import { lastPart, plainName, serviceOfProgram, serviceOfUnit, stemOfUnit } from './programs.ts';
import { services } from './services/index.ts';
import { UNKNOWN_PROGRAM } from './unknown.ts';

/** Longest name that is shown. */
const LONGEST = 60;

/** Hold sockets for others: they say nothing about who will answer. */
const HOLDERS: ReadonlySet<string> = new Set(['systemd', 'init', 'launchd', 'svchost', 'inetd', 'xinetd']);

/** Files that are many programs at once. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'busybox',
  'toybox',
  'wine',
  'wine64',
  'wine-preloader',
  'wine64-preloader',
]);

/**
 * What this listener is. A program that the catalog does not know is never given the identity of a famous number:
 * a `node` on 2222 is not SSH, and neither is an unknown program on 22. Only where nobody can say who listens
 * (kernel sockets, no rights to look) does the number alone decide, and the answer says so.
 *
 * @param localNames `tcp/22` -> `ssh`, from `readLocalNames`; used where the IANA registry has no name
 */
export function identify(listener: Listener, localNames: ReadonlyMap<string, string>): Identity {
  const { protocol, port, owner } = listener;
  const registered = registeredName(protocol, port) ?? localNames.get(`${protocol}/${port}`) ?? null;
  const known = (service: Service, by: 'program' | 'port'): Identity => ({
    service: asOffered(service, owner),
    by,
    name: service.name,
    registered,
  });

  const names = namesOf(listener.owner);
  const session = isSshSession(owner) ? serviceOfProgram('sshd-session', protocol, port) : null;
  if (session !== null) return known(session, 'program');
  for (const name of names) {
    const service = serviceOfProgram(name, protocol, port);
    if (service !== null) return known(service, 'program');
  }

  const runtimeName = names.find((name) => runtimeOf(name) !== null);
  const held = names.length === 0 || names.some((name) => HOLDERS.has(name));
  const hosted = owner.services === undefined ? null : serviceOfHost(owner.services, protocol, port);
  if (hosted !== null) return known(hosted, 'program');
  const stem = owner.unit === null ? null : (stemOfUnit(owner.unit) ?? windowsService(owner));
  if (stem !== null && (held || runtimeName !== undefined)) {
    const service = serviceOfUnit(stem.toLowerCase(), protocol, port);
    if (service !== null) return known(service, 'program');
  }

  if (runtimeName !== undefined) {
    const runtime = runtimeOf(runtimeName);
    if (runtime !== null && owner.commandLine !== null) {
      const id = serviceOfCommandLine(runtime, owner.commandLine, protocol, port);
      const service = services.find((candidate) => candidate.id === id);
      if (service !== undefined) return known(service, 'program');
    }
    // What an interpreter that says no more may be by its number: something of its own that is being developed.
    const hinted = runtime === null ? [] : servicesOfRuntime(runtime);
    const developed = ({ id, category }: Service) => category === 'development' && hinted.includes(id);
    const service = serviceOfNumber(protocol, port, developed);
    if (service !== null) return known(service, 'port');
    const own = owner.program !== null && runtimeOf(plainName(owner.program)) === null;
    const name = shown(owner.program ?? runtimeName);
    return { service: null, by: 'none', name: own ? name : `${name} program`, registered };
  }

  if (!held) return { service: null, by: 'none', name: ownName(owner), registered };
  if (stem !== null) return { service: null, by: 'none', name: shown(stem), registered };
  const service = serviceOfNumber(protocol, port);
  if (service !== null) return known(service, 'port');
  // Beyond the well-known range most registered names belong to products that hardly anybody has.
  const wellKnown = rangeOf(port) === 'well-known' ? registered : null;
  if (wellKnown !== null) return { service: null, by: 'port', name: shown(wellKnown), registered };
  return { service: null, by: 'none', name: shown(owner.program ?? UNKNOWN_PROGRAM), registered };
}

/**
 * The short name of a service of Windows, which says what its host does; that of each person who is logged on without the
 * number of the logon. Source: Microsoft Learn, Per-user services in Windows.
 */
const windowsService = ({ program, unit }: Owner): string | null =>
  program === 'svchost' && unit !== null ? unit.replace(/_[\da-f]+$/i, '') : null;

/** One process for several services of Windows: the one whose number it is, or what all of them are. */
function serviceOfHost(names: readonly string[], protocol: Protocol, port: number): Service | null {
  const found = names.map((name) => serviceOfProgram(name.toLowerCase(), protocol, port));
  const fitting = found.find((service) => service !== null && usesNumber(service, protocol, port));
  const [first = null, ...others] = found;
  return fitting ?? (others.every((service) => service === first) ? first : null);
}

/**
 * Files and commands that no Mac has, and a setting that does nothing there: launchd listens in the place of its sshd. Its smbd
 * is not Samba. Sources: /System/Library/LaunchDaemons/ssh.plist (Sockets), launchd.plist(5); smbd(8) of macOS.
 */
const NOT_ON_MAC = /systemd|systemctl|avahi|xrdp|\/etc\/default\/|\bapt\b|\bufw\b|smb\.conf|\bListenAddress\b/i;

/** The same on macOS. */
export function onMac(identity: Identity): Identity {
  const { service } = identity;
  return service?.bindLocal == null || !NOT_ON_MAC.test(service.bindLocal)
    ? identity
    : { ...identity, service: { ...service, bindLocal: null } };
}

/** A listener that the rules show to hold a published port's place, whatever program it is. */
export function asPublishedPort(identity: Identity): Identity {
  const service = services.find(({ id }) => id === 'published-port');
  return service === undefined ? identity : { ...identity, service, by: 'program', name: service.name };
}

/**
 * What a session of sshd listens on leads to the computer that logged in. Until OpenSSH 9.8 it is the same program as the
 * server, which calls itself `sshd: … [listener]` or has its own arguments. Source: OpenSSH, sshd.c, setproctitle.
 */
const isSshSession = ({ program, commandLine }: Owner): boolean =>
  program === 'sshd' && commandLine !== null && /^sshd: (?!.*\[listener\])/.test(commandLine);

/** Its file's name. The name that a process gives itself counts only where the file is an interpreter, or not known. */
function namesOf(owner: Owner): readonly string[] {
  const file = owner.path === null ? null : plainName(owner.path);
  if (file !== null && runtimeOf(file) === null && !WRAPPERS.has(file)) return [file];
  return [file, owner.program === null ? null : plainName(owner.program)].filter((name) => name !== null);
}

/** What to call a program that the catalog does not know: its file, unless that is another program's wrapper. */
function ownName({ path, program }: Owner): string {
  const file = path === null || WRAPPERS.has(plainName(path)) ? null : lastPart(path);
  return shown(file ?? program ?? '');
}

function shown(name: string): string {
  const text = visible(name);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
