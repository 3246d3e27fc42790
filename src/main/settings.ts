/**
 * What one person chose, remembered between starts: the listeners that are needed ("keep").
 * One JSON file in the state folder, replaced whole, so that a killed process leaves the old one or the new one.
 */
import { readFileSync, promises as fs } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, win32 } from 'node:path';
import { gap } from '../core/gaps/index.ts';
import type { Gap } from '../core/model.ts';
import { problem } from '../core/problem.ts';
import { replaceFile } from './files.ts';

export interface Settings {
  /** Listeners to give no advice on, as `tcp/3000`. A damaged file gives a gap, never silently an empty set. */
  readonly kept: () => Promise<{ readonly kept: ReadonlySet<string>; readonly gap: Gap | null }>;
  /** @throws ProblemError where the file cannot be written, or is damaged and would lose what it holds */
  readonly keep: (key: string, keep: boolean) => Promise<void>;
}

const KEY = /^(?:tcp|udp)\/(?:[1-9]\d{0,4})$/;

/**
 * The folder for state, by the XDG base directory specification (a relative value must be ignored); on Windows the one of
 * this person on this computer alone, which does not roam. Source: KNOWNFOLDERID, FOLDERID_LocalAppData.
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    const known = local !== undefined && /^[a-z]:\\/i.test(local);
    return win32.join(known ? local : win32.join(homedir(), 'AppData', 'Local'), 'Portcullis');
  }
  const base = env['XDG_STATE_HOME'];
  // An empty HOME names no folder, and one that is not absolute none that stays: certainly not the one where somebody stands.
  const home = () => (isAbsolute(homedir()) ? homedir() : userInfo().homedir);
  return join(base !== undefined && isAbsolute(base) ? base : join(home(), '.local', 'state'), 'portcullis');
}

/** For a snapshot of some computer: what is needed on this one says nothing of it. */
export const noSettings: Settings = {
  kept: () => Promise.resolve({ kept: new Set(), gap: null }),
  keep: () => Promise.reject(problem('unsupported', { kind: 'replayed' })),
};

export function fileSettings(folder: string = stateFolder()): Settings {
  const file = join(folder, 'kept.json');

  const read = (): ReadonlySet<string> | 'damaged' | 'refused' => {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' || code === 'ENOTDIR' ? new Set() : 'refused';
    }
    try {
      const value = JSON.parse(text) as { schema?: unknown; kept?: unknown } | null;
      const { schema, kept } = value ?? {};
      if (schema !== 1 || !Array.isArray(kept)) return 'damaged';
      return kept.every((key) => typeof key === 'string' && KEY.test(key)) ? new Set(kept as string[]) : 'damaged';
    } catch {
      return 'damaged';
    }
  };

  return {
    kept: async () => {
      const kept = read();
      if (kept === 'damaged' || kept === 'refused') {
        const why = { kind: kept === 'damaged' ? 'file-damaged' : 'file-unreadable' } as const;
        const how = { kind: 'look-or-remove', path: file } as const;
        return { kept: new Set(), gap: gap({ what: { kind: 'kept' }, why, how }) };
      }
      return { kept, gap: null };
    },
    keep: async (key, keep) => {
      const old = read();
      if (old === 'damaged' || old === 'refused') {
        throw problem('failed', { kind: old === 'damaged' ? 'kept-damaged' : 'kept-unreadable', path: file });
      }
      const kept = new Set(old);
      if (keep) kept.add(key);
      else kept.delete(key);
      try {
        await fs.mkdir(folder, { recursive: true, mode: 0o700 });
        await replaceFile(file, `${JSON.stringify({ schema: 1, kept: [...kept].sort() })}\n`, 0o600);
      } catch (error) {
        throw problem('failed', { kind: 'kept-unsaved', path: file, said: (error as Error).message });
      }
    },
  };
}
