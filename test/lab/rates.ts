/** Rules that count: the first packet gets through and not the next, or the other way round. */
import type { Verdict } from '../../src/core/model.ts';
import { answersFor } from './compare.ts';
import { random } from './generate/random.ts';
import { rateRules } from './generate/rates.ts';
import { apply } from './generate/rule-set.ts';
import { ways } from './generate/ways.ts';
import { type Outcome, type Probe, probe, startLab } from './harness.ts';
import { listenEverywhere } from './tables.ts';

export interface RatesProof {
  readonly probes: number;
  readonly limited: number;
  readonly failures: readonly string[];
}

/** What may be said of a source whose first packets fared so. */
function mayBeSaid(outcomes: readonly Outcome[]): readonly Verdict[] {
  const open = outcomes.filter((outcome) => outcome === 'open').length;
  if (open === outcomes.length) return ['open', 'limited', 'unknown'];
  return open === 0 ? ['blocked', 'unknown'] : ['limited', 'unknown'];
}

/** Each question is asked with three packets, one after the other, on rules that have just been loaded. */
export async function proveRates({ sets, seed }: { sets: number; seed: number }): Promise<RatesProof> {
  const r = random(seed);
  const failures: string[] = [];
  const count = { probes: 0, limited: 0 };
  for (let left = sets; left > 0; left--) {
    await using lab = await startLab();
    await listenEverywhere(lab);
    const set = rateRules(r);
    for (const way of r.some(ways, 4)) {
      const asked: Probe = probe(r.pick(['tcp', 'udp']), way.source, way.destination, 22, { interface: way.interface });
      const refused = await apply(lab, set);
      if (refused !== null) throw new Error(refused);
      const [answer] = answersFor(await lab.snapshot(), [asked]);
      const outcomes: Outcome[] = [];
      for (const sourcePort of [40_001, 40_002, 40_003]) {
        outcomes.push(...(await lab.probe([{ ...asked, sourcePort }], 0.15)));
      }
      count.probes += 1;
      if (answer!.verdict === 'limited') count.limited += 1;
      if (!mayBeSaid(outcomes).includes(answer!.verdict)) {
        const rules = set.nftables ?? set.iptables?.ipv4;
        failures.push(
          `packets: ${outcomes.join(', ')}; the engine: ${answer!.verdict}; ${JSON.stringify(asked)}\n${rules}`,
        );
      }
    }
  }
  return { ...count, failures };
}
