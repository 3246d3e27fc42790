/** What could not be read, and why something is unknown, as it crosses from one program to another. */
import { z } from 'zod';
import type { Fault, GapHow, GapWhat, GapWhy, Reason } from '../gaps/meaning.ts';
import { count, family, line, name, names, path, said } from './fields.ts';

const device = z.union([name, z.number()]);

export const gapWhat: z.ZodType<GapWhat> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      'addresses',
      'sysctls',
      'listening',
      'connections',
      'dual-stack',
      'owners',
      'units',
      'kernel-tables',
      'nftables',
      'nftables-list',
      'own-table',
      'ufw-on',
      'ufw-defaults',
      'firewalld-in-kernel',
      'part-of-a-rule',
      'parts-of-rules',
      'kept',
    ]),
  }),
  z.strictObject({ kind: z.literal('routes'), family: family.nullable() }),
  z.strictObject({
    kind: z.literal('kernel-rules'),
    by: z.enum(['iptables', 'nftables']).nullable(),
    family: family.nullable(),
    legacy: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('table'), table: name }),
  z.strictObject({ kind: z.enum(['file', 'ufw-rules-end', 'ufw-rule']), path }),
  z.strictObject({ kind: z.literal('ufw-setting'), setting: name }),
  z.strictObject({ kind: z.literal('ufw-rules'), family }),
  z.strictObject({
    kind: z.literal('firewalld'),
    part: z.enum(['on', 'default-zone', 'active-zones', 'panic', 'zones']),
  }),
  z.strictObject({
    kind: z.literal('firewalld-entry'),
    of: z.enum(['zone', 'policy', 'service', 'kept-zone', 'kept-policy']),
    name,
  }),
  z.strictObject({
    kind: z.literal('beside'),
    part: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.enum(['traffic-control', 'ipsec', 'nftables', 'bpf']) }),
        z.strictObject({ kind: z.literal('named'), name }),
      ])
      .nullable(),
  }),
  z.strictObject({ kind: z.literal('xdp'), device: name, programs: names }),
  z.strictObject({ kind: z.literal('vrf'), vrf: name }),
  z.strictObject({ kind: z.literal('tc-filters'), device, hook: z.enum(['ingress', 'egress']) }),
  z.strictObject({
    kind: z.literal('bpf'),
    at: z.discriminatedUnion('on', [
      z.strictObject({ on: z.literal('device'), device }),
      z.strictObject({ on: z.enum(['sk-lookup', 'netfilter']) }),
      z.strictObject({ on: z.literal('cgroup'), unit: name.nullable() }),
    ]),
    programs: names,
  }),
  z.strictObject({ kind: z.literal('ipsec'), from: name, to: name }),
  z.strictObject({
    kind: z.literal('windows'),
    part: z.enum(['rules', 'policy', 'settings', 'services', 'products', 'port-proxy']),
  }),
  z.strictObject({
    kind: z.literal('mac'),
    part: z.enum(['pf', 'pf-redirects', 'application-firewall', 'application-list']),
  }),
  z.strictObject({ kind: z.literal('pf-anchor'), anchor: name }),
]);

const fault: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['unfinished-table', 'missing-table']), table: name }),
  z.strictObject({ kind: z.literal('garbled'), line: said }),
  z.strictObject({ kind: z.enum(['stray-commit', 'cut-line']) }),
]);

