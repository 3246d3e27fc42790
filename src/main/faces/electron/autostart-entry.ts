/** The file that has a desktop start the application at login: written, and read. Source: Desktop Entry 1.5, Autostart 0.5. */

/** Starts with the tray alone. */
export const HIDDEN = '--hidden';

/** @param program where it is installed; null where no entry could name it, or another program would be started by it */
export const autostartEntry = (program: string): string | null =>
  isNameable(program)
    ? [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Portcullis',
        'Comment=Keep ports closed unless you need them',
        'Comment[de]=Ports geschlossen halten, die du nicht brauchst',
        // Once the program is removed, the entry is as if it were not there.
        `TryExec=${asString(program)}`,
        `Exec=${quoted(program)} ${HIDDEN}`,
        'Icon=portcullis',
        'Terminal=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n')
    : null;

/** Would this entry be started? Desktops switch one off by a line in it. */
export const isStarted = (entry: string): boolean =>
  /^Exec=/m.test(entry) && !/^(?:Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(entry);

// oxlint-disable-next-line no-control-regex -- a line's end in a path would be a line of its own
const isNameable = (program: string): boolean => program.startsWith('/') && !/[\u0000-\u001f\u007f=]/.test(program);

/** A string's own backslashes. */
const asString = (text: string): string => text.replaceAll('\\', '\\\\');

/** An argument in quotes, then as a string, then what begins a field code. */
const quoted = (argument: string): string =>
  asString(`"${argument.replace(/["`$\\]/g, String.raw`\$&`)}"`).replaceAll('%', '%%');
