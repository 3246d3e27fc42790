/** What German says of a service, and calls a listener. */
import { germanName } from '../../../core/catalog/german-names.ts';
import { isUnknownProgram } from '../../../core/catalog/unknown.ts';
import type { Identity, Owner, ReportListener, Service } from '../../../core/model.ts';
import { foreign } from '../format.ts';
import { germanServices } from './de.ts';

type ServiceWords = Pick<Service, 'name' | 'purpose' | 'ifExposed' | 'ifClosed' | 'bindLocal'>;

/** A service that this catalogue does not have speaks for itself: a test demands each. */
export function serviceWords({ id, name, purpose, ifExposed, ifClosed, bindLocal }: Service): ServiceWords {
  return { name: germanName(id) ?? name, purpose, ifExposed, ifClosed, bindLocal, ...germanServices[id] };
}

export const identityName = ({ identity, owner }: Pick<ReportListener, 'identity' | 'owner'>): string =>
  identity.service === null ? programName(identity, owner) : serviceWords(identity.service).name;

/** A program's own name is the same everywhere; the two that the core makes up are not: who is unseen, what `node` runs. */
function programName(identity: Identity, owner: Owner): string {
  const { name, by } = identity;
  const { program } = owner;
  if (isUnknownProgram(identity, owner)) return 'Unbekanntes Programm';
  if (by !== 'none' || program === null) return name;
  return name === `${foreign(program)} program` ? `${foreign(program)}-Programm` : name;
}
