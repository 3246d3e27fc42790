/**
 * What a listening port is: known services, as data, and the IANA registry behind them.
 *
 *   services/        the catalog, one file a category
 *   identify.ts      listener -> service: by the program first, by the number second
 *   programs.ts      what a program, a unit or a command line says
 *   numbers.ts       what a number says              on-windows.ts    what is said on Windows alone
 *   iana.ts          registered names and the three ranges; iana.generated.ts is the registry
 *   local-names.ts   the machine's own /etc/services
 *   tunnels.ts       programs that publish a port by themselves; tunnel.ts, ssh-tunnel.ts   telling one
 *   address-kind.ts  private, public, loopback and so on
 */
export { addressKind } from './address-kind.ts';
export { rangeOf } from './iana.ts';
export { asPublishedPort, identify, onMac } from './identify.ts';
export { readLocalNames } from './local-names.ts';
export { onWindows } from './on-windows.ts';
export { services } from './services/index.ts';
export { type Tunnel, servedByTailscale, tunnelsOf } from './tunnel.ts';
