// The head of department reviews choices: those unchanged since last term are approved together, the others one by one;
// nothing is approved without being shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picked } from '../support/catalogue.mjs';
import { countClicks } from '../support/clicks.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, card, expectState, line, offeringId, pickRow, visit } from '../support/screen.mjs';
import { beginning, en } from '../support/words.mjs';

/** A frequent reason for returning that every installation begins with. */
const NO_INSTRUCTIONS = 'The programme has no exam instructions';
const here = scene();
// The cards that need attention: those of a conflict first, then the oldest.
const NEED = ['Algorithms and Data Structures, CS-21-2', 'Computer Architecture, CS-24-3', 'Computer Graphics, CS-23-2', 'Parallel Computing, CS-22-1'];

const approveAll = page => page.getByRole('button', { name: en('approve-all', { n: 9 }) });
const approve = (page, label) => buttonOf(card(page, label), en('approve'));
const waiting = async page => Number(/\((\d+)\)/u.exec(await page.getByRole('heading', { level: 1 }).innerText())[1]);
const waitFor = (page, n) => page.getByRole('heading', { level: 1 }).getByText(`(${n})`).waitFor();

/** The instructor changes the choice for OOP2203 CS-24-3, which is in the queue's block of unchanged choices. */
async function change(page, row) {
  await visit(page, '/groups');
  await visit(page, `/choose?o=${await offeringId(page, 'OOP2203', 'CS-24-3')}`);
  await pickRow(page, row);
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
}

test('thirteen choices are approved in five clicks: one for the nine unchanged ones, one for each other', async () => {
  const page = await here.page('head');
  await visit(page, '/');
  assert.equal(new URL(page.url()).pathname, '/queue', 'the queue is the start page');
  assert.equal(await waiting(page), 13);
  const clicks = await countClicks(page);
  await approveAll(page).click();
  await waitFor(page, 4);
  for (const [index, label] of NEED.entries()) {
    await approve(page, label).click();
    await waitFor(page, 3 - index);
  }
  assert.equal(clicks.count, 5);
  await page.getByText(en('queue-empty')).waitFor();

  const instructor = await here.page('instructor');
  await visit(instructor, '/groups');
  await expectState(instructor, 'OOP2203', 'CS-24-3', 'approved');
  const colleague = await here.page('colleague');
  await visit(colleague, '/groups');
  await expectState(colleague, 'ALG2201', 'CS-21-2', 'approved');
});

test('an approval can be undone, and the choice is in review again', async () => {
  const page = await here.page('head');
  const colleague = await here.page('colleague');
  await visit(page, '/queue');
  await page.locator('details.done > summary').click();
  const done = page.locator('.note.ok').filter({ hasText: 'CS-21-2' });
  await button(done, en('undo')).click();
  await waitFor(page, 1);
  await card(page, NEED[0]).waitFor();
  await visit(colleague, '/groups');
  await expectState(colleague, 'ALG2201', 'CS-21-2', 'in-review');
});

test('returning needs a reason; a suggested one is enough; the instructor reads it', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  const label = NEED[0];
  const one = card(page, label);
  await one.locator('summary').click();
  const go = () => buttonOf(card(page, label), en('return-with-reason')).click();
  assert.equal(await answerTo(page, go, '/returns'), 422);
  const summary = page.getByRole('alert').filter({ hasText: en('refused-reason-missing') });
  await summary.waitFor();
  assert.ok(await summary.evaluate(box => box.contains(document.activeElement)), 'the summary has the focus');
  const field = one.getByLabel(en('return-reason'), { exact: true });
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.match(await one.innerText(), new RegExp(en('refused-reason-missing'), 'u'), 'the same words beside the field');

  await one.getByLabel(NO_INSTRUCTIONS, { exact: true }).check();
  await one.getByLabel(en('return-reason'), { exact: true }).fill('See section 3');
  assert.ok(await answerTo(page, go, '/returns') < 400);
  await waitFor(page, 0);
  const colleague = await here.page('colleague');
  await visit(colleague, '/groups');
  await expectState(colleague, 'ALG2201', 'CS-21-2', 'returned');
  assert.match(await line(colleague, 'ALG2201', 'CS-21-2').innerText(), new RegExp(`“${NO_INSTRUCTIONS}\\. See section 3”`, 'u'));
});

