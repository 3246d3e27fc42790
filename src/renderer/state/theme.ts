/** Light, dark, or as the system has it: on the page, and remembered. */
import type { Store, Theme } from './store.ts';

const KEY = 'theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function lastTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Follow the store from now on. */
export function keepTheme(store: Store): void {
  let shown: Theme | null = null;
  const follow = (): void => {
    const { theme } = store.get();
    if (theme === shown) return;
    shown = theme;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A page without storage: the choice holds until the window is closed.
    }
  };
  store.subscribe(follow);
  follow();
}
