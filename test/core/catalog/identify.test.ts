import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localCommands } from '../../../src/core/catalog/by-program.ts';
import { identify, onMac, services } from '../../../src/core/catalog/index.ts';
import type { Listener, Owner, Protocol } from '../../../src/core/model.ts';
import { visible } from '../../../src/core/visible.ts';
import { share } from '../../share.ts';

const owner = (parts: Partial<Owner>): Owner => ({
  pid: null,
  program: null,
  path: null,
  commandLine: null,
  unit: null,
  container: null,
  user: null,
  complete: true,
  ...parts,
});

const listener = (number: string, parts: Partial<Owner>): Listener => {
  const [protocol, port] = number.split('/');
  return {
    id: number,
    protocol: protocol as Protocol,
    port: Number(port),
    range: 'registered',
    sockets: [],
    owner: owner(parts),
  };
};

const none: ReadonlyMap<string, string> = new Map();
const named = (number: string, parts: Partial<Owner>, names = none) => {
  const { service, by, name } = identify(listener(number, parts), names);
  return { id: service?.id ?? null, by, name };
};
const node = { pid: 7, program: 'node', path: '/usr/bin/node' };
const python = { pid: 7, program: 'python3', path: '/usr/bin/python3.11' };
const java = { pid: 7, program: 'java', path: '/usr/lib/jvm/java-21/bin/java' };

describe('by the program first', () => {
  test.each<[string, string, Partial<Owner>, string]>([
    ['sshd on another port', 'tcp/2222', { program: 'sshd', path: '/usr/sbin/sshd' }, 'ssh'],
    [
      'postgres with a versioned path',
      'tcp/5433',
      { program: 'postgres', path: '/usr/lib/postgresql/15/bin/postgres' },
      'postgresql',
    ],
    ['without the right to see the path', 'tcp/631', { program: 'cupsd' }, 'cups'],
    ['a name that the kernel cut at 15 characters', 'tcp/3389', { program: 'gnome-remote-de' }, 'gnome-remote-desktop'],
    [
      'a program that was replaced while it runs',
      'tcp/22',
      { program: 'sshd', path: '/usr/sbin/sshd (deleted)' },
      'ssh',
    ],
    [
      'a Windows path',
      'tcp/27017',
      { program: 'mongod.exe', path: 'C:\\Program Files\\MongoDB\\mongod.exe' },
      'mongodb',
    ],
    [
      'a published container port',
      'tcp/5432',
      { program: 'docker-proxy', path: '/usr/bin/docker-proxy' },
      'published-port',
    ],
    [
      'rootless podman',
      'tcp/8080',
      { program: 'rootlessport', path: '/usr/lib/podman/rootlessport' },
      'published-port',
    ],
    [
      'Docker Desktop, a container',
      'tcp/5432',
      { program: 'com.docker.backend', path: 'C:\\Program Files\\Docker\\Docker\\resources\\com.docker.backend.exe' },
      'published-port',
    ],
    [
      'Docker Desktop, its control',
      'tcp/2375',
      { program: 'com.docker.backend', path: 'C:\\Program Files\\Docker\\Docker\\resources\\com.docker.backend.exe' },
      'docker-api',
    ],
    ['Syncthing files', 'udp/34567', { program: 'syncthing', path: '/usr/bin/syncthing' }, 'syncthing'],
    ['Syncthing settings', 'tcp/8384', { program: 'syncthing', path: '/usr/bin/syncthing' }, 'syncthing-gui'],
    ['resolved, names', 'udp/53', { program: 'systemd-resolve', path: '/usr/lib/systemd/systemd-resolved' }, 'dns'],
    ['resolved, LLMNR', 'udp/5355', { program: 'systemd-resolve', path: '/usr/lib/systemd/systemd-resolved' }, 'llmnr'],
    ['resolved, mDNS', 'udp/5353', { program: 'systemd-resolve', path: '/usr/lib/systemd/systemd-resolved' }, 'mdns'],
    ['a browser that looks for devices', 'udp/5353', { program: 'chrome', path: '/opt/google/chrome/chrome' }, 'mdns'],
    [
      'a browser that can be driven',
      'tcp/9222',
      { program: 'chrome', path: '/opt/google/chrome/chrome' },
      'browser-debugging',
    ],
    ['a script with a name of its own', 'tcp/8888', { program: 'jupyter-lab', path: '/usr/bin/python3.11' }, 'jupyter'],
    ['busybox', 'tcp/23', { program: 'telnetd', path: '/bin/busybox' }, 'telnet'],
  ])('%s', (_, number, parts, id) => {
    expect(named(number, parts)).toMatchObject({ id, by: 'program' });
    expect(named(number, parts).name).toBe(services.find((service) => service.id === id)?.name);
  });
});