test('the queue is operated by keyboard, also with a Cyrillic layout', async () => {
  await here.afresh();
  const page = await here.page('head');
  await visit(page, '/queue');
  const keyboard = await page.context().newCDPSession(page);
  // Sends a key as a Russian or Kazakh keyboard layout does: `code` is the position of the key, `key` is its letter.
  const cyrillic = async (code, key) => {
    for (const type of ['keyDown', 'keyUp']) await keyboard.send('Input.dispatchKeyEvent', { type, code, key });
  };
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.querySelector('h2')?.innerText ?? document.activeElement.tagName);

  // The keys work at once; but nothing is approved before a choice has the focus.
  await cyrillic('KeyA', 'ф');
  assert.equal(await waiting(page), 13);
  await cyrillic('KeyJ', 'о');
  assert.match(await focused(), new RegExp(en('queue-clean'), 'u'));
  await cyrillic('KeyJ', 'о');
  assert.equal(await focused(), NEED[0]);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), NEED[1]);
  await page.keyboard.press('j');
  await cyrillic('KeyK', 'л');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), NEED[0]);

  await cyrillic('KeyX', 'ч');
  assert.ok(await card(page, NEED[0]).getByRole('checkbox').first().isChecked());
  await button(page, en('approve-selected')).waitFor();
  await page.keyboard.press('x');
  assert.ok(!await card(page, NEED[0]).getByRole('checkbox').first().isChecked());

  // R opens the field for the reason and focuses it; there, letters are typed.
  await cyrillic('KeyR', 'к');
  await page.keyboard.type('a reason with j k x a r');
  assert.equal(await card(page, NEED[0]).getByLabel(en('return-reason'), { exact: true }).inputValue(), 'a reason with j k x a r');
  assert.equal(await waiting(page), 13);

  // Focus the card again and approve it.
  await card(page, NEED[0]).focus();
  await cyrillic('KeyA', 'ф');
  await waitFor(page, 12);
  const after = await page.evaluate(() => Boolean(document.activeElement.closest('[data-keys]')));
  assert.ok(after, 'the focus stays in the queue after the answer');
});

