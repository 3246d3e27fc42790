import { describe, expect, test } from 'vitest';
import { services } from '../../../src/core/catalog/index.ts';
import { serviceOfNumber, usual } from '../../../src/core/catalog/numbers.ts';
import { serviceOfProgram } from '../../../src/core/catalog/programs.ts';
import { servicesOfRuntime } from '../../../src/core/catalog/command-lines.ts';
import { development } from '../../../src/core/catalog/services/development.ts';
import { debuggers } from '../../../src/core/catalog/services/debuggers.ts';
import type { Service } from '../../../src/core/model.ts';

const numbersOf = (service: Service): string[] =>
  service.ports.flatMap(({ protocol, from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${protocol}/${from + index}`),
  );

describe('shape', () => {
  test('there are more services than a laptop has', () => expect(services.length).toBeGreaterThanOrEqual(150));

  test('ids are unique and kebab-case', () => {
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
    for (const { id } of services) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('names are unique, so that two findings never look alike', () =>
    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length));

  test('each file stands in alphabetical order', () => {
    const categories = new Set(services.map(({ category }) => category));
    const files = [development, debuggers];
    for (const category of categories) {
      if (category !== 'development') files.push(services.filter((service) => service.category === category));
    }
    for (const file of files) {
      for (const [index, { id }] of file.entries()) expect((file[index - 1]?.id ?? '') < id, id).toBe(true);
    }
  });

  test.each(services.map((service) => [service.id, service] as const))('%s is whole', (_, service) => {
    expect(Object.keys(service)).toEqual([
      'id',
      'name',
      'purpose',
      'category',
      'ports',
      'programs',
      'risk',
      'ifExposed',
      'ifClosed',
      'bindLocal',
      'servesOthers',
      'source',
    ]);
    for (const sentence of [service.purpose, service.ifExposed, service.ifClosed]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence.length).toBeLessThanOrEqual(140);
      expect(sentence).not.toMatch(/critical|attack|hack|danger|!|\?/i);
    }
    expect(service.name).not.toMatch(/\.$/);
    expect(service.bindLocal ?? 'none').toMatch(/[^.]$/);
    for (const { from, to } of service.ports) {
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
      expect(from).toBeGreaterThanOrEqual(1);
      expect(to).toBeLessThanOrEqual(65535);
      expect(from).toBeLessThanOrEqual(to);
    }
    expect(new Set(numbersOf(service)).size).toBe(numbersOf(service).length);
    for (const program of service.programs) expect(program).toMatch(/^[a-z0-9_][a-z0-9 ._-]*$/);
    expect(new Set(service.programs).size).toBe(service.programs.length);
    const source = new URL(service.source);
    expect(source.protocol).toBe('https:');
    expect(source.hostname).toContain('.');
  });

  test('every service can be found: by a program, a number, or a runtime that is known to run it', () => {
    const runtimes = ['node', 'python', 'java', 'ruby', 'php', 'perl', 'erlang', 'dotnet'] as const;
    const hinted = new Set(runtimes.flatMap((runtime) => servicesOfRuntime(runtime)));
    for (const service of services) {
      expect(service.programs.length > 0 || service.ports.length > 0 || hinted.has(service.id), service.id).toBe(true);
    }
    for (const id of hinted) expect(services.map((service) => service.id)).toContain(id);
  });
});

describe('numbers', () => {
  test('a number that several services use is given to one of them by intent, not by order', () => {
    const users = new Map<string, string[]>();
    for (const service of services) {
      for (const number of numbersOf(service)) users.set(number, [...(users.get(number) ?? []), service.id]);
    }
    const shared = [...users].filter(([, ids]) => ids.length > 1);
    expect(shared.map(([number]) => number).filter((number) => usual[number] === undefined)).toEqual([]);
    for (const [number, id] of Object.entries(usual)) expect(users.get(number), number).toContain(id);
  });

  test.each([
    ['tcp', 22, 'ssh'],
    ['tcp', 80, 'web-server'],
    ['tcp', 3000, 'dev-server'],
    ['tcp', 5432, 'postgresql'],
    ['tcp', 631, 'cups'],
    ['udp', 631, 'cups-browsed'],
    ['udp', 5353, 'mdns'],
    ['udp', 51820, 'wireguard'],
    ['tcp', 2049, 'nfs'],
    ['tcp', 25565, 'minecraft'],
    ['tcp', 53, 'dns'],
    ['tcp', 9222, 'browser-debugging'],
    ['tcp', 6000, 'x11'],
    ['tcp', 6006, 'storybook'],
  ] as const)('%s/%i alone says %s', (protocol, port, id) => expect(serviceOfNumber(protocol, port)?.id).toBe(id));

  test('the protocol counts', () => {
    expect(serviceOfNumber('udp', 5432)).toBeNull();
    expect(serviceOfNumber('tcp', 5353)).toBeNull();
  });
});

test('a program that several services share is told apart by the number, whichever stands first', () => {
  const shared = new Map<string, Service[]>();
  for (const service of services) {
    for (const program of service.programs) shared.set(program, [...(shared.get(program) ?? []), service]);
  }
  for (const [program, group] of shared) {
    if (group.length < 2) continue;
    for (const service of group) {
      for (const { protocol, from } of service.ports) {
        const others = group.filter((other) => other !== service && numbersOf(other).includes(`${protocol}/${from}`));
        if (others.length === 0)
          expect(serviceOfProgram(program, protocol, from)?.id, `${program} ${from}`).toBe(service.id);
      }
    }
  }
});
