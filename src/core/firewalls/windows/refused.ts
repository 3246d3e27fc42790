/**
 * Blocks that Windows has made itself because its question "allow access?" was dismissed, refused, or could not be asked.
 * One for TCP and one for UDP, for the program of the question; they win over every allow, and the question is not asked
 * again, until somebody deletes them. Source: Microsoft Learn, Windows Firewall rules, application rules. Their names begin
 * with `TCP Query User{GUID}` (from real registries).
 */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Listener } from '../../model.ts';
import { type Environment, isFor } from './holder.ts';
import { countsIn } from './force.ts';
import { isAllow, isBlock } from './overridden.ts';
import type { AnyRule, Profile, WindowsRule } from './model.ts';
import type { AllSettings } from './profiles.ts';
import { removeRule } from './shown-command.ts';

/** A program for which such blocks stand here. */
export interface RefusedProgram {
  /** As the rules write it. */
  readonly path: string;
  /** In which networks they count. */
  readonly profiles: readonly Profile[];
  /** Ids of listeners of that program which they keep others from now. */
  readonly listeners: readonly string[];
  /** Names of rules that let the same program in, and over which they win. */
  readonly over: readonly string[];
  /** What deletes them, one a rule; null: a name cannot be written safely. */
  readonly removal: readonly string[] | null;
}

const QUESTION = /^(tcp|udp) query user\{[\da-f-]{36}\}/i;

export interface RefusedFrom {
  readonly rules: readonly AnyRule[];
  readonly settings: AllSettings;
  readonly environment: Environment;
  readonly listeners: readonly Listener[];
  readonly holderOf: (pid: number | null) => WindowsHolder;
  /** Profiles of networks that this computer is in now. */
  readonly used: readonly Profile[];
}

/** Only where it matters: the program listens for others, or a rule lets it in for nothing. */
export function refusedPrograms(from: RefusedFrom): readonly RefusedProgram[] {
  const { rules, settings } = from;
  const groups = new Map<string, WindowsRule[]>();
  for (const rule of rules.filter(isBlock)) {
    if (rule.store !== 'local' || rule.app === null || !QUESTION.test(rule.id)) continue;
    const key = rule.app.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  const allows = groups.size === 0 ? [] : rules.filter(isAllow);
  return [...groups].flatMap(([app, blocks]): readonly RefusedProgram[] => {
    const profiles = [...new Set(blocks.flatMap((block) => countsIn(block, settings)))];
    const listeners = from.listeners.filter((listener) => blocks.some((block) => isKept(listener, block, from)));
    const over = allows.filter(
      (allow) => allow.app?.toLowerCase() === app && blocks.some((block) => meets(block, allow, settings)),
    );
    if (profiles.length === 0 || (listeners.length === 0 && over.length === 0)) return [];
    const removal = blocks.flatMap(({ id }) => removeRule(id) ?? []);
    return [
      {
        path: blocks[0]?.app ?? app,
        profiles,
        listeners: listeners.map(({ id }) => id),
        over: [...new Set(over.map(({ name }) => name))],
        removal: removal.length === blocks.length ? removal : null,
      },
    ];
  });
}

const NUMBER = { tcp: 6, udp: 17 } as const;

/** Does the block keep others from that listener, in a network that this computer is in now? */
function isKept(
  listener: Listener,
  block: WindowsRule,
  { settings, environment, holderOf, used }: RefusedFrom,
): boolean {
  const { protocol, sockets } = listener;
  const outward = sockets.filter(({ address }) => !/^(127\.|::1$)/.test(address));
  return (
    (block.protocol === null || block.protocol === NUMBER[protocol]) &&
    outward.length > 0 &&
    outward.every(({ pid }) => isFor(block, holderOf(pid), environment) === true) &&
    countsIn(block, settings).some((profile) => used.includes(profile))
  );
}

/** Is there something that the one blocks and the other lets in? */
function meets(block: WindowsRule, allow: WindowsRule, settings: AllSettings): boolean {
  const shared = countsIn(allow, settings).some((profile) => countsIn(block, settings).includes(profile));
  return shared && (block.protocol === null || allow.protocol === null || block.protocol === allow.protocol);
}