describe('by unit, where another holds the socket or an interpreter runs it', () => {
  test.each<[string, string, Partial<Owner>, string]>([
    [
      'socket activation',
      'tcp/2222',
      { pid: 1, program: 'systemd', path: '/usr/lib/systemd/systemd', unit: 'ssh.socket' },
      'ssh',
    ],
    ['no rights, only the cgroup', 'tcp/631', { unit: 'cups.service' }, 'cups'],
    ['an instance', 'tcp/5433', { unit: 'postgresql@15-main.service' }, 'postgresql'],
    ['another name than the program', 'tcp/3307', { unit: 'mariadb.service' }, 'mysql'],
    ['an interpreter in a unit', 'tcp/9201', { ...java, unit: 'elasticsearch.service' }, 'elasticsearch'],
    ['NFS in the kernel, by its unit', 'tcp/2049', { unit: 'nfs-server.service' }, 'nfs'],
  ])('%s', (_, number, parts, id) => expect(named(number, parts)).toMatchObject({ id, by: 'program' }));

  test('a unit that is not known gives its name and no identity', () => {
    expect(named('tcp/22', { unit: 'my-thing.service' })).toEqual({ id: null, by: 'none', name: 'my-thing' });
  });

  test('the session of a person is no service', () => {
    expect(named('tcp/5432', { unit: 'user@1000.service' })).toMatchObject({ id: 'postgresql', by: 'port' });
    expect(named('tcp/5432', { unit: 'session-2.scope' })).toMatchObject({ id: 'postgresql', by: 'port' });
  });

  test('a program of its own is not renamed by its unit', () =>
    expect(named('tcp/4444', { program: 'intruder', path: '/tmp/intruder', unit: 'ssh.service' })).toEqual({
      id: null,
      by: 'none',
      name: 'intruder',
    }));
});

describe('how to listen on this computer only', () => {
  const local = (parts: Partial<Owner>, number: string): string | null | undefined =>
    identify(listener(number, parts), none).service?.bindLocal;

  test.each<[Partial<Owner>, string, string]>([
    [{ program: 'caddy', path: '/usr/bin/caddy' }, 'tcp/80', 'Caddyfile: bind 127.0.0.1'],
    [{ program: 'apache2', path: '/usr/sbin/apache2' }, 'tcp/80', 'Apache: Listen 127.0.0.1:80'],
    [
      { ...python, commandLine: 'python3\u0000-m\u0000http.server\u00008000' },
      'tcp/8000',
      'python3 -m http.server --bind 127.0.0.1',
    ],
    [{ ...python, commandLine: '/venv/bin/python /venv/bin/uvicorn app:app' }, 'tcp/8000', 'uvicorn --host 127.0.0.1'],
    [
      { program: 'node', path: 'C:\\nodejs\\node.exe', commandLine: 'node C:\\x\\http-server.js' },
      'tcp/8080',
      'http-server -a 127.0.0.1',
    ],
  ])('is told of the program that listens: %o', (parts, number, said) => expect(local(parts, number)).toBe(said));

  test('what is typed is told apart from what is said', () => {
    expect(localCommands('As administrator: netsh http add iplisten ipaddress=127.0.0.1')).toEqual([
      'netsh http add iplisten ipaddress=127.0.0.1',
    ]);
    expect(localCommands('Als Administrator: Stop-Service WinRM; Set-Service WinRM -StartupType Disabled')).toEqual([
      'Stop-Service WinRM; Set-Service WinRM -StartupType Disabled',
    ]);
    expect(localCommands('Caddyfile: bind 127.0.0.1')).toEqual(['Caddyfile: bind 127.0.0.1']);
    for (const said of ['As administrator: netsh interface portproxy, delete it and make it anew', 'Without --host'])
      expect(localCommands(said)).toEqual([]);
  });

  test('names no other program where it is not known which it is', () => {
    for (const program of ['node', 'java', 'h2o'])
      for (const number of ['tcp/80', 'tcp/3000', 'tcp/8080'])
        expect(local({ program, path: `/usr/bin/${program}` }, number) ?? '').not.toMatch(/python|nginx|apache|caddy/i);
  });
});

