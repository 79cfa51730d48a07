// A whole term in the browser, from an empty installation: the registrar completes the setup, creates a term, imports
// the roster, sets passwords, follows the choices, changes a catalogue row that breaks some of them, appoints an acting
// head, sends reminders, prints the order and exports lists; a student reads the exam.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { violations } from '../support/axe.mjs';
import { BIN, settings, startEmpty } from '../support/demo.mjs';
import { programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, documents, expectState, offeringId, pickRow, visit } from '../support/screen.mjs';
import { beginning, en } from '../support/words.mjs';
import { demoRoster } from '../support/zip.mjs';

const here = scene({ start: startEmpty });
const OWN = 'a password of my own';
const REASON = 'Creative tasks are not offered any more';
const day = shift => new Date(Date.now() + 5 * 3600_000 + shift * 86_400_000).toISOString().slice(0, 10);
const field = (page, key) => page.getByLabel(en(key), { exact: true });
const done = (page, key) => page.locator('main [role=status]').getByText(en(key), { exact: true }).first().waitFor();
const department = (page, name) => page.locator('tbody tr').filter({ has: page.getByRole('link', { name, exact: true }) });
const people = {};
const [DESK, PHONE] = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];

/** Opens the page of a person through the search for people. */
async function openPerson(page, username) {
  await visit(page, `/people?q=${username}`);
  await page.locator('tbody tr').filter({ has: page.getByText(username, { exact: true }) }).getByRole('link').click();
  await page.waitForURL(/\/people\/[0-9a-f-]+$/u);
}

/** Sets a one-time password for a person, who signs in and changes it. */
async function letIn(username) {
  await openPerson(people.registrar, username);
  await button(people.registrar, en('give-password')).click();
  const once = await people.registrar.locator('code.secret').innerText();
  const context = await here.visitor();
  const page = await context.newPage();
  await visit(page, '/sign-in');
  await field(page, 'username').fill(username);
  await field(page, 'password').fill(once);
  await button(page, en('sign-in')).click();
  await page.waitForURL(/\/password$/u);
  for (const [id, text] of [['old', once], ['new', OWN], ['again', OWN]]) await page.locator(`#${id}`).fill(text);
  await page.locator('form[action="/password"] .btn-1').click();
  await page.waitForURL(url => url.pathname !== '/password');
  await context.addCookies([{ name: 'lang', value: 'en', url: here.demo.url }]);
  people[username] = page;
}

/** Chooses a row and a demo programme for a group, and sends the choice for review. */
async function choose(page, [discipline, group, row, file]) {
  await visit(page, '/groups');
  const id = await offeringId(page, discipline, group);
  await visit(page, `/choose?o=${id}`);
  await pickRow(page, row);
  if (await documents(page).count() === 0) {
    const [input] = [page.locator('[data-programmes] input[type=file]')];
    assert.equal(await answerTo(page, () => input.setInputFiles(programme(file)), '/documents'), 200);
  }
  if (await documents(page).evaluateAll(all => all.every(one => !one.checked))) await documents(page).first().check();
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, discipline, group, 'in-review');
  return id;
}

test('the setup page asks for the key, names the university and creates the first account', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/');
  await page.getByText(en('setup-waiting')).waitFor();
  await page.getByRole('link', { name: en('setup-title'), exact: true }).click();
  await page.waitForURL('**/setup');
  for (const lang of ['kk', 'ru', 'en']) {
    await visit(page, `/setup?lang=${lang}`);
    assert.deepEqual(await violations(page, [{ size: DESK, colorScheme: 'light' }, { size: PHONE, colorScheme: 'dark' }]), [], lang);
  }
  for (const [lang, name] of [['kk', 'Үлгі университеті'], ['ru', 'Университет «Пример»'], ['en', 'Example University']]) await page.locator(`#name_${lang}`).fill(name);
  await field(page, 'family-name').fill('Офисова');
  await field(page, 'username').fill('registrar');
  await page.locator('#new').fill(OWN);
  await page.locator('#again').fill('something else');
  await page.locator('#key').fill('guess');
  assert.equal(await answerTo(page, () => button(page, en('setup-open')).click(), '/setup'), 422);
  await page.locator('#key[aria-invalid=true]').waitFor();
  await page.locator('#key').fill(here.demo.setupKey);
  await page.locator('#new').fill(OWN);
  await page.locator('#again').fill('something else');
  assert.equal(await answerTo(page, () => button(page, en('setup-open')).click(), '/setup'), 422);
  assert.equal(await page.locator('#name_ru').inputValue(), 'Университет «Пример»');
  for (const id of ['new', 'again']) await page.locator(`#${id}`).fill(OWN);
  await button(page, en('setup-open')).click();
  await page.waitForURL('**/terms');
  await visit(await (await here.visitor()).newPage(), '/setup', 404);
  people.registrar = page;
});

