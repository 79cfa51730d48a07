// The checks of programmes: remarks say what is missing, a PDF is shown inside the page, and no remark prevents
// sending.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, line, pickRow, visit } from '../support/screen.mjs';
import { LANGUAGES, en, words } from '../support/words.mjs';

const here = scene();
const DRAFT = 'DBS2202-2026-autumn-draft.docx';

const openForm = async (page, discipline, group) => {
  await visit(page, '/groups');
  await line(page, discipline, group).locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
};
const option = (page, name) => page.locator('.opt.file').filter({ hasText: name });
const preview = scope => scope.locator('a[href$="/preview"]').first();
const remarks = scope => scope.locator('.remarks li strong').allInnerTexts();
const said = (w, ...codes) => codes.map(code => `${w('warning')}: ${w(`warn-${code}`)}.`);

/** The frame with the browser's own PDF viewer inside the page. */
const viewer = page => page.frames().find(frame => /\/documents\/[^/]+\?view=1$/u.test(frame.url()));

for (const lang of LANGUAGES) {
  test(`remarks beside a file name the parts that are missing, in ${lang}`, async () => {
    const w = words(lang);
    const page = await here.page('instructor', { lang });
    await openForm(page, 'DBS2202', 'CS-24-1');
    assert.deepEqual(await remarks(option(page, '(жоба нұсқасы)')), said(w, 'method-part-missing'));
    assert.deepEqual(await remarks(option(page, '2026 осень')), said(w, 'other-language'));
    assert.deepEqual(await remarks(option(page, 'DBS2202 Деректер қоры жүйелері 2026 күз.pdf')), []);
    const help = await option(page, '(жоба нұсқасы)').locator('.remarks').innerText();
    assert.ok(help.includes(w('finding-help-method-part-missing')), 'and what to do about it');
  });
}

test('a PDF is shown in the page, and only this page may contain a frame', async () => {
  const page = await here.page('instructor');
  await visit(page, '/dossier');
  const link = preview(page.getByRole('rowheader').filter({ hasText: 'PYT1104 Python-да бағдарламалау 2026 күз.pdf' }));
  const path = await link.getAttribute('href');
  const elsewhere = (await page.request.get('/dossier')).headers()['content-security-policy'];
  assert.ok(!elsewhere.includes('frame-src'), elsewhere);
  const answer = await visit(page, path);
  assert.match(answer.headers()['content-security-policy'], /frame-ancestors 'none'; frame-src 'self'$/u);
  await page.getByText(en('remarks-none'), { exact: true }).waitFor();
  await page.locator('iframe').scrollIntoViewIfNeeded();
  const frame = await (await page.locator('iframe').elementHandle()).contentFrame();
  assert.equal(await frame.evaluate(() => document.contentType), 'application/pdf');
  assert.ok(viewer(page), 'the document is in the frame');
  const shown = await page.request.get(path.replace(/\/preview$/u, '?view=1'));
  assert.match(shown.headers()['content-disposition'], /^inline/u);
  assert.match(shown.headers()['content-security-policy'], /frame-ancestors 'self'$/u);
});

test('without a script a document has its page, a DOCX with the beginning of its text', async () => {
  const page = await here.page('instructor', { javaScriptEnabled: false });
  await visit(page, '/dossier');
  await preview(page.getByRole('rowheader').filter({ hasText: '(Үлгібекова).docx' })).click();
  await page.waitForURL(/\/preview$/u);
  assert.equal(await page.locator('iframe').count(), 0);
  const text = await page.locator('.excerpt').innerText();
  assert.ok(text.includes('Емтиханға енетін тақырыптар') && text.includes('Графтарды аралау'), text);
  assert.equal(await page.locator('.excerpt').getAttribute('lang'), 'kk');
  await page.getByRole('link', { name: 'CS-21-2', exact: true }).waitFor();
});

test('a file with three faults is accepted, sent and shown to the head with all three', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'SWT3301', 'CS-23-1');
  const input = page.locator('[data-programmes] input[type=file]');
  assert.equal(await answerTo(page, () => input.setInputFiles(programme(DRAFT, 'SWT3301 mixed up.docx')), '/documents'), 200);
  const mine = option(page, 'SWT3301 mixed up.docx');
  await mine.waitFor();
  const codes = ['discipline-not-named', 'method-part-missing', 'same-as-other-discipline'];
  assert.deepEqual(await remarks(mine), said(en, ...codes));
  const [opened] = await Promise.all([page.context().waitForEvent('page'), preview(mine).click()]);
  await opened.waitForURL(/\/preview$/u);
  assert.deepEqual(await remarks(opened.locator('main')), said(en, ...codes));
  await opened.getByText(en('remarks-never-block'), { exact: true }).waitFor();
  await opened.close();

  await pickRow(page, 'moodle-project');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  const head = await here.page('head');
  await visit(head, '/queue');
  const card = head.getByRole('article').filter({ hasText: 'SWT3301 mixed up.docx' });
  const told = (await card.locator('.tip').allTextContents()).map(text => text.replace(/\s+/gu, ' ').trim());
  for (const code of codes) assert.ok(told.includes(`${en('warning')}: ${en(`warn-${code}`)}`), `${code}: ${told}`);
  await preview(card).click();
  await head.waitForURL(/\/preview$/u);
  assert.deepEqual(await remarks(head.locator('main')), said(en, ...codes));
});

test('students see a document without remarks; people without access get 404', async () => {
  const instructor = await here.page('instructor');
  await visit(instructor, '/dossier');
  const path = await preview(instructor.getByRole('rowheader').filter({ hasText: '(жоба нұсқасы).docx' })).getAttribute('href');
  const student = await here.page('student');
  assert.equal((await student.request.get(path)).status(), 404, 'not theirs');
  await visit(student, '/exams');
  const theirs = await student.locator('a[href^="/documents/"]').first().getAttribute('href');
  await visit(student, `${theirs}/preview`);
  assert.equal(await student.locator('#remarks').count(), 0);
  assert.equal((await student.request.get('/documents/nonsense/preview')).status(), 404);
});
