/** The intent itself as a file, which `portcullis import` carries out on another machine. */
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { byPort } from '../parts.ts';

export function exportJson(intent: Intent): RuleFile {
  const { managed: _, ...plain } = intent;
  const ordered: Intent = {
    ...plain,
    // Paths of programs are of this machine alone.
    close: byPort(intent.close).map(({ protocol, port, for: whom, name, why }) => ({
      protocol,
      port,
      for: whom,
      name,
      why,
    })),
    keep: byPort(intent.keep),
  };
  return {
    format: 'intent',
    filename: 'portcullis-intent.json',
    content: `${JSON.stringify(ordered, null, 2)}\n`,
    undoFilename: '',
    undoContent: '',
    notExpressed: ['What is imported is undone where it was imported: portcullis undo'],
  };
}
