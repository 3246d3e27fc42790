/** Noticing changes on Windows: what a look finds is made up, the looking is the real one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Looks, waitingIn, watchWindows } from '../../../src/main/collector/windows.ts';
import { parseWindowsRows } from '../../../src/main/gather/windows/netstat.ts';
import { toLines } from '../../../src/main/gather/transcript.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function start() {
  const said: string[] = [];
  const now = {
    sockets: { tcp: ['a'], udp: [] as string[] } as Awaited<ReturnType<Looks['sockets']>>,
    network: 'home',
    firewall: 'rules' as string | null,
  };
  const stop = watchWindows(1000, (word) => said.push(word), {
    sockets: async () => now.sockets,
    network: () => now.network,
    firewall: async () => now.firewall,
  });
  const look = async (times = 1): Promise<readonly string[]> => {
    for (let done = 0; done < times; done++) await vi.advanceTimersByTimeAsync(1000);
    return said.splice(0);
  };
  return { now, stop, look, first: async () => (await vi.advanceTimersByTimeAsync(0), said.splice(0)) };
}

test('nothing is said of what stays as it is', async () => {
  const { first, look } = start();
  expect(await first()).toEqual(['ready']);
  expect(await look(9)).toEqual([]);
});

test('each change is said once, by its word', async () => {
  const { now, first, look } = start();
  await first();
  now.sockets = { tcp: ['a', 'b'], udp: [] };
  expect(await look(3)).toEqual(['sockets']);
  now.network = 'elsewhere';
  expect(await look(3)).toEqual(['network']);
  now.firewall = 'others';
  expect(await look(3)).toEqual(['firewall']);
});

test('a UDP socket counts once it has stayed', async () => {
  const { now, first, look } = start();
  await first();
  now.sockets = { tcp: ['a'], udp: ['question'] };
  expect(await look()).toEqual([]);
  now.sockets = { tcp: ['a'], udp: ['answer'] };
  expect(await look()).toEqual([]);
  expect(await look()).toEqual(['sockets']);
});

test('a look that failed is no change, and neither is the next one that works', async () => {
  const { now, first, look } = start();
  await first();
  const before = now.sockets;
  [now.sockets, now.firewall] = [null, null];
  expect(await look(3)).toEqual([]);
  [now.sockets, now.firewall] = [before, 'rules'];
  expect(await look(3)).toEqual([]);
});

test('stopped, it looks no more', async () => {
  const { now, first, look, stop } = start();
  await first();
  stop();
  now.network = 'elsewhere';
  expect(await look(5)).toEqual([]);
});

// synthetic
test('what waits is told from what is connected, whatever the state is called', () => {
  const rows = parseWindowsRows(
    [
      '  TCP    0.0.0.0:3000     0.0.0.0:0        ABHÖREN        5512',
      '  TCP    192.168.1.2:5000 203.0.113.7:443  HERGESTELLT    6120',
      '  UDP    [::]:5353        *:*                             1500',
      '',
    ].join('\r\n'),
  );
  const found = waitingIn({ failure: null, stdout: toLines(rows) });
  expect(found?.tcp).toEqual(['["tcp",{"port":3000,"address":null},5512]']);
  expect(found?.udp).toEqual(['["udp6",{"port":5353,"address":null},1500]']);
  expect(waitingIn({ failure: 'failed', stdout: toLines(rows) })).toBeNull();
});
