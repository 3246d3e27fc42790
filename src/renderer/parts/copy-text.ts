/** Text put on the clipboard, and whether it was: said to screen readers, and shown on the button. */
import { useState } from 'react';
import { useActions } from '../state/context.tsx';
import { words } from '../text/words.ts';

/** `copy` gives whether it worked. */
export function useCopy(): { readonly copied: boolean; readonly copy: (text: string) => Promise<boolean> } {
  const { announce } = useActions();
  const [copied, setCopied] = useState(false);
  const copy = async (text: string): Promise<boolean> => {
    const done = await copyText(text);
    setCopied(done);
    announce(done ? words.exportView.copied : words.exportView.copyFailed);
    return done;
  };
  return { copied, copy };
}

/** The clipboard may be refused to a page (no permission is ever granted here); then the old way, by a selection. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
