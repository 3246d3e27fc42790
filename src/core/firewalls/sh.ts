/** Text in shell scripts. */

/** One word of a shell, in single quotes, in which a shell looks at nothing. Not for control characters. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Can it stand in a script as it is? Nothing in it ends a line or disturbs a terminal. */
export const isPlainText = (text: string): boolean => !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text);
