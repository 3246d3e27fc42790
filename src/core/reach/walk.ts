/** Walking one base chain: a flow goes in, parts of it come out accepted, dropped, or undecided. */
import { union } from '../intervals.ts';
import { doubt } from '../gaps/index.ts';
import type { Effect } from '../firewalls/netfilter/model.ts';
import type { ChainMap, WalkChain, WalkRule } from './chains.ts';
import { type Flow, type Passed, assuming, isTracked, sameButSources, sameTraffic } from './flow.ts';
import { matchAll, matchTest } from './match.ts';
import type { AddressSpace } from './space.ts';

/** How a part of a flow left a chain for good. */
export interface End {
  readonly flow: Flow;
  readonly verdict: 'accept' | 'drop' | 'unknown';
  /** Where a nat chain sent it, if it did. */
  readonly nat: Extract<Effect, { do: 'redirect' | 'dnat' }> | null;
}

export interface Walker {
  readonly chains: ChainMap;
  readonly space: AddressSpace;
}

/** More parts than this at one rule: the ruleset is too tangled to follow, and what is left is unknown. */
const MOST_PARTS = 2000;
const DEEPEST = 64;
const TANGLED = doubt({ kind: 'tangled' });

export function walkBase(flow: Flow, base: WalkChain, hook: string, walker: Walker): readonly End[] {
  const { ends, falls } = walkChain(flow, base, hook, walker, 0);
  const policy = base.chain.base?.policy ?? 'accept';
  return [
    ...ends,
    ...falls.map(
      (part): End => ({
        flow: note(part, base, hook, { text: `policy ${policy}`, at: base.chain.rules.length }, policy, 0),
        verdict: policy,
        nat: null,
      }),
    ),
  ];
}

interface Walked {
  readonly ends: readonly End[];
  /** What came to the end of the chain, or was sent back. */
  readonly falls: readonly Flow[];
}

function walkChain(flow: Flow, at: WalkChain, hook: string, walker: Walker, depth: number): Walked {
  if (depth > DEEPEST)
    return {
      ends: [{ flow: assuming(flow, doubt({ kind: 'nested', chain: at.chain.name })), verdict: 'unknown', nat: null }],
      falls: [],
    };
  const { packet } = flow;
  const ends: End[] = [];
  const falls: Flow[] = [];
  let going: readonly Flow[] = [flow];
  for (const rule of at.candidates(packet.protocol, packet.destinationPort)) {
    const next: Flow[] = [];
    for (const part of going) {
      const result = applyRule(part, rule, at, hook, walker, depth);
      ends.push(...result.ends);
      falls.push(...result.falls);
      next.push(...result.next);
    }
    going = next;
    if (going.length === 0) break;
    if (going.length > MOST_PARTS) {
      ends.push(...going.map((part): End => ({ flow: assuming(part, TANGLED), verdict: 'unknown', nat: null })));
      going = [];
      break;
    }
  }
  falls.push(...going);
  return { ends, falls };
}

interface Applied {
  readonly ends: readonly End[];
  readonly falls: readonly Flow[];
  /** What goes on to the next rule. */
  readonly next: readonly Flow[];
}

function applyRule(flow: Flow, rule: WalkRule, at: WalkChain, hook: string, walker: Walker, depth: number): Applied {
  const ends: End[] = [];
  const falls: Flow[] = [];
  const next: Flow[] = [];
  let inside: readonly Flow[] = [flow];
  for (const statement of rule.statements) {
    const kept: Flow[] = [];
    for (const part of inside) {
      if (statement.kind === 'test') {
        const split = matchTest(part, statement.test, walker.space);
        kept.push(...split.yes);
        next.push(...split.no);
      } else if (statement.kind === 'effect') {
        const done = carryOut(part, statement.effect, rule, at, hook, walker, depth);
        ends.push(...done.ends);
        falls.push(...done.falls);
        next.push(...done.next);
        kept.push(...done.kept);
      } else {
        let rest: readonly Flow[] = [part];
        for (const { tests, effect } of statement.cases) {
          const still: Flow[] = [];
          for (const one of rest) {
            const split = matchAll(one, tests, walker.space);
            still.push(...split.no);
            for (const hit of split.yes) {
              if (effect === null) next.push(hit);
              else {
                const done = carryOut(hit, effect, rule, at, hook, walker, depth);
                ends.push(...done.ends);
                falls.push(...done.falls);
                next.push(...done.next);
                // What only changes the packet goes on with the rule.
                kept.push(...done.kept);
              }
            }
          }
          rest = still;
        }
        next.push(...rest);
      }
    }
    inside = kept;
    if (inside.length === 0) break;
  }
  next.push(...inside);
  return { ends, falls, next: rejoin(flow, next) };
}

/**
 * Parts that go on in the same state are one flow again. Where both ways of an undecided match went on alike, it did not
 * matter, and the guess is forgotten.
 */
function rejoin(before: Flow, next: readonly Flow[]): readonly Flow[] {
  if (next.length < 2) return next;
  if (next.every((part) => sameTraffic(part, before))) return [before];
  const joined: Flow[] = [];
  for (const part of next) {
    const at = joined.findIndex((other) => sameButSources(part, other));
    const other = joined[at];
    if (other === undefined) joined.push(part);
    else joined[at] = { ...other, sources: union(other.sources, part.sources) };
  }
  return joined;
}

