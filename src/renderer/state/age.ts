/** When to doubt what is shown: after a while, when the window comes back, and when the network changes. */
import type { Actions } from './actions.ts';

/** Milliseconds between two looks at the clock. */
const EVERY = 5000;

export function keepTime({ checkAge, doubt }: Pick<Actions, 'checkAge' | 'doubt'>): void {
  setInterval(checkAge, EVERY);
  // Timers stand still while the computer sleeps or the window is hidden.
  window.addEventListener('focus', checkAge);
  document.addEventListener('visibilitychange', checkAge);
  window.addEventListener('online', doubt);
  window.addEventListener('offline', doubt);
}
