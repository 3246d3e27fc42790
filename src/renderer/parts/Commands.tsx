/** Commands as they are run, argument by argument, each on its own line. For reading and copying, never run from here. */
import { visible } from '../../core/visible.ts';

/** An argument as a shell would need it, so that what is copied means the same. */
const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? visible(argument) : `'${visible(argument).replaceAll("'", "'\\''")}'`;

export function Commands({ commands }: { readonly commands: readonly (readonly string[])[] }) {
  if (commands.length === 0) return null;
  return (
    <pre className="rounded-small bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap text-ink wrap-anywhere">
      {commands.map((argv) => argv.map(quoted).join(' ')).join('\n')}
    </pre>
  );
}
