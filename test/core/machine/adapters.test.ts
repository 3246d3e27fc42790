/** Which adapters of Windows are networks within it. */
import { expect, test } from 'vitest';
import { readAdapters } from '../../../src/core/machine/index.ts';
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
