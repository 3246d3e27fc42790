/**
 * synthetic: a Windows computer with so many programs, each listening at a port of its own, and so many rules of the kinds
 * that its lists are full of: programs that were let in or shut out by the question, services, packages, ports, ranges,
 * the neighbourhood alone, switched off.
 */
import type { Snapshot } from '../../src/core/model.ts';
import { HOME, profilesPrinted, windowsSnapshot } from '../core/firewalls/windows/machine.ts';

/** @param pick a number below the one that is given, the same in every run */
export function windowsMachine(listeners: number, rules: number, pick: (below: number) => number): Snapshot {
  const path = (n: number): string =>
    `C:\\Program Files\\Vendor ${n % 50}\\${n % 7 === 0 ? 'node' : `program${n}`}\\${n % 7 === 0 ? 'node' : `program${n}`}.exe`;
  const ruleAt = (at: number): string => {
    const action = pick(4) === 0 ? 'Block' : 'Allow';
    const protocol = pick(5) === 0 ? '' : `|Protocol=${pick(4) === 0 ? 17 : 6}`;
    const profile = ['', '|Profile=Private', '|Profile=Public', '|Profile=Private|Profile=Public'][pick(4)] ?? '';
    const remote = ['', '', '|RA4=LocalSubnet|RA6=LocalSubnet', `|RA4=10.${pick(9)}.0.0/255.255.0.0`][pick(4)] ?? '';
    const port = `|LPort=${1000 + pick(2 * listeners)}`;
    const asks = [
      `${protocol}|App=${path(pick(listeners)).toLowerCase()}`,
      `${protocol}|App=${path(pick(listeners))}${port}`,
      `|Protocol=6${port}`,
      `|Protocol=6|LPort2_10=${2000 + pick(500)}-${2500 + pick(500)}|RA4=10.${pick(9)}.0.0/255.255.0.0`,
      `|Protocol=17${port}|App=%SystemRoot%\\system32\\svchost.exe|Svc=service${pick(listeners)}`,
      `|AppPkgId=S-1-15-2-${at}-2-3|LUOwn=S-1-5-21-1-2-3-1001`,
    ];
    const active = pick(4) === 0 ? 'FALSE' : 'TRUE';
    return `v2.31|Action=${action}|Active=${active}|Dir=In${asks[pick(asks.length)]}${profile}${remote}|Name=rule ${at}|`;
  };
  const all = Array.from({ length: listeners }, (_, n) => ({ pid: 1000 + n, service: n % 5 === 0 }));
  return windowsSnapshot({
    rules: Array.from({ length: rules }, (_, at) => ({ name: `{${at}}`, value: ruleAt(at) })),
    effective: profilesPrinted(),
    adapters: [
      HOME,
      {
        ...HOME,
        alias: 'Ethernet',
        guid: '{22222222-2222-4222-8222-222222222222}',
        type: 6,
        category: 0,
        addresses: ['10.66.0.10/24', 'fe80::10/64'],
      },
    ],
    processes: all.map(({ pid, service }, n) =>
      service ? { pid, path: null, name: 'svchost.exe', session: 0 } : { pid, path: path(n) },
    ),
    services: all.flatMap(({ pid, service }, n) =>
      service ? [{ pid, name: `service${n}`, command: 'C:\\Windows\\system32\\svchost.exe -k netsvcs' }] : [],
    ),
    sockets: all.flatMap(({ pid }, n) => {
      const protocol = n % 4 === 0 ? 'udp' : 'tcp';
      return [`0.0.0.0:${1000 + 2 * n}`, `[::]:${1000 + 2 * n}`].map((at) => ({ at: `${protocol} ${at}`, pid }));
    }),
  });
}
