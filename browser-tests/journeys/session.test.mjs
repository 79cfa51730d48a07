// Signing in: wrong passwords, waiting times, ended sessions and the forms that are sent in them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD } from '../support/demo.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, expectState, line, offeringId, pickRow, signOut, visit } from '../support/screen.mjs';
import { beginning, en } from '../support/words.mjs';

const here = scene();
const WAIT_TO_NOTICE = 6;
const field = (page, key) => page.getByLabel(en(key), { exact: true });

async function knock(page, username, password) {
  await field(page, 'username').fill(username);
  await field(page, 'password').fill(password);
  return answerTo(page, () => button(page, en('sign-in')).click(), '/sign-in');
}

async function secondsToWait(page) {
  const message = await page.getByRole('alert').filter({ hasText: beginning('en', 'too-many-tries') }).innerText();
  return Number(/\d+/u.exec(message)[0]);
}

test('a wrong password and a wrong name get the same answer; the name stays, the password does not', async () => {
  const page = await (await here.visitor()).newPage();
  const said = [];
  for (const username of ['instructor', 'somebody-else']) {
    await visit(page, '/sign-in');
    assert.equal(await knock(page, username, 'a guess'), 401);
    const summary = page.getByRole('alert').filter({ hasText: en('wrong-sign-in') });
    await summary.waitFor();
    assert.ok(await summary.evaluate(box => box === document.activeElement), 'the message has the focus');
    assert.match(await page.title(), new RegExp(`^${en('error-prefix')}`, 'u'));
    assert.equal(await field(page, 'username').inputValue(), username);
    assert.equal(await field(page, 'password').inputValue(), '');
    said.push(await summary.innerText());
  }
  assert.equal(said[0], said[1]);
  assert.equal(await knock(page, 'instructor', PASSWORD), 303);
  await page.waitForURL('/groups');
});

test('the password can be shown, and password managers recognise the fields', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/sign-in');
  await field(page, 'password').fill('typed');
  await button(page, en('show-password')).click();
  assert.equal(await field(page, 'password').getAttribute('type'), 'text');
  assert.equal(await button(page, en('show-password')).getAttribute('aria-pressed'), 'true');
  assert.equal(await field(page, 'username').getAttribute('autocomplete'), 'username');
  assert.equal(await field(page, 'password').getAttribute('autocomplete'), 'current-password');
});

test('after several wrong passwords a person has to wait, and the page says how long', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/sign-in');
  const guess = tries => knock(page, 'dean', `guess ${tries}`);
  const answers = [];
  while (answers.length < 12 && answers.at(-1) !== 429) answers.push(await guess(answers.length));
  assert.equal(answers.at(-1), 429, answers.join(' '));
  assert.ok(answers.length > 3, 'a few wrong passwords cost no time');
  // The wait doubles with each guess; wait until it is longer than a slow machine needs for one more attempt.
  for (let wait = await secondsToWait(page); wait < WAIT_TO_NOTICE; wait = await secondsToWait(page)) {
    await page.waitForTimeout(wait * 1000);
    for (let status = 401; status !== 429;) status = await guess('again');
  }
  // Even the right password has to wait; other people can sign in.
  assert.equal(await knock(page, 'dean', PASSWORD), 429);
  assert.equal(await knock(page, 'registrar', PASSWORD), 303);
});

test('the demo’s sign-in page signs in with one press', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/sign-in');
  await button(page, 'student').click();
  await page.waitForURL('/exams');
});

test('signing in leads to the requested page', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/catalogue/current#univer-oral');
  await page.waitForURL(/\/sign-in\?next=/u);
  assert.equal(await knock(page, 'instructor', PASSWORD), 303);
  await page.waitForURL(/\/catalogue\/current/u);
});

test('signing in does not redirect to other sites', async () => {
  for (const next of ['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example']) {
    const page = await (await here.visitor()).newPage();
    await visit(page, `/sign-in?next=${encodeURIComponent(next)}`);
    assert.equal(await knock(page, 'instructor', PASSWORD), 303);
    await page.waitForURL('/groups');
  }
});

test('signed out in another tab: the form leads to the sign-in page, and nothing is sent', async () => {
  const context = await here.person('instructor', { own: true });
  const page = await context.newPage();
  await visit(page, '/groups');
  await visit(page, `/choose?o=${await offeringId(page, 'PYT1104', 'CS-25-1')}`);
  await pickRow(page, 'moodle-essay');

  const other = await context.newPage();
  await visit(other, '/groups');
  await signOut(other);
  await other.waitForURL(/\/sign-in/u);
  assert.equal((await context.cookies()).filter(cookie => cookie.name === 'emtihan').length, 0, 'the cookie is gone');
  await button(page, en('send')).click();
  await page.waitForURL(/\/sign-in/u);
  assert.equal(await knock(page, 'instructor', PASSWORD), 303);
  await page.goto('/groups');
  const states = await line(page, 'PYT1104', 'CS-25-1').innerText();
  assert.ok(!states.includes(en('stage-in-review')), 'nothing was sent');
});

test('a session that has ended is invalid in every copy of its cookie', async () => {
  const context = await here.person('colleague', { own: true });
  const [cookie] = (await context.cookies()).filter(one => one.name === 'emtihan');
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Lax', 'no script reads it, no other site sends it');
  const page = await context.newPage();
  await visit(page, '/groups');
  await expectState(page, 'DSM1105', 'CS-26-1', 'in-review');
  await signOut(page);
  await page.waitForURL(/\/sign-in/u);
  // A copied cookie is worthless after its session has ended.
  await context.addCookies([cookie]);
  await page.goto('/groups');
  assert.equal(new URL(page.url()).pathname, '/sign-in');
});

test('a person sees where they are signed in, and ends a session that they do not know', async () => {
  const [desk, unknown] = [await here.person('admin', { own: true }), await here.person('admin', { own: true })];
  const page = await desk.newPage();
  await visit(page, '/settings');
  const sessions = page.locator('section[aria-labelledby=sessions-h] li');
  await sessions.filter({ hasText: en('session-present') }).waitFor();
  assert.equal(await page.locator('.chip').filter({ hasText: en('session-present') }).count(), 1);
  assert.match(await sessions.first().innerText(), /Chrom\w+, Linux/u);
  await button(page, en('sessions-end-others')).click();
  await page.getByRole('status').getByText(en('sessions-others-ended')).waitFor();
  assert.equal(await sessions.count(), 1);
  const other = await unknown.newPage();
  await other.goto('/settings');
  assert.equal(new URL(other.url()).pathname, '/sign-in');
});

test('after signing out, the Back button shows no page', async () => {
  const page = await (await here.person('head', { own: true })).newPage();
  await visit(page, '/queue');
  await signOut(page);
  await page.waitForURL(/\/sign-in/u);
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, '/sign-in');
});
