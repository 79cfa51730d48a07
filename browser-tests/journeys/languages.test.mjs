// The three languages: the choice of a language is remembered, and the browser's own is the first one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PASSWORD } from '../support/demo.mjs';
import { scene } from '../support/scene.mjs';
import { button, signOut, visit } from '../support/screen.mjs';
import { words } from '../support/words.mjs';

const OWN_NAMES = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

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
    await signOut(page, words('ru'));
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
