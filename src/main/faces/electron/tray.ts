/** The tray: what was read last as a picture and in words, what to do about it, and what the person chose. */
import { join } from 'node:path';
import { app, dialog, Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import { heed, type Heeded } from '../../../core/live/notices.ts';
import { type TrayState, trayState } from '../../../core/live/tray.ts';
import type { Report } from '../../../core/model.ts';
import { ProblemError, type ProblemMeaning } from '../../../core/problem.ts';
import type { LocalAdvisor } from '../../advisor/index.ts';
import { canStartAtLogin, startAtLogin, startsAtLogin } from './at-login.ts';
import { notify } from './notify.ts';
import { type Language, readPreferences, writePreferences } from './preferences.ts';
import { visitWindow } from './visit.ts';
import { showWindow } from './window.ts';
import { english, type TrayProblem, type TrayWords } from './words.ts';
import { german } from './words-de.ts';

interface TrayHandle {
  /** Does the application stay when its window is closed? */
  readonly staysWithoutWindow: () => boolean;
  /** From now on in this language, which the window speaks. */
  readonly speak: (language: Language) => void;
}

const TONGUES: Readonly<Record<Language, TrayWords>> = { en: english, de: german };

/** Pixels; with `@2x` beside each. Windows draws smaller ones than the others. */
const SIZE = process.platform === 'win32' ? 16 : 22;

const picture = ({ gate }: TrayState): string => join(import.meta.dirname, `tray-${gate}-${SIZE}.png`);

export function openTray(advisor: LocalAdvisor): TrayHandle {
  let preferences = readPreferences();
  let words = TONGUES[preferences.language];
  let state = trayState(null);
  let readAt: string | null = null;
  let heeded: Heeded | null = null;
  const tray = new Tray(picture(state));

  const draw = (): void => {
    tray.setImage(picture(state));
    // Linux shows a menu as it was when it was set; one that is set anew may close under somebody's hand.
    tray.setContextMenu(Menu.buildFromTemplate(menu()));
  };
  const tip = (): void => tray.setToolTip(words.tray.tip(state, readAt));

  const menu = (): MenuItemConstructorOptions[] => [
    { label: label(words.tray.state(state)), enabled: false },
    ...state.advice.map((advice) => ({
      label: label(words.tray.advice(advice)),
      click: () => visitWindow({ to: 'advice', finding: advice.finding }),
    })),
    { type: 'separator' },
    { label: words.tray.open, click: () => void showWindow() },
    { type: 'separator' },
    {
      label: words.tray.keepWatching,
      type: 'checkbox',
      checked: preferences.keepWatching,
      click: ({ checked }) => choose(() => keepWatching(checked)),
    },
    ...(canStartAtLogin()
      ? [
          {
            label: words.tray.atLogin,
            type: 'checkbox' as const,
            checked: startsAtLogin(),
            click: ({ checked }: { readonly checked: boolean }) => choose(() => atLogin(checked)),
          },
        ]
      : []),
    { type: 'separator' },
    { label: words.tray.quit, click: () => app.quit() },
  ];

  const keepWatching = (wanted: boolean): Promise<void> => {
    preferences = { ...preferences, keepWatching: wanted };
    return writePreferences(preferences);
  };

  /** Who starts it without a window wants it without one: closing the window is no end then. */
  const atLogin = async (wanted: boolean): Promise<void> => {
    await startAtLogin(wanted);
    if (wanted && !preferences.keepWatching) await keepWatching(true);
  };

  let chosen = Promise.resolve();
  /** Make a choice hold, one after the other; say it where it cannot, and show what holds now. */
  const choose = (make: () => Promise<void>): void => {
    chosen = chosen
      .then(make)
      .catch((error: unknown) => tell(error, words))
      .then(draw);
  };

  const hear = (report: Report, asked: boolean): void => {
    const { heeded: next, opened } = heed(heeded, report, { asked });
    heeded = next;
    const before = JSON.stringify(state);
    [state, readAt] = [trayState(report), report.takenAt];
    tip();
    if (JSON.stringify(state) !== before) draw();
    notify(opened, report, words);
  };

  let spoken = preferences.language;
  let willSpeak = false;
  /** However often a page says it while a choice is being written: the last one alone is shown, and written. */
  const speak = (language: Language): void => {
    preferences = { ...preferences, language };
    if (willSpeak || language === spoken) return;
    willSpeak = true;
    chosen = chosen
      .then(() => {
        willSpeak = false;
        const { language: last } = preferences;
        if (last === spoken) return;
        spoken = last;
        words = TONGUES[last];
        draw();
        tip();
        return writePreferences(preferences);
      })
      // Where it cannot be remembered, the window says it again at the next start.
      .catch(() => {});
  };

  draw();
  tip();
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', () => void showWindow());
  const watching = advisor.watch({ onReport: hear });
  app.on('will-quit', () => {
    void watching.then((stop) => stop());
    tray.destroy();
  });
  return { staysWithoutWindow: () => preferences.keepWatching, speak };
}

/** In a menu `&` would underline the letter behind it. */
const label = (text: string): string => text.replaceAll('&', '&&');

function tell(error: unknown, words: TrayWords): void {
  const means = error instanceof ProblemError ? error.problem.means : null;
  const [message, detail] = isOfTray(means) ? words.problem(means) : [String(error), words.again];
  void dialog.showMessageBox({ type: 'warning', title: 'Portcullis', message, detail, buttons: ['OK'] });
}

const isOfTray = (means: ProblemMeaning | null): means is TrayProblem =>
  means?.kind === 'login-unwritten' || means?.kind === 'login-unremoved' || means?.kind === 'preference-unsaved';
