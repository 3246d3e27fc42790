/** What shows the things beside the rules, as a person types it. Names are whatever somebody called them. */
import type { Device } from '../gaps/index.ts';
import { shellCommand } from '../shell-command.ts';

/**
 * A device that has no name here, or one that cannot be written, is `if` and its number. Source: iproute2 6.1,
 * lib/ll_map.c; tried on Debian 12.
 */
export const lookAtFilters = (device: Device, ifindex: number, hook: 'ingress' | 'egress'): string =>
  (typeof device === 'string' ? shellCommand(['tc', 'filter', 'show', 'dev', device, hook]) : null) ??
  `tc filter show dev if${ifindex} ${hook}`;

/** All of them, where its name cannot be written. */
export const lookAtVrf = (vrf: string): string => shellCommand(['ip', 'vrf', 'show', vrf]) ?? 'ip vrf show';

/** Names of systemd's units; with anything else in it, systemctl would take it for a pattern. Source: systemd.unit(5). */
const UNIT = /^[\w:.\\@-]+\.(?:service|scope|slice|socket)$/;

const SETTINGS = ['IPAddressAllow', 'IPAddressDeny', 'RestrictNetworkInterfaces'];

/** null: it is no unit of systemd's. `-.slice` begins as an option does. */
export const lookAtUnit = (unit: string): string | null =>
  UNIT.test(unit) ? shellCommand(['systemctl', 'show', ...SETTINGS.flatMap((one) => ['-p', one]), '--', unit]) : null;
