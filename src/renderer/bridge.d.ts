import type { Bridge } from '../core/api.ts';

declare global {
  interface Window {
    /** Put there by the preload or by the pipe; the page's only way out. */
    readonly portcullis: Bridge;
  }
}
