import { describe, expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import type { AdviceFacts } from '../../../src/core/advice/rule.ts';
import type { FirewallState } from '../../../src/core/model.ts';
import { facts, listener, ufw, way } from './build.ts';

type Notes = NonNullable<AdviceFacts['firewalld']>;

const quiet: Notes = {
  panic: false,
  openUntilRestart: [],
  openAfterRestart: [],
  closedUntilRestart: [],
  closedAfterRestart: [],
  wide: [],
  trusting: [],
};
const firewalld = (
  active: boolean | null,
  inbound: FirewallState['defaults']['inbound'] = 'reject',
): FirewallState => ({
  id: 'firewalld',
  active,
  defaults: { inbound, outbound: 'allow' },
  rules: 3,
});
const found = (notes: Partial<Notes>, more: Partial<AdviceFacts> = {}) =>
  advise(facts({ firewalls: [firewalld(true)], firewalld: { ...quiet, ...notes }, ...more }));
const only = (notes: Partial<Notes>) => {
  const findings = found(notes);
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

describe('firewalld', () => {
  test('as it should be: nothing is said', () => {
    expect(found({})).toEqual([]);
    expect(advise(facts({ firewalls: [firewalld(true)], firewalld: null }))).toEqual([]);
  });

  test('panic mode', () =>
    expect(only({ panic: true })).toMatchObject({ id: 'firewalld:panic', severity: 'medium', advice: 'review' }));

  test('what the next restart opens weighs more than what it closes', () => {
    const opens = only({ openAfterRestart: ['zone public: port 9999/tcp'] });
    expect(opens).toMatchObject({ id: 'firewalld:opens-at-restart', severity: 'medium' });
    expect(opens.why).toContain('Will open at the next restart: zone public: port 9999/tcp.');
    expect(only({ closedUntilRestart: ['zone public: rich rule drop'] }).id).toBe('firewalld:opens-at-restart');
    const closes = only({ openUntilRestart: ['zone public: port 80/tcp'] });
    expect(closes).toMatchObject({ id: 'firewalld:closes-at-restart', severity: 'low' });
    expect(closes.why).toContain('Open until the restart only: zone public: port 80/tcp.');
    expect(only({ closedAfterRestart: ['zone public: rich rule drop'] }).id).toBe('firewalld:closes-at-restart');
  });

  test('long lists are cut, and foreign text is made harmless', () => {
    const entries = Array.from({ length: 9 }, (_, at) => `zone public: port ${9000 + at}/tcp`);
    expect(only({ openAfterRestart: entries }).why).toContain('9003/tcp and 5 more');
    expect(only({ openAfterRestart: ['zone a\u001b[31m: port 1/tcp'] }).why).not.toContain('\u001b');
  });

  test('a zone that opens thousands of ports', () =>
    expect(only({ wide: [{ zone: 'FedoraWorkstation', ports: ['1025-65535/tcp'] }] })).toMatchObject({
      id: 'firewalld:wide-FedoraWorkstation',
      severity: 'medium',
      why: expect.stringContaining('--zone=FedoraWorkstation --remove-port=1025-65535/tcp') as string,
    }));

  test('a network in a zone that lets everything in; a bridge of containers there is nobody’s concern', () => {
    const trusting = (interfaces: readonly string[], isDefault = false) =>
      found({ trusting: [{ zone: 'trusted', interfaces, isDefault }] }).map(({ title }) => title);
    expect(trusting(['wlan0'])).toEqual(['firewalld is on but lets everything in on wlan0']);
    expect(trusting(['docker0'])).toEqual([]);
    expect(trusting([])).toEqual([]);
    expect(trusting([], true)).toEqual(['firewalld is on but lets everything in wherever no other zone applies']);
  });

  test('off: said, with the command that turns it on', () => {
    const [finding] = advise(facts({ firewalls: [firewalld(false)] }));
    expect(finding).toMatchObject({ id: 'firewall-off:firewalld', ways: [] });
    expect(finding?.why).toContain('sudo systemctl enable --now firewalld');
  });

  test('off beside ufw that is on: nothing is said', () =>
    expect(advise(facts({ firewalls: [ufw(true), firewalld(false)] }))).toEqual([]));

  test('on beside ufw', () => {
    const [finding] = advise(facts({ firewalls: [ufw(true), firewalld(true)] }));
    expect(finding).toMatchObject({
      id: 'two-firewalls:ufw-firewalld',
      title: 'ufw and firewalld are on at the same time',
    });
  });

  test('a port is closed through whichever of ufw and firewalld is on', () => {
    const decidedBy = [{ firewall: 'firewalld', rule: 'zone public: port 3000/tcp' }];
    const opened = listener('tcp/3000', 'node', { reach: [way(3000, { decidedBy })] });
    const ways = (firewalls: readonly FirewallState[]) =>
      advise(facts({ firewalls, listeners: [opened] })).find((one) => one.listener === 'tcp/3000')?.ways;
    expect(ways([ufw(true), firewalld(true)])).toContain('firewall');
    expect(ways([ufw(false), firewalld(true)])).toContain('firewall');
    expect(ways([firewalld(true)])).toContain('firewall');
    expect(ways([firewalld(false)])).not.toContain('firewall');
  });

  test('what Docker lets in past firewalld is said, though firewalld lets every forward pass', () => {
    const published = listener('tcp/8080', 'docker-proxy', {
      reach: [
        way(8080, {
          decidedBy: [
            { firewall: 'docker', rule: 'publishes 8080/tcp' },
            { firewall: 'firewalld', rule: 'connections that a rule forwards' },
          ],
        }),
      ],
    });
    const ids = advise(facts({ firewalls: [firewalld(true)], listeners: [published] })).map(({ id }) => id);
    expect(ids).toContain('around-firewall:tcp/8080');
  });
});
