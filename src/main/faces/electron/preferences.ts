/** What the person chose about the application itself, in a small file of its own folder. */
import { readFileSync, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { problem } from '../../../core/problem.ts';
import { replaceFile } from '../../files.ts';

const language = z.enum(['en', 'de']);
export type Language = z.output<typeof language>;

const schema = z.object({
  /** Closing the window leaves the tray, and what watches for it. */
  keepWatching: z.boolean(),
  /** The one that the window spoke last; none yet, or one of another version: the system's. */
  language: language.optional().catch(undefined),
});

interface Preferences {
  readonly keepWatching: boolean;
  readonly language: Language;
}

/** As the page finds it: the first language of the system that is spoken here. */
const ofSystem = (): Language =>
  app
    .getPreferredSystemLanguages()
    .map((tag) => language.safeParse(tag.toLowerCase().split('-')[0]).data)
    .find((one) => one !== undefined) ?? 'en';

const file = (): string => join(app.getPath('userData'), 'preferences.json');

export function readPreferences(): Preferences {
  try {
    const { keepWatching, language: spoken = ofSystem() } = schema.parse(JSON.parse(readFileSync(file(), 'utf8')));
    return { keepWatching, language: spoken };
  } catch {
    // Nothing was chosen yet, or something else has written to the file: closing the window ends it all.
    return { keepWatching: false, language: ofSystem() };
  }
}

/** @throws ProblemError where it cannot be written */
export async function writePreferences(preferences: Preferences): Promise<void> {
  try {
    await fs.mkdir(app.getPath('userData'), { recursive: true, mode: 0o700 });
    await replaceFile(file(), `${JSON.stringify(preferences)}\n`, 0o600);
  } catch (error) {
    throw problem('failed', { kind: 'preference-unsaved', path: file(), said: (error as Error).message });
  }
}
