/** Let the person choose a file of intents, and open it. The page gets its text and its name, and never where it is. */
import { useActions } from '../state/context.tsx';

/** To be called only while a key or a button is being answered: else the browser asks for no file. */
export function usePickIntent(): () => void {
  const { openIntent } = useActions();
  return () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file !== undefined) void openIntent(file);
    });
    input.click();
  };
}
