/** The module `electron`, main process side, as far as the application uses it. */
'use strict';
const { spawn } = require('node:child_process');
const { EventEmitter } = require('node:events');
const { existsSync, mkdirSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const browser = require('./browser.cjs');
const { BrowserWindow, preventable } = require('./window.cjs');

let told = { folder: '.', description: {}, announcePort: false };
const home = process.env.STAND_IN_HOME ?? mkdtempSync(join(tmpdir(), 'stand-in-home-'));
/** Folders that the application has put elsewhere. */
const paths = new Map();

/** Switches of the command line, which nothing here obeys: looked at by tests. */
const switches = new Set();

class App extends EventEmitter {
  isPackaged = process.env.STAND_IN_PACKAGED === '1';
  commandLine = {
    appendSwitch: (name) => void switches.add(name),
    hasSwitch: (name) => switches.has(name),
  };
  #ready = Promise.withResolvers?.() ?? withResolvers();
  #isReady = false;
  #quitting = false;

  whenReady() {
    return this.#ready.promise;
  }
  isReady() {
    return this.#isReady;
  }
  setReady() {
    this.#isReady = true;
    this.emit('ready');
    this.#ready.resolve();
  }
  getPath(name) {
    if (name === 'exe') return '/opt/Stand In/application';
    const path = paths.get(name) ?? join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
  setPath(name, path) {
    paths.set(name, path);
  }
  getVersion() {
    return told.description.version ?? '0.0.0';
  }
  getName() {
    return told.description.name ?? 'application';
  }
  getPreferredSystemLanguages() {
    return ['en-US'];
  }
  requestSingleInstanceLock() {
    return true;
  }
  enableSandbox() {
    switches.add('enable-sandbox');
  }
  quit() {
    if (this.#quitting) return;
    const event = preventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    this.emit('will-quit', preventable());
    void this.exit(0);
  }
  async exit(code = 0) {
    this.emit('quit', {}, code);
    await browser.end();
    if (process.env.STAND_IN_HOME === undefined) rmSync(home, { recursive: true, force: true });
    process.exit(code);
  }
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

/** What the application set and the stand-in cannot carry out: looked at by tests. */
const recorded = {
  trays: [],
  notifications: [],
  messages: [],
  permissionRequest: null,
  permissionCheck: null,
  devicePermission: null,
  beforeRequest: null,
};

const app = new App();

class IpcMain extends EventEmitter {
  handlers = new Map();
  handle(channel, answer) {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.handlers.set(channel, answer);
  }
}
const ipcMain = new IpcMain();

async function onCall(page, frame, { channel, args }) {
  const window = BrowserWindow.ofPage(page);
  const url = browser.fromPage(frame.url());
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/.exec(url)?.[0] ?? 'null';
  const event = { sender: window?.webContents, senderFrame: { url, origin, parent: frame.parentFrame() } };
  const answer = ipcMain.handlers.get(channel);
  try {
    if (answer === undefined) throw new Error(`no handler for ${channel}`);
    return { value: structuredClone(await answer(event, ...args)) };
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

/** The application's request filter. */
function isCancelled(url) {
  let cancelled = false;
  recorded.beforeRequest?.({ url }, (answer) => {
    cancelled = answer.cancel === true;
  });
  return cancelled;
}

/** The filter, then its word on navigation. */
function onRequest(page, request, url) {
  if (isCancelled(url)) return false;
  const window = BrowserWindow.ofPage(page);
  if (window === undefined) return false;
  return !request.isNavigationRequest() || window.mayNavigate(request.frame(), url);
}

function onPopup(page, opener) {
  const decide = BrowserWindow.ofPage(opener)?.webContents.decideOpen;
  const { action } = decide?.({ url: browser.fromPage(page.url()) }) ?? { action: 'allow' };
  if (action === 'deny') page.close().catch(() => {});
}

const protocol = {
  registerSchemesAsPrivileged: () => {},
  handle: (scheme, answer) => browser.schemes.set(scheme, answer),
};

/** What the application itself asks for: past the filter as well, and never further than to its own schemes. */
const net = {
  async fetch(url, init) {
    const request = new Request(url, init);
    const answer = browser.schemes.get(new URL(request.url).protocol.slice(0, -1));
    if (answer === undefined || isCancelled(request.url)) throw new Error('net::ERR_BLOCKED_BY_CLIENT');
    return answer(request);
  },
};

const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler) => (recorded.permissionRequest = handler),
    setPermissionCheckHandler: (handler) => (recorded.permissionCheck = handler),
    setDevicePermissionHandler: (handler) => (recorded.devicePermission = handler),
    webRequest: { onBeforeRequest: (handler) => (recorded.beforeRequest = handler) },
  },
};

const screen = { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) };
const dialog = {
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showMessageBox: async (options) => {
    recorded.messages.push(options);
    return { response: 0, checkboxChecked: false };
  },
};
const nativeTheme = { shouldUseDarkColors: false };

/** An item is clicked as by a hand: one with a box to tick comes ticked, and stays here as the application set it. */
const menuItem = (template) => ({
  enabled: true,
  checked: false,
  ...template,
  click() {
    template.click?.({ ...this, checked: template.type === 'checkbox' && !this.checked });
  },
});
const Menu = {
  setApplicationMenu: () => {},
  buildFromTemplate: (template) => ({ items: template.map(menuItem) }),
};

/** What it was given last. Where it would be shown, nobody is. */
class Tray extends EventEmitter {
  constructor(picture) {
    super();
    this.setImage(picture);
    recorded.trays.push(this);
  }
  setImage(picture) {
    if (!existsSync(picture)) throw new Error(`Failed to load image from path '${picture}'`);
    this.picture = picture;
  }
  setToolTip(text) {
    this.tip = text;
  }
  setContextMenu(menu) {
    this.menu = menu;
  }
  destroy() {
    recorded.trays.splice(recorded.trays.indexOf(this), 1);
  }
}

class Notification extends EventEmitter {
  static isSupported() {
    return true;
  }
  constructor(options) {
    super();
    this.options = options;
  }
  show() {
    recorded.notifications.push(this);
  }
}

/** A process without standard input that ends with the application; `process.parentPort` tells it what it is. */
const utilityProcess = {
  fork(file, args = [], { env = process.env, cwd, stdio = 'inherit' } = {}) {
    const [, out, err] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
    const child = spawn(process.execPath, ['-r', join(__dirname, 'utility.cjs'), file, ...args], {
      env,
      cwd,
      stdio: ['ignore', out, err, 'ipc'],
    });
    return Object.assign(new EventEmitter(), {
      stdout: child.stdout,
      stderr: child.stderr,
      kill: () => child.kill(),
      postMessage: (message) => void child.send(message),
      forward() {
        child.once('spawn', () => this.emit('spawn'));
        child.once('exit', (code) => this.emit('exit', code));
        child.once('error', () => this.emit('exit', 1));
        return this;
      },
    }).forward();
  },
};

const webContents = {
  getAllWebContents: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
  /** How whoever drives the application finds the window of a page. */
  fromDevToolsTargetId: (target) =>
    BrowserWindow.getAllWindows().find((window) => window.target === target)?.webContents ?? null,
};

async function start() {
  BrowserWindow.onCreated = (window) => app.emit('web-contents-created', {}, window.webContents);
  BrowserWindow.onAllClosed = () => app.emit('window-all-closed');
  const onEnd = () => app.quit();
  BrowserWindow.takePage = await browser.launch({ onCall, onRequest, onPopup, onEnd, announcePort: told.announcePort });
  app.setReady();
}

module.exports = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  net,
  Notification,
  protocol,
  screen,
  session,
  Tray,
  utilityProcess,
  webContents,
};
module.exports[Symbol.for('stand-in')] = {
  describe: (what) => {
    told = what;
  },
  start: () => void start(),
  recorded,
};
