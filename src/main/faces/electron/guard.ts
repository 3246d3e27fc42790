/** What no page may do, whatever it holds. Set before the first window, and for every web contents there will ever be. */
import { app, session } from 'electron';
import { isOurs } from './scheme.ts';

export function guard(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  void app.whenReady().then(() => {
    const { defaultSession } = session;
    defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    defaultSession.setPermissionCheckHandler(() => false);
    defaultSession.setDevicePermissionHandler(() => false);
    // No address outside the application is ever asked, whatever the page holds.
    defaultSession.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isAllowed(details.url) }));
  });
}

/** The page itself, and the developer tools of an unpackaged run. */
const isAllowed = (url: string): boolean => isOurs(url) || (!app.isPackaged && url.startsWith('devtools://'));