interface Done extends Applied {
  /** What goes on to the rule's next statement. */
  readonly kept: readonly Flow[];
}

const nothing: Done = { ends: [], falls: [], next: [], kept: [] };

function carryOut(
  flow: Flow,
  effect: Effect,
  rule: WalkRule,
  at: WalkChain,
  hook: string,
  walker: Walker,
  depth: number,
): Done {
  const passed = (says: string): Flow => note(flow, at, hook, rule, says, depth);
  switch (effect.do) {
    case 'accept':
      return { ...nothing, ends: [{ flow: passed('accept'), verdict: 'accept', nat: null }] };
    case 'drop':
    case 'reject':
      return { ...nothing, ends: [{ flow: passed(effect.do), verdict: 'drop', nat: null }] };
    case 'unknown':
      return {
        ...nothing,
        ends: [{ flow: assuming(passed('may do anything'), effect.doubt), verdict: 'unknown', nat: null }],
      };
    case 'return':
      return { ...nothing, falls: [passed('return')] };
    case 'jump':
    case 'goto': {
      const target = walker.chains.get(effect.chain);
      if (target === undefined) {
        const unread = doubt({ kind: 'chain-unread', chain: effect.chain });
        return { ...nothing, ends: [{ flow: assuming(passed('jump'), unread), verdict: 'unknown', nat: null }] };
      }
      const walked = walkChain(passed(`${effect.do} ${target.chain.name}`), target, hook, walker, depth + 1);
      return effect.do === 'jump'
        ? { ...nothing, ends: walked.ends, next: walked.falls.map((back) => cameBack(back, flow)) }
        : { ...nothing, ends: walked.ends, falls: walked.falls };
    }
    case 'redirect':
    case 'dnat':
      return { ...nothing, ends: [{ flow: passed(effect.do), verdict: 'accept', nat: effect }] };
    case 'snat': {
      const { packet } = flow;
      return {
        ...nothing,
        ends: [{ flow: { ...passed('snat'), packet: { ...packet, snat: true } }, verdict: 'accept', nat: null }],
      };
    }
    case 'notrack': {
      // Too late for a packet that connection tracking has seen already. Source: nft_ct.c, nft_notrack_eval.
      if (flow.packet.ctState !== 'invalid') return { ...nothing, kept: [flow] };
      const untracked = { ...flow.packet, ctState: 'untracked' as const };
      return { ...nothing, kept: [{ ...passed('notrack'), packet: untracked }] };
    }
    case 'template':
      // Source: xt_CT.c, xt_ct_target; nft_ct.c, nft_ct_set_zone_eval. What is tracked already stays as it is.
      if (flow.packet.ctState !== 'invalid') return { ...nothing, kept: [flow] };
      return { ...nothing, kept: [{ ...flow, packet: { ...flow.packet, ctState: 'new' } }] };
    case 'set-mark':
    case 'copy-mark':
    case 'forget-mark':
      if (!isTracked(flow.packet)) {
        // No connection, no mark of it: a rule that would read it ends here, one that would write it goes on.
        // Source: nft_ct.c, nft_ct_get_eval and nft_ct_set_eval; xt_connmark.c.
        if (effect.do === 'copy-mark' && effect.from === 'ct-mark') return { ...nothing, next: [flow] };
        if (effect.do === 'copy-mark' || effect.target === 'ct-mark') return { ...nothing, kept: [flow] };
      }
      return { ...nothing, kept: [{ ...flow, packet: marked(flow, effect) }] };
  }
}

/** A visit that decided nothing is not part of the way. */
const cameBack = (back: Flow, before: Flow): Flow => ({ ...back, passed: before.passed });

type MarkEffect = Extract<Effect, { do: 'set-mark' | 'copy-mark' | 'forget-mark' }>;

function marked({ packet }: Flow, effect: MarkEffect): Flow['packet'] {
  const put = (target: 'mark' | 'ct-mark', value: number | null): Flow['packet'] =>
    target === 'mark'
      ? value === packet.mark
        ? packet
        : { ...packet, mark: value }
      : value === packet.ctMark
        ? packet
        : { ...packet, ctMark: value };
  if (effect.do === 'forget-mark') return put(effect.target, null);
  if (effect.do === 'set-mark') {
    const old = effect.target === 'mark' ? packet.mark : packet.ctMark;
    if (effect.and === 0) return put(effect.target, effect.xor);
    return put(effect.target, old === null ? null : ((old & effect.and) ^ effect.xor) >>> 0);
  }
  const [from, to] = effect.from === 'mark' ? [packet.mark, packet.ctMark] : [packet.ctMark, packet.mark];
  const target = effect.from === 'mark' ? 'ct-mark' : 'mark';
  if (from === null || to === null) return put(target, null);
  return put(target, ((to & ~effect.mask) | (from & effect.mask)) >>> 0);
}

type Noted = Pick<WalkRule, 'text' | 'at'>;

function note(flow: Flow, at: WalkChain, hook: string, rule: Noted, effect: string, depth: number): Flow {
  const passed: Passed = {
    chain: at.chain.name,
    chainKey: at.chain.key,
    hook,
    rule: rule.text,
    effect,
    depth,
    at: rule.at,
    usedByUfw: at.usedByUfw,
    named: at.chain.named?.get(rule.text) ?? null,
    before: flow.passed,
  };
  return { ...flow, passed };
}
