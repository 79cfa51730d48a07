// People and appointments: finding, appointing, one-time passwords, days without an approver, forms set centrally.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, documents, line, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const day = shift => new Date(Date.now() + 5 * 3600_000 + shift * 86_400_000).toISOString().slice(0, 10);
const done = (page, key) => page.locator('.note.ok', { hasText: en(key) }).waitFor();

const field = (page, key) => page.getByLabel(en(key), { exact: true });

const openPerson = async (page, who) => {
  await visit(page, '/people');
  await page.getByRole('searchbox').fill(who);
  await button(page, en('find')).click();
  await page.waitForURL(/q=/u);
  await page.locator('tbody tr').filter({ has: page.getByText(who, { exact: true }) }).getByRole('link').click();
  await page.waitForURL(/\/people\/[0-9a-f-]+$/u);
};

test('a person is found in any script; the page shows their roles and disciplines', async () => {
  const page = await here.page('registrar');
  for (const typed of ['Сынақбаев', 'сынакбаев', 'synaqbaev']) {
    await visit(page, `/people?q=${encodeURIComponent(typed)}`);
    await page.locator('tbody').getByText('instructor', { exact: true }).waitFor();
  }
  await openPerson(page, 'instructor');
  await page.getByRole('heading', { name: en('teaches') }).waitFor();
  await visit(await here.page('instructor'), '/people', 403);
});

test('a head appoints an acting head between two days by an order; missing values are shown beside their fields', async () => {
  const page = await here.page('head', { javaScriptEnabled: false });
  await openPerson(page, 'instructor');
  await page.locator('summary', { hasText: en('appoint') }).click();
  await page.locator('#from-new').fill(day(1));
  await page.locator('#order-new').fill('No. 17-k');
  assert.equal(await answerTo(page, () => button(page, en('appoint')).click(), `${new URL(page.url()).pathname}/appointments`), 422);
  assert.equal(await page.locator('#until-new').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('#order-new').inputValue(), 'No. 17-k');
  await page.locator('#until-new').fill(day(5));
  await button(page, en('appoint')).click();
  await done(page, 'act-person-appointed');
  const row = page.locator('tbody tr', { hasText: 'No. 17-k' });
  await row.getByText(en('validity-future'), { exact: true }).waitFor();
  await row.locator('summary').click();
  await row.getByRole('button', { name: en('end-appointment') }).click();
  await done(page, 'act-person-dismissed');
  await page.locator('tbody tr', { hasText: 'No. 17-k' }).getByText(en('validity-past'), { exact: true }).waitFor();
});

test('a future day without an approver is listed, and an approver is appointed', async () => {
  const registrar = await here.page('registrar');
  for (const who of ['deputy', 'dean']) {
    await openPerson(registrar, who);
    const row = registrar.locator('tbody tr', { hasText: en(who === 'dean' ? 'role-dean' : 'role-acting-head') });
    await row.locator('summary').click();
    await row.locator('input[name=until]').fill(day(3));
    await row.locator('input[name=order]').fill('No. 1');
    await row.getByRole('button', { name: en('save') }).click();
    await done(registrar, 'act-appointment-changed');
  }
  await visit(registrar, '/progress');
  await registrar.getByRole('link', { name: en('gaps-title') }).click();
  await registrar.waitForURL(/\/gaps/u);
  const gap = registrar.locator('tbody tr', { hasText: 'Computer Science' }).filter({ hasText: en('gap-own-only') });
  await gap.waitFor();
  await gap.getByRole('link', { name: new RegExp(en('find-deputy'), 'u') }).click();
  await registrar.waitForURL(/\/people\?unit=/u);
  await registrar.locator('tbody').getByRole('link', { name: /Демобаева/u }).click();
  await registrar.locator('summary', { hasText: en('appoint') }).click();
  await registrar.locator('#role-new').selectOption('acting-head');
  await registrar.locator('#org-new').selectOption({ label: 'Computer Science' });
  await registrar.locator('#from-new').fill(day(4));
  await registrar.locator('#until-new').fill(day(60));
  await registrar.locator('#order-new').fill('No. 2');
  await button(registrar, en('appoint')).click();
  await done(registrar, 'act-person-appointed');
  await visit(registrar, '/gaps');
  assert.equal(await registrar.locator('tbody tr', { hasText: 'Computer Science' }).count(), 0);
});

