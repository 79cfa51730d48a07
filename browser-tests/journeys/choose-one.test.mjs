// Choosing for one group: opening the form, choosing, sending, undoing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countClicks } from '../support/clicks.mjs';
import { picked } from '../support/catalogue.mjs';
import { PASSWORD } from '../support/demo.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, block, button, documents, expectState, info, line, offeringId, pickRow, rule, visit } from '../support/screen.mjs';
import { beginning, en, words } from '../support/words.mjs';

const here = scene();
const queued = (page, id) => page.locator(`a[href="/offerings/${id}"]`).count();

test('after signing in, the list of groups is the start page', async () => {
  const page = await (await here.visitor()).newPage();
  await page.goto('/');
  await page.getByLabel(en('username'), { exact: true }).fill('instructor');
  await page.getByLabel(en('password'), { exact: true }).fill(PASSWORD);
  await button(page, en('sign-in')).click();
  await page.waitForURL('/groups');
  // The page is in the person's own language, whatever the language of the sign-in page was.
  await page.getByRole('heading', { level: 1, name: words('kk')('list-title') }).waitFor();
});

test('each group is listed with its state and the next step', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  const expected = [
    ['DBS2202', 'CS-24-1', 'returned', 'fix'],
    ['PYT1104', 'CS-25-1', 'not-chosen', 'choose'],
    ['ALG2201', 'CS-21-3', 'draft', 'edit'],
    ['OOP2203', 'CS-24-3', 'in-review', 'edit'],
    ['OOP2203', 'CS-24-1', 'approved', 'view'],
  ];
  for (const [discipline, group, state, deed] of expected) {
    await expectState(page, discipline, group, state);
    const named = new RegExp(`^${en(deed)} ${group}, `, 'u');
    assert.equal(await line(page, discipline, group).getByRole('link', { name: named }).count(), 1, `${group}: ${deed}`);
  }
  // The head's reason for returning a choice is shown in the group's line.
  assert.match(await line(page, 'DBS2202', 'CS-24-1').innerText(), /“[^”]+” – Мысалов/u);
  // Returned choices come first in the list, approved ones last.
  const states = await page.locator('tbody').evaluateAll(bodies => bodies.map(body => body.querySelector('.chip').textContent));
  assert.equal(states[0], en('stage-returned'));
});

test('one group takes three clicks; the head sees the choice; undo takes it back', async () => {
  const page = await here.page('instructor');
  const head = await here.page('head');
  await visit(page, '/groups');
  const id = await offeringId(page, 'PYT1104', 'CS-25-1');
  const clicks = await countClicks(page);

  await line(page, 'PYT1104', 'CS-25-1').getByRole('link', { name: /^Choose/u }).click();
  await page.waitForURL(/\/choose/u);
  const chosen = await documents(page).evaluateAll(all => all.filter(one => one.checked).length);
  assert.equal(chosen, 1, 'the only programme of this term is selected already');
  assert.equal(await page.locator('input[name=rule]:checked').count(), 0, 'no row is selected for the instructor');
  await pickRow(page, 'moodle-essay');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  assert.equal(clicks.count, 3);

  const banner = page.getByRole('status').filter({ hasText: en('sent-done') });
  assert.match(await banner.innerText(), /CS-25-1, Programming in Python/u);
  await expectState(page, 'PYT1104', 'CS-25-1', 'in-review');
  assert.match(await line(page, 'PYT1104', 'CS-25-1').innerText(), new RegExp(picked('moodle-essay', 'en'), 'u'));
  await visit(head, '/queue');
  assert.equal(await queued(head, id), 1, 'the head sees it');

  await button(banner, en('undo')).click();
  await page.waitForURL('/groups?did=withdrawn');
  await page.getByRole('status').getByText(en('withdrawn')).waitFor();
  await expectState(page, 'PYT1104', 'CS-25-1', 'draft');
  await visit(head, '/queue');
  assert.equal(await queued(head, id), 0, 'the head no longer sees it');
});

test('undo is no longer possible after the head has decided', async () => {
  const page = await here.page('instructor');
  const head = await here.page('head');
  await visit(page, '/groups');
  const id = await offeringId(page, 'PYT1104', 'CS-25-2');
  await visit(page, `/choose?o=${id}`);
  await pickRow(page, 'moodle-project');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await visit(head, `/offerings/${id}`);
  await button(head, en('approve')).click();
  await head.waitForURL(/\/queue/u);

  const answer = page.waitForResponse(response => response.url().endsWith('/choices/undo'));
  await button(page, en('undo')).click();
  assert.ok([409, 422].includes((await answer).status()), 'the undo is refused');
  assert.match(await page.locator('main').innerText(), new RegExp(en('refused-undo-acted-since'), 'u'));
  await visit(page, '/groups');
  await expectState(page, 'PYT1104', 'CS-25-2', 'approved');
  assert.equal(await block(page, 'PYT1104').locator(`input[name=o][value="${id}"]`).count(), 0, 'nothing to tick for it');
});

/** Opens the choice form of a group on a small phone, where the programmes are below the screen. */
async function openOnPhone(group) {
  const page = await here.page('instructor', { viewport: { width: 390, height: 500 } });
  await visit(page, '/groups');
  await line(page, 'PYT1104', group).locator('td a[href^="/choose"]').first().click();
  await page.waitForURL(/\/choose/u);
  assert.equal(await documents(page).locator('visible=true').first().isChecked(), true, 'a programme is selected already');
  return page;
}

/** Sends the choice and waits for the question about the programme, after which nothing was sent. */
async function isAskedToLook(page) {
  await button(page, en('send')).click();
  await page.getByText(en('look-at-programme'), { exact: true }).and(page.locator('#look')).waitFor();
  assert.doesNotMatch(page.url(), /\/groups/u, 'nothing was sent');
}

test('a programme that was not on the screen is asked about once before the choice is sent', async () => {
  const page = await openOnPhone('CS-25-3');
  await pickRow(page, 'univer-oral');
  await isAskedToLook(page);
  const programme = documents(page).locator('visible=true').first();
  assert.equal(await programme.evaluate(one => one === document.activeElement), true, 'the programme is selected');
  for (const shown of [page.locator('#look'), programme]) {
    const box = await shown.boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 500, 'question and programme are on the screen');
  }
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/choices'), 422, 'the information is missing');
  await info(page, 'univer-oral').fill('Zoom');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
});

test('a programme is asked about after an error, from a draft and for a form set centrally', async () => {
  await here.afresh();
  const page = await openOnPhone('CS-25-3');
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/choices'), 422, 'no row is selected');
  await pickRow(page, 'moodle-essay');
  await isAskedToLook(page);
  await page.locator('#saved').filter({ hasText: beginning('en', 'draft-saved-at') }).waitFor();

  const withDraft = await openOnPhone('CS-25-3');
  assert.equal(await rule(withDraft, 'moodle-essay').isChecked(), true, 'the draft is filled in');
  await isAskedToLook(withDraft);

  const registrar = await here.page('registrar');
  await visit(registrar, '/exceptions');
  await registrar.getByLabel(en('discipline-code'), { exact: true }).fill('PYT1104');
  await registrar.locator('#row').selectOption('univer-test');
  await registrar.locator('#reason').fill('The state exam is the same for all');
  await button(registrar, en('set-form')).click();
  await registrar.waitForURL(/did=/u);
  const central = await openOnPhone('CS-25-1');
  await central.getByText(en('set-centrally-hint')).waitFor();
  await isAskedToLook(central);
});