test('the registrar creates a term before the roster is imported', async () => {
  const page = people.registrar;
  await visit(page, '/progress', 503);
  await page.getByText(en('refused-no-term')).waitFor();
  await page.locator('main a[href="/"]').click();
  await page.waitForURL('**/terms');
  await page.getByRole('link', { name: en('term-new'), exact: true }).click();
  await page.locator('#code').fill('2026-autumn');
  for (const [lang, name] of [['kk', 'Күзгі семестр'], ['ru', 'Осенний семестр'], ['en', 'Autumn term']]) await page.locator(`#name_${lang}`).fill(name);
  for (const [name, at] of [['starts', -30], ['ends', 60], ['choose_from', -1], ['choose_until', 14], ['approve_until', 21]]) await page.locator(`#${name}`).fill(day(at));
  await button(page, en('save')).click();
  await done(page, 'term-saved');
});

test('a OneRoster import is previewed, then applied; the registrar and the term stay unchanged', async () => {
  const page = people.registrar;
  await visit(page, '/imports');
  await field(page, 'import-file').setInputFiles(demoRoster());
  await button(page, en('import-look')).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]+$/u);
  const counts = kind => page.getByRole('row', { name: en(`import-kind-${kind}`) }).first().getByRole('cell').allTextContents();
  // One university and one registrar existed before; the term that the registrar created is not changed by the import.
  assert.deepEqual((await counts('orgs')).slice(1, 2), ['1']);
  assert.deepEqual((await counts('people')).slice(1, 2), ['1']);
  assert.deepEqual((await counts('terms')).slice(0, 3), ['1', '0', '1']);
  for (const box of await page.locator('input[name=confirm]').all()) await box.check();
  await page.locator('form[action$="/applying"] button').click();
  await page.getByText(en('import-now-applied'), { exact: true }).waitFor();
  await visit(page, '/progress');
  assert.ok(await page.locator('tbody tr').count() > 5);
  await page.getByText('Autumn term').first().waitFor();
});

test('people get one-time passwords, choose and send; the progress board counts them', async () => {
  for (const username of ['instructor', 'head', 'student']) await letIn(username);
  const tile = async state => Number((await people.registrar.locator(`a.tile[href*="state=${state}"] b`).innerText()).replace(/\D/gu, ''));
  await visit(people.registrar, '/progress');
  const before = await tile('not-chosen');
  people.planted = [
    await choose(people.instructor, ['PYT1104', 'CS-25-1', 'moodle-creative', 'PYT1104-2026-autumn.pdf']),
    await choose(people.instructor, ['OOP2203', 'CS-24-1', 'moodle-creative', 'OOP2203-2026-autumn.pdf']),
  ];
  people.sound = await choose(people.instructor, ['DBS2202', 'CS-24-1', 'univer-test', 'DBS2202-2026-autumn.pdf']);
  await visit(people.head, `/offerings/${people.planted[1]}`);
  assert.equal(await answerTo(people.head, () => button(people.head, en('approve')).click(), '/approvals'), 303);
  await visit(people.registrar, '/progress');
  assert.equal(await tile('not-chosen'), before - 3);
  assert.deepEqual([await tile('in-review'), await tile('approved')], [2, 1]);
  await people.registrar.getByRole('link', { name: 'Faculty of Information Technologies', exact: true }).click();
  await department(people.registrar, 'Computer Science').waitFor();
});