describe('by the command line of an interpreter', () => {
  test.each<[string, string, Partial<Owner>, string]>([
    ['python3 -m http.server', 'tcp/4567', { ...python, commandLine: 'python3 -m http.server 4567' }, 'dev-server'],
    [
      'the same with NULs',
      'tcp/4567',
      { ...python, commandLine: 'python3\u0000-m\u0000http.server\u00004567' },
      'dev-server',
    ],
    ['Django', 'tcp/4567', { ...python, commandLine: '/usr/bin/python3 manage.py runserver 0.0.0.0:4567' }, 'django'],
    ['Flask', 'tcp/4567', { ...python, commandLine: '/venv/bin/python /venv/bin/flask run' }, 'flask'],
    [
      'Jupyter',
      'tcp/4567',
      { ...python, commandLine: '/usr/bin/python3 /usr/bin/jupyter-lab --ip=0.0.0.0' },
      'jupyter',
    ],
    [
      'Stable Diffusion',
      'tcp/7860',
      { ...python, commandLine: 'python3 /home/me/stable-diffusion-webui/launch.py --listen' },
      'stable-diffusion',
    ],
    ['Vite', 'tcp/4567', { ...node, commandLine: 'node /home/me/site/node_modules/.bin/vite --host' }, 'vite'],
    [
      'Vite by its path',
      'tcp/4567',
      { ...node, commandLine: 'node /home/me/site/node_modules/vite/bin/vite.js' },
      'vite',
    ],
    ['webpack', 'tcp/4567', { ...node, commandLine: 'node ./node_modules/.bin/webpack serve' }, 'webpack'],
    ['Next', 'tcp/4567', { ...node, commandLine: 'node /p/node_modules/next/dist/bin/next dev' }, 'next'],
    [
      'a new node, whose main thread has a name',
      'tcp/4567',
      { pid: 7, program: 'node-MainThread', path: '/usr/bin/node', commandLine: 'node /p/node_modules/.bin/vite' },
      'vite',
    ],
    ['node inspector', 'tcp/9229', { ...node, commandLine: 'node --inspect=0.0.0.0 server.js' }, 'node-inspector'],
    [
      'node inspector elsewhere',
      'tcp/4567',
      { ...node, commandLine: 'node --inspect-brk=0.0.0.0:4567 server.js' },
      'node-inspector',
    ],
    [
      'Java debugger',
      'tcp/5005',
      { ...java, commandLine: 'java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar a.jar' },
      'jdwp',
    ],
    [
      'Python debugger',
      'tcp/5679',
      { ...python, commandLine: 'python3 -m debugpy --listen 0.0.0.0:5679 app.py' },
      'debugpy',
    ],
    ['Rails', 'tcp/4567', { program: 'ruby', path: '/usr/bin/ruby3.1', commandLine: 'ruby bin/rails server' }, 'rails'],
    [
      'PHP',
      'tcp/4567',
      { program: 'php8.2', path: '/usr/bin/php8.2', commandLine: 'php -S 0.0.0.0:4567' },
      'php-server',
    ],
    ['Minecraft', 'tcp/4567', { ...java, commandLine: 'java -Xmx4G -jar paper-1.21.jar nogui' }, 'minecraft'],
    ['Kafka', 'tcp/4567', { ...java, commandLine: 'java -cp x kafka.Kafka server.properties' }, 'kafka'],
    [
      'RabbitMQ',
      'tcp/4567',
      { program: 'beam.smp', path: '/usr/lib/erlang/bin/beam.smp', commandLine: 'beam.smp -- -s rabbit boot' },
      'rabbitmq',
    ],
    [
      'Webmin',
      'tcp/10001',
      { program: 'perl', path: '/usr/bin/perl', commandLine: '/usr/bin/perl /usr/share/webmin/miniserv.pl' },
      'webmin',
    ],
  ])('%s', (_, number, parts, id) => expect(named(number, parts)).toMatchObject({ id, by: 'program' }));

  test('a debug option does not rename the other ports of the process', () => {
    expect(named('tcp/3000', { ...node, commandLine: 'node --inspect=0.0.0.0:9229 server.js' })).toMatchObject({
      id: 'dev-server',
      by: 'port',
    });
    expect(named('tcp/4567', { ...java, commandLine: 'java -agentlib:jdwp=address=*:5005 -jar a.jar' }).id).toBeNull();
  });

  test('the folder of a project does not name its server', () =>
    expect(named('tcp/4567', { ...node, commandLine: 'node /home/me/vite-demo/server.js' }).id).toBeNull());

  test('an interpreter that says nothing is named by its number within development, and nothing else', () => {
    expect(named('tcp/3000', node)).toMatchObject({ id: 'dev-server', by: 'port' });
    expect(named('tcp/9229', node)).toMatchObject({ id: 'node-inspector', by: 'port' });
    expect(named('tcp/9229', python).id).toBeNull();
    expect(named('tcp/2222', node)).toEqual({ id: null, by: 'none', name: 'node program' });
    expect(named('tcp/22', node)).toEqual({ id: null, by: 'none', name: 'node program' });
    expect(named('tcp/5432', python)).toEqual({ id: null, by: 'none', name: 'python3 program' });
    expect(named('udp/5353', node)).toEqual({ id: null, by: 'none', name: 'node program' });
    expect(named('tcp/25565', java)).toEqual({ id: null, by: 'none', name: 'java program' });
  });
});

