/** What a page would try that was taken over, in either host. Each says how it went; nothing of it may succeed. */
import type { Page } from '@playwright/test';
import type { Bridge } from '../../../src/core/api.ts';

declare const portcullis: Bridge;

/** Call the bridge with whatever. */
export const call = (page: Page, name: unknown, input: unknown): Promise<unknown> =>
  page.evaluate(([call_, with_]) => portcullis.call(call_ as never, with_ as never), [name, input]);

interface Found {
  readonly bridge: readonly string[];
  readonly frozen: boolean;
  readonly replaced: boolean;
  /** Names of Node, of Electron and of whatever carries the bridge that the page can see. */
  readonly strange: readonly string[];
}

/** What there is of the program for a page to find. */
export const lookAround = (page: Page): Promise<Found> =>
  page.evaluate(() => {
    const mine = portcullis;
    for (const attempt of [
      () => Reflect.set(mine, 'call', () => 'taken'),
      () => Reflect.deleteProperty(mine, 'call'),
      () => Reflect.set(window, 'portcullis', {}),
    ])
      attempt();
    const names = new Set<string>();
    for (let of: object | null = window; of !== null; of = Object.getPrototypeOf(of) as object | null)
      for (const name of Object.getOwnPropertyNames(of)) names.add(name);
    return {
      bridge: Object.keys(portcullis).sort(),
      frozen: Object.isFrozen(portcullis) && Object.getOwnPropertyDescriptor(window, 'portcullis')?.writable === false,
      replaced: portcullis !== mine || portcullis.call !== mine.call,
      strange: [...names].filter((name) =>
        /^(_*(electron|ipc|node[A-Z])|_*portcullis.|(require|process|Buffer|module|exports|global|setImmediate|__dirname|__filename|__standIn)$)/.test(
          name,
        ),
      ),
    };
  });

interface Broken {
  /** Each attempt: done, or refused. */
  readonly attempts: Readonly<Record<string, string>>;
  /** Some text ran. */
  readonly taken: boolean;
  readonly visible: string;
  /** The directives that were broken. */
  readonly violations: readonly string[];
}

/** Break the page's policy: scripts and styles of its own making, frames, connections, text as script. */
export const breakPolicy = (page: Page, elsewhere = 'https://example.com/'): Promise<Broken> =>
  page.evaluate(async (address) => {
    // What a debugger runs may make scripts of text, whatever the policy; what comes after it may not.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    const attempt = (work: () => unknown): string => {
      try {
        work();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    const ask = (url: string): Promise<string> =>
      fetch(url).then(
        () => 'done',
        () => 'refused',
      );
    const put = (tag: string, fields: Record<string, string>): void => {
      document.body.append(Object.assign(document.createElement(tag), fields));
    };
    put('style', { textContent: 'body { display: none }' });
    put('iframe', { src: address });
    put('img', { src: address });
    put('link', { rel: 'stylesheet', href: address });
    const types = (window as unknown as { trustedTypes?: { createPolicy: (name: string, rules: object) => unknown } })
      .trustedTypes;
    const attempts = {
      inline: attempt(() => put('script', { textContent: 'window.taken = true' })),
      script: attempt(() => put('script', { src: address })),
      object: attempt(() => put('object', { data: address })),
      srcdoc: attempt(() => put('iframe', { srcdoc: '<script>parent.taken = true</script>' })),
      markup: attempt(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.taken = true">')),
      // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the attempt that must fail
      timer: attempt(() => setTimeout('window.taken = true', 0)),
      // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the attempt that must fail
      made: attempt(() => new Function('window.taken = true')()),
      policy: attempt(() => types?.createPolicy('taken', { createHTML: (text: string) => text })),
      fetch: await ask(address),
      own: await ask('/index.html'),
      socket: await new Promise<string>((resolve) => {
        const end = (how: string) => () => resolve(how);
        try {
          const socket = new WebSocket(address.replace(/^http/, 'ws'));
          socket.addEventListener('open', end('done'));
          socket.addEventListener('error', end('refused'));
        } catch {
          resolve('refused');
        }
      }),
    };
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { attempts, taken: 'taken' in window, visible: getComputedStyle(document.body).display, violations };
  }, elsewhere);

/** What `breakPolicy` finds where the policy holds. */
export const POLICY_HOLDS = {
  attempts: {
    inline: 'refused',
    script: 'refused',
    object: 'refused',
    srcdoc: 'refused',
    markup: 'refused',
    timer: 'refused',
    made: 'refused',
    policy: 'refused',
    fetch: 'refused',
    own: 'refused',
    socket: 'refused',
  },
  taken: false,
  visible: 'block',
};

/** Directives that must be among the broken ones. */
export const BROKEN = ['connect-src', 'style-src-elem', 'frame-src', 'img-src', 'require-trusted-types-for'];

const AWAY = [
  'https://example.com/',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'data:text/html,taken',
  'javascript:document.title="taken"',
];

/** Go elsewhere, by links, by script and by a form. @returns the addresses at which the page then was */
export async function goAway(page: Page): Promise<ReadonlySet<string>> {
  const been = new Set<string>();
  for (const away of AWAY) {
    for (const way of ['link', 'location', 'form'] as const) {
      await page.evaluate(
        ([to, by]) => {
          try {
            if (by === 'location') {
              window.location.href = to;
              return;
            }
            const element =
              by === 'link'
                ? Object.assign(document.createElement('a'), { href: to })
                : Object.assign(document.createElement('form'), { action: to, method: 'get' });
            document.body.append(element);
            if (element instanceof HTMLFormElement) element.submit();
            else element.click();
          } catch {
            // Refused at once.
          }
        },
        [away, way] as const,
      );
      await page.waitForTimeout(100);
      been.add(page.url());
    }
  }
  await page.waitForTimeout(300);
  return been.add(page.url());
}

type Attempt = (page: Page) => Promise<void>;

/** Ways to open windows, by script and by links. Each by itself: a page may open one for each thing that a person does. */
export const waysToMore = (page: Page): readonly Attempt[] =>
  ['https://example.com/', 'about:blank', page.url()].flatMap((address): readonly Attempt[] => [
    (one) => one.evaluate((to) => void window.open(to), address),
    (one) => one.evaluate((to) => void window.open(to, 'other', 'popup,noopener'), address),
    (one) =>
      one.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' });
        document.body.append(link);
        link.click();
      }, address),
  ]);

/** Open windows in all of these ways. */
export async function openMore(page: Page): Promise<void> {
  for (const attempt of waysToMore(page)) await attempt(page);
  await page.waitForTimeout(500);
}

/** Ask for what a page needs a permission for. @returns how each ended; what the browser does not know is left out */
export const askFor = (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'midi', 'clipboard-read', 'idle-detection'];
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => [[name, state]],
          () => [],
        ),
      ),
    );
    const given = (work: Promise<unknown> | undefined): Promise<string> =>
      (work ?? Promise.reject(new Error('not there'))).then(
        () => 'granted',
        () => 'denied',
      );
    return {
      ...(Object.fromEntries(states.flat()) as Record<string, string>),
      place: await given(
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, reject);
        }),
      ),
      sound: await given(navigator.mediaDevices.getUserMedia({ audio: true })),
      picture: await given(navigator.mediaDevices.getUserMedia({ video: true })),
    };
  });
