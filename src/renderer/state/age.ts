/** When to doubt what is shown: after a while, when the window comes back, and when the network changes; and who looks. */
import type { Actions } from './actions.ts';

/** Milliseconds between two looks at the clock. */
const EVERY = 5000;

/** Say whether the window can be seen, now and whenever that changes. */
export function keepSight({ attend }: Pick<Actions, 'attend'>): void {
  const tell = (): void => attend(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', tell);
  tell();
}

export function keepTime({ checkAge, doubt }: Pick<Actions, 'checkAge' | 'doubt'>): void {
  setInterval(checkAge, EVERY);
  // Timers stand still while the computer sleeps or the window is hidden.
  window.addEventListener('focus', checkAge);
  document.addEventListener('visibilitychange', checkAge);
  window.addEventListener('online', doubt);
  window.addEventListener('offline', doubt);
}
