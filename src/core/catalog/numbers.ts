/** What a port number says about the service behind it, when nothing better is known. */
import type { Protocol, Service } from '../model.ts';
import { services } from './services/index.ts';

/** Whether this is one of the service's own numbers. */
export function usesNumber({ ports }: Service, protocol: Protocol, port: number): boolean {
  for (const range of ports) if (port >= range.from && port <= range.to && range.protocol === protocol) return true;
  return false;
}

/** Numbers that several services use, and the one that is meant when only the number is known: the most common. */
export const usual: Readonly<Record<string, string>> = {
  'tcp/80': 'web-server',
  'tcp/443': 'web-server',
  'tcp/1234': 'lm-studio',
  'tcp/3000': 'dev-server',
  'tcp/3389': 'rdp',
  'tcp/4000': 'dev-server',
  'tcp/5000': 'dev-server',
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

/** The service that a number alone stands for, or null. `among` narrows the choice. */
export function serviceOfNumber(
  protocol: Protocol,
  port: number,
  among: (service: Service) => boolean = () => true,
): Service | null {
  const candidates = services.filter((service) => usesNumber(service, protocol, port) && among(service));
  const id = usual[`${protocol}/${port}`];
  return candidates.find((service) => service.id === id) ?? candidates[0] ?? null;
}
