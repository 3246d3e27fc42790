/** What a port number says about the service behind it, when nothing better is known. */
import type { Protocol, Service } from '../model.ts';
import { services } from './services/index.ts';

/** Whether this is one of the service's own numbers. */
export const usesNumber = (service: Service, protocol: Protocol, port: number): boolean =>
  service.ports.some((range) => range.protocol === protocol && port >= range.from && port <= range.to);

/** Numbers that several services use, and the one that is meant when only the number is known: the most common. */
export const usual: Readonly<Record<string, string>> = {
  'tcp/80': 'web-server',
  'tcp/443': 'web-server',
  'tcp/1234': 'lm-studio',
  'tcp/3000': 'dev-server',
  'tcp/3389': 'rdp',
  'tcp/4000': 'dev-server',
  'tcp/5000': 'dev-server',
  'tcp/5357': 'ws-discovery',
  'tcp/5985': 'winrm',
  'tcp/6006': 'storybook',
  'tcp/7000': 'airplay',
  'tcp/8000': 'dev-server',
  'tcp/8080': 'dev-server',
  'tcp/8081': 'dev-server',
  'tcp/8123': 'home-assistant',
  'tcp/8443': 'java-web',
  'tcp/8787': 'workerd',
  'tcp/8888': 'jupyter',
  'tcp/9000': 'minio',
  'tcp/9090': 'cockpit',
  'tcp/9093': 'kafka',
};

let users: ReadonlyMap<string, readonly Service[]> | null = null;

/** Every number with the services that use it. Built when the first one is asked for. */
function usersOf(number: string): readonly Service[] {
  if (users === null) {
    const map = new Map<string, Service[]>();
    for (const service of services) {
      for (const { protocol, from, to } of service.ports) {
        for (let port = from; port <= to; port++) {
          const key = `${protocol}/${port}`;
          const list = map.get(key);
          if (list === undefined) map.set(key, [service]);
          else list.push(service);
        }
      }
    }
    users = map;
  }
  return users.get(number) ?? [];
}

/** The service that a number alone stands for, or null. `among` narrows the choice. */
export function serviceOfNumber(
  protocol: Protocol,
  port: number,
  among: (service: Service) => boolean = () => true,
): Service | null {
  const number = `${protocol}/${port}`;
  const candidates = usersOf(number).filter(among);
  const id = usual[number];
  return candidates.find((service) => service.id === id) ?? candidates[0] ?? null;
}