test('the choices that are approved together are on the page, and Undo is in view afterwards', async () => {
  await here.afresh();
  const page = await here.page('head');
  await visit(page, '/queue');
  const clean = page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${en('queue-clean')}`, 'u') }) });
  const groups = await clean.locator('.deal').getByRole('link', { name: /^[A-Z]+-\d+-\d+$/u }).allInnerTexts();
  assert.equal(groups.length, 9, 'each group of the nine is named');
  for (const choice of await clean.locator('.deal').all()) {
    assert.ok(await choice.getByRole('link', { name: /\.(?:pdf|docx)/u }).first().isVisible(), 'with its programme');
  }
  await approveAll(page).click();
  await waitFor(page, 4);
  const undo = button(page.locator('.done.now'), en('undo'));
  assert.ok(await undo.evaluate(one => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= innerHeight), 'Undo is in view');
  await page.keyboard.press('End');
  assert.ok(await undo.evaluate(one => one.getBoundingClientRect().top >= 0), 'Undo stays in view');
});

test('pressing A four times approves the rest', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  await page.locator('[data-row]').first().focus();
  for (const left of [3, 2, 1, 0]) {
    await page.keyboard.press('a');
    await waitFor(page, left);
  }
});

test('letter shortcuts can be switched off, and stay off', async () => {
  await here.afresh();
  const page = await here.page('head');
  await visit(page, '/queue');
  await page.getByLabel(en('keys-off'), { exact: true }).check();
  await page.reload();
  assert.ok(await page.getByLabel(en('keys-off'), { exact: true }).isChecked());
  await card(page, NEED[0]).focus();
  await page.keyboard.press('a');
  await page.keyboard.press('x');
  assert.equal(await page.locator('input[data-pick]:checked').count(), 0);
  await visit(page, '/queue');
  assert.equal(await waiting(page), 13);
  await page.getByLabel(en('keys-off'), { exact: true }).uncheck();
});

test('a head cannot decide on their own choice; the deputy does', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  const own = page.locator('section').filter({ has: page.getByRole('heading', { name: en('queue-own'), exact: true }) });
  await own.getByText('Research Methods').waitFor();
  assert.equal(await own.getByRole('button').count(), 0, 'no buttons for one’s own choice');
  const id = (await own.getByRole('link', { name: 'MCS-26-1' }).getAttribute('href')).split('/').at(-1);
  await visit(page, `/offerings/${id}`);
  assert.equal(await button(page, en('approve')).count(), 0);

  const deputy = await here.page('deputy');
  await visit(deputy, '/queue');
  await deputy.locator(`a[href="/offerings/${id}"]`).first().waitFor({ state: 'attached' });
  await visit(deputy, `/offerings/${id}`);
  const seen = await deputy.locator('form[action="/approvals"] input[name=seen]').getAttribute('value');

  // The head's approval is refused even with the fingerprint that the deputy was shown.
  await visit(page, '/queue');
  const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
  const forged = await page.request.post('/approvals', { headers: { origin: here.demo.url }, form: { csrf, seen } });
  assert.equal(forged.status(), 403);
  await visit(deputy, `/offerings/${id}`);
  await button(deputy, en('approve')).click();
  await deputy.waitForURL(/\/queue/u);
  await visit(page, '/groups');
  await expectState(page, 'RES5301', 'MCS-26-1', 'approved');
});

test('a choice changed after the queue was opened is not approved, and the difference is shown', async () => {
  const page = await here.page('head');
  const instructor = await here.page('instructor');
  await visit(page, '/queue');
  await change(instructor, 'moodle-essay');
  // The block is approved completely or not at all: one outdated choice prevents it.
  assert.equal(await answerTo(page, () => approveAll(page).click(), '/approvals'), 409);
  const notice = page.getByRole('alert').filter({ hasText: en('refused-choice-changed') });
  await notice.waitFor();
  const said = await notice.innerText();
  for (const row of ['moodle-project', 'moodle-essay']) assert.ok(said.includes(picked(row, 'en')), `${said} names ${row}`);
  assert.ok(said.includes('CS-24-3'));
  assert.ok(await notice.evaluate(box => box.contains(document.activeElement)), 'the notice has the focus');
  await visit(page, '/queue');
  assert.equal(await waiting(page), 13, 'nothing was approved');
  assert.equal(await page.locator('.done').count(), 0);
  // The choice differs from last term's now, so its card needs attention.
  await approve(page, 'Object-Oriented Programming, CS-24-3').click();
  await waitFor(page, 12);
  await visit(instructor, '/groups');
  await expectState(instructor, 'OOP2203', 'CS-24-3', 'approved');
});

test('several cards are ticked, and approved or returned with one reason', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  for (const label of NEED.slice(1, 3)) await card(page, label).getByRole('checkbox').first().check();
  await button(page, en('approve-selected')).click();
  await waitFor(page, 10);
  for (const label of [NEED[0], NEED[3]]) await card(page, label).getByRole('checkbox').first().check();
  const bar = page.locator('form#bulk');
  await bar.getByText(en('return-selected'), { exact: true }).click();
  await bar.getByLabel(en('return-reason'), { exact: true }).fill('Please agree with your colleagues');
  await button(bar, en('return-with-reason')).click();
  await waitFor(page, 8);
  const colleague = await here.page('colleague');
  await visit(colleague, '/groups');
  await expectState(colleague, 'ALG2201', 'CS-21-2', 'returned');
});

test('one box ticks all choices that need attention', async () => {
  await here.afresh();
  const page = await here.page('head');
  await visit(page, '/queue');
  const all = page.getByLabel(en('select-all'), { exact: true });
  await all.check();
  assert.equal(await page.locator('input[data-pick]:checked').count(), 4);
  await page.locator('input[data-pick]').first().uncheck();
  assert.ok(await all.evaluate(box => box.indeterminate));
});

test('going back to the queue ticks nothing that the head has not ticked', async () => {
  const page = await here.page('head');
  await visit(page, '/queue');
  await card(page, NEED[1]).getByRole('checkbox').first().check();
  await card(page, NEED[1]).getByRole('link').first().click();
  await page.waitForURL(/\/offerings\//u);
  const deputy = await here.page('deputy');
  await visit(deputy, '/queue');
  await approve(deputy, NEED[0]).click();
  await card(deputy, NEED[0]).waitFor({ state: 'detached' });
  await page.goBack();
  await card(page, NEED[0]).waitFor({ state: 'detached' });
  const ticked = await page.locator('article:has(input[data-pick]:checked)').evaluateAll(all => all.map(one => one.getAttribute('aria-label')));
  assert.ok(ticked.every(label => label === NEED[1]), String(ticked));
  if (ticked.length > 0) assert.equal(await page.locator('[data-count]').innerText(), String(ticked.length));
});

test('a request to reopen is declined with an answer, which the queue confirms', async () => {
  await here.afresh();
  const page = await here.page('head');
  await visit(page, '/queue');
  const asked = page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${beginning('en', 'reopening-asked')}`, 'u') }) });
  await asked.getByLabel(en('reopen-answer'), { exact: true }).fill('The students know it already');
  await button(asked, en('leave-approved')).click();
  await page.locator('#queue').getByText(en('done-declined')).waitFor();
  assert.equal(await asked.count(), 0);
});

test('a request to reopen is granted in the queue, with an answer', async () => {
  await here.afresh();
  const page = await here.page('head');
  const instructor = await here.page('instructor');
  await visit(page, '/queue');
  const asked = page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${beginning('en', 'reopening-asked')}`, 'u') }) });
  await asked.getByLabel(en('reopen-answer'), { exact: true }).fill('Agreed, choose the case');
  await button(asked, en('reopen')).click();
  await asked.waitFor({ state: 'detached' });
  await visit(instructor, '/groups');
  await expectState(instructor, 'OOP2203', 'CS-24-2', 'returned');
  assert.match(await line(instructor, 'OOP2203', 'CS-24-2').innerText(), /“Agreed, choose the case”/u);
});
