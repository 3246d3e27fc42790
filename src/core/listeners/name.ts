/** A listener's id as people write it: `3000/tcp` for `tcp/3000`; with its address where two share a port. */
export const listenerName = (id: string): string =>
  id.replace(
    /^(tcp|udp)\/(\d+)(?:@(.*))?$/s,
    (_, protocol: string, port: string, at: string | undefined) =>
      `${port}/${protocol}${at === undefined ? '' : ` on ${at}`}`,
  );
