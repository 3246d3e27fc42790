/** One page of the browser: it gets its files and its answers from here, and may go nowhere else. */
import type { Advisor } from '../../../core/api.ts';
import { refusal } from '../bridge.ts';
import type { PageFiles } from '../bridge-files.ts';
import { answerAhead } from './answer-ahead.ts';
import { BINDING, DELIVER, PAGE_BRIDGE } from './page-bridge.ts';
import type { Fields, Protocol } from './protocol.ts';

/** `.localhost` is a secure context and can never be a name on the network. */
const ORIGIN = 'http://portcullis.localhost';
/** Longest message that a page may send, in characters. */
const LONGEST = 1_000_000;

interface PageOptions {
  readonly protocol: Protocol;
  readonly advisor: Advisor;
  readonly files: PageFiles;
  /** The page is gone: by the person's hand, or because it went where it may not go. */
  readonly onClosed: () => void;
}

/** Take over the window that the browser opened, and show the application in it. Resolves once it is on its way. */
export async function openPage({ protocol, advisor, files, onClosed }: PageOptions): Promise<void> {
  const answer = answerAhead(advisor);
  const { target, session } = await firstPage(protocol);
  protocol.on('Target.targetDestroyed', (gone) => {
    if (text(gone['targetId']) === target) onClosed();
  });
  const send = (method: string, params: Fields = {}) => protocol.send(method, params, session);
  // What is asked of a page that is just closing fails; there is nobody left to tell.
  const tell = (method: string, params: Fields): void => void send(method, params).catch(() => {});

  protocol.on('Fetch.requestPaused', (paused, from) => {
    if (from === session) void serve(paused).catch(() => {});
  });
  const serve = async (paused: Fields): Promise<void> => {
    const requestId = paused['requestId'];
    const request = paused['request'] as { readonly url: string; readonly method: string };
    const url = new URL(request.url);
    const file = url.origin === ORIGIN && request.method === 'GET' ? files(url.pathname) : null;
    // A document that is handed out when the browser knows of the bridge finds it.
    if (paused['resourceType'] === 'Document') introduced = isReady ? Promise.resolve(true) : null;
    const isBridged = !url.pathname.endsWith('.js') || (await introduce());
    if (file === null || !isBridged) {
      // `Aborted` leaves the page where it is; anything else would put the browser's own error page in its place.
      tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const responseHeaders = Object.entries(file.headers).map(([name, value]) => ({ name, value }));
    tell('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: file.body.toString('base64') });
  };

  /** The one world that may call: the main frame's own, under our origin. */
  let world: number | null = null;
  const deliver = (context: number, kind: 'reply' | 'progress' | 'news', id: number, value: unknown): void =>
    tell('Runtime.callFunctionOn', {
      functionDeclaration: `function (kind, id, value) { globalThis.${DELIVER}?.(kind, id, value); }`,
      executionContextId: context,
      arguments: [{ value: kind }, { value: id }, { value }],
      silent: true,
    });
  protocol.on('Runtime.executionContextCreated', (created, from) => {
    if (from !== session) return;
    const context = created['context'] as Context;
    if (context.origin === ORIGIN && context.auxData.isDefault && context.auxData.frameId === target)
      world = context.id;
  });
  protocol.on('Runtime.executionContextDestroyed', (destroyed, from) => {
    if (from === session && destroyed['executionContextId'] === world) world = null;
  });
  protocol.on('Runtime.bindingCalled', (called, from) => {
    const context = called['executionContextId'] as number;
    const payload = text(called['payload']);
    if (from !== session || text(called['name']) !== BINDING || context !== world || payload.length > LONGEST) return;
    void reply(context, payload);
  });
  const reply = async (context: number, payload: string): Promise<void> => {
    const message = parse(payload);
    if (message === null) return;
    const answered = await answer(message.name, message.input).catch(() => refusal('answer-failed'));
    deliver(context, 'reply', message.id, answered);
  };
  const push = (kind: 'progress' | 'news', value: unknown): void => {
    if (world !== null) deliver(world, kind, 0, value);
  };
  advisor.onProgress((progress) => push('progress', progress));
  advisor.onNews((news) => push('news', news));

  // Once the application is shown, the main frame shows it or nothing. Before that it holds the empty page it began with.
  let shown = false;
  protocol.on('Page.frameNavigated', (navigated, from) => {
    const frame = navigated['frame'] as { readonly parentId?: string; readonly url: string };
    if (from !== session || frame.parentId !== undefined) return;
    if (frame.url.startsWith(`${ORIGIN}/`)) {
      shown = true;
      void introduce();
    } else if (shown) onClosed();
  });
  // The page is sent on its way while the browser still starts a process for it, or it would start a second one later.
  const ready = Promise.all([
    send('Page.enable'),
    send('Runtime.enable'),
    // Nobody looks at stacks; to know their lines V8 would read each script again for every error that a library keeps to
    // throw later, which takes as long as running it.
    send('Runtime.setMaxCallStackSizeToCapture', { size: 0 }),
    send('Runtime.addBinding', { name: BINDING }),
    send('Page.addScriptToEvaluateOnNewDocument', { source: PAGE_BRIDGE }),
    send('Page.setDownloadBehavior', { behavior: 'deny' }),
  ]);
  let isReady = false;
  ready.then(
    () => {
      isReady = true;
    },
    () => {},
  );
  /** No script of the page is handed out before the bridge stands; where it does already, this does nothing. */
  let introduced: Promise<boolean> | null = null;
  const introduce = (): Promise<boolean> =>
    (introduced ??= ready
      .then(() => send('Runtime.evaluate', { expression: PAGE_BRIDGE, silent: true }))
      .then(
        () => true,
        () => {
          // Whoever needs it tries again.
          introduced = null;
          return false;
        },
      ));
  // The browser takes them in this order, so that the page's first request is held already.
  await Promise.all([
    ready,
    send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    send('Page.navigate', { url: `${ORIGIN}/` }),
  ]);
}

interface Context {
  readonly id: number;
  readonly origin: string;
  readonly auxData: { readonly isDefault: boolean; readonly frameId: string };
}

interface PageMessage {
  readonly id: number;
  readonly name: unknown;
  readonly input: unknown;
}

/**
 * The first page becomes the application; every later one (a pop-up, Ctrl+N, Ctrl+T) is closed at once. The browser is told
 * to attach to it by itself: being told of it, and then asking, would wait twice for a browser that is busy starting.
 */
function firstPage(protocol: Protocol): Promise<{ readonly target: string; readonly session: string }> {
  return new Promise((resolve, reject) => {
    let first: string | null = null;
    // One that was created before the first was attached to is known by being attached to after it.
    const later = (targetId: string): void => {
      if (first !== null && targetId !== first) protocol.send('Target.closeTarget', { targetId }).catch(() => {});
    };
    protocol.on('Target.attachedToTarget', (attached) => {
      const { type, targetId } = attached['targetInfo'] as { readonly targetId: string; readonly type: string };
      if (type !== 'page') return;
      later(targetId);
      if (first !== null) return;
      first = targetId;
      resolve({ target: targetId, session: text(attached['sessionId']) });
    });
    protocol.on('Target.targetCreated', (created) => {
      const { type, targetId } = created['targetInfo'] as { readonly targetId: string; readonly type: string };
      if (type === 'page') later(targetId);
    });
    const asked = [
      protocol.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: false,
        flatten: true,
        filter: [{ type: 'page' }],
      }),
      protocol.send('Target.setDiscoverTargets', { discover: true }),
    ];
    Promise.all(asked).catch(reject);
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function parse(payload: string): PageMessage | null {
  try {
    const message = JSON.parse(payload) as Partial<PageMessage> | null;
    if (message === null || !Number.isInteger(message.id)) return null;
    return { id: message.id as number, name: message.name, input: message.input };
  } catch {
    return null;
  }
}
