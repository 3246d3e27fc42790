/** `portcullis open`: what takes longest is begun before the rest of the program is loaded. */
import { electronHere, hasDisplay } from './which-window.ts';

export async function openAhead(): Promise<void> {
  if (!hasDisplay() || electronHere() !== null) return;
  const { launchAhead } = await import('../pipe/launch.ts');
  launchAhead();
}
