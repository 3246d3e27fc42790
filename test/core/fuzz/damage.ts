/**
 * No verdict from garbage: one transcript of a whole snapshot is damaged so that a reader can see it, and every answer must
 * be what it was, or unknown. Damage that yields another well-formed text is another rule set, and not asked here.
 */
import { readFacts, worldOf } from '../../../src/core/facts.ts';
import type { Question, Snapshot, Transcript, Verdict } from '../../../src/core/model.ts';
import { createJudge } from '../../../src/core/reach/index.ts';
import { withOutput } from '../../../src/core/transcripts.ts';
import { type Random, random } from '../../lab/generate/random.ts';
import { readSnapshots } from '../rulesets/snapshots.ts';

const snapshots = readSnapshots();
const names = Object.keys(snapshots);

/** Read by the verdict, with how each of them shows that it is not whole. */
const DECIDES = /^(ip6?tables(-legacy)?-save|nft|ip\.address|ip\.route[46]|sysctl|ipset)$/;

const question = (source: string, destination: string, port: number, interfaceName = 'wlan0'): Question => ({
  protocol: port === 5353 ? 'udp' : 'tcp',
  interface: interfaceName,
  source,
  destination,
  port,
  sourcePort: 40_000,
});
const QUESTIONS: readonly Question[] = [22, 445, 3000, 5353, 8080, 22_000].flatMap((port) => [
  question('192.168.77.20', '192.168.77.10', port),
  question('203.0.113.5', '192.168.77.10', port),
  question('fd77::20', 'fd77::10', port),
  question('10.66.0.20', '10.66.0.10', port, 'eth0'),
]);

const verdicts = (snapshot: Snapshot): readonly Verdict[] => {
  const judge = createJudge(worldOf(readFacts(snapshot)));
  return QUESTIONS.map((asked) => judge.ask(asked).verdict);
};

const NOISE = [
  '#%&/',
  '$%',
  'Segmentation fault',
  '}{',
  '\u0000\u0000\u0000',
  '-A',
  '\ufffd\ufffd',
  '{"nftables"',
  'add',
];

/** Cut within a line, a line turned to noise, or noise put between lines or into a word. */
function broken(text: string, r: Random): string {
  const lines = text.split('\n');
  const nth = r.below(Math.max(1, lines.length - 1));
  const line = lines[nth] ?? '';
  switch (r.below(4)) {
    case 0: {
      // Whatever the cut leaves of the line, its end is missing.
      const kept = line.slice(0, r.below(Math.max(1, line.length)));
      return [...lines.slice(0, nth), kept].join('\n');
    }
    case 1:
      return lines.with(nth, r.pick(NOISE)).join('\n');
    case 2:
      return lines.toSpliced(nth, 0, r.pick(NOISE)).join('\n');
    default: {
      const where = r.below(line.length + 1);
      return lines.with(nth, `${line.slice(0, where)}\u0001${line.slice(where)}`).join('\n');
    }
  }
}

export interface Damage {
  readonly set: string;
  readonly transcript: string;
  readonly text: string;
  readonly before: string;
  /** Questions whose verdict became another one than unknown. */
  readonly wrong: readonly { readonly question: Question; readonly was: Verdict; readonly is: Verdict }[];
  readonly unknown: number;
}

/** What one damage did; null: it hit nothing that matters (a comment, an empty text). */
export function damage(seed: number, number: number): Damage | null {
  const r = random((seed ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0);
  const set = r.pick(names);
  const snapshot = snapshots[set] as Snapshot;
  const hit: Transcript = r.pick(
    snapshot.transcripts.filter(({ id, stdout }) => DECIDES.test(id) && stdout.trim() !== ''),
  );
  const text = broken(hit.stdout, r);
  if (text === hit.stdout) return null;
  const [was, is] = [verdicts(snapshot), verdicts(withOutput(snapshot, hit.id, hit.argv, text))];
  return {
    set,
    transcript: hit.id,
    text,
    before: hit.stdout,
    unknown: is.filter((verdict) => verdict === 'unknown').length,
    wrong: QUESTIONS.flatMap((asked, index) => {
      const [a, b] = [was[index] as Verdict, is[index] as Verdict];
      return a === b || b === 'unknown' ? [] : [{ question: asked, was: a, is: b }];
    }),
  };
}
