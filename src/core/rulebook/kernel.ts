/**
 * Rules of the kernel that no front end lists: those made by hand with iptables or nft, those of other programs, and
 * Portcullis's own table. Only what decides is listed; what visits other chains, marks or writes to the log decides nothing.
 */
import { gistOf, type WrittenRule } from '../firewalls/gist.ts';
import type { Chain, Effect, Hook, Netfilter, Rule, Test } from '../firewalls/netfilter/model.ts';
import { isByHand } from '../firewalls/registry.ts';
import { firewallOf } from '../reach/tools.ts';

/** ufw's own chains, but for those that hold what people gave it to do: these are listed as ufw writes them. */
const OF_UFW = /^ufw6?-(user-|skip-to-policy|reject-|track-|logging-|not-local|(before|after)-logging)/;
const FIREWALLD =
  /_(ZONES(_SOURCE|_IFACES)?|POLICIES_(pre|post))$|^((filter|nat|mangle|raw)_)?(IN|FWD[IO]?|OUT|PRE|POST)_/;

export function writtenInKernel({ chains }: Netfilter): readonly WrittenRule[] {
  const hooks = hooksOf(chains);
  const hasFirewalld = chains.some(({ name }) => name.endsWith('_ZONES'));
  return chains.flatMap((chain): readonly WrittenRule[] => {
    const at = hooks.get(chain.key);
    if (OF_UFW.test(chain.name) || at?.has('postrouting') === true) return [];
    if (chain.table.endsWith(' firewalld') || (hasFirewalld && FIREWALLD.test(chain.name))) return [];
    return chain.rules.flatMap((rule, line) => lineOf(rule, line, chain, at));
  });
}

/** A packet that is let pass here is not let in yet. */
const lets = (hooks: ReadonlySet<Hook> | undefined, { base }: Chain): boolean =>
  hooks === undefined || (base?.type !== 'nat' && DECIDING.some((hook) => hooks.has(hook)));
const DECIDING: readonly Hook[] = ['input', 'forward', 'output'];

/** Every packet comes to a base chain, and to those of ufw that it always visits; to others only some do. */
const seesAll = ({ base, name }: Chain): boolean =>
  base !== null || /^ufw6?-(before|after)-(input|forward|output)$/.test(name);

function lineOf(rule: Rule, line: number, chain: Chain, hooks: ReadonlySet<Hook> | undefined): readonly WrittenRule[] {
  // firewalld's names are given to rules of firewalld alone, and those are listed by zone.
  if (chain.named?.has(rule.text) === true) return [];
  const action = actionOf(rule);
  if (action === null || (action === 'allow' && !lets(hooks, chain))) return [];
  const text = rule.text.replace(/^\[\d+:\d+\] /, '');
  const tests = rule.statements.flatMap((one): Test[] => (one.kind === 'test' ? [one.test] : []));
  const gist = gistOf(tests, chain.families);
  const isNft = chain.backend === 'nftables';
  return [
    {
      firewall: isNft ? 'nftables' : 'iptables',
      place: isNft || chain.table !== 'filter' ? `${chain.table} ${chain.name}` : chain.name,
      text,
      action,
      traffic: trafficOf(hooks),
      gists: action === 'depends' ? [] : [seesAll(chain) ? gist : { ...gist, more: true }],
      families: chain.families,
      ...ownerOf(chain, rule),
      kernel: { chain: chain.key, line },
    },
  ];
}

function ownerOf(chain: Chain, rule: Rule): Pick<WrittenRule, 'owner' | 'tool'> {
  const named = firewallOf(chain.key, chain.name, rule.text);
  if (named === 'portcullis') return { owner: 'portcullis', tool: null };
  if (named !== 'iptables' && named !== 'nftables') return { owner: 'tool', tool: named };
  if (chain.name === 'DOCKER-USER' || isByHand(chain, rule)) return { owner: 'you', tool: null };
  // What stands among the rules of a built-in chain names nobody.
  if (chain.base !== null && chain.backend !== 'nftables') return { owner: 'tool', tool: null };
  return { owner: 'tool', tool: chain.backend === 'nftables' ? chain.table.replace(/^\S+ /, '') : chain.name };
}

/** Null: it decides nothing. */
const ACTIONS: Readonly<Record<Effect['do'], WrittenRule['action'] | null>> = {
  accept: 'allow',
  drop: 'deny',
  reject: 'reject',
  redirect: 'forward',
  dnat: 'forward',
  unknown: 'depends',
  return: null,
  jump: null,
  goto: null,
  'set-mark': null,
  'copy-mark': null,
  'forget-mark': null,
  notrack: null,
  template: null,
  snat: null,
};

function actionOf({ statements }: Rule): WrittenRule['action'] | null {
  if (statements.some(({ kind }) => kind === 'choose')) return 'depends';
  const last = statements.findLast(({ kind }) => kind === 'effect');
  return last?.kind === 'effect' ? ACTIONS[last.effect.do] : null;
}

/** At which hooks packets come to each chain. */
function hooksOf(chains: readonly Chain[]): ReadonlyMap<string, ReadonlySet<Hook>> {
  const byKey = new Map(chains.map((chain) => [chain.key, chain]));
  const hooks = new Map<string, Set<Hook>>();
  const visit = (chain: Chain, hook: Hook): void => {
    const known = hooks.get(chain.key) ?? new Set();
    if (known.has(hook)) return;
    hooks.set(chain.key, known.add(hook));
    for (const effect of chain.rules.flatMap(effectsOf)) {
      const next = effect.do === 'jump' || effect.do === 'goto' ? byKey.get(effect.chain) : undefined;
      if (next !== undefined) visit(next, hook);
    }
  };
  for (const chain of chains) if (chain.base !== null) visit(chain, chain.base.hook);
  return hooks;
}

const effectsOf = ({ statements }: Rule): readonly Effect[] =>
  statements.flatMap((one): readonly Effect[] =>
    one.kind === 'effect'
      ? [one.effect]
      : one.kind === 'choose'
        ? one.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
        : [],
  );

function trafficOf(hooks: ReadonlySet<Hook> | undefined): WrittenRule['traffic'] {
  if (hooks === undefined || hooks.has('input') || hooks.has('prerouting')) return 'in';
  return hooks.has('forward') ? 'through' : 'out';
}

/** Chains that no packet comes to. */
export function unvisited({ chains }: Netfilter): ReadonlySet<string> {
  const hooks = hooksOf(chains);
  return new Set(chains.filter(({ key }) => !hooks.has(key)).map(({ key }) => key));
}
