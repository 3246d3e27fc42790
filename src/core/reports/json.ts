/**
 * `scan --json` and the report for scripts, schema 1: what scripts rely on. Written out field by field, so that a change of the model inside can
 * never change it unseen. Fields may be added, never changed. Command lines stay out: they may hold passwords.
 */
import type { Answer, Reach, Report, ReportForward, ReportListener, TraceStep } from '../model.ts';
import type { ReportSource } from './source.ts';

// oxlint-disable-next-line no-control-regex -- C1 controls and bidi marks would steer a terminal that shows the JSON
const STEERING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One JSON value on one or more lines, in which every character that would not show is escaped. */
export const json = (value: unknown, indent = 2): string =>
  `${JSON.stringify(value, null, indent).replace(STEERING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

export const scanJson = (report: Report) => ({
  schema: report.schema,
  takenAt: report.takenAt,
  platform: report.platform,
  complete: report.complete,
  unread: report.unread.map(({ what, why, how }) => ({ what, why, how })),
  firewalls: report.firewalls.map(({ id, active, defaults, rules, profiles }) => ({
    id,
    active,
    defaults: { inbound: defaults.inbound, outbound: defaults.outbound },
    rules,
    ...(profiles === undefined
      ? {}
      : {
          profiles: profiles.map(({ name, active: on, inbound, interfaces }) => ({
            name,
            active: on,
            inbound,
            interfaces,
          })),
        }),
  })),
  interfaces: report.interfaces.map(({ name, kind, addresses }) => ({ name, kind, addresses })),
  listeners: report.listeners.map(listenerJson),
  forwards: report.forwards.map(forwardJson),
  connections: { inbound: report.connections.inbound, outbound: report.connections.outbound },
  findings: report.findings.map(({ id, listener, advice, severity, title, why, ifClosed, ways }) => ({
    id,
    listener,
    advice,
    severity,
    title,
    why,
    ifClosed,
    ways,
  })),
  idleRules: report.idleRules.map(({ kind, firewall, rule, action, families, because }) => ({
    kind,
    firewall,
    rule,
    action,
    families,
    because: because.map((one) => ({ firewall: one.firewall, rule: one.rule })),
  })),
  idleRulesComplete: report.idleRulesComplete,
});

export const listenerJson = (listener: ReportListener) => ({
  id: listener.id,
  protocol: listener.protocol,
  port: listener.port,
  range: listener.range,
  addresses: listener.addresses.map(({ address, family, scope, device }) => ({ address, family, scope, device })),
  owner: {
    pid: listener.owner.pid,
    program: listener.owner.program,
    path: listener.owner.path,
    unit: listener.owner.unit,
    container: listener.owner.container,
    user: listener.owner.user,
    complete: listener.owner.complete,
  },
  service: listener.service === null ? null : { id: listener.service.id, name: listener.service.name },
  name: listener.identity.name,
  kept: listener.kept,
  exposure: listener.exposure,
  exposureComplete: listener.exposureComplete,
  places: listener.places.map(({ kind, interface: device, verdict }) => ({ kind, interface: device, verdict })),
  reach: listener.reach.map(reachJson),
});

/** Ports from `port` to `lastPort` lead to `to`; `via` `route`: to its own address, by who adds a route. */
export const forwardJson = (forward: ReportForward) => ({
  id: forward.id,
  protocol: forward.protocol,
  port: forward.port,
  lastPort: forward.lastPort,
  via: forward.via,
  to: {
    address: forward.to.address,
    port: forward.to.port,
    interface: forward.to.interface,
    kind: forward.to.kind,
  },
  firewall: forward.firewall,
  container: forward.container,
  listener: forward.listener,
  kept: forward.kept,
  exposure: forward.exposure,
  exposureComplete: forward.exposureComplete,
  places: forward.places.map(({ kind, interface: device, verdict }) => ({ kind, interface: device, verdict })),
  reach: forward.reach.map(reachJson),
});

export const reachJson = (way: Reach) => ({
  interface: way.interface,
  family: way.family,
  address: way.address,
  port: way.port,
  open: way.open,
  limited: way.limited,
  unknown: way.unknown,
  decidedBy: way.decidedBy.map(({ firewall, rule }) => ({ firewall, rule })),
  reasons: way.reasons,
  trace: way.trace.map(stepJson),
});

export const answerJson = ({ verdict, decidedBy, trace, reasons }: Answer) => ({
  verdict,
  decidedBy: decidedBy.map(({ firewall, rule }) => ({ firewall, rule })),
  trace: trace.map(stepJson),
  reasons,
});

const stepJson = (step: TraceStep) => ({
  hook: step.hook,
  chain: step.chain,
  rule: step.rule,
  effect: step.effect,
  firewall: step.firewall,
  words: step.words,
  sources: step.sources,
  more: step.more,
  share: step.share,
  when: step.when,
  decides: step.decides,
});

/** The report for scripts: exactly what `scan --json` prints. English, whatever the language of the report. */
export function* jsonReport({ report }: ReportSource): Generator<string> {
  yield json(scanJson(report));
}
