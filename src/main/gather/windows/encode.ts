/** A script as PowerShell takes it on its command line. */

/** Base64 of UTF-16, as `-EncodedCommand` takes it. Source: about_PowerShell_exe on Microsoft Learn. */
export const encodedCommand = (script: string): string => Buffer.from(script, 'utf16le').toString('base64');

/** Characters of a command line that CreateProcess takes, without the one that ends it. Source: CreateProcessW, lpCommandLine. */
export const LONGEST_COMMAND_LINE = 32_766;

/** How PowerShell is started with a script: no profile of the person, no questions, text and not XML on its streams. */
export const powershellArguments = (script: string): readonly string[] => [
  '-NoLogo',
  '-NoProfile',
  '-NonInteractive',
  '-OutputFormat',
  'Text',
  '-EncodedCommand',
  encodedCommand(script),
];
