/** The list of commands: type what you want, choose with the arrow keys. A dialog of the browser's own gives the focus back. */
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useActions, useBusy, useSelect } from '../state/context.tsx';
import { type Command, commandsFor } from '../state/commands.ts';
import { words } from '../text/words.ts';
import { join } from './join.ts';
import { usePickIntent } from './pick-intent.ts';

export function Palette() {
  const open = useSelect((state) => state.palette);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { showPalette } = useActions();
  const run = useRun();
  const busy = useBusy();
  const report = useSelect((state) => state.report);
  const history = useSelect((state) => state.history);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Whoever presses beside it means to leave.
    const onClick = (event: MouseEvent): void => {
      if (event.target === shown) shown?.close();
    };
    shown?.addEventListener('click', onClick);
    return () => {
      shown?.removeEventListener('click', onClick);
      shown?.close();
    };
  }, []);

  // The chosen one stays in sight in a low window.
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const commands = commandsFor(text, { report, history });
  const at = Math.min(active, Math.max(0, commands.length - 1));
  const isBarred = ({ does }: Command): boolean => busy && (does.do === 'close' || does.do === 'undo');

  const choose = (command: Command | undefined): void => {
    if (command === undefined || isBarred(command)) return;
    // Closed first, so that what the command opens keeps the focus.
    dialog.current?.close();
    run(command);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = commands.length - 1;
    const to: Record<string, number> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at === 0 ? last : at - 1,
    };
    const next = to[event.key];
    if (event.key === 'Enter') choose(commands[at]);
    else if (next !== undefined) setActive(Math.max(0, next));
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      aria-label={words.palette.title}
      onClose={() => showPalette(false)}
      className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] rounded-card border border-line bg-raised p-0 text-ink shadow-lift backdrop:bg-sunken/75"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          type="text"
          role="combobox"
          aria-label={words.palette.field}
          aria-expanded={commands.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={commands.length === 0 ? undefined : `${id}-${at}`}
          placeholder={words.palette.hint}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg text-ink placeholder:text-base placeholder:text-faint focus-visible:outline-none"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={words.palette.list}
        className="max-h-[60vh] scroll-py-1.5 overflow-y-auto p-1.5"
        hidden={commands.length === 0}
      >
        {commands.map((command, index) => (
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-disabled={isBarred(command) || undefined}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(command)}
            onKeyDown={onKeyDown}
            className={join(
              'flex min-h-9 items-center gap-3 rounded-small px-2.5 py-1',
              index === at ? 'bg-shut-ground text-shut' : 'text-ink',
            )}
          >
            <span className={join('shrink-0', index === at && 'font-medium')}>{command.title}</span>
            <bdi className={join('ml-auto min-w-0 truncate text-sm', index === at ? 'text-soft' : 'text-faint')}>
              {isBarred(command) ? words.palette.busy : command.hint}
            </bdi>
          </div>
        ))}
      </div>
      {commands.length === 0 ? <p className="px-4 py-5 text-soft">{words.palette.none}</p> : null}
      <p role="status" className="unseen">
        {commands.length === 0 ? words.palette.none : words.palette.found(commands.length)}
      </p>
    </dialog>
  );
}

/** Carry a command out, with what the views' own buttons do. */
function useRun(): (command: Command) => void {
  const { go, close, showListener, setFormat, scan, undoChange, setTheme, setLanguage, announce } = useActions();
  const pickIntent = usePickIntent();
  return ({ does, title }) => {
    switch (does.do) {
      case 'go':
        return go(does.route);
      case 'show':
        return showListener(does.listener);
      case 'export':
        setFormat(does.format);
        return go({ view: 'export', targets: null });
      case 'open-intent':
        return pickIntent();
      case 'scan':
        return void scan(does.exact);
      case 'theme':
        setTheme(does.theme);
        return announce(title);
      case 'language':
        return void setLanguage(does.language).then(() =>
          announce(words.palette.language(words.language[does.language])),
        );
      case 'undo':
        // What comes of it is shown there.
        go({ view: 'history' });
        return void undoChange(does.change);
      case 'close': {
        // Where the advice on it stands, or its details, what comes of it is shown as well.
        if (does.finding === null && does.listener !== null) showListener(does.listener);
        else go({ view: 'keep-closed' });
        const about = does.finding ?? (does.listener === null ? null : `listener:${does.listener}`);
        return void close([does.target], about === null ? [] : [about]);
      }
    }
  };
}
