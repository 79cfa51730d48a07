// Reusing last term's choices: unchanged ones are sent with one press, the others show their changes; adopting
// colleagues' choices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, line, rule, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const proposed = page => page.locator('input[name=p][type=checkbox]');

test('unchanged choices are sent from the list with one press, and can be taken back', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  const open = await page.locator('section.reuse').count();
  assert.equal(open, 1, 'the list says what last term proposes');
  await page.locator('section.reuse button').click();
  await page.waitForURL(/\/groups\?sent=/u);
  await page.getByText(en('sent-done')).first().waitFor();
  assert.equal(await page.locator('section.reuse button').count(), 0, 'nothing unchanged is left');
  await button(page, en('undo')).click();
  await page.waitForURL(/did=withdrawn$/u);
});

test('changed choices say so, are not ticked, and are sent exactly as shown, without a script', async () => {
  await here.afresh();
  const page = await here.page('head', { javaScriptEnabled: false });
  await visit(page, '/reuse');
  assert.equal(await proposed(page).count(), 1);
  assert.equal(await page.locator('input[name=p]:checked').count(), 0, 'somebody else chose it: looked at first');
  await page.getByText(en('change-instructor-new')).waitFor();
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/reuse'), 422);
  await page.getByText(en('refused-groups-missing')).waitFor();
  await proposed(page).check();
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await visit(page, '/reuse');
  await page.getByText(en('reuse-empty')).waitFor();
});

test('a colleague\u2019s choice is seen while choosing and adopted with one press', async () => {
  await here.afresh();
  const page = await here.page('colleague');
  await visit(page, '/groups');
  await line(page, 'ALG2201', 'CS-21-2').locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
  const kin = page.locator('.note.kin li').first();
  await kin.waitFor();
  await kin.getByRole('link').click();
  await page.waitForURL(/adopt=/u);
  assert.equal(await page.locator('input[name=rule]:checked').count(), 1);
  assert.equal(await rule(page, 'moodle-test').isChecked(), true);
});

test('a conflict is first in the queue; the report shows it to the dean', async () => {
  const head = await here.page('head');
  await visit(head, '/queue');
  await head.getByRole('heading', { name: new RegExp(`^${en('conflicts')}`, 'u') }).waitFor();
  const dean = await here.page('dean');
  await visit(dean, '/uniformity');
  assert.ok(await dean.locator('.conflict').count() > 0);
  await visit(await here.page('instructor'), '/uniformity', 403);
});
