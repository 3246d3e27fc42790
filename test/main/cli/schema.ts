/** `scan --json`, schema 1, as it was promised: every field here must be there. Further ones may be. */
import { z } from 'zod';

const policy = z.enum(['allow', 'deny', 'reject', 'unknown']);
const text = z.string();

const ways = {
  exposure: z.enum(['self', 'some', 'network', 'internet', 'unknown']),
  exposureComplete: z.boolean(),
  places: z.array(
    z.object({
      kind: z.enum(['lan', 'vpn', 'tailnet', 'container', 'internet']),
      interface: text.nullable(),
      verdict: z.enum(['open', 'limited', 'blocked', 'unknown', 'some']),
    }),
  ),
  reach: z.array(
    z.object({
      interface: text,
      family: z.union([z.literal(4), z.literal(6)]),
      address: text,
      open: z.array(text),
      limited: z.array(text),
      unknown: z.array(text),
      decidedBy: z.array(z.object({ firewall: text, rule: text })),
      reasons: z.array(text),
      trace: z.array(
        z.object({
          hook: text,
          chain: text,
          rule: text,
          effect: text,
          firewall: text,
          words: text,
          sources: z.array(text).min(1).max(16),
          more: z.number().int().min(0),
          share: z.enum(['everyone', 'rest', 'some']),
          when: z.enum(['always', 'rate', 'ports', 'perhaps']),
          decides: z.enum(['open', 'limited', 'blocked', 'unknown']).nullable(),
        }),
      ),
    }),
  ),
};

export const scanSchema = z.object({
  schema: z.literal(1),
  takenAt: z.iso.datetime(),
  platform: z.enum(['linux', 'win32', 'darwin']),
  complete: z.boolean(),
  unread: z.array(z.object({ what: text, why: text, how: text })),
  firewalls: z.array(
    z.object({
      id: text,
      active: z.boolean().nullable(),
      defaults: z.object({ inbound: policy, outbound: policy }),
      rules: z.number().int().nullable(),
      profiles: z
        .array(
          z.object({
            name: z.enum(['domain', 'private', 'public']),
            active: z.boolean().nullable(),
            inbound: policy,
            interfaces: z.array(text),
          }),
        )
        .optional(),
    }),
  ),
  interfaces: z.array(z.object({ name: text, kind: text, addresses: z.array(z.string().regex(/\/\d+$/)) })),
  listeners: z.array(
    z.object({
      id: z.string().regex(/^(?:tcp|udp)\/\d+(?:@.+)?$/),
      protocol: z.enum(['tcp', 'udp']),
      port: z.number().int().min(1).max(65535),
      range: z.enum(['well-known', 'registered', 'dynamic']),
      addresses: z.array(z.object({ address: text, family: z.union([z.literal(4), z.literal(6)]), scope: text })),
      owner: z.object({
        pid: z.number().int().nullable(),
        program: text.nullable(),
        path: text.nullable(),
        unit: text.nullable(),
        container: text.nullable(),
        user: text.nullable(),
      }),
      service: z.object({ id: text, name: text }).nullable(),
      ...ways,
    }),
  ),
  forwards: z.array(
    z.object({
      id: z.string().regex(/^(?:tcp|udp)\/(?:\d+>)?.+:\d+$/),
      protocol: z.enum(['tcp', 'udp']),
      port: z.number().int().min(1).max(65535),
      lastPort: z.number().int().min(1).max(65535),
      via: z.enum(['rule', 'route']),
      to: z.object({
        address: text,
        port: z.number().int(),
        interface: text.nullable(),
        kind: z.enum(['container', 'guest', 'computer']),
      }),
      firewall: text,
      container: text.nullable(),
      listener: text.nullable(),
      kept: z.boolean(),
      ...ways,
    }),
  ),
  connections: z.object({ inbound: z.number().int(), outbound: z.number().int() }),
  findings: z.array(
    z.object({
      id: text,
      listener: text.nullable(),
      advice: z.enum(['close', 'restrict', 'keep', 'review']),
      severity: z.enum(['high', 'medium', 'low']),
      title: text.min(1),
      why: text.min(1),
      ifClosed: text,
      ways: z.array(text),
    }),
  ),
  idleRules: z.array(
    z.object({
      kind: z.enum(['shadowed', 'redundant', 'overridden']),
      firewall: text,
      rule: text,
      action: z.enum(['allow', 'deny']),
      families: z.array(z.union([z.literal(4), z.literal(6)])),
      because: z.array(z.object({ firewall: text, rule: text })),
    }),
  ),
  idleRulesComplete: z.boolean(),
});

export const answerSchema = z.strictObject({
  verdict: z.enum(['open', 'limited', 'blocked', 'unknown']),
  decidedBy: z.array(z.strictObject({ firewall: text, rule: text })),
});
