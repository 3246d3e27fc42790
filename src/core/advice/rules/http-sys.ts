/**
 * Looks at ports that the kernel of Windows holds for programs that answer web requests (http.sys, process 4). Ending it is
 * never a way: it is no program of its own.
 */
import { exposed } from '../exposed.ts';
import { few } from '../few.ts';
import type { ListenerRule } from '../rule.ts';

const KERNEL = 4;
const NAMED = 3;
/** What else the kernel answers at is known by its number: file sharing. */
const OTHERS: ReadonlySet<string> = new Set(['smb', 'netbios']);

export const httpSys: ListenerRule = {
  name: 'exposed-http-sys',
  about: 'listener',
  advise: (listener, facts) => {
    const { owner, protocol, port, identity } = listener;
    if (facts.windows === null || owner.pid !== KERNEL || protocol !== 'tcp') return null;
    if (identity.service !== null && OTHERS.has(identity.service.id)) return null;
    const { reservations } = facts.windows;
    const here = reservations?.filter((one) => one.port === port).map(({ url }) => url) ?? null;
    return exposed(listener, facts, { urls: here === null ? null : few(here, NAMED, 2) });
  },
};
