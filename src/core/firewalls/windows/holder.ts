/**
 * Is a rule for the program that holds a port? Sources: [MS-FASP] 2.2.37 (wszLocalApplication, wszLocalService,
 * wszPackageId: all that are given must hold), Microsoft Learn, New-NetFirewallRule -Program, -Service, -Package; the
 * filtering conditions FWPM_CONDITION_ALE_PACKAGE_ID and FWPM_CONDITION_ALE_PACKAGE_FAMILY_NAME, which are two.
 *
 * What the rule's path leads to is not looked at. Whether the system takes a path through a link, a mapped drive or a
 * share for the file that it leads to is not documented: where a path is likely to be such a one, it is not told.
 */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { WindowsRule } from './model.ts';

/** Variables of paths by their names in lower case, without `%`. */
export type Environment = ReadonlyMap<string, string>;

/** null: it cannot be told. */
type Truth = boolean | null;

export const isFor = (rule: WindowsRule, holder: WindowsHolder, environment: Environment): Truth =>
  isForApp(rule, holder, rule.app === null || isApp(appOf(rule.app, environment), heldBy(holder)));

/** @param app whether the program is the rule's */
export function isForApp(rule: WindowsRule, holder: WindowsHolder, app: Truth): Truth {
  const truths = [
    app,
    rule.service === null ? true : isService(rule.service, holder.services),
    // In a container, but in that of which package is not told.
    rule.packaged ? (holder.contained === false ? false : null) : true,
    // A program outside every container may be of a package all the same.
    rule.family === null || isOf(rule.family, holder.family),
  ];
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

/** A path as two of them are compared. */
export interface ComparedPath {
  /** In lower case, without what makes no difference. */
  readonly path: string;
  readonly file: string;
  /** Another text is another file, but for those of the same name that may be one. */
  readonly comparable: boolean;
}

const compared = (path: string): ComparedPath => ({ path, file: fileOf(path), comparable: isComparable(path) });

/** The program that a rule names. */
export const appOf = (app: string, environment: Environment): ComparedPath => compared(plain(expand(app, environment)));

/** The program that holds a port; only its file's name may be known, in lower case, or nothing. */
export type HeldProgram = ComparedPath | { readonly path: null; readonly file: string | null };

export const heldBy = ({ path, file }: WindowsHolder): HeldProgram =>
  path === null ? { path, file: file?.toLowerCase() ?? null } : compared(plain(path));

/** Is that program the one that holds the port? */
export function isApp(wanted: ComparedPath, held: HeldProgram): Truth {
  // A file of another name is another file, wherever it is; a short name may be any.
  if (held.path === null)
    return held.file !== null && isFileName(wanted.file) && wanted.file !== held.file ? false : null;
  if (wanted.path === held.path) return true;
  // The kernel has no path, and no program is called like it.
  if (wanted.path === 'system' || held.path === 'system') return false;
  return wanted.comparable && held.comparable && !mayBeSame(wanted, held) ? false : null;
}

/** It is one name, and neither short nor made of variables. */
export const isFileName = (name: string): boolean => !/[%~]/.test(name);

const fileOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

/** Two paths that differ and may lead to one file all the same. */
function mayBeSame(one: ComparedPath, other: ComparedPath): boolean {
  if (one.file !== other.file) return false;
  return (
    LEADS_ON.test(one.path) ||
    LEADS_ON.test(other.path) ||
    // A drive may be a folder of another one (subst, a mount).
    one.path.slice(0, 2) !== other.path.slice(0, 2) ||
    one.path.replace(BITS, '\\system32\\') === other.path.replace(BITS, '\\system32\\')
  );
}

/**
 * Shares, folders of people (which may lie elsewhere), and the links to the version in use, as package managers make them:
 * nvm-windows makes `C:\Program Files\nodejs` or `C:\nvm4w\nodejs` one to a folder below its root, which may be in
 * ProgramData. Source: coreybutler/nvm-windows, README (NVM_SYMLINK, NVM_HOME).
 */
const LEADS_ON = /^\\\\|^[a-z]:\\(users|programdata|nvm4w)\\|\\current\\|\\nodejs\\(node_modules\\.*|[^\\]+)$/;

/** What programs of 32 bits are shown as System32, and the other way round. */
const BITS = /\\(sysnative|syswow64)\\/;

/** Family names are the same in any case. Source: Microsoft Learn, IAppxManifestPackageId::GetPackageFamilyName. */
const isOf = (family: string, held: WindowsHolder['family']): Truth =>
  held === null ? null : held !== false && held.toLowerCase() === family.toLowerCase();

function isService(service: string, held: readonly string[] | null): Truth {
  if (held === null) return null;
  if (service === '*') return held.length > 0;
  const names = held.map((name) => name.toLowerCase());
  const wanted = service.toLowerCase();
  if (names.includes(wanted)) return true;
  return names.some((name) => template(name) === template(wanted)) ? null : false;
}

/**
 * A service of each person who is logged on is called like its template, with `_` and a number of the logon. Whether a
 * rule for the template is for them is not documented. Source: Microsoft Learn, Per-user services in Windows.
 */
const template = (name: string): string => name.replace(/_[\da-f]+$/, '');

const expand = (text: string, environment: Environment): string =>
  text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const variable = name.toLowerCase();
    return environment.get(NATIVE[variable] ?? '') ?? environment.get(variable) ?? whole;
  });

/** The folder that the system means, also where a program of 32 bits has told the variables. */
const NATIVE: Readonly<Record<string, string>> = {
  programfiles: 'programw6432',
  commonprogramfiles: 'commonprogramw6432',
};

/** Case does not count, and neither does how the path is quoted or marked as literal. */
const plain = (path: string): string =>
  path
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/^\\\\\?\\(?=[a-z]:)/i, '')
    .replaceAll('/', '\\')
    .replace(/\\{2,}/g, (many, at: number) => (at === 0 ? many : '\\'))
    .toLowerCase();

/** A whole path on a drive or a share, without variables, short names and steps back: another text is another file. */
const isComparable = (path: string): boolean =>
  /^([a-z]:\\|\\\\[^\\?.])/.test(path) && !/[%*?]|~\d|\\\.{1,2}(\\|$)/.test(path) && !/[ .]$/.test(path);
