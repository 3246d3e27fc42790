/**
 * Windows Firewall: its rules read, made into chains that the engine walks, and a script that closes ports written.
 *
 *   model.ts          a rule, whoever showed it
 *   registry-text.ts, registry-rule.ts   a rule as the registry holds it      rule-json.ts   as Get-NetFirewallRule shows it
 *   conditions.ts     words of ports, addresses and profiles                  json-values.ts  values as PowerShell prints them
 *   profiles.ts       what each profile does, and whose rules count in it
 *   holder.ts         is a rule for the program that holds a port?
 *   addresses.ts      addresses and words for them -> tests
 *   compile.ts        rules -> chains          select.ts   those that count for a port and who holds it
 *   read.ts           transcripts -> all of it        held.ts   the rules for each listener
 *   port-proxy.ts     ports that a service passes on  state.ts  is it on?
 *   script.ts         writing
 */
export { heldRules } from './held.ts';
export { readPortProxy } from './port-proxy.ts';
export { readWindows } from './read.ts';
export { exportWindows } from './script.ts';
export { stateOf } from './state.ts';
