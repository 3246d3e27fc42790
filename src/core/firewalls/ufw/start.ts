/**
 * What `ufw enable` puts into the kernel for one family, and what `ufw disable` leaves there. Source: ufw 0.36.2,
 * ufw-init-functions `ufw_start` and `ufw_stop`, followed step by step; where it would not start, or a file holds what is not known here, the result is null.
 */
import type { Family, Policy } from '../../model.ts';
import { prefixOf } from './rule-lines.ts';
import { clear, hasChain, restore, type Tables } from './tables.ts';

export interface StartFiles {
  readonly before: string;
  readonly after: string;
  readonly user: string;
}
export interface Policies {
  readonly inbound: Policy;
  readonly outbound: Policy;
  readonly routed: Policy;
}

const PLACES = ['input', 'output', 'forward'] as const;
const WORD: Record<Policy, string | null> = { allow: 'ACCEPT', deny: 'DROP', reject: 'REJECT', unknown: null };

function names(prefix: string): { primary: readonly string[]; secondary: readonly string[] } {
  const of = (kind: string) => PLACES.map((place) => `${prefix}-${kind}-${place}`);
  return {
    primary: ['before-logging', 'before', 'after', 'after-logging', 'reject', 'track'].flatMap(of),
    secondary: [
      `${prefix}-logging-deny`,
      `${prefix}-logging-allow`,
      `${prefix}-not-local`,
      ...of('user-logging'),
      `${prefix}-user-limit-accept`,
      `${prefix}-user-limit`,
      ...of('user'),
      ...of('skip-to-policy'),
    ],
  };
}

const filter = (...lines: readonly string[]): string => ['*filter', ...lines, 'COMMIT'].join('\n');

/** What `ufw disable` leaves for one family: ufw's first chains, empty, and everything let through. */
export function stopped(tables: Tables, family: Family): Tables | null {
  const { primary, secondary } = names(prefixOf(family));
  const text = filter(':INPUT ACCEPT', ':FORWARD ACCEPT', ':OUTPUT ACCEPT');
  return restore(clear(tables, [...primary, ...secondary], secondary), text, family);
}

/** IPv6 with `IPV6=no`: everything but loopback is dropped, and the whole table is ufw's. */
export function startedWithoutIpv6(tables: Tables): Tables | null {
  const { primary, secondary } = names('ufw6');
  const text = filter(
    ':INPUT DROP',
    ':FORWARD DROP',
    ':OUTPUT DROP',
    '-A INPUT -i lo -j ACCEPT',
    '-A OUTPUT -o lo -j ACCEPT',
  );
  return restore(clear(tables, [...primary, ...secondary], secondary), text, 6, false);
}

export function started(tables: Tables, family: Family, files: StartFiles, policies: Policies): Tables | null {
  const prefix = prefixOf(family);
  const { primary, secondary } = names(prefix);
  const words = { input: WORD[policies.inbound], output: WORD[policies.outbound], forward: WORD[policies.routed] };
  if (PLACES.some((place) => words[place] === null)) return null;
  let now: Tables | null = tables;
  const load = (text: string): void => {
    if (now !== null) now = restore(now, text, family);
  };
  if (hasChain(tables, `${prefix}-before-logging-input`)) now = clear(tables, [...primary, ...secondary], secondary);
  else {
    const order = ['before-logging', 'before', 'after', 'after-logging', 'reject', 'track'];
    load(
      filter(
        ...primary.map((chain) => `:${chain} -`),
        ...PLACES.flatMap((place) => order.map((kind) => `-A ${place.toUpperCase()} -j ${prefix}-${kind}-${place}`)),
      ),
    );
  }
  for (const place of PLACES) {
    if (words[place] === 'REJECT') load(filter(`-A ${prefix}-reject-${place} -j REJECT`));
    if (words[place] === 'ACCEPT') {
      load(
        filter(
          `-A ${prefix}-track-${place} -p tcp -m conntrack --ctstate NEW -j ACCEPT`,
          `-A ${prefix}-track-${place} -p udp -m conntrack --ctstate NEW -j ACCEPT`,
        ),
      );
    }
  }
  load(filter(`:${prefix}-logging-deny -`, `:${prefix}-logging-allow -`));
  load(
    filter(
      ...PLACES.map((place) => `:${prefix}-skip-to-policy-${place} -`),
      ...PLACES.map((place) => `-A ${prefix}-skip-to-policy-${place} -j ${words[place]}`),
    ),
  );
  load(files.before);
  load(files.after);
  const user = ['user', 'user-logging'].flatMap((kind) => PLACES.map((place) => `:${prefix}-${kind}-${place} -`));
  load(filter(...user, `:${prefix}-user-limit -`, `:${prefix}-user-limit-accept -`));
  load(files.user);
  load(filter(...PLACES.map((place) => `-A ${prefix}-before-${place} -j ${prefix}-user-${place}`)));
  const policy = (place: (typeof PLACES)[number]) => (words[place] === 'REJECT' ? 'DROP' : words[place]);
  load(filter(...PLACES.map((place) => `:${place.toUpperCase()} ${policy(place)}`)));
  return now;
}
