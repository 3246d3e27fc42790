/**
 * Engines that are wrong in one way each: the real source with one change. A proof that one of them passes proves nothing.
 *
 * Each change must apply exactly once, so a change of the engine that outdates one is seen. The engine is bundled with the
 * change into node_modules/.cache and imported from there.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Engine } from './compare.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Break {
  /** What it gets wrong. */
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const breaks: readonly Break[] = [
  {
    name: 'ignores the source',
    file: 'src/core/reach/match.ts',
    find: "return field.family === packet.family ? both(splitSources(flow, field.set)) : 'absent';",
    replace: "return field.family === packet.family ? true : 'absent';",
  },
  {
    name: 'ignores the interface',
    file: 'src/core/reach/match.ts',
    find: 'return field.names.some((name) => nameMatches(name, packet.inInterface));',
    replace: 'return true;',
  },
  {
    name: 'ignores the destination',
    file: 'src/core/reach/match.ts',
    find: "return field.family === packet.family ? has(field.set, packet.destination) : 'absent';",
    replace: "return field.family === packet.family ? true : 'absent';",
  },
  {
    name: 'ignores negation',
    file: 'src/core/reach/match.ts',
    find: 'if (parts === true || parts === false)\n    return parts === test.negate ? { yes: [], no: [flow] } : { yes: [flow], no: [] };',
    replace: 'if (parts === true || parts === false) return parts ? { yes: [flow], no: [] } : { yes: [], no: [flow] };',
  },
  {
    name: 'ignores the family',
    file: 'src/core/reach/match.ts',
    find: 'return field.families.includes(packet.family);',
    replace: 'return true;',
  },
  {
    name: 'takes the last match for the first',
    file: 'src/core/reach/walk.ts',
    find: 'for (const rule of at.candidates(packet.protocol, packet.destinationPort)) {',
    replace: 'for (const rule of [...at.candidates(packet.protocol, packet.destinationPort)].reverse()) {',
  },
  {
    name: 'puts denials first',
    file: 'src/core/reach/walk.ts',
    find: 'for (const rule of at.candidates(packet.protocol, packet.destinationPort)) {',
    replace:
      "for (const rule of [...at.candidates(packet.protocol, packet.destinationPort)].sort((a, b) => Number(b.statements.some((s) => s.kind === 'effect' && s.effect.do === 'drop')) - Number(a.statements.some((s) => s.kind === 'effect' && s.effect.do === 'drop')))) {",
  },
  {
    name: 'takes an accept as final across base chains',
    file: 'src/core/reach/path.ts',
    find: '          else next.push(...moved);\n',
    replace:
      "          else if (end.nat === null && hook === 'input') over.push(...moved.map((flow) => ({ flow, verdict: 'open' }) as const));\n          else next.push(...moved);\n",
  },
  {
    name: 'skips NAT',
    file: 'src/core/reach/path.ts',
    find: 'const moved = end.nat === null ? [end.flow] : rewrite(end, end.nat, paths);',
    replace: 'const moved = [end.flow];',
  },
  {
    name: 'takes a return for an accept',
    file: 'src/core/reach/walk.ts',
    find: "return { ...nothing, falls: [passed('return')] };",
    replace: "return { ...nothing, ends: [{ flow: passed('return'), verdict: 'accept', nat: null }] };",
  },
  {
    name: 'takes a goto for a jump',
    file: 'src/core/reach/walk.ts',
    find: "return effect.do === 'jump'\n",
    replace: "return effect.do !== 'jump' || effect.do === 'jump'\n",
  },
  {
    name: 'ends port ranges one too early',
    file: 'src/core/firewalls/netfilter/iptables-ports.ts',
    find: 'out.push([first, last]);',
    replace: 'out.push([first, Math.max(first, last - 1)]);',
  },
  {
    name: 'ignores the protocol',
    file: 'src/core/reach/match.ts',
    find: 'return has(field.protocols, packet.protocol);',
    replace: 'return true;',
  },
  {
    name: 'ignores the mark',
    file: 'src/core/reach/match.ts',
    find: ': has(field.values, (mark & field.mask) >>> 0);',
    replace: ': true;',
  },
  {
    name: 'takes a new connection for an established one',
    file: 'src/core/reach/path.ts',
    find: "{ ...flow, packet: { ...flow.packet, ctState: 'new' } }",
    replace: "{ ...flow, packet: { ...flow.packet, ctState: 'established' } }",
  },
  {
    name: 'takes what is limited for blocked',
    file: 'src/core/reach/resolve.ts',
    find: "return free && portDecides ? 'open' : 'limited';",
    replace: "return free && portDecides ? 'open' : 'blocked';",
  },
  {
    name: 'takes a range in a set for its first address',
    file: 'src/core/firewalls/netfilter/nft-field.ts',
    find: '`${scalar(range[0])}-${scalar(range[1])}`',
    replace: 'scalar(range[0])',
  },
  {
    name: 'takes every source for one that can be answered',
    file: 'src/core/reach/match.ts',
    find: "if (packet.inInterface === 'lo') return true;",
    replace: 'return true;',
  },
  {
    name: 'ignores rp_filter',
    file: 'src/core/reach/path.ts',
    find: "if (mode === 0 || flow.packet.inInterface === 'lo') return routeOn(flow, paths);",
    replace: 'if (mode >= 0) return routeOn(flow, paths);',
  },
  {
    name: 'ignores policy routing',
    file: 'src/core/reach/lookup.ts',
    find: 'routing.rules[asked.family] ?? USUAL',
    replace: 'USUAL',
  },
  {
    name: 'lets in what a verdict map does not name',
    file: 'src/core/reach/walk.ts',
    find: '        next.push(...rest);\n',
    replace: "        ends.push(...rest.map((left): End => ({ flow: left, verdict: 'accept', nat: null })));\n",
  },
  {
    name: 'leaves a translated packet at its address',
    file: 'src/core/reach/path.ts',
    find: 'return set === null ? [destination] :',
    replace: 'return set !== undefined ? [destination] :',
  },
  {
    name: 'takes the destination in a set of ipset for the source',
    file: 'src/core/firewalls/netfilter/iptables-rule.ts',
    find: "side === 'dst' ? 'destination' : null",
    replace: "side === 'dst' ? 'source' : null",
  },
  {
    name: 'takes policies for accepting',
    file: 'src/core/reach/walk.ts',
    find: "const policy = base.chain.base?.policy ?? 'accept';",
    replace: "const policy = 'accept' as const;",
  },
];

/** How often the change applies; anything but 1 means that it is out of date. */
export const applies = ({ file, find }: Break): number =>
  readFileSync(resolve(root, file), 'utf8').split(find).length - 1;

/** The engine with that change; null: the engine as it is, built the same way. */
export async function engineWith(change: Break | null): Promise<Engine> {
  const name = change === null ? 'as it is' : change.name;
  const outDir = resolve(root, 'node_modules/.cache/portcullis/engines', name.replaceAll(' ', '-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    plugins: [
      {
        name: 'break',
        enforce: 'pre',
        transform: (code, id) =>
          change !== null && id === resolve(root, change.file) ? code.replace(change.find, () => change.replace) : null,
      },
    ],
    build: {
      ssr: resolve(root, 'test/lab/engine-entry.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'engine.mjs' } },
    },
  });
  return (await import(/* @vite-ignore */ pathToFileURL(resolve(outDir, 'engine.mjs')).href)) as Engine;
}