const WHYS = [
  z.strictObject({ kind: z.enum(['missing', 'refused', 'timeout', 'killed', 'too-large']) }),
  z.strictObject({
    kind: z.enum([
      'not-gathered',
      'nonsense',
      'netstat-blind',
      'ended-early',
      'nft-missing',
      'dormancy',
      'iptables-only',
      'not-nftables',
      'written-by-others',
      'would-be-lost',
      'not-shown',
      'setting-invalid',
      'file-cut',
      'file-damaged',
      'file-unreadable',
      'depends-on-vrf',
      'chooses-socket',
      'decides-beside',
      'sees-program',
      'drops-some',
      'drops-source',
      'only-ipsec',
      'leads-to-name',
      'address-of-none',
    ]),
  }),
  z.strictObject({ kind: z.enum(['failed', 'gave-up', 'message']), said }),
  z.strictObject({ kind: z.enum(['sees-answers', 'sees-packets']), many: z.boolean() }),
  z.strictObject({ kind: z.literal('acts-before'), at: z.enum(['bridge', 'device']) }),
  z.strictObject({
    kind: z.literal('garbled'),
    by: z.enum(['ip', 'nft', 'firewalld', 'powershell', 'ifconfig', 'pfctl', 'socketfilterfw']),
  }),
  z.strictObject({ kind: z.literal('osquery'), of: z.enum(['rules', 'query', 'start', 'table', 'places']) }),
  z.strictObject({ kind: z.literal('no-force'), other: name.nullable() }),
  z.strictObject({
    kind: z.literal('within-wsl'),
    sure: z.boolean(),
    filter: z.enum(['off', 'allows', 'blocks']).nullable(),
  }),
  z.strictObject({ kind: z.literal('lines-garbled'), count, of: z.enum(['ss', 'netstat', 'lsof']).nullable() }),
  z.strictObject({ kind: z.literal('settings-refused'), count }),
  z.strictObject({ kind: z.literal('complained'), program: z.literal('ss'), said }),
  z.strictObject({ kind: z.literal('not-whole'), program: name, fault }),
  z.strictObject({ kind: z.literal('nft-in-chain'), chain: name }),
  z.strictObject({ kind: z.literal('ufw-line'), line: said }),
] as const;

const REASONS = [
  z.strictObject({ kind: z.literal('rule'), text: said }),
  z.strictObject({ kind: z.literal('set-grows'), set: name }),
  z.strictObject({ kind: z.literal('set-full'), text: said, of: z.enum(['set', 'map']) }),
  z.strictObject({ kind: z.literal('set-unread'), text: said, set: name }),
  z.strictObject({ kind: z.literal('source-type'), types: names }),
  z.strictObject({ kind: z.literal('ct-status'), statuses: names }),
  z.strictObject({ kind: z.enum(['nested', 'chain-unread']), chain: name }),
  z.strictObject({ kind: z.enum(['no-interface', 'network-kind']), interface: name }),
  z.strictObject({
    kind: z.literal('application'),
    about: z.enum(['signed', 'asks', 'program', 'essential']),
    program: said.nullable(),
  }),
  z.strictObject({ kind: z.literal('holder'), rules: z.array(said), apps: z.boolean() }),
  z.strictObject({ kind: z.literal('asks'), rules: z.array(said), asks: z.array(said) }),
  z.strictObject({
    kind: z.enum([
      'hidden-family',
      'tracking',
      'chain-order',
      'sent-somewhere',
      'several-places',
      'route-localnet',
      'forwarding',
      'tangled',
      'rewritten-source',
      'mark',
      'source-bits',
      'answers',
      'answers-unread',
      'policy-routing',
      'source-port',
      'takes-ipv4',
      'no-address',
      'two-families',
    ]),
  }),
] as const;

/** So deep do they hold each other in earnest: whoever writes more means harm. */
const DEEPEST = 3;

const whyWithin = (depth: number): z.ZodType<GapWhy> =>
  depth === 0
    ? z.discriminatedUnion('kind', [...WHYS])
    : z.discriminatedUnion('kind', [
        ...WHYS,
        z.strictObject({ kind: z.literal('legacy-loaded'), why: whyWithin(depth - 1) }),
        z.strictObject({ kind: z.literal('undecided'), reason: reasonWithin(depth - 1) }),
      ]);

const reasonWithin = (depth: number): z.ZodType<Reason> =>
  z.discriminatedUnion('kind', [
    ...REASONS,
    z.strictObject({ kind: z.literal('unread'), what: gapWhat, why: whyWithin(depth) }),
  ]);

export const gapWhy = whyWithin(DEEPEST);
export const reason = reasonWithin(DEEPEST);

export const gapHow: z.ZodType<GapHow> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      'exact',
      'exact-outside',
      'as-root',
      'as-administrator',
      'scan-again',
      'scan-there',
      'install-iproute2',
      'install-perl',
      'other-tools',
      'own-table',
      'application-settings',
      'named-rule',
    ]),
  }),
  z.strictObject({ kind: z.enum(['command', 'run', 'run-as-administrator']), command: said }),
  z.strictObject({ kind: z.literal('other-firewall'), name: said }),
  z.strictObject({ kind: z.enum(['edit', 'look-at', 'look-into', 'look-or-remove']), path: line(4096) }),
]);
