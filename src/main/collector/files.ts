/** Noticing that a file was written from which a firewall takes its rules or settings. Where that may not be seen, nothing is. */
import { watch } from 'node:fs';
import { join } from 'node:path';

/** Folders, and the names in them that matter; null: all. */
const FOLDERS: readonly (readonly [folder: string, names: readonly string[] | null])[] = [
  ['etc', ['ufw', 'portcullis', 'firewalld', 'nftables.conf']],
  ['etc/ufw', null],
  ['etc/default', ['ufw']],
  ['etc/portcullis', null],
  ['etc/firewalld', null],
  ['etc/firewalld/zones', null],
];

/** @param root what stands before every path */
export function watchFiles(root: string, onChange: () => void): () => void {
  const watched = new Map<string, () => void>();
  const begin = (): void => {
    for (const [folder, names] of FOLDERS) {
      if (watched.has(folder)) continue;
      try {
        const watcher = watch(join(root, folder), (_event, name) => {
          if (names !== null && (name === null || !names.includes(name))) return;
          // A folder may have come, or come anew.
          if (folder === 'etc' && name !== null) watched.get(`etc/${name}`)?.();
          begin();
          onChange();
        });
        const stop = (): void => {
          watched.delete(folder);
          watcher.close();
        };
        watcher.on('error', stop);
        watched.set(folder, stop);
      } catch {
        // It is not there, or not for this user to see.
      }
    }
  };
  begin();
  return () => {
    for (const stop of watched.values()) stop();
  };
}
