/** Do a plan's operations concern only what was chosen in it? Asked here once more, apart from the product's own check. */

interface Target {
  readonly protocol?: unknown;
  readonly port?: unknown;
}
interface Loose extends Target {
  readonly kind?: unknown;
  readonly action?: unknown;
  readonly from?: unknown;
  readonly tuple?: {
    readonly dport?: unknown;
    readonly protocol?: unknown;
    readonly route?: unknown;
    readonly direction?: unknown;
    readonly dapp?: unknown;
  };
}

const about = (targets: readonly Target[], { port, protocol }: Target): boolean =>
  targets.some((one) => String(one.port) === String(port) && (protocol === 'any' || one.protocol === protocol));

/** Operations that are for something else, as JSON. */
export function strays(choice: unknown, operations: readonly unknown[]): readonly string[] {
  const { kind, targets = [] } = (choice ?? {}) as { kind?: unknown; targets?: readonly Target[] };
  const all = operations as readonly Loose[];
  const turnsOn = all.some((one) => one.kind === 'ufw-enable') && (kind === 'close' || kind === 'enable-firewall');
  /** Turning the firewall on keeps ports open, for everyone or not at all. */
  const kept = all.filter(
    (one) => turnsOn && one.kind === 'ufw-prepend' && one.action === 'allow' && one.from === 'any',
  );
  const fits = (one: Loose): boolean => {
    switch (one.kind) {
      case 'ufw-enable':
        return turnsOn;
      case 'ufw-delete': {
        const { dport, protocol, route, direction, dapp } = one.tuple ?? {};
        return (
          route === false &&
          direction === 'in' &&
          dapp === null &&
          about([...targets, ...kept], { port: dport, protocol })
        );
      }
      case 'ufw-prepend':
        if (kind === 'reopen' && one.action !== 'allow') return false;
        return kept.includes(one) || about(targets, one);
      default:
        return about(targets, one);
    }
  };
  return all.filter((one) => !fits(one)).map((one) => JSON.stringify(one).slice(0, 200));
}
