/**
 * What `windows.firewall` holds of people: folders below `C:\Users`, accounts by their SID, command lines. The text is
 * JSON, in which a backslash is two. A folder is the same in any case and with either slash, since rules write it as they
 * like.
 */
const FOLDER = /((?:\\\\|\\?\/)users(?:\\\\|\\?\/))((?:[^\\"|/]|\\(?![\\/]))+)/gi;
/** S-1-5-21, the computer or domain in three numbers, the account. */
const ACCOUNT = /S-1-5-21-\d+-\d+-\d+(-\d+)?/g;
/** Of Entra ID: all four numbers are the account's. */
const ENTRA = /S-1-12-1(-\d+){4}/g;
const COMMAND_LINE = /("commandLine":\s*)"(?:[^"\\]|\\.)*"/g;
/** Folders that every computer has. */
const SHARED = /^(public|default|all users)$/i;

/** Pure and repeatable; the same name gives the same replacement everywhere. */
export function windowsRedactor(): (text: string) => string {
  const names = new Map<string, string>();
  const user = (name: string): string => {
    const key = name.toLowerCase();
    const known = names.get(key) ?? `user${names.size + 1}`;
    names.set(key, known);
    return known;
  };
  return (text) =>
    text
      .replace(COMMAND_LINE, '$1null')
      .replace(FOLDER, (_, before: string, name: string) => before + (SHARED.test(name) ? name : user(name)))
      .replace(ACCOUNT, (_, account: string | undefined) => `S-1-5-21-1-2-3${account === undefined ? '' : '-1001'}`)
      .replace(ENTRA, 'S-1-12-1-1-2-3-4');
}
