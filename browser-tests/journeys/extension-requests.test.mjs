// After the deadline: the instructor asks for an extension, the head endorses, the registrar grants and declines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { obscured, overflow, small } from '../support/layout.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, line, visit } from '../support/screen.mjs';
import { wrongTexts } from '../support/texts.mjs';
import { en, LANGUAGES } from '../support/words.mjs';

const here = scene();
const day = shift => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
const PAGE = '/extension-requests';
const done = (page, key) => page.locator('main [role=status]').getByText(en(key), { exact: true }).waitFor();
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** Checks the page of requests as a person sees it, in every language. */
async function lookAt(username) {
  for (const lang of LANGUAGES) {
    const page = await here.page(username, { lang });
    await visit(page, PAGE);
    assert.deepEqual({
      texts: await wrongTexts(page, lang),
      overflow: await overflow(page, [{ width: 320, height: 256 }, PHONE, DESK]),
      accessibility: await violations(page, [{ size: DESK, colorScheme: 'light' }, { size: PHONE, colorScheme: 'dark' }]),
      covered: await obscured(page, { width: 1024, height: 600 }),
      small: await small(page, PHONE, 44),
    }, { texts: [], overflow: [], accessibility: [], covered: [], small: [] }, `${username}, ${lang}`);
    await page.close();
  }
}

/** The row of a request with this group. */
const request = (page, group) => page.getByRole('row').filter({ has: page.getByRole('link', { name: group, exact: true }) });

test('the instructor asks after the deadline, without a script', async () => {
  const registrar = await here.page('registrar');
  await visit(registrar, '/terms');
  await registrar.locator('tbody').getByRole('link').first().click();
  await registrar.waitForURL(/\/terms\/[0-9a-f-]+$/u);
  await registrar.locator('#choose_until').fill(day(-1));
  await button(registrar, en('save')).click();
  await done(registrar, 'term-saved');

  const page = await here.page('instructor', { javaScriptEnabled: false });
  await visit(page, '/groups');
  await page.getByRole('link', { name: en('extension-ask-title') }).click();
  await page.waitForURL(PAGE);
  for (const group of ['CS-25-1', 'CS-25-2']) await page.getByLabel(`${group}, Programming in Python`).check();
  assert.equal(await answerTo(page, () => button(page, en('extension-ask')).click(), PAGE), 422);
  assert.ok(await page.getByLabel('CS-25-1, Programming in Python').isChecked(), 'the ticks stay');
  await page.getByLabel(en('extension-reason'), { exact: true }).fill('I was ill “for a week”');
  await button(page, en('extension-ask')).click();
  await done(page, 'extension-sent');
  assert.equal(await page.getByLabel('CS-25-1, Programming in Python').count(), 0, 'it is not asked twice');
  await lookAt('instructor');
});

test('the head endorses what waits, the registrar answers the selected ones', async () => {
  const head = await here.page('head');
  await visit(head, '/queue');
  await head.getByRole('link', { name: en('extension-requests-count', { n: 2 }) }).click();
  await head.waitForURL(PAGE);
  await lookAt('head');
  await head.reload();
  await request(head, 'CS-25-1').getByRole('checkbox').check();
  await button(head, en('extension-endorse')).click();
  await done(head, 'act-extension-endorsed');
  assert.equal(await request(head, 'CS-25-1').count(), 0);

  const registrar = await here.page('registrar');
  await visit(registrar, '/terms');
  await registrar.getByRole('link', { name: en('extension-requests-count', { n: 2 }) }).click();
  await registrar.waitForURL(PAGE);
  await lookAt('registrar');
  await registrar.reload();
  const first = registrar.locator('tbody tr').first();
  assert.match(await first.innerText(), /CS-25-1/u, 'what is endorsed stands first');
  await first.getByRole('checkbox').check();
  await registrar.getByLabel(en('extended-until'), { exact: true }).fill(day(-2));
  assert.equal(await answerTo(registrar, () => button(registrar, en('extension-grant')).click(), '/extension-requests/grants'), 422);
  assert.ok(await request(registrar, 'CS-25-1').getByRole('checkbox').isChecked());
  await registrar.getByLabel(en('extended-until'), { exact: true }).fill(day(2));
  await button(registrar, en('extension-grant')).click();
  await done(registrar, 'deadline-extended');
  await request(registrar, 'CS-25-2').getByRole('checkbox').check();
  await registrar.getByLabel(en('extension-decline-reason'), { exact: true }).fill('The list of exams is printed');
  await button(registrar, en('extension-decline')).click();
  await done(registrar, 'act-extension-declined');

  const instructor = await here.page('instructor');
  await visit(instructor, '/groups');
  assert.equal(await line(instructor, 'PYT1104', 'CS-25-1').locator('a[href^="/choose"]').count(), 1);
  assert.equal(await line(instructor, 'PYT1104', 'CS-25-2').locator('a[href^="/choose"]').count(), 0);
  await visit(instructor, PAGE);
  assert.match(await request(instructor, 'CS-25-1').innerText(), new RegExp(en('extension-is-granted'), 'u'));
  assert.match(await request(instructor, 'CS-25-2').innerText(), /“The list of exams is printed”/u);
});