describe('by the number last', () => {
  test('the kernel and what may not be seen', () => {
    expect(named('udp/51820', {})).toMatchObject({ id: 'wireguard', by: 'port' });
    expect(named('tcp/2049', {})).toMatchObject({ id: 'nfs', by: 'port' });
    expect(named('tcp/5432', { complete: false })).toMatchObject({ id: 'postgresql', by: 'port' });
  });

  test('a well-known number without a service gives its registered name', () => {
    expect(named('tcp/79', {})).toEqual({ id: null, by: 'port', name: 'finger' });
  });

  test('further up a registered name says little: it is told, but is not the listener’s name', () => {
    expect(identify(listener('tcp/2222', {}), none)).toMatchObject({
      by: 'none',
      name: 'Unknown program',
      registered: 'EtherNet/IP-1',
    });
    expect(named('tcp/64999', {})).toEqual({ id: null, by: 'none', name: 'Unknown program' });
  });

  test('local names fill the gaps of the registry and never overrule it', () => {
    const local = new Map([
      ['tcp/64999', 'our-thing'],
      ['tcp/22', 'renamed'],
    ]);
    expect(identify(listener('tcp/64999', {}), local).registered).toBe('our-thing');
    expect(identify(listener('tcp/22', {}), local).registered).toBe('ssh');
  });

  test('an unknown program on a famous number keeps its own name', () => {
    for (const service of services) {
      for (const { protocol, from } of service.ports) {
        expect(named(`${protocol}/${from}`, { program: 'mystery', path: '/opt/mystery' })).toEqual({
          id: null,
          by: 'none',
          name: 'mystery',
        });
      }
    }
  });

  test('a process that calls itself otherwise than its file gains nothing by it', () =>
    expect(named('tcp/22', { program: 'sshd', path: '/tmp/dropper' })).toEqual({
      id: null,
      by: 'none',
      name: 'dropper',
    }));
});

describe('names are data', () => {
  test('what would steer a terminal or turn text around is made visible, and long names are cut', () => {
    expect(named('tcp/4567', { program: 'a\u001b[2Jb\u202e' }).name).toBe('a\\u{1b}[2Jb\\u{202e}');
    expect(named('tcp/4567', { program: 'x'.repeat(100_000) }).name.length).toBeLessThanOrEqual(60);
  });

  test('nothing that a process says makes it throw, and a service is one of the catalog', () => {
    const text = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('node', 'sshd', '__proto__', 'constructor', '/', '\\', 'systemd'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Protocol>('tcp', 'udp'),
        fc.integer({ min: 1, max: 65535 }),
        fc.record({ program: text, path: text, commandLine: text, unit: text }),
        (protocol, port, parts) => {
          const identity = identify(listener(`${protocol}/${port}`, parts), none);
          if (identity.service !== null) expect(services).toContain(identity.service);
          expect(identity.name).toBe(visible(identity.name));
          if (identity.by === 'program') expect(identity.service).not.toBeNull();
        },
      ),
      { numRuns: share(500) },
    );
  });

  test('a very long command line costs no more than its beginning', () => {
    const commandLine = `node ${'a '.repeat(500_000)} vite`;
    expect(named('tcp/4567', { ...node, commandLine }).id).toBeNull();
  });
});

