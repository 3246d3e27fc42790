/** The one window: how it is made, and where it was when it was last closed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { z } from 'zod';
import { PAGE_ADDRESS } from './scheme.ts';

const SIZE = { width: 1180, height: 800 };
const LEAST = { minWidth: 640, minHeight: 480 };

export function openWindow(): BrowserWindow {
  const place = lastPlace();
  const window = new BrowserWindow({
    ...SIZE,
    ...LEAST,
    ...place?.bounds,
    title: 'Portcullis',
    icon: join(import.meta.dirname, 'icon.png'),
    // Shown once it has something to show; until then in the colour of the page, so that nothing flashes.
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#13181a' : '#f5f4f0',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (place?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepPlace({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  window.webContents.once('did-finish-load', () => loaded.add(window));
  void window.loadURL(PAGE_ADDRESS);
  return window;
}

/** Windows whose page runs. */
const loaded = new WeakSet<BrowserWindow>();

/** Once the page of this window runs. */
export function whenLoaded(window: BrowserWindow, act: () => void): void {
  if (loaded.has(window)) act();
  else window.webContents.once('did-finish-load', act);
}

/** Bring the window to the front, or open it again. @returns null before the application is ready */
export function showWindow(): BrowserWindow | null {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return app.isReady() ? openWindow() : null;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  return window;
}

const whole = z.number().int().min(-100_000).max(100_000);
const placeSchema = z.object({
  bounds: z.object({ x: whole, y: whole, width: whole, height: whole }),
  maximized: z.boolean(),
});
type WindowPlace = z.output<typeof placeSchema>;

const placeFile = (): string => join(app.getPath('userData'), 'window.json');

function lastPlace(): WindowPlace | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(placeFile(), 'utf8')));
    return isOnScreen(place.bounds) ? place : null;
  } catch {
    // The first start, or a file that something else has written to: the default place.
    return null;
  }
}

/** A display may be gone since: at least the window's title must lie where it can be taken hold of. */
function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  return (
    bounds.y >= workArea.y &&
    bounds.y < workArea.y + workArea.height - 40 &&
    bounds.x + bounds.width > workArea.x + 80 &&
    bounds.x < workArea.x + workArea.width - 80
  );
}

function keepPlace(place: WindowPlace): void {
  try {
    writeFileSync(placeFile(), JSON.stringify(place));
  } catch {
    // A full disk or a read-only home: the window opens in its default place next time, which needs no word.
  }
}
