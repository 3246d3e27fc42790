/** Which adapters of Windows are networks within it. */
import { expect, test } from 'vitest';
import { readFacts, worldOf } from '../../../src/core/facts.ts';
import { readAdapters } from '../../../src/core/machine/index.ts';
import { createJudge } from '../../../src/core/reach/index.ts';
import { HOME, windowsSnapshot } from '../firewalls/windows/machine.ts';

// Names as Windows, WSL and Docker give them, and as guides to a switch of the computer's own network do.
test.each([
  ['vEthernet (WSL)', [], 'container'],
  ['vEthernet (WSL (Hyper-V firewall))', [], 'container'],
  ['vEthernet (Default Switch)', [], 'container'],
  ['vEthernet (nat)', [], 'container'],
  ['vEthernet (DockerNAT)', [], 'container'],
  ['vEthernet (WSLBridge)', [], 'ethernet'],
  ['vEthernet (wsl_ssh)', [], 'ethernet'],
  ['vEthernet (natural)', [], 'ethernet'],
  ['vEthernet (External)', [], 'ethernet'],
  ['vEthernet (WSL)', ['192.168.1.1'], 'ethernet'],
  ['vEthernet (nat)', ['fe80::1%7'], 'ethernet'],
  ['vEthernet (Default Switch)', undefined, 'container'],
])('%s with the gateways %j is %s', (alias, gateways, kind) => {
  const { gateways: _, ...home } = HOME;
  const adapter = {
    ...home,
    alias,
    type: 6,
    description: 'Hyper-V Virtual Ethernet Adapter',
    addresses: ['172.28.16.1/20'],
  };
  const said = gateways === undefined ? adapter : { ...adapter, gateways };
  expect(readAdapters(windowsSnapshot({ adapters: [said] })).value.map((one) => one.kind)).toContain(kind);
});

test('one of which it is not known whether it has a gateway may lead out where its address is public', () => {
  const { gateways: _, ...home } = HOME;
  const adapters = [{ ...home, alias: 'vEthernet (WSL)', type: 6, description: 'Hyper-V Virtual Ethernet Adapter' }];
  expect(readAdapters(windowsSnapshot({ adapters })).value.map(({ kind }) => kind)).toContain('ethernet');
});

test('a cable that a switch has taken is no way in, not even for what is sent to a group', () => {
  const home = { ...HOME, alias: 'vEthernet (External)', type: 6, description: 'Hyper-V Virtual Ethernet Adapter' };
  const cable = { alias: 'Ethernet', type: 6, description: 'Intel(R) Ethernet Connection', addresses: [] };
  const throughOf = (category: string | null, weakHost: boolean) => {
    const facts = readFacts(
      windowsSnapshot({
        rules: ['Allow|Protocol=17|LPort=5353|RA4=LocalSubnet|RA6=LocalSubnet|'],
        adapters: [home, { ...cable, category, weakHost }],
        processes: [{ pid: 100, path: 'C:\\Apps\\server.exe' }],
        sockets: [
          { at: 'udp 0.0.0.0:5353', pid: 100 },
          { at: 'udp [::]:5353', pid: 100 },
        ],
      }),
    );
    const judge = createJudge(worldOf(facts));
    return facts.listeners.map((listener) => judge.reachOf(listener)).flatMap(({ reach }) => reach);
  };
  const names = (category: string | null, weakHost: boolean): ReadonlySet<string> =>
    new Set(throughOf(category, weakHost).map((way) => way.interface));
  expect(names('none', true)).toEqual(new Set(['vEthernet (External)']));
  // An address that was not read is another thing: then something may come in.
  expect(names(null, false)).toContain('Ethernet');
  expect(names('Public', false)).toContain('Ethernet');
});