test('a changed row: the dry run finds the broken choices and no others; they are returned with a notification', async () => {
  const page = people.registrar;
  await visit(page, '/catalogue');
  await button(page, en('catalogue-begin', { n: 1 })).click();
  await page.waitForURL(/\/catalogue\/drafts\//u);
  const draft = new URL(page.url()).pathname;
  await buttonOf(page.locator('tr#moodle-creative'), en('catalogue-switch-off')).click();
  await done(page, 'catalogue-saved');
  await visit(page, `${draft}/dry-run`);
  await page.getByRole('heading', { name: en('dry-run-broken', { n: 2 }), exact: true }).waitFor();
  assert.equal(await page.locator('section[aria-labelledby^="b-"]').count(), 1);
  const kind = page.locator('section').filter({ has: page.locator('#b-row-gone') });
  assert.deepEqual(await kind.locator('tbody').first().getByRole('row').allInnerTexts().then(all => all.length), 1);
  await kind.locator('summary').click();
  const found = await kind.locator('a[href^="/offerings/"]').evaluateAll(all => all.map(one => one.getAttribute('href').split('/').at(-1)));
  assert.deepEqual(found.sort(), [...people.planted].sort());
  await kind.locator('input[value="give-back"]').check();
  await page.locator('#reason').fill(REASON);
  assert.equal(await answerTo(page, () => button(page, en('catalogue-publish')).click(), `${draft}/publication`), 303);
  await page.getByText(en('catalogue-version-published', { n: 2 })).waitFor();

  await visit(people.instructor, '/notifications');
  assert.equal(await people.instructor.getByRole('listitem').filter({ hasText: REASON }).count(), 2);
  await visit(people.instructor, '/groups');
  for (const [discipline, group] of [['PYT1104', 'CS-25-1'], ['OOP2203', 'CS-24-1']]) await expectState(people.instructor, discipline, group, 'returned');
  await expectState(people.instructor, 'DBS2202', 'CS-24-1', 'in-review');
  await choose(people.instructor, ['OOP2203', 'CS-24-1', 'moodle-essay']);
  await choose(people.instructor, ['PYT1104', 'CS-25-1', 'moodle-essay']);
});

test('the head is away: the registrar appoints an acting head, who approves the choices', async () => {
  const page = people.registrar;
  await openPerson(page, 'deputy');
  await page.locator('#appoint summary').click();
  await page.locator('#role-new').selectOption('acting-head');
  await page.locator('#org-new').selectOption({ label: 'Computer Science' });
  for (const [id, text] of [['from-new', day(0)], ['until-new', day(30)], ['order-new', 'No. 17-k']]) await page.locator(`#${id}`).fill(text);
  await button(page, en('appoint')).click();
  await done(page, 'act-person-appointed');
  await letIn('deputy');
  for (const id of [...people.planted, people.sound]) {
    await visit(people.deputy, `/offerings/${id}`);
    assert.equal(await answerTo(people.deputy, () => button(people.deputy, en('approve')).click(), '/approvals'), 303);
  }
});

test('instructors who have not chosen are reminded, once', async () => {
  const page = people.registrar;
  await visit(page, '/progress');
  await page.getByRole('link', { name: en('remind'), exact: true }).click();
  await page.waitForURL(/reminders/u);
  await page.locator('ol.letters > li').filter({ hasText: 'instructor@demo.example' }).waitFor();
  await buttonOf(page, beginning('en', 'remind-send').replace(/\s*\($/u, '')).click();
  await page.getByText(en('remind-nobody')).waitFor();
  await visit(people.instructor, '/notifications');
  await people.instructor.getByRole('listitem').filter({ hasText: en('notification-reminder') }).first().waitFor();
});

test('the order is printed on A4 and verified by its fingerprint; lists are exported as files', async () => {
  const page = people.registrar;
  await visit(page, '/orders');
  await button(page, en('order-issue')).click();
  await page.waitForURL(/\/orders\/[0-9a-f]{64}$/u);
  const fingerprint = page.url().split('/').at(-1);
  assert.equal(await page.locator('article tbody tr:has(td)').count(), 3);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.match(pdf, /^%PDF-/u);
  const env = { ...process.env, ...settings(here.demo.dir) };
  const { stdout } = await promisify(execFile)(BIN, ['verify', '--order', fingerprint], { env });
  assert.match(stdout, /The order is valid: no\. 1 of its term[\s\S]*Nothing has changed since/u);
  const whole = await promisify(execFile)(BIN, ['verify'], { env });
  assert.match(whole.stdout, /The history is intact/u);

  await visit(page, '/progress?state=approved');
  for (const [name, begins] of [['CSV', '\u{feff}"Faculty"'], ['Excel (XLSX)', 'PK']]) {
    const file = await page.request.get(await page.getByRole('link', { name, exact: true }).getAttribute('href'));
    assert.ok((await file.body()).toString().startsWith(begins), name);
  }
});

test('the student reads on a phone how the exam is held', async () => {
  const page = people.student;
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, '/exams');
  const exam = page.getByRole('article').filter({ hasText: 'MOODLE' }).first();
  await exam.getByRole('link', { name: new RegExp(`^${en('download-programme')}`, 'u') }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});
