/** What a cgroup's path says about who is in it: the systemd unit, the container. */

/** `/system.slice/ssh.service` -> `ssh.service`. Only what systemd starts and stops as a service; null for sessions and apps. */
export function unitOf(cgroup: string | null): string | null {
  const last = segments(cgroup).findLast((segment) => /\.(service|socket|scope|mount|slice)$/.test(segment));
  if (last === undefined || !/\.(service|socket)$/.test(last)) return null;
  return unescapeUnit(last);
}

/** The short id or the name of the container whose cgroup this is, or null. */
export function containerOf(cgroup: string | null): string | null {
  for (const segment of segments(cgroup).toReversed()) {
    const id = /^(?:(?:docker|libpod|cri-containerd|crio)-([0-9a-f]+)\.scope|([0-9a-f]+))$/.exec(segment);
    const digits = id?.[1] ?? id?.[2] ?? '';
    if (digits.length === 64) return digits.slice(0, 12);
    const payload = /^lxc\.payload\.(.+)$/.exec(segment) ?? /^machine-(.+)\.scope$/.exec(segment);
    if (payload !== null) return unescapeUnit(payload[1] ?? '');
  }
  return null;
}

const segments = (cgroup: string | null): readonly string[] => (cgroup ?? '').split('/').filter((part) => part !== '');

/** systemd writes `-` inside a name as `\x2d`: systemd.unit(5), "String escaping". */
const unescapeUnit = (name: string): string =>
  name.replace(/\\x([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
