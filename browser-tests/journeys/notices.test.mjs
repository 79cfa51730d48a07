// Notifications: the instructor is notified of a return, students of a change after approval with both versions; the
// office previews and sends reminders; people choose which emails they get.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, offeringId, pickRow, visit } from '../support/screen.mjs';
import { beginning, en, words } from '../support/words.mjs';

const here = scene();
const DISCIPLINE = 'PYT1104';
const GROUP = 'CS-25-1';
const REASON = 'The platform is repaired that week';
const inboxOf = page => page.getByRole('banner').getByRole('link', { name: new RegExp(`^${en('nav-inbox')}`, 'u') });
const unread = async page => Number((await inboxOf(page).locator('b [aria-hidden]').allInnerTexts())[0] ?? 0);
const said = (page, key) => page.getByRole('listitem').filter({ hasText: en(`notification-${key}`) }).first();

test('a change after approval notifies the instructor with the reason and the students with both versions', async () => {
  const instructor = await here.page('instructor', { javaScriptEnabled: false });
  const [author, head] = [await here.page('instructor'), await here.page('head')];
  await visit(instructor, '/groups');
  const id = await offeringId(instructor, DISCIPLINE, GROUP);
  const choose = async (row, version) => {
    await visit(author, `/choose?o=${id}`);
    await pickRow(author, row);
    assert.equal(await answerTo(author, () => button(author, en('send')).click(), '/choices'), 303, `version ${version} is sent`);
    await visit(head, `/offerings/${id}`);
    assert.equal(await answerTo(head, () => button(head, en('approve')).click(), '/approvals'), 303);
  };
  await choose('moodle-essay', 1);
  await visit(instructor, '/notifications');
  await said(instructor, 'approved').getByText(/MOODLE/u).waitFor();
  const before = await unread(instructor);

  await visit(head, `/offerings/${id}`);
  await head.locator('summary').getByText(en('reopen'), { exact: true }).click();
  await head.getByLabel(en('reopen-reason'), { exact: true }).fill(REASON);
  assert.equal(await answerTo(head, () => button(head, en('reopen')).click(), '/reopenings'), 303);

  await visit(instructor, '/notifications');
  assert.equal(await unread(instructor), before + 1);
  await said(instructor, 'reopened').getByText(`“${REASON}”`).waitFor();
  await said(instructor, 'reopened').getByRole('heading').getByRole('link').click();
  await instructor.waitForURL(`**/offerings/${id}`);
  await visit(instructor, '/notifications');
  await said(instructor, 'reopened').getByRole('button').click();
  assert.equal(await unread(instructor), before);

  await choose('univer-test', 2);
  const student = await here.page('student', { viewport: { width: 390, height: 844 } });
  await visit(student, '/notifications');
  // The student was told when the change began and when it ended.
  assert.equal(await unread(student), 2);
  await said(student, 'being-changed').waitFor();
  const told = said(student, 'changed');
  for (const word of ['was', 'now']) await told.getByText(new RegExp(`^${en(word)}: `, 'u')).first().waitFor();
  await told.getByRole('heading').getByRole('link').click();
  await student.waitForURL('**/exams');
  const exam = student.getByRole('article').filter({ hasText: beginning('en', 'exam-changed') });
  await exam.locator('del').first().waitFor();
  await exam.locator('ins').first().waitFor();
  await exam.getByText(en('exam-guide')).first().click();
  assert.ok((await exam.locator('details .prose').innerText()).length > 20);
  assert.equal(await student.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing is wider than the phone');
});

test('a notification of an undone act disappears from the inbox', async () => {
  const instructor = await here.page('instructor');
  const head = await here.page('head');
  await visit(instructor, '/groups');
  const id = await offeringId(instructor, DISCIPLINE, GROUP);
  const before = await unread(instructor);
  await visit(head, '/queue');
  assert.equal(await answerTo(head, () => head.locator('.done').getByRole('button').first().click(), '/approvals/undo'), 303);
  await visit(instructor, `/offerings/${id}`);
  assert.equal(await unread(instructor), before - 1);
});

test('a person chooses which notifications are sent by email', async () => {
  const page = await here.page('instructor', { javaScriptEnabled: false });
  await visit(page, '/notifications');
  await page.getByRole('link', { name: en('notification-settings') }).click();
  await page.getByText('instructor@demo.example').waitFor();
  await page.getByLabel(en('notification-approved'), { exact: true }).selectOption({ label: en('mail-preference-off') });
  await button(page, en('save')).click();
  await page.getByRole('status').getByText(en('mail-preferences-saved')).waitFor();
  assert.equal(await page.getByLabel(en('notification-approved'), { exact: true }).inputValue(), 'off');
  assert.equal(await page.getByLabel(en('notification-returned'), { exact: true }).inputValue(), 'at-once');
});

test('reminders are previewed in each reader’s language, sent, and sent to no one twice', async () => {
  const office = await here.page('registrar', { javaScriptEnabled: false });
  await visit(office, '/progress?q=CS');
  await office.getByRole('link', { name: en('remind'), exact: true }).click();
  await office.waitForURL(/reminders/u);
  const people = office.locator('ol.letters > li');
  const count = await people.count();
  assert.ok(count > 0);
  const mine = people.filter({ hasText: 'instructor@demo.example' });
  await mine.locator('summary').click();
  await mine.locator('[lang=kk]').getByText(words('kk')('notification-reminder')).first().waitFor();
  await buttonOf(office, beginning('en', 'remind-send').replace(/\s*\($/u, '')).click();
  await office.getByRole('status').getByText(en('remind-done', { n: count })).waitFor();
  await office.getByText(en('remind-nobody')).waitFor();
  const instructor = await here.page('instructor');
  await visit(instructor, '/notifications');
  await said(instructor, 'reminder').getByText(/, CS-2\d-\d/u).first().waitFor();
  await visit(await here.page('head'), '/reminders', 403);
});

test('visitors may read the approved exams of a group, without names of students', async () => {
  const stranger = await (await here.visitor()).newPage();
  await visit(stranger, '/public/exams');
  await stranger.getByLabel(en('group'), { exact: true }).fill('cs-24-1');
  await button(stranger, en('find')).click();
  await stranger.waitForURL(/group=/u);
  assert.ok(await stranger.getByRole('article').count() > 0);
  assert.equal(await stranger.locator('a[href^="/documents"]').count(), 0);
  await stranger.getByLabel(en('group'), { exact: true }).fill('no such group');
  await button(stranger, en('find')).click();
  await stranger.getByText(en('public-exams-none')).waitFor();
});
