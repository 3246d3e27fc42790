/** Shorthand for the `ports` of a service. */
import type { Service } from '../model.ts';

type Ports = Service['ports'];

export const tcp = (from: number, to = from): Ports => [{ protocol: 'tcp', from, to }];
export const udp = (from: number, to = from): Ports => [{ protocol: 'udp', from, to }];
export const both = (from: number, to = from): Ports => [...tcp(from, to), ...udp(from, to)];
