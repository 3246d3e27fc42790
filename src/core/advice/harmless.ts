/**
 * What is reached and not worth a finding, so that the list holds only what needs a thought.
 *
 * Services that are meant to be reached and do little harm: private networks with keys, address assignment, discovery.
 * The name of a program alone does not earn that: the port must be the service's own, or a temporary one of it.
 * And unknown programs on temporary UDP ports: clients that wait for an answer, not servers.
 */
import { usesNumber } from '../catalog/numbers.ts';
import type { Platform, ReportListener } from '../model.ts';
import { macSettingOf } from './mac-settings.ts';

/** Linux gives outgoing conversations a port from here on. Source: ip-sysctl, ip_local_port_range. */
const FIRST_TEMPORARY = 32768;

function isHarmless({ identity: { service }, protocol, port }: ReportListener): boolean {
  const temporary = protocol === 'udp' && port >= FIRST_TEMPORARY;
  if (service === null) return temporary;
  return service.risk === 'low' && service.servesOthers && (temporary || usesNumber(service, protocol, port));
}

/** As above, but for what a setting of macOS opens: many do not know that it is on, and it is easily turned off. */
export const isPassedOver = (listener: ReportListener, platform: Platform): boolean =>
  isHarmless(listener) && !(platform === 'darwin' && macSettingOf(listener) !== null);
