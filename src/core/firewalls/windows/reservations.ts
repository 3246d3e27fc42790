/**
 * Addresses of the web that programs may answer at through http.sys, which listens under process 4. The part
 * `urlReservations` holds pairs (or the names alone) of HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters\UrlAclInfo,
 * such as `http://+:5357/`. Who may answer is told by it, not who does. Source: Microsoft Learn, HTTP Server API, Namespace
 * Reservations Registration, and Routing; UrlPrefix Strings.
 */
import { type WindowsPart, listed, windowsPart } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';

export interface Reservation {
  readonly port: number;
  /** `http://+:5357/`. */
  readonly url: string;
}

const PART: WindowsPart = 'urlReservations';
const itemSchema = is.either(is.object({ name: is.filled }), is.filled);
const URL = /^https?:\/\/(?:\[[^\]\s]+\]|[^/:\s]+):(\d{1,5})\//i;

/** Null: they were not gathered. One that cannot be understood is left out: what is listed says nothing of who is not. */
export function reservationsOf(snapshot: Snapshot): readonly Reservation[] | null {
  const read = windowsPart(snapshot, PART);
  if ('why' in read) return null;
  return listed(read.value).flatMap((one): readonly Reservation[] => {
    const item = itemSchema.safeParse(one);
    if (!item.success) return [];
    const url = typeof item.data === 'string' ? item.data : item.data.name;
    const port = Number(URL.exec(url)?.[1]);
    return port >= 1 && port <= 65535 ? [{ port, url }] : [];
  });
}
