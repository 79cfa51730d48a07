// Three languages on every page: each page declares its language, is completely in it, and the choice of language is
// remembered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { PASSWORD } from '../support/demo.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { button, visit } from '../support/screen.mjs';
import { LANGUAGES, keys, textsWithoutValues, words } from '../support/words.mjs';

const OWN_NAMES = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
const source = path => readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8');

// Names, file names and reasons are data in the language in which they were typed.
const PEOPLE = new Set(source('roster/users.csv').split('\n').slice(1).flatMap(person => person.split(',').slice(6, 9)).filter(Boolean));
const USERNAMES = new Set([...source('story.toml').matchAll(/^username = "(.+)"$/gmu)].map(([, text]) => text));
// Streams have a name in place of a group's code.
const STREAMS = source('roster/classes.csv').split(/[\n,]/u).filter(cell => /^\d[\d-]* \p{Script=Cyrillic}+$/u.test(cell));
const TYPED = [...[...source('story.toml').matchAll(/^(?:name|reason|info) = "(.+)"$/gmu)].map(([, text]) => text), ...STREAMS];

/** Removes data from a text, so that only the interface's words are left. */
function chrome(text) {
  let rest = text.normalize('NFC');
  for (const typed of TYPED) rest = rest.replaceAll(typed.normalize('NFC'), '');
  return rest
    .replace(/«[^»]*»/gu, '')
    .replace(/[\p{L}’-]+/gu, word => (PEOPLE.has(word) ? '' : word))
    // Initials after a family name are removed, too.
    .replace(/(?<!\p{L})\p{Lu}\.(?=[\s,]|$)/gu, '');
}

/** Returns every visible or spoken text of the page, with the language of the element that contains it. */
const texts = page => page.evaluate(() => {
  const found = [];
  const say = (text, one) => { if (text?.trim()) found.push([text.trim().replace(/\s+/gu, ' '), one.closest('[lang]').lang, Boolean(one.closest('code, kbd'))]); };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!one.matches('script, style, noscript')) say(walker.currentNode.data, one);
  }
  for (const one of document.querySelectorAll('*')) for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'data-l', 'data-fail']) say(one.getAttribute(name), one);
  return found;
});

const KEYS = keys();
const looksLikeKey = text => [...text.matchAll(/(?<![\p{L}\d/.@-])[a-z]+(?:-[a-z\d]+)+(?![\p{L}\d/@-])/gu)].map(([word]) => word)
  .filter(word => KEYS.has(word) || word === text);

describe('every page', { concurrency: 2 }, () => {
  for (const lang of LANGUAGES) {
    describe(`is completely in ${lang}`, () => {
      const here = scene();
      const contexts = new Map();
      for (const { name, who, open } of PLACES) {
        test(name, async () => {
          if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who, { lang }) : here.visitor({ lang })));
          const page = await contexts.get(who).newPage();
          await open(page, lang);
          assert.equal(await page.locator('html').getAttribute('lang'), lang);
          assert.ok((await page.title()).endsWith(` – ${words(lang)('brand')}`), await page.title());
          assert.equal(await page.locator('h1').count(), 1);
          const all = await texts(page);
          assert.deepEqual(all.filter(([, , isCode]) => !isCode).flatMap(([text]) => looksLikeKey(text)), [], 'keys instead of texts');
          assert.deepEqual(all.filter(([text]) => /(?<!\.)\.\.(?!\.)/u.test(text)).map(([text]) => text), [], 'two full stops in a row');
          if (lang === 'en') {
            const foreign = all.filter(([text, own]) => own === 'en' && /\p{Script=Cyrillic}/u.test(chrome(text)));
            assert.deepEqual(foreign.map(([text]) => `${text} → ${chrome(text)}`), [], 'Cyrillic in the English interface');
          } else {
            // A text of the interface that is only in the English files stands here by mistake.
            const english = textsWithoutValues('en');
            const own = textsWithoutValues(lang);
            assert.deepEqual(all.filter(([text, shown]) => shown === lang && !USERNAMES.has(text) && english.has(text) && !own.has(text)).map(([text]) => text), [], `English in the ${lang} interface`);
          }
          await page.close();
        });
      }
    });
  }
});

describe('the language', () => {
  const here = scene();

  test('changes on the same page and keeps the query', async () => {
    const page = await here.page('registrar', { own: true });
    await visit(page, '/progress');
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL(/org=/u);
    const address = page.url();
    for (const lang of ['ru', 'kk', 'en']) {
      await page.getByRole('link', { name: OWN_NAMES[lang], exact: true }).click();
      await page.locator(`html[lang=${lang}]`).waitFor();
      assert.equal(page.url(), address);
      const current = page.getByRole('link', { name: OWN_NAMES[lang], exact: true });
      assert.equal(await current.getAttribute('aria-current'), 'true');
      assert.equal(await current.getAttribute('lang'), lang);
    }
  });

  test('is stored with the person when it is saved in the settings', async () => {
    const context = await here.person('deputy', { own: true });
    const page = await context.newPage();
    await visit(page, '/settings');
    await page.locator('#language').selectOption('ru');
    await button(page, words('en')('save')).click();
    await page.locator('html[lang=ru]').waitFor();
    await button(page, words('ru')('sign-out')).click();
    await page.waitForURL(/\/sign-in/u);
    assert.equal(await page.locator('html').getAttribute('lang'), 'ru', 'the door speaks it too');

    // Sign in with another browser that prefers English.
    const elsewhere = await here.browser.newContext({ baseURL: here.demo.url, locale: 'en-GB' });
    const other = await elsewhere.newPage();
    await other.goto('/sign-in');
    assert.equal(await other.locator('html').getAttribute('lang'), 'en');
    await other.getByLabel(words('en')('username'), { exact: true }).fill('deputy');
    await other.getByLabel(words('en')('password'), { exact: true }).fill(PASSWORD);
    await button(other, words('en')('sign-in')).click();
    await other.waitForURL('/queue');
    assert.equal(await other.locator('html').getAttribute('lang'), 'ru');
  });

  test('is stored with the person when it is chosen on the sign-in page', async () => {
    const page = await (await here.browser.newContext({ baseURL: here.demo.url, locale: 'kk-KZ' })).newPage();
    await page.goto('/sign-in');
    assert.equal(await page.locator('html').getAttribute('lang'), 'kk');
    await page.getByRole('link', { name: OWN_NAMES.en, exact: true }).click();
    await page.locator('html[lang=en]').waitFor();
    await button(page, 'colleague').click();
    await page.waitForURL('/groups');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });

  test('follows the browser until a person chooses one, and is Kazakh if the browser’s language is not available', async () => {
    for (const [locale, lang] of [['ru-KZ', 'ru'], ['kk', 'kk'], ['en-US', 'en'], ['de-DE', 'kk']]) {
      const context = await here.browser.newContext({ baseURL: here.demo.url, locale });
      const page = await context.newPage();
      await page.goto('/sign-in');
      assert.equal(await page.locator('html').getAttribute('lang'), lang, locale);
      await context.close();
    }
  });
});
