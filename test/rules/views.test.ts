/** Every view and every state that has to be designed is among the scenes, which axe, the layout and the gallery walk. */
import { expect, test } from 'vitest';
import { galleryPage, slug } from '../e2e/gallery-page.ts';
import { type Place, type State, views } from '../e2e/scenes/views.ts';

// Records, so that none can be left out.
const PLACES: Readonly<Record<Place, true>> = {
  'keep closed': true,
  ports: true,
  'port detail': true,
  review: true,
  firewall: true,
  export: true,
  history: true,
  learn: true,
  commands: true,
};
const STATES: Readonly<Record<State, true>> = {
  'first start': true,
  scanning: true,
  'nothing to do': true,
  'no firewall': true,
  'no permission': true,
  'command missing': true,
  'partial data': true,
  'change refused': true,
  'change rolled back': true,
  offline: true,
  'hostile names': true,
};

test.each(Object.keys(PLACES))('the view “%s” is among the scenes', (place) => {
  expect(views.some(({ of }) => of === place)).toBe(true);
});

test.each(Object.keys(STATES))('the state “%s” is among the scenes', (wanted) => {
  expect(views.some(({ state }) => state === wanted)).toBe(true);
});

test('no two scenes have one name, nor one name for their pictures', () => {
  expect(new Set(views.map(({ name }) => slug(name))).size).toBe(views.length);
});

test('the gallery shows each with a heading, and can hide each kind', () => {
  const picture = { file: 'a"b.png', theme: 'dark', width: 640, language: 'German' };
  const html = galleryPage([{ name: 'keep <closed>', of: 'port detail', state: 'offline', pictures: [picture] }]);
  expect(html).toContain('<h3>keep &lt;closed&gt; <small>offline</small></h3>');
  expect(html).toContain('src="a&quot;b.png" loading="lazy"');
  for (const mark of ['of-port-detail', 'theme-dark', 'width-640', 'language-german'])
    expect(html).toContain(`body:has(#${mark}:not(:checked))`);
  // Nothing from elsewhere, and nothing that runs.
  expect(html).not.toMatch(/<script|https?:|url\(|@import/);
});
