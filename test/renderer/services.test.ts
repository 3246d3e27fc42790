/** Every service of the catalog is told in German as well: all of it, with the same commands, numbers and names in it. */
import { describe, expect, test } from 'vitest';
import { germanNames } from '../../src/core/catalog/german-names.ts';
import { identify, services } from '../../src/core/catalog/index.ts';
import { localOnWindows, saidOnWindows } from '../../src/core/catalog/on-windows.ts';
import type { Listener, Owner, Service } from '../../src/core/model.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { germanServices } from '../../src/renderer/text/services/de.ts';
import { germanOnWindows } from '../../src/renderer/text/services/de-on-windows.ts';
import { pseudo } from './pseudo.ts';

const SENTENCES = ['purpose', 'ifExposed', 'ifClosed'] as const;

/** What a program is called is called so in German: its maker gave it the name. */
const NAMES = new Set(
  `anydesk bittorrent cassandra chrome-remote-desktop clickhouse cockpit comfyui couchdb dameware docker-swarm
  dwservice etcd eternal-terminal gnome-remote-desktop grafana home-assistant icecast influxdb jenkins jupyter
  kafka kde-connect live-server lm-studio localsend memcached metro minio mongodb mosh mpd mssql nats
  navidrome nebula neo4j netsupport node-red nomachine ollama open-webui openvpn oracle-database parsec plex
  portainer postgresql prometheus qdrant rabbitmq radmin remote-utilities resilio-sync rstudio rustdesk
  screenconnect snapcast splashtop spotify-connect steam storybook streamlit syncthing tailscale teamviewer
  telnet tensorboard tinc tor unison verdaccio warpinator webmin wireguard zerotier`.split(/\s+/),
);

/** Words around a command, which German says otherwise. */
const AROUND =
  /\b(its|it|Start|[Ww]ithout|section|[Ss]witch|clear|Set|[Ff]or each|example|machine’s|Unload|and|or|with|then|if|remove|at|this)\b/;

const quoted = (text: string): readonly string[] => text.match(/"[^"]*"/g) ?? [];

/** What a switch is called in its program, between straight quotes. */
const LABEL = /"([A-Z]\w*(?: \w+)+)"/g;

/** What no language writes otherwise: numbers, options, files, settings, abbreviations, and what a program shows. */
const fixedParts = (text: string): readonly string[] => [
  ...[...text.matchAll(LABEL)].map((match) => match[1] ?? ''),
  ...text
    .replaceAll(LABEL, '')
    .split(/[\s,;()]+|[.:](?=\s|$)/)
    .map((word) => word.replace(/’s?$/, ''))
    .filter((word) => /[\d_=/<>[\]{}@$\\]|^-|\w\.\w|[a-z][A-Z]|^[A-Z]{2,}/.test(word)),
];

/** German says these otherwise. */
const TRANSLATED = new Set(['AI', 'Wi-Fi']);

test('each service has its text, in the order of the catalog, and nothing else has', () => {
  expect(Object.keys(germanServices)).toEqual(services.map(({ id }) => id));
  expect(services.length).toBeGreaterThan(150);
});

describe('a service in German', () => {
  const german = services.map((service) => ({ service, text: de.service(service) }));

  test('is told whole, and otherwise than in English', () => {
    const faults = german.flatMap(({ service, text }) =>
      [
        ...SENTENCES.filter((field) => text[field] === service[field] || !/^[A-ZÄÖÜ].*\.$/.test(text[field])),
        ...(text.name === service.name && !NAMES.has(service.id) ? ['name'] : []),
        ...((text.bindLocal === null) === (service.bindLocal === null) ? [] : ['bindLocal']),
      ].map((field) => `${service.id}: ${field}`),
    );
    expect(faults).toEqual([]);
    expect([...NAMES].filter((id) => id in germanNames || !(id in germanServices))).toEqual([]);
    expect(Object.keys(germanNames)).toEqual(services.map(({ id }) => id).filter((id) => !NAMES.has(id)));
  });

  test('holds what no language writes otherwise', () => {
    const lost = german.flatMap(({ service, text }) =>
      (['name', ...SENTENCES, 'bindLocal'] as const).flatMap((field) =>
        fixedParts(service[field] ?? '')
          .filter((part) => !TRANSLATED.has(part) && !(text[field] ?? '').includes(part))
          .map((part) => `${service.id}: ${field}: ${part}`),
      ),
    );
    expect(lost).toEqual([]);
  });

  test('says nothing in English beside a command, and puts its own quotes around what a program shows', () => {
    const faults = german.flatMap(({ service, text: { bindLocal } }) => {
      const known = quoted(service.bindLocal ?? '');
      const said = (bindLocal ?? '').replaceAll(/„[^“]*“/g, '');
      const left = AROUND.exec(said)?.[0];
      return [...(left === undefined ? [] : [left]), ...quoted(said).filter((part) => !known.includes(part))].map(
        (what) => `${service.id}: ${what}`,
      );
    });
    expect(faults).toEqual([]);
  });
});

