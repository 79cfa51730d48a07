// The registrar's terms: the deadline passes, a department's deadline is extended, and the next term is prepared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, line, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const day = shift => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
const field = (page, key) => page.getByLabel(en(key), { exact: true });
const done = (page, key) => page.locator('main [role=status]').getByText(en(key), { exact: true }).waitFor();

async function openTerm(page) {
  await visit(page, '/terms');
  await page.locator('tbody').getByRole('link').first().click();
  await page.waitForURL(/\/terms\/[0-9a-f-]+$/u);
}

test('wrong dates are explained beside their fields, and typed values are preserved', async () => {
  const page = await here.page('registrar');
  await openTerm(page);
  await field(page, 'day-choose_until').fill('2020-01-01');
  await field(page, 'day-ends').fill('');
  assert.equal(await answerTo(page, () => button(page, en('save')).click(), '/terms'), 422);
  assert.equal(await field(page, 'day-ends').getAttribute('aria-invalid'), 'true');
  assert.equal(await field(page, 'day-choose_until').inputValue(), '2020-01-01');
  await field(page, 'day-ends').fill(day(90));
  assert.equal(await answerTo(page, () => button(page, en('save')).click(), '/terms'), 422);
  assert.equal(await field(page, 'day-choose_until').getAttribute('aria-invalid'), 'true');
  await page.getByText(en('refused-choosing-ends-too-early')).first().waitFor();
});

test('a deadline passes, and a department’s deadline is extended until a day, with a reason', async () => {
  const registrar = await here.page('registrar');
  const instructor = await here.page('instructor');
  await openTerm(registrar);
  await field(registrar, 'day-choose_until').fill(day(-1));
  await field(registrar, 'day-approve_until').fill(day(-1));
  await button(registrar, en('save')).click();
  await done(registrar, 'term-saved');
  await visit(instructor, '/groups');
  await instructor.getByText(en('refused-window-over')).waitFor();
  assert.equal(await instructor.locator('a[href^="/choose"]').count(), 0);

  await registrar.getByLabel(en('department'), { exact: true }).selectOption({ label: 'Computer Science' });
  await field(registrar, 'extended-until').fill(day(3));
  assert.equal(await answerTo(registrar, () => button(registrar, en('extend-deadline')).click(), '/deadline-extensions'), 422);
  await registrar.getByText(en('refused-reason-missing')).first().waitFor();
  assert.equal(await field(registrar, 'extended-until').inputValue(), day(3));
  assert.equal(await registrar.getByLabel(en('department'), { exact: true }).locator('option:checked').innerText(), 'Computer Science');
  await field(registrar, 'open-reason').fill('The instructor was ill');
  await button(registrar, en('extend-deadline')).click();
  await done(registrar, 'deadline-extended');
  await registrar.getByText('“The instructor was ill”').waitFor();

  await visit(instructor, '/groups');
  await line(instructor, 'PYT1104', 'CS-25-1').locator('a[href^="/choose"]').waitFor();
  await registrar.getByRole('button', { name: new RegExp(en('end-opening'), 'u') }).click();
  await done(registrar, 'deadline-extension-ended');
  await visit(instructor, '/groups');
  assert.equal(await instructor.locator('a[href^="/choose"]').count(), 0);
});

test('one group’s deadline is extended on its own page, without a script', async () => {
  const registrar = await here.page('registrar', { javaScriptEnabled: false });
  await visit(registrar, '/progress?q=PYT1104');
  await registrar.getByRole('link', { name: 'CS-25-1', exact: true }).first().click();
  await registrar.waitForURL(/\/offerings\//u);
  await registrar.getByText(en('extend-deadline-summary'), { exact: true }).first().click();
  await field(registrar, 'extended-until').fill(day(1));
  await registrar.locator('#open-reason').fill('New instructor');
  await button(registrar, en('extend-deadline')).click();
  await done(registrar, 'deadline-extended');
  const instructor = await here.page('instructor');
  await visit(instructor, '/groups');
  assert.equal(await instructor.locator('td a[href^="/choose"]').count(), 1);
});

test('the next term is created; an ended term is closed and can no longer be changed', async () => {
  const page = await here.page('registrar');
  await visit(page, '/terms/new');
  await field(page, 'term-code').fill('2027-spring');
  for (const [name, text] of [['name_kk', 'Көктем'], ['name_ru', 'Весна'], ['name_en', 'Spring']]) await page.locator(`#${name}`).fill(text);
  for (const [name, shift] of [['starts', 100], ['ends', 200], ['choose_from', 100], ['choose_until', 130], ['approve_until', 137]]) await page.locator(`#${name}`).fill(day(shift));
  await button(page, en('save')).click();
  await done(page, 'term-saved');
  await page.getByRole('heading', { level: 1, name: 'Spring' }).waitFor();
  await visit(page, '/terms');
  await page.locator('tbody tr').nth(1).getByRole('link').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('summary').getByText(en('close-term-summary'), { exact: true }).click();
  await button(page, en('close-for-ever')).click();
  await done(page, 'act-term-closed');
  assert.equal(await button(page, en('save')).count(), 0);
  await visit(await here.page('instructor'), '/terms', 403);
});
