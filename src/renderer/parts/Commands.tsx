/** Commands as they are run, argument by argument, each on its own line. For reading and copying, never run from here. */
import { shownCommand } from '../../core/shell-command.ts';

export function Commands({ commands }: { readonly commands: readonly (readonly string[])[] }) {
  if (commands.length === 0) return null;
  return (
    <pre className="rounded-small bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink wrap-anywhere">
      {commands.map(shownCommand).join('\n')}
    </pre>
  );
}