test('the English catalogue and the pseudo-language say what the core says', () => {
  const made = pseudo(en);
  for (const service of services) {
    const { name, purpose, ifExposed, ifClosed, bindLocal } = service;
    expect(en.service(service)).toEqual({ name, purpose, ifExposed, ifClosed, bindLocal });
    const longer = made.service(service);
    expect(longer.purpose.length).toBeGreaterThan(purpose.length * 1.3);
    expect(longer.bindLocal === null).toBe(bindLocal === null);
  }
});

test('a service that is not in the German catalogue speaks for itself', () => {
  const [known] = services;
  if (known === undefined) throw new Error('no service');
  const other: Service = { ...known, id: 'xyz', name: 'Xyz' };
  expect(de.service(other)).toEqual(en.service(other));
});

describe('what a listener is called', () => {
  const owner = (more: Partial<Owner>): Owner => ({
    pid: 1,
    program: null,
    path: null,
    commandLine: null,
    unit: null,
    container: null,
    user: null,
    complete: true,
    ...more,
  });
  const called = (port: number, more: Partial<Owner>): readonly [english: string, german: string] => {
    const listener: Listener = {
      id: `tcp/${port}`,
      protocol: 'tcp',
      port,
      range: 'registered',
      sockets: [],
      owner: owner(more),
    };
    const named = { identity: identify(listener, new Map()), owner: listener.owner };
    return [en.identityName(named), de.identityName(named)];
  };

  test.each([
    [
      'a service',
      22,
      { program: 'sshd', path: '/usr/sbin/sshd' },
      'Remote login (SSH)',
      'Anmeldung aus der Ferne (SSH)',
    ],
    ['a known number', 22, {}, 'Remote login (SSH)', 'Anmeldung aus der Ferne (SSH)'],
    ['a program with a name', 5432, { program: 'postgres', path: '/usr/bin/postgres' }, 'PostgreSQL', 'PostgreSQL'],
    ['an unknown program', 64999, { program: 'Xyz', path: '/opt/Xyz' }, 'Xyz', 'Xyz'],
    ['nobody', 64999, {}, 'Unknown program', 'Unbekanntes Programm'],
    ['an interpreter', 64999, { program: 'node', path: '/usr/bin/node' }, 'node program', 'node-Programm'],
    ['its version', 64999, { program: 'python3.11' }, 'python3.11 program', 'python3.11-Programm'],
    [
      'a name that only sounds so',
      64999,
      { program: 'my program', path: '/opt/my program' },
      'my program',
      'my program',
    ],
  ] as const)('%s', (_, port, more, english, german) => expect(called(port, more)).toEqual([english, german]));
});

test('what is said on Windows alone has its German, and only that', () => {
  expect(Object.keys(germanOnWindows).toSorted()).toEqual(saidOnWindows().toSorted());
  for (const id of saidOnWindows()) {
    const service = services.find((one) => one.id === id);
    if (service === undefined) throw new Error(id);
    const bindLocal = localOnWindows(id);
    expect(de.service({ ...service, bindLocal }).bindLocal).toBe(germanOnWindows[id]);
    // Elsewhere it is told as ever, and where there is nothing to tell, nothing is.
    expect(de.service(service).bindLocal).not.toBe(germanOnWindows[id]);
    expect(de.service({ ...service, bindLocal: null }).bindLocal).toBeNull();
  }
});
