/** What a listener is called in a sentence. */
import type { ReportListener } from '../model.ts';
import { runtimeOf } from '../catalog/command-lines.ts';
import { plainName } from '../catalog/programs.ts';
import { visible } from '../visible.ts';

const LONGEST = 60;
const short = (text: string): string => {
  const safe = visible(text);
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1)}…` : safe;
};

/** `port 3000`, `UDP port 5353`. */
export const portOf = ({ protocol, port }: { readonly protocol: 'tcp' | 'udp'; readonly port: number }): string =>
  `${protocol === 'udp' ? 'UDP port' : 'port'} ${port}`;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** `PostgreSQL (postgres) on port 5432`; the program is left out where the name says it already. */
export function subjectOf(listener: ReportListener): string {
  const { identity, owner } = listener;
  const name = short(identity.name);
  const program = owner.program === null ? '' : short(owner.program);
  const said = program === '' || plain(name).includes(plain(program));
  const named = said ? name : name.endsWith(')') ? `${name.slice(0, -1)}, ${program})` : `${name} (${program})`;
  return `${named} on ${portOf(listener)}`;
}

/** What is known of it, in one sentence: what it is for, or how far a guess goes. */
export function aboutOf({ identity, owner, port }: ReportListener): string {
  const { service, by } = identity;
  const program = owner.program === null ? null : short(owner.program);
  const many = program !== null && runtimeOf(plainName(program)) !== null;
  if (service !== null && by === 'program') return service.purpose;
  if (service !== null) {
    const seen = many ? `${program} runs programs of many kinds` : 'Which program listens could not be seen';
    return `${seen}; by its number it is most likely this: ${service.name}.`;
  }
  if (many) return `${program} runs programs of many kinds, so what is offered there is not known.`;
  if (program !== null || owner.unit !== null) {
    return 'This program is not in the catalog, so what it offers there is not known.';
  }
  return `Which program listens on port ${port} could not be seen.`;
}
