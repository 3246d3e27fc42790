/**
 * The window's page.
 *
 *   state/   the one client, the one source of state, what can be done, what is read out of a report
 *   text/    every word, and how numbers, times and foreign text are written
 *   parts/   what views are made of
 *   views/   Keep closed, Ports, Firewall, Review, Export, History, Learn
 *   tokens.css holds every colour and size
 */
import './style.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createActions } from './state/actions.ts';
import { answeredAfter, createClient } from './state/client.ts';
import { AppProvider } from './state/context.tsx';
import { createStore } from './state/store.ts';
import { keepSight, keepTime } from './state/age.ts';
import { fetchChosen, keepLanguage, lastLanguage } from './state/language.ts';
import { firstAnswer } from './state/first-answer.ts';
import { keepTheme, lastTheme } from './state/theme.ts';

const store = createStore(lastTheme(), lastLanguage());
// The report is put in words when it comes, which may be before German is there.
const worded = fetchChosen(lastLanguage()).then(() => keepLanguage(store, actions));
const actions = createActions(store, createClient(answeredAfter(window.portcullis, worded)));
keepTheme(store);
// The first reading has the computer to itself.
void actions.scan().then(() => keepSight(actions));
const answered = firstAnswer(store);
keepTime(actions);
void draw();

/** No await stands outside of it: what comes later asks for what stands here, and would wait for it for ever. */
async function draw(): Promise<void> {
  await worded;
  await answered;
  const place = document.getElementById('root');
  if (place === null) throw new Error('the page has no place for the application');
  const root = createRoot(place);
  // Nothing else is to be done before the person sees something.
  flushSync(() =>
    root.render(
      <StrictMode>
        {/* The page's policy allows no style elements; what they would say stands in style.css. */}
        <CSPProvider disableStyleElements>
          <AppProvider app={{ store, actions }}>
            <App />
          </AppProvider>
        </CSPProvider>
      </StrictMode>,
    ),
  );
}
