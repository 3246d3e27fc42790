/** How far it is known what listens. */
import { runtimeOf } from '../catalog/command-lines.ts';
import { plainName } from '../catalog/programs.ts';
import type { ReportListener } from '../model.ts';
import type { Known } from '../says.ts';
import { LONGEST_NAME, short } from './named.ts';

export function knownOf({ identity: { service, by }, owner: { program, unit } }: ReportListener): Known {
  const many = program !== null && runtimeOf(plainName(short(program, LONGEST_NAME))) !== null;
  if (service !== null) return by === 'program' ? 'service' : many ? 'runtime-guess' : 'guess';
  if (many) return 'runtime';
  return program !== null || unit !== null ? 'uncatalogued' : 'unseen';
}
