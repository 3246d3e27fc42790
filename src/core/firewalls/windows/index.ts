/**
 * Windows Firewall: its rules read, made into chains that the engine walks, and a script that closes ports written.
 *
 *   model.ts          a rule, whoever showed it
 *   registry-text.ts, registry-rule.ts   a rule as the registry holds it      rule-json.ts   as Get-NetFirewallRule shows it
 *   conditions.ts     words of ports, addresses and profiles                  json-values.ts  values as PowerShell prints them
 *   profiles.ts       what each profile does, and whose rules count in it
 *   holder.ts         is a rule for the program that holds a port?
 *   addresses.ts      addresses and words for them -> tests
 *   compile.ts        all rules for one holder -> chains
 *   read.ts           transcripts -> all of it        held.ts   the rules for each listener
 *   port-proxy.ts     ports that a service passes on  state.ts  is it on?
 *   notes.ts          what else there is to say: refused.ts, passes.ts, reservations.ts, guests.ts, profile-notes.ts
 *   owner.ts, name.ts, force.ts, overridden.ts   a rule as people see it: whose, where it counts, what undoes it
 *   openings.ts       rules that open one port      written.ts   every rule in words
 *   script.ts         writing
 */
export { type WindowsNotes, asPublic, windowsNotes } from './notes.ts';
export { heldRules } from './held.ts';
export { readPortProxy } from './port-proxy.ts';
export { type WindowsRead, readWindows } from './read.ts';
export { exportWindows } from './script.ts';
export { stateOf } from './state.ts';
export { type WrittenWindowsRule, writtenWindows } from './written.ts';
