/** A file that is saved where the person says: whether that goes on, and what came of it. */
import { useState } from 'react';
import type { Reply } from '../../../core/api.ts';
import { useActions, useAround } from '../../state/context.tsx';
import { words } from '../../text/words.ts';

interface Saving {
  readonly saving: boolean;
  /** What is to be read beside the button; null: nothing yet. */
  readonly told: string | null;
  readonly tell: (text: string) => void;
  readonly save: () => Promise<void>;
}

/**
 * @param ask has it saved; where to is null where the person thought better of it
 * @param saved what is said of a file that stands there now
 */
export function useSave(
  ask: () => Promise<Reply<{ readonly path: string | null }>>,
  saved: (path: string) => string,
): Saving {
  const { announce } = useActions();
  const around = useAround();
  const [saving, setSaving] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setSaving(true);
    const reply = await ask();
    setSaving(false);
    if (reply.ok && reply.value.path === null) return;
    const text = reply.ok ? saved(reply.value.path ?? '') : words.problem(reply.error, around).join(' ');
    setTold(text);
    announce(text);
  };
  return { saving, told, tell: setTold, save };
}
