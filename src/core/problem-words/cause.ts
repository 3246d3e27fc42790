/** Why a step did not go, in English: what stands behind a colon. */
import { reasonText, whatText, whyText } from '../gaps/index.ts';
import type { Cause, Output, Wrong } from '../problem.ts';
import { plainWords } from './plain.ts';

function outputWords(output: Output): string {
  switch (output.is) {
    case 'said':
      return output.said;
    case 'exit':
      return `exit ${output.status}`;
    case 'stopped':
      return 'it was stopped';
    case 'late':
      return `it did not end within ${output.seconds} seconds`;
  }
}

function wrongWords(wrong: Wrong): string {
  switch (wrong.is) {
    case 'unread':
      return 'what listens now could not be read, so nothing shows that it came so';
    case 'still-listens':
      return `${wrong.end.listener} (${wrong.end.name}) still listens`;
    case 'other-reach':
      return `${wrong.end.listener} (${wrong.end.name}) can be reached by others than was predicted`;
    case 'reach-untold': {
      const why = wrong.reason === null ? '' : `: ${reasonText(wrong.reason)}`;
      return `who can reach ${wrong.end.listener} (${wrong.end.name}) cannot be told any more${why}`;
    }
    case 'not-loaded':
      return `ufw’s rules for IPv${wrong.family} could not be seen in the kernel as they were to be`;
    case 'left-out':
      return `ufw left something out of ${wrong.path} that was there before`;
  }
}

const because = (firewall: string, output: Output | null): string =>
  output === null ? '' : `; ${firewall} said: ${outputWords(output)}`;

/** Text: of an earlier version. */
export function causeWords(cause: Cause | string): string {
  if (typeof cause === 'string') return cause;
  switch (cause.kind) {
    case 'disk-full':
      return 'the disk is full';
    case 'disk-fails':
      return 'the disk fails';
    case 'disk-read-only':
      return 'the disk cannot be written to';
    case 'not-writable':
      return 'they cannot be written to';
    case 'said':
      return cause.said;
    case 'problem':
      return plainWords(cause.means)[0];
    case 'found':
      return cause.wrong.map(wrongWords).join('; ');
    case 'not-a-file':
      return `${cause.path} is not an ordinary file`;
    case 'program':
      return `${cause.program}: ${outputWords(cause.output)}`;
    case 'unfinished':
      return `${cause.program} could not be run to its end: ${outputWords(cause.output)}`;
    case 'listing':
      return `${cause.program} could not list the table: ${outputWords(cause.output)}`;
    case 'table-not-kept':
      return 'nft did not keep the table';
    case 'unit-started-again':
      return `${cause.unit} was started again at once`;
    case 'unit-not-started':
      return `${cause.unit} did not start`;
    case 'ufw-other-rules':
      return `after step ${cause.step} ufw’s rules are not the ones that were expected${because('ufw', cause.output)}`;
    case 'ufw-on':
      return `after step ${cause.step} ufw is on${because('ufw', cause.output)}`;
    case 'ufw-off':
      return `after step ${cause.step} ufw is off${because('ufw', cause.output)}`;
    case 'zone-other-rules':
      return `after step ${cause.step} the rules of firewalld’s zone ${cause.zone} are not the ones that were expected${because('firewalld', cause.output)}`;
    case 'zone-not-back':
      return `firewalld has other rules in zone ${cause.zone} than before`;
    case 'firewalld-untold':
      return `firewalld does not tell ${whatText(cause.what)}: ${whyText(cause.why)}`;
    case 'firewalld-down':
      return 'firewalld does not run, so it cannot be asked what it has kept';
  }
}
