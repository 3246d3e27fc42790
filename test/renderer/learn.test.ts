import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/core/model.ts';
import { doorsAround, exampleConnection, exampleListener, ownAddresses } from '../../src/renderer/state/learn.ts';
import { connections } from '../e2e/fixtures/plans.ts';
import * as reports from '../e2e/fixtures/reports.ts';

describe('the examples are this computer’s own', () => {
  test('a listener that others reach comes first, else any, else none', () => {
    expect(exampleListener(reports.advice)?.id).toBe('tcp/3000');
    expect(exampleListener({ listeners: reports.advice.listeners.slice(3) })?.id).toBe('tcp/631');
    expect(exampleListener({ listeners: [] })).toBeNull();
  });

  test('a connection that this computer began, never one that came in', () => {
    expect(exampleConnection(connections)).toMatchObject({ program: 'firefox', remote: { port: 443 } });
    const inbound = connections.filter(({ direction }) => direction === 'inbound');
    expect(inbound.length).toBeGreaterThan(0);
    expect(exampleConnection(inbound)).toBeNull();
    const near: Connection = { ...(connections[0] as Connection), remote: { address: '192.168.77.1', port: 53 } };
    expect(exampleConnection([near, ...connections])?.remote.port).toBe(443);
  });

  test('doors beside it are empty only where nothing listens', () => {
    expect(doorsAround(reports.advice.listeners, { protocol: 'tcp', port: 3000 })).toEqual([
      { port: 2999, listening: false },
      { port: 3000, listening: true },
      { port: 3001, listening: false },
      { port: 3002, listening: false },
    ]);
    expect(doorsAround([], { protocol: 'tcp', port: 65535 }).map(({ port }) => port)).toEqual([
      65532, 65533, 65534, 65535,
    ]);
    expect(doorsAround([], { protocol: 'tcp', port: 0 })[0]?.port).toBe(0);
  });

  test('how far an address can be seen', () => {
    const kinds = (...addresses: string[]) =>
      ownAddresses({ interfaces: [{ name: 'wlan0', kind: 'wifi', addresses }] }).map(({ kind }) => kind);
    expect(kinds('192.168.1.2/24', '8.8.8.8/32', 'fe80::1/64', 'fd00::1/64', '100.64.0.9/10', 'no')).toEqual([
      'private',
      'public',
      'link',
      'private',
      'shared',
      'other',
    ]);
    expect(ownAddresses({ interfaces: [{ name: 'lo', kind: 'loopback', addresses: ['127.0.0.1/8'] }] })).toEqual([]);
  });
});
