/** Ports as iptables-save writes them. */
import { type Intervals, normalize } from '../../intervals.ts';

/** `80`, `8000:8010`, `:1024`, `22,80,8000:8010`; null when a part is not understood. */
export function portList(spec: string): Intervals<number> | null {
  const out: [number, number][] = [];
  for (const part of spec.split(',')) {
    const range = /^(\d{0,5})(:)?(\d{0,5})$/.exec(part);
    if (range === null || part === '') return null;
    const first = range[1] === '' ? 0 : Number(range[1]);
    const last = range[2] === undefined ? first : range[3] === '' ? 65535 : Number(range[3]);
    if (first > 65535 || last > 65535) return null;
    out.push([first, last]);
  }
  return normalize(out);
}