describe('on Windows, by the service that a process hosts', () => {
  const svchost = { pid: 900, program: 'svchost', path: 'C:\\Windows\\System32\\svchost.exe' };
  const kernel = { pid: 4, program: 'System' };
  const own = (program: string) => ({ pid: 700, program, path: `C:\\Windows\\System32\\${program}.exe` });
  test.each<[string, string, Partial<Owner>, string]>([
    ['Remote Desktop on its own port', 'tcp/3389', { ...svchost, unit: 'TermService' }, 'rdp'],
    ['and on another', 'tcp/40123', { ...svchost, unit: 'TermService' }, 'rdp'],
    ['one service for two kinds of names', 'udp/5355', { ...svchost, unit: 'Dnscache' }, 'llmnr'],
    ['told apart by the number', 'udp/5353', { ...svchost, unit: 'Dnscache' }, 'mdns'],
    [
      'several services that are one thing',
      'tcp/135',
      { ...svchost, services: ['RpcEptMapper', 'RpcSs'] },
      'windows-rpc',
    ],
    ['several, of which one has the number', 'udp/1900', { ...svchost, services: ['Themes', 'SSDPSRV'] }, 'ssdp'],
    ['a service of one person', 'tcp/5040', { ...svchost, unit: 'CDPUserSvc_1a2b3c' }, 'connected-devices'],
    ['without the path', 'tcp/7680', { pid: 900, program: 'svchost', unit: 'DoSvc' }, 'delivery-optimization'],
    ['the event log at a port of its own', 'tcp/49666', { ...svchost, unit: 'EventLog' }, 'windows-rpc'],
    ['the task scheduler', 'tcp/49667', { ...svchost, unit: 'Schedule' }, 'windows-rpc'],
    ['lsass', 'tcp/49664', own('lsass'), 'windows-rpc'],
    ['wininit', 'tcp/49665', own('wininit'), 'windows-rpc'],
    ['services', 'tcp/49669', own('services'), 'windows-rpc'],
    ['the printer service', 'tcp/49668', own('spoolsv'), 'windows-rpc'],
    ['the kernel: file sharing', 'tcp/445', kernel, 'smb'],
    ['names', 'udp/137', kernel, 'netbios'],
    ['remote management', 'tcp/5985', kernel, 'winrm'],
    ['device discovery', 'tcp/5357', kernel, 'ws-discovery'],
    ['UPnP', 'tcp/2869', kernel, 'ssdp'],
    ['a web server', 'tcp/80', kernel, 'http-sys'],
    ['key exchange', 'udp/500', { ...svchost, unit: 'IKEEXT' }, 'ipsec'],
    ['ports that are passed on', 'tcp/9999', { ...svchost, unit: 'iphlpsvc' }, 'port-proxy'],
  ])('%s', (_, port, parts, id) => expect(named(port, parts)).toMatchObject({ id, by: 'program' }));

  test('several services that are not one thing are nothing', () =>
    expect(named('tcp/49999', { ...svchost, services: ['SSDPSRV', 'TermService'] }).id).toBeNull());
  test('what the kernel holds at another port is not known', () => expect(named('tcp/1723', kernel).id).toBeNull());
});

test('on a Mac no setting is named that does nothing there', () => {
  const how = (number: string, program: string): string | null | undefined =>
    onMac(identify(listener(number, { program }), none)).service?.bindLocal;
  // launchd listens in sshd's place, and its smbd is not Samba.
  expect([how('tcp/22', 'sshd'), how('tcp/445', 'smbd')]).toEqual([null, null]);
  expect(how('tcp/5432', 'postgres')).toContain('listen_addresses');
});
