// Choosing for many groups at once and one after another, and changing choices that the head has not decided on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picked } from '../support/catalogue.mjs';
import { countClicks } from '../support/clicks.mjs';
import { programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { block, button, card, documents, expectState, line, offeringId, pickRow, rule, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const GROUPS = ['CS-25-1', 'CS-25-2', 'CS-25-3'];
const sent = page => page.waitForURL(/\/groups\?sent=/u);
const listed = (page, discipline, group) => line(page, discipline, group).innerText();

test('all groups of a discipline take three clicks', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  const clicks = await countClicks(page);
  await block(page, 'PYT1104').getByRole('link', { name: new RegExp(`^${en('all-groups', { n: 3 }).replace(/[()]/gu, '\\$&')}`, 'u') }).click();
  await page.waitForURL(/\/choose\?discipline=/u);
  for (const group of GROUPS) assert.ok(await page.getByRole('checkbox', { name: new RegExp(`^${group} `, 'u') }).isChecked(), group);
  await pickRow(page, 'moodle-case');
  await button(page, en('send')).click();
  await sent(page);
  assert.equal(clicks.count, 3);

  const banner = await page.getByRole('status').filter({ hasText: en('sent-done') }).innerText();
  for (const group of GROUPS) {
    assert.ok(banner.includes(group), banner);
    await expectState(page, 'PYT1104', group, 'in-review');
    assert.ok((await listed(page, 'PYT1104', group)).includes(picked('moodle-case', 'en')));
  }
  // Equal choices for several groups are one card in the head's queue.
  const head = await here.page('head');
  await visit(head, '/queue');
  const one = card(head, `Programming in Python, ${GROUPS.join(', ')}`);
  await one.waitFor();
  assert.equal(await one.getByRole('checkbox', { name: /^CS-25-/u, checked: true }).count(), 3);
});

test('a choice in review can be changed; the head sees only the new one', async () => {
  const page = await here.page('instructor');
  const head = await here.page('head');
  await visit(page, '/groups');
  await line(page, 'PYT1104', 'CS-25-2').getByRole('link', { name: new RegExp(`^${en('edit')} CS-25-2`, 'u') }).click();
  await page.waitForURL(/\/choose/u);
  assert.ok(await rule(page, 'moodle-case').isChecked(), 'the form begins with what was sent');
  assert.equal(await documents(page).evaluateAll(all => all.filter(one => one.checked).length), 1);
  await pickRow(page, 'univer-test');
  await button(page, en('send')).click();
  await sent(page);
  await expectState(page, 'PYT1104', 'CS-25-2', 'in-review');
  assert.ok((await listed(page, 'PYT1104', 'CS-25-2')).includes(picked('univer-test', 'en')));
  assert.ok((await listed(page, 'PYT1104', 'CS-25-1')).includes(picked('moodle-case', 'en')), 'the others are as they were');

  await visit(head, '/queue');
  assert.ok((await card(head, 'Programming in Python, CS-25-2').innerText()).includes(picked('univer-test', 'en')));
  await card(head, 'Programming in Python, CS-25-1, CS-25-3').waitFor();
});

test('sending the same choice again says that nothing has changed', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  const id = await offeringId(page, 'PYT1104', 'CS-25-2');
  await visit(page, `/offerings/${id}`);
  const history = await page.locator('ol.history > li').count();
  await visit(page, `/choose?o=${id}`);
  await button(page, en('send')).click();
  await page.waitForURL('/groups?did=unchanged');
  await page.getByRole('status').getByText(en('nothing-changed')).waitFor();
  await visit(page, `/offerings/${id}`);
  assert.equal(await page.locator('ol.history > li').count(), history, 'and nothing is written down');
});

