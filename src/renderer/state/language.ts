/** English, German, or as the system has it: in the words, on the page, and remembered. */
import { fetchWords, type Language, speak } from '../text/words.ts';
import type { Actions } from './actions.ts';
import type { LanguageChoice, Store } from './store.ts';

const KEY = 'language';
export const LANGUAGES: readonly LanguageChoice[] = ['system', 'en', 'de'];

/** What holds until a person chooses. */
const UNCHOSEN: LanguageChoice = 'system';

export function lastLanguage(): LanguageChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return LANGUAGES.find((one) => one === kept) ?? UNCHOSEN;
  } catch {
    return UNCHOSEN;
  }
}

/** The language that is spoken, and its tag with the region where the system names one. Pure. */
export function languageOf(
  choice: LanguageChoice,
  system: readonly string[],
): { readonly language: Language; readonly tag: string } {
  const known = system.flatMap((tag) => {
    const language = tag.toLowerCase().split('-')[0];
    return language === 'de' || language === 'en' ? [{ language, tag } as const] : [];
  });
  if (choice === 'system') return known[0] ?? { language: 'en', tag: 'en' };
  return known.find(({ language }) => language === choice) ?? { language: choice, tag: choice };
}

/** Read the words that a choice asks for: before it is made. */
export const fetchChosen = (choice: LanguageChoice): Promise<void> =>
  fetchWords(languageOf(choice, navigator.languages).language);

/** Follow the store from now on. Called before the page is drawn, so that the words are there before whoever shows them. */
export function keepLanguage(store: Store, { speak: tell }: Pick<Actions, 'speak'>): void {
  let spoken: LanguageChoice | null = null;
  const use = (choice: LanguageChoice): void => {
    const { language, tag } = languageOf(choice, navigator.languages);
    speak(language, tag);
    document.documentElement.lang = language;
    tell(language);
    store.set(() => ({ tongue: tag }));
  };
  const follow = (): void => {
    const { language: choice } = store.get();
    if (choice === spoken) return;
    const first = spoken === null;
    spoken = choice;
    use(choice);
    // What was never chosen is not kept, so that another default can hold later.
    if (first) return;
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // A page without storage: the choice holds until the window is closed.
    }
  };
  store.subscribe(follow);
  follow();
  // The system's languages can change under an open window.
  const isSystem = (): boolean => store.get().language === 'system';
  window.addEventListener('languagechange', () => {
    if (!isSystem()) return;
    void fetchChosen('system').then(
      () => isSystem() && use('system'),
      () => {},
    );
  });
}
