/**
 * Does Linux answer at an interface when the network asks (ARP) who has an IPv4 address of another one? It does unless it is
 * told not to. Where both are on one network its router may then send there what is for the other address. Not so for IPv6:
 * a solicitation is answered by the interface that has the address.
 *
 * Sources: Documentation/networking/ip-sysctl.rst, arp_ignore and arp_filter; net/ipv4/arp.c, arp_process, arp_ignore and
 * arp_filter; include/linux/inetdevice.h (the greater arp_ignore of `all` and the interface counts, and either arp_filter);
 * net/ipv6/ndisc.c, ndisc_recv_ns.
 */

/** By the name of the interface. */
export type AnswersFor = (name: string) => boolean;

/** For its own addresses alone, for those of the asker's network, or for none. */
const NOT_FOR_OTHERS: ReadonlySet<number> = new Set([1, 2, 8]);

/** @param sysctls `net.ipv4.conf.all.arp_ignore` -> `0`; one that was not read forbids nothing */
export const answersArp =
  (sysctls: ReadonlyMap<string, string>): AnswersFor =>
  (name) => {
    const values = (key: string): readonly number[] =>
      ['all', name].map((one) => Number(sysctls.get(`net.ipv4.conf.${one}.${key}`) ?? 0));
    return !NOT_FOR_OTHERS.has(Math.max(...values('arp_ignore'))) && values('arp_filter').every((value) => value === 0);
  };