test('undo takes all of them back, and saves the sent choice as a draft', async () => {
  const page = await here.page('instructor');
  const before = { 'CS-25-1': 'moodle-case', 'CS-25-2': 'univer-test', 'CS-25-3': 'moodle-case' };
  await visit(page, '/groups');
  await block(page, 'PYT1104').locator('a[href^="/choose?discipline="]').click();
  await page.waitForURL(/\/choose/u);
  await page.getByText(en('will-be-replaced', { n: 3 }), { exact: true }).waitFor();
  await pickRow(page, 'moodle-essay');
  await button(page, en('send')).click();
  await sent(page);
  await button(page, en('undo')).click();
  await page.waitForURL('/groups?did=withdrawn-to-earlier');
  await page.getByRole('status').getByText(en('withdrawn-to-earlier')).waitFor();
  // Undo restores the earlier choices that were sent before.
  for (const [group, row] of Object.entries(before)) {
    await expectState(page, 'PYT1104', group, 'in-review');
    assert.ok((await listed(page, 'PYT1104', group)).includes(picked(row, 'en')), group);
  }
  await line(page, 'PYT1104', 'CS-25-3').locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
  assert.ok(await rule(page, 'moodle-essay').isChecked());
});

test('send and go to the next group: two clicks for each further group', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  // The returned group is first in the list; the next one is the first group without a complete choice.
  await line(page, 'DBS2202', 'CS-24-1').getByRole('link', { name: new RegExp(`^${en('fix')} `, 'u') }).click();
  await page.waitForURL(/\/choose/u);
  await page.getByText(en('stage-returned')).first().waitFor();
  assert.match(await page.locator('main').innerText(), /“Файлдың жоба нұсқасы/u, 'what the head wrote is beside the form');
  await pickRow(page, 'moodle-essay');
  await documents(page).first().click();
  const clicks = await countClicks(page);
  await button(page, en('send-next')).click();
  await page.waitForURL(/\/choose\?o=[^&]+&sent=/u);
  await page.getByRole('status').getByText(en('sent-done')).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Software Testing' }).waitFor();

  // This discipline has no programme yet: the file is uploaded in the same form, and its clicks are not counted.
  await page.locator('input[type=file]').setInputFiles(programme('SEN3305-2026-autumn.pdf', 'Software Testing SWT3301.pdf'));
  await page.locator('#choice').getByText(en('file-uploaded'), { exact: true }).waitFor();
  clicks.reset();
  await pickRow(page, 'moodle-mix1');
  await button(page, en('send-next')).click();
  await page.waitForURL(url => /[?&]sent=/u.test(url.search));
  assert.equal(clicks.count, 2);
  // The only group left is the one with a draft.
  await page.getByRole('heading', { level: 1, name: 'Algorithms and Data Structures' }).waitFor();
  await visit(page, '/groups');
  for (const [discipline, group] of [['DBS2202', 'CS-24-1'], ['SWT3301', 'CS-23-1']]) await expectState(page, discipline, group, 'in-review');
});

test('after the last group there is no next one: the list says that all are sent', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  await line(page, 'ALG2201', 'CS-21-3').locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
  await pickRow(page, 'moodle-test');
  await documents(page).first().click();
  await button(page, en('send-next')).click();
  await sent(page);
  await page.getByText(`${en('all-sent')}.`, { exact: true }).waitFor();
});

test('two windows: the later one shows the choice sent in the earlier one, and may replace it', async () => {
  const page = await here.page('instructor');
  const other = await here.page('instructor');
  await visit(page, '/groups');
  const id = await offeringId(page, 'PYT1104', 'CS-25-1');
  await visit(page, `/choose?o=${id}`);
  await visit(other, `/choose?o=${id}`);
  await pickRow(other, 'univer-written');
  await button(other, en('send')).click();
  await sent(other);

  await pickRow(page, 'oqylyq-written');
  const answer = page.waitForResponse(response => response.url().endsWith('/choices'));
  await button(page, en('send')).click();
  assert.equal((await answer).status(), 409);
  const notice = page.getByRole('alert').filter({ hasText: en('conflict-help') });
  assert.ok((await notice.innerText()).includes(picked('univer-written', 'en')), 'what is kept now');
  assert.ok(await notice.evaluate(box => box === document.activeElement), 'the notice has the focus');
  assert.ok(await rule(page, 'oqylyq-written').isChecked(), 'what was chosen here is still in the form');
  await visit(other, `/groups`);
  assert.ok((await listed(other, 'PYT1104', 'CS-25-1')).includes(picked('univer-written', 'en')), 'nothing was overwritten');

  await button(page, en('send')).click();
  await sent(page);
  assert.ok((await listed(page, 'PYT1104', 'CS-25-1')).includes(picked('oqylyq-written', 'en')));
});
