/** BrowserWindow and its web contents, as far as the application uses them. */
'use strict';
const { EventEmitter } = require('node:events');
const { readFileSync } = require('node:fs');
const { fromPage, toPage } = require('./browser.cjs');
const preloadText = require('./page.cjs');

const windows = new Set();
const byPage = new Map();
let lastId = 0;

/** An event that a listener may prevent. */
const preventable = (fields = {}) => ({
  ...fields,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

class WebContents extends EventEmitter {
  constructor(window) {
    super();
    this.window = window;
    this.id = window.id;
  }
  setWindowOpenHandler(decide) {
    this.decideOpen = decide;
  }
  send(channel, ...args) {
    const { page } = this.window;
    if (page === undefined || page.isClosed()) return;
    const deliver = ([to, what]) => globalThis.__standInDeliver?.(to, what);
    page.evaluate(deliver, [channel, structuredClone(args)]).catch(() => {});
  }
  getURL() {
    return fromPage(this.window.page?.url() ?? '');
  }
  getLastWebPreferences() {
    return this.window.options.webPreferences;
  }
  close() {
    this.window.close();
  }
}

class BrowserWindow extends EventEmitter {
  static takePage;
  static onCreated = () => {};
  static onAllClosed = () => {};

  static getAllWindows() {
    return [...windows];
  }
  static fromWebContents(contents) {
    return windows.has(contents?.window) ? contents.window : null;
  }
  static ofPage(page) {
    return byPage.get(page);
  }

  constructor(options) {
    super();
    lastId += 1;
    this.id = lastId;
    this.options = options;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width, height: options.height };
    this.webContents = new WebContents(this);
    windows.add(this);
    BrowserWindow.onCreated(this);
    this.ready = this.open();
  }

  async open() {
    const page = await BrowserWindow.takePage();
    this.page = page;
    const devTools = await page.context().newCDPSession(page);
    this.target = (await devTools.send('Target.getTargetInfo')).targetInfo.targetId;
    byPage.set(page, this);
    await page.setViewportSize({ width: this.bounds.width, height: this.bounds.height });
    await page.addInitScript({ content: preloadText(readFileSync(this.options.webPreferences.preload, 'utf8')) });
    page.on('close', () => this.gone());
    page.on('load', () => {
      this.emit('ready-to-show');
      this.webContents.emit('did-finish-load');
    });
    page.on('dialog', (dialog) => dialog.dismiss());
    return page;
  }

  async loadURL(url) {
    const page = await this.ready;
    this.loading = true;
    try {
      await page.goto(toPage(url));
    } finally {
      this.loading = false;
    }
  }

  /** Would the application let the page go there? Its own loading is not asked about. */
  mayNavigate(frame, url) {
    if (this.loading === true) return true;
    const isMainFrame = frame.parentFrame() === null;
    const event = preventable({ url, isMainFrame });
    this.webContents.emit('will-frame-navigate', event);
    if (isMainFrame) this.webContents.emit('will-navigate', event);
    return !event.defaultPrevented;
  }

  close() {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy() {
    this.page?.close().catch(() => {});
    this.gone();
  }
  gone() {
    if (!windows.delete(this)) return;
    this.emit('closed');
    if (windows.size === 0) BrowserWindow.onAllClosed();
  }
  isDestroyed() {
    return !windows.has(this);
  }
  show() {
    this.visible = true;
  }
  isVisible() {
    return this.visible === true;
  }
  focus() {}
  restore() {}
  maximize() {
    this.maximized = true;
  }
  isMaximized() {
    return this.maximized === true;
  }
  isMinimized() {
    return false;
  }
  setBounds(bounds) {
    Object.assign(this.bounds, bounds);
  }
  getNormalBounds() {
    return { ...this.bounds };
  }
}

module.exports = { BrowserWindow, preventable };
