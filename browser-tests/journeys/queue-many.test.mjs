// A long review queue: filtered by instructor or discipline, and decided on for all ticked cards at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const articles = page => page.getByRole('article');
const by = (page, key) => page.locator('main').getByLabel(en(key), { exact: true });
const waitFor = (page, n) => page.getByRole('heading', { level: 1 }).getByText(`(${n})`).waitFor();

test('the filter by instructor is preserved after a decision', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  assert.equal(await articles(page).count(), 4);
  const people = (await by(page, 'instructor').locator('option').allInnerTexts()).slice(1);
  assert.ok(people.length > 1);
  await by(page, 'instructor').selectOption({ label: people[0] });
  await page.waitForURL(/sender=/u);
  for (const one of await articles(page).all()) assert.ok((await one.innerText()).includes(people[0]));
  const shown = await articles(page).count();
  assert.ok(shown < 4);
  await waitFor(page, 13);
  await buttonOf(articles(page).first(), en('approve')).click();
  await waitFor(page, 12);
  assert.equal(await articles(page).count(), shown - 1);
  assert.equal(await by(page, 'instructor').locator('option:checked').innerText(), shown > 1 ? people[0] : en('all-values'));
  await button(page.locator('.done'), en('undo')).click();
  await waitFor(page, 13);
});

test('the queue is filtered without a script, by the button', async () => {
  const page = await here.page('head', { javaScriptEnabled: false });
  await visit(page, '/queue');
  await by(page, 'discipline').selectOption({ index: 1 });
  await button(page, en('narrow')).click();
  await page.waitForURL(/discipline=./u);
  assert.equal(await articles(page).count(), 1);
  await articles(page).first().locator('summary').click();
  await buttonOf(articles(page).first(), en('return-with-reason')).click();
  await page.getByText(en('refused-reason-missing')).first().waitFor();
  assert.equal(await articles(page).count(), 1, 'still narrowed');
});

test('returning all ticked cards without a reason preserves the ticks, and shows the error beside its field', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  for (const index of [0, 2]) await articles(page).nth(index).locator('input[data-pick]').check();
  const bulk = page.locator('#bulk');
  await bulk.getByText(en('return-selected'), { exact: true }).click();
  assert.equal(await answerTo(page, () => button(bulk, en('return-with-reason')).click(), '/returns'), 422);
  await bulk.getByText(en('refused-reason-missing')).waitFor();
  assert.equal(await page.locator('input[data-pick]:checked').count(), 2);
  assert.equal(await articles(page).getByText(en('refused-reason-missing')).count(), 0);
  await bulk.getByLabel(en('return-reason'), { exact: true }).fill('See the guide');
  assert.ok(await answerTo(page, () => button(bulk, en('return-with-reason')).click(), '/returns') < 400);
  await waitFor(page, 11);
});
