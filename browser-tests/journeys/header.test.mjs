// The header is one row for every role in every language, and the menu of the signed-in person has everything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { button, visit } from '../support/screen.mjs';
import { en, LANGUAGES, words } from '../support/words.mjs';

const here = scene();
const ROLES = ['instructor', 'head', 'dean', 'registrar', 'admin', 'student'];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
// A window of 1280 pixels, without and with a scroll bar.
const WIDTHS = [1280, 1265];
const ROW = 58;
const ROW_ON_PHONE = 56;

const headerHeight = page => page.locator('header.top').evaluate(header => header.getBoundingClientRect().height);

for (const lang of LANGUAGES) {
  test(`the header is one row for every role (${lang})`, async () => {
    for (const role of ROLES) {
      const page = await (await here.person(role, { lang })).newPage();
      await visit(page, '/help');
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const height = await headerHeight(page);
        assert.ok(height <= ROW, `${role} at ${width}: ${height}`);
      }
      await page.setViewportSize(PHONE.viewport);
      const height = await headerHeight(page);
      assert.ok(height <= ROW_ON_PHONE, `${role} on a phone: ${height}`);
      await page.close();
    }
  });
}

test('the menu is headed by the role and has the name of the page of groups, as in the university’s instructions', async () => {
  const page = await (await here.person('instructor', { lang: 'kk' })).newPage();
  await visit(page, '/help');
  await page.locator('details.menu > summary').click();
  const section = page.getByRole('navigation', { name: words('kk')('instructor'), exact: true });
  await section.getByRole('link', { name: words('kk')('app-name'), exact: true }).click();
  await page.waitForURL(/\/groups$/u);
});

test('the menu works with the keyboard: Enter opens it, Escape closes it', async () => {
  const page = await here.page('registrar');
  await visit(page, '/help');
  const summary = page.locator('details.menu > summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await button(page, en('sign-out')).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('details.menu[open]').count(), 0);
  assert.ok(await summary.evaluate(one => one === document.activeElement), 'the focus is back at the menu');
  await summary.click();
  await page.locator('main h1').click();
  assert.equal(await page.locator('details.menu[open]').count(), 0, 'a click elsewhere closes it');
});

test('on a phone the menu has the pages and the languages', async () => {
  const page = await (await here.person('registrar', PHONE)).newPage();
  await visit(page, '/help');
  await page.locator('details.menu > summary').click();
  const menu = page.locator('details.menu');
  await menu.getByRole('link', { name: 'Қазақша', exact: true }).waitFor();
  await menu.getByRole('link', { name: en('nav-terms'), exact: true }).click();
  await page.waitForURL(/\/terms$/u);
});
