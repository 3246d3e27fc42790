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
 *
 *   operations.ts     what can be changed, and what takes it back      own.ts     the rules of Portcullis's own
 *   local.ts          rules that may be turned off or on             switches.ts   where it is on
 *   except.ts         whom a block leaves alone
 *   toggle.ts, rule-name.ts   a rule of somebody's turned off or on    predict.ts snapshot + operation -> snapshot
 *   change-script.ts  the script that an elevated PowerShell runs      script.ts  the same as a file, with its undo
 *   by-policy.ts      what policy says of a profile itself             in-use.ts  in which networks the computer is now
 *   netsh.ts          the same for netsh, as a batch file
 *   quote.ts          text in a script           from-elsewhere.ts    what a range of addresses can name
 *   notes.ts          what else there is to say: refused.ts, passes.ts, reservations.ts, guests.ts, wsl.ts, profile-notes.ts
 *   owner.ts, name.ts, force.ts, overridden.ts   a rule as people see it: whose, where it counts, what undoes it
 *   openings.ts       rules that open one port      written.ts   every rule in words
 */
export { type WindowsNotes, asPublic, windowsNotes } from './notes.ts';
export { heldRules } from './held.ts';
export { readPortProxy } from './port-proxy.ts';
export { type WindowsRead, readWindows } from './read.ts';
export { exportNetsh } from './netsh.ts';
export { exportWindows } from './script.ts';
export { changeScript, LONGEST_SCRIPT, STATUS } from './change-script.ts';
export { digestParts } from './digest.ts';
export { exceptFrom } from './except.ts';
export { meantBy } from './from-elsewhere.ts';
export { backOf, backOfAll, isWellFormed, isWindows, type WindowsOperation } from './operations.ts';
export {
  changedOwn,
  concerns,
  meaningOf,
  openingRules,
  ownBlocks,
  type Switchable,
  switchables,
  unreadLocal,
  unreadOf,
} from './local.ts';
export { PROFILES } from './model.ts';
export { type Block, blockName, blockOf, rangesOf, readBlock } from './own.ts';
export { localRules, predictWindows } from './predict.ts';
export { literal } from './quote.ts';
export { ruleName } from './rule-name.ts';
export { fixedInterfaces, managedIn, offByPolicy, offIn, unsureIn, usedIn } from './switches.ts';
export { activeIn, withoutActive } from './toggle.ts';
export { stateOf } from './state.ts';
export { type WrittenWindowsRule, writtenWindows } from './written.ts';
