/**
 * What every format tells, in words and in order: the state, the advice, each listener, each forwarded port, the firewalls,
 * what was not read. Listeners and forwarded ports come one by one, so that many of them take no more memory than one.
 *
 *   advice    what there is to do                    ways      the ways in to one of them, and the rules on each
 *   reached   listeners and forwarded ports, by whom machine   the state, the firewalls, the networks, what was not read
 *   named     rules and firewalls as people call them
 *
 * Foreign text (names, rules, addresses) has been through `visible`; what is markup in a format is that format's to escape.
 */
export { type Advice, adviceOf } from './advice.ts';
export { firewallsOf, gapsOf, headOf, networksOf, type ToldFirewall, type ToldGap } from './machine.ts';
export { forwardsOf, listenersOf, type ToldForward, type ToldListener } from './reached.ts';
export type { ToldWay } from './ways.ts';
