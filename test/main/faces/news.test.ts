/** News on their way into the page: through Electron's IPC, and through the Chromium pipe. */
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Advisor, Bridge } from '../../../src/core/api.ts';
import type { News } from '../../../src/core/live/news.ts';
import { answerCalls } from '../../../src/main/faces/electron/calls.ts';
import { CALL_CHANNEL, NEWS_CHANNEL, PROGRESS_CHANNEL } from '../../../src/main/faces/electron/channels.ts';
import { BINDING, DELIVER, PAGE_BRIDGE } from '../../../src/main/faces/pipe/page-bridge.ts';
import { openPage } from '../../../src/main/faces/pipe/page.ts';
import type { Fields, Protocol } from '../../../src/main/faces/pipe/protocol.ts';
import { createClient } from '../../../src/renderer/state/client.ts';

const electron = vi.hoisted(() => ({
  channels: new Map<string, Set<(event: unknown, what: unknown) => void>>(),
  handlers: [] as string[],
  bridges: new Map<string, unknown>(),
}));

vi.mock('electron', () => {
  const of = (channel: string) => {
    const listeners = electron.channels.get(channel) ?? new Set();
    electron.channels.set(channel, listeners);
    return listeners;
  };
  const send = (channel: string, what: unknown): void => of(channel).forEach((listener) => listener({}, what));
  return {
    BrowserWindow: { getAllWindows: () => [{ webContents: { send } }] },
    ipcMain: { handle: (channel: string) => electron.handlers.push(channel) },
    ipcRenderer: {
      on: (channel: string, listener: (event: unknown, what: unknown) => void) => of(channel).add(listener),
      off: (channel: string, listener: (event: unknown, what: unknown) => void) => of(channel).delete(listener),
    },
    contextBridge: { exposeInMainWorld: (name: string, bridge: unknown) => electron.bridges.set(name, bridge) },
    protocol: {},
  };
});

const doubt: News = { kind: 'doubt', of: '2026-11-20T10:42:00.000Z', sockets: true };

/** An advisor that only pushes. */
function pushing(): { readonly advisor: Advisor; readonly push: (news: unknown) => void } {
  const listeners = new Set<(news: News) => void>();
  const advisor = {
    onProgress: () => () => {},
    onNews: (listener: (news: News) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Advisor;
  return { advisor, push: (news) => listeners.forEach((listener) => listener(news as News)) };
}

/** What a page hears of this bridge, and what it is pushed. */
function hears(bridge: Bridge, push: (news: unknown) => void): void {
  const heard: News[] = [];
  const stop = createClient(bridge).onNews((news) => heard.push(news));
  push(doubt);
  expect(heard).toEqual([doubt]);
  for (const odd of [null, 'doubt', { kind: 'doubt' }, { kind: 'report', report: {} }]) push(odd);
  expect(heard).toHaveLength(1);
  stop();
  push(doubt);
  expect(heard).toHaveLength(1);
}

beforeEach(() => electron.channels.clear());

test('Electron carries news on a channel of their own, and the client drops what is none', async () => {
  await import('../../../src/main/faces/electron/preload.ts');
  const { advisor, push } = pushing();
  answerCalls(advisor);
  expect(electron.handlers).toEqual([CALL_CHANNEL]);
  const bridge = electron.bridges.get('portcullis') as Bridge;
  const progress: unknown[] = [];
  bridge.onProgress((one) => progress.push(one));
  hears(bridge, push);
  expect(progress).toEqual([]);
  expect([...electron.channels.keys()].sort()).toEqual([NEWS_CHANNEL, PROGRESS_CHANNEL].sort());
});

test('the pipe carries news into the page, and the client drops what is none', async () => {
  const page = runInNewContext(
    `globalThis.top = globalThis; globalThis.${BINDING} = () => {}; ${PAGE_BRIDGE}; globalThis`,
  ) as Record<string, unknown>;
  const events = new Map<string, (params: Fields, session: string | undefined) => void>();
  const protocol: Protocol = {
    on: (method, listener) => void events.set(method, listener),
    send: async (method, params) => {
      if (method === 'Target.setAutoAttach') {
        const targetInfo = { targetId: 'page', type: 'page' };
        events.get('Target.attachedToTarget')?.({ targetInfo, sessionId: 'session' }, undefined);
      }
      if (method === 'Runtime.callFunctionOn') {
        const [kind, id, value] = ((params ?? {})['arguments'] as { value: unknown }[]).map((one) => one.value);
        (page[DELIVER] as (...args: unknown[]) => void)(kind, id, value);
      }
      return {};
    },
  };
  const { advisor, push } = pushing();
  await openPage({ protocol, advisor, files: () => null, onClosed: () => {} });
  // Before the page's own world is there, nobody hears.
  push(doubt);
  const auxData = { isDefault: true, frameId: 'page' };
  const context = { id: 7, origin: 'http://portcullis.localhost', auxData };
  events.get('Runtime.executionContextCreated')?.({ context }, 'session');
  hears(page['portcullis'] as Bridge, push);
});
