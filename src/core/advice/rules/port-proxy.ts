/** Looks at ports that a service of Windows passes on (`netsh interface portproxy`): to where, and what ends it. */
import { exposed } from '../exposed.ts';
import type { ListenerRule } from '../rule.ts';

export const portProxy: ListenerRule = {
  name: 'exposed-port-proxy',
  about: 'listener',
  advise: (listener, facts) => {
    if (listener.identity.service?.id !== 'port-proxy') return null;
    const entries = facts.windows?.passes.filter(({ port }) => port === listener.port) ?? [];
    if (entries.length === 0) return null;
    const passes = entries.map(({ to, removal }) => ({ to: placeOf(to), command: removal }));
    return exposed(listener, facts, { passes });
  },
};

const placeOf = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