test('a one-time password is shown once and changed at the first sign-in', async () => {
  const registrar = await here.page('registrar');
  await openPerson(registrar, 'colleague');
  await button(registrar, en('give-password')).click();
  const password = await registrar.locator('code.secret').innerText();
  await registrar.goto(registrar.url().replace(/\/password$/u, ''));
  assert.equal(await registrar.locator('code.secret').count(), 0);
  const colleague = await (await here.visitor()).newPage();
  const signIn = async secret => {
    await colleague.goto('/sign-in');
    await field(colleague, 'username').fill('colleague');
    await field(colleague, 'password').fill(secret);
    await button(colleague, en('sign-in')).click();
  };
  await signIn(password);
  await colleague.waitForURL(/\/password$/u);
  await colleague.locator('.note.warn').waitFor();
  await colleague.goto('/groups');
  await colleague.waitForURL(/\/password$/u);
  // From here on the page is in the signed-in person's own language.
  const change = async (own, again) => {
    for (const [id, text] of [['old', password], ['new', own], ['again', again]]) await colleague.locator(`#${id}`).fill(text);
    await colleague.locator('form[action="/password"] .btn-1').click();
  };
  await change('something of my own', 'something else');
  await colleague.locator('#again[aria-invalid=true]').waitFor();
  await change('something of my own', 'something of my own');
  await colleague.waitForURL(/\/groups/u);
});

test('a form set centrally is shown and cannot be chosen; choices that differ are returned with its reason', async () => {
  const registrar = await here.page('registrar');
  const instructor = await here.page('instructor');
  await visit(registrar, '/exceptions');
  await registrar.getByRole('heading', { name: /History of Kazakhstan/u }).waitFor();
  await field(registrar, 'discipline-code').fill('ALG2201');
  await registrar.locator('#row').selectOption('univer-test');
  assert.equal(await answerTo(registrar, () => button(registrar, en('set-form')).click(), '/exceptions/forms'), 422);
  assert.equal(await field(registrar, 'discipline-code').inputValue(), 'ALG2201');
  await registrar.locator('#reason').fill('The state exam is the same for all');
  await button(registrar, en('set-form')).click();
  await done(registrar, 'act-form-set');
  await visit(instructor, '/groups');
  await instructor.locator('tbody', { hasText: 'ALG2201' }).getByText(en('set-centrally')).first().waitFor();
  const card = registrar.getByRole('article', { name: /ALG2201/u });
  const differing = await card.locator('input[name=seen]').count();
  if (differing > 0) {
    await card.getByRole('button', { name: en('return-differing') }).click();
    await done(registrar, 'act-choice-returned');
    assert.equal(await registrar.getByRole('article', { name: /ALG2201/u }).locator('input[name=seen]').count(), 0);
    await visit(instructor, '/groups');
  }
  await instructor.locator('tbody', { hasText: 'ALG2201' }).locator('td a[href^="/choose"]').first().click();
  await instructor.waitForURL(/\/choose/u);
  await instructor.getByText(en('set-centrally-hint')).waitFor();
  assert.equal(await instructor.locator('input[type=radio][name=rule]').count(), 0);
  await documents(instructor).first().check();
  await button(instructor, en('send')).click();
  await instructor.waitForURL(/\/groups\?sent=/u);
});

test('a group without a final exam disappears from the list and comes back, without a script', async () => {
  const registrar = await here.page('registrar', { javaScriptEnabled: false });
  const instructor = await here.page('instructor');
  await visit(registrar, '/progress?q=PYT1104');
  await registrar.getByRole('link', { name: 'CS-25-1', exact: true }).first().click();
  await registrar.waitForURL(/\/offerings\//u);
  await registrar.locator('summary', { hasText: en('leave-out-exam-summary') }).click();
  await registrar.locator('#exam-reason').fill('Ends with a project');
  await button(registrar, en('leave-out-exam')).click();
  await done(registrar, 'act-exam-left-out');
  await visit(instructor, '/groups');
  assert.equal(await line(instructor, 'PYT1104', 'CS-25-1').count(), 0);
  await registrar.getByRole('button', { name: new RegExp(en('restore-exam'), 'u') }).click();
  await done(registrar, 'act-exam-restored');
  await visit(instructor, '/groups');
  await line(instructor, 'PYT1104', 'CS-25-1').waitFor();
});
