/** What German says of a service, and calls a listener. */
import { isByProgram } from '../../../core/catalog/by-program.ts';
import { germanName } from '../../../core/catalog/german-names.ts';
import { localOnWindows } from '../../../core/catalog/on-windows.ts';
import { isUnknownProgram } from '../../../core/catalog/unknown.ts';
import type { Identity, Owner, ReportListener, Service } from '../../../core/model.ts';
import { foreign } from '../format.ts';
import { germanServices } from './de.ts';
import { germanOnWindows } from './de-on-windows.ts';

type ServiceWords = Pick<Service, 'name' | 'purpose' | 'ifExposed' | 'ifClosed' | 'bindLocal'>;

/** A service that this catalogue does not have speaks for itself: a test demands each. */
export function serviceWords({ id, name, purpose, ifExposed, ifClosed, bindLocal }: Service): ServiceWords {
  const german = germanServices[id];
  return {
    name: germanName(id) ?? name,
    purpose,
    ifExposed,
    ifClosed,
    ...german,
    bindLocal: bindLocal === null ? null : localWords(id, bindLocal),
  };
}

/** How to make it listen on this computer only; what is said on Windows alone has German of its own. */
export function localWords(id: string, bindLocal: string): string {
  if (isByProgram(bindLocal)) return bindLocal;
  const german = bindLocal === localOnWindows(id) ? germanOnWindows : germanServices;
  const said = Object.hasOwn(german, id) ? german[id] : undefined;
  return (typeof said === 'string' ? said : said?.bindLocal) ?? bindLocal;
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
