// Programme documents: uploaded in the choice form, refused with a reason, stored once, readable for those who may see
// them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { picked } from '../support/catalogue.mjs';
import { file, half, lockedPdf, macroDocx, programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, documents, expectState, line, offeringId, pickRow, rule, visit } from '../support/screen.mjs';
import { LANGUAGES, en, words } from '../support/words.mjs';

const here = scene();
const SIZE_LIMIT = 20 * 1024 * 1024;
const PDF = 'PYT1104-2026-autumn.pdf';
const DOCX = 'ALG2201-2026-autumn-b.docx';

const box = page => page.locator('[data-programmes]');
const names = scope => scope.locator('.opt label b').allInnerTexts();
const chosen = scope => scope.locator('.opt').filter({ has: scope.page().locator('input:checked') }).locator('label').innerText();
const wrongs = w => [
  ['a picture called PDF', file('programme.pdf', '\x89PNG\r\n\x1a\n and so on', 'application/pdf'), w('refused-file-wrong-kind')],
  ['an old Word document', file('programme.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)])), w('refused-file-wrong-kind')],
  ['nothing', file('programme.pdf', '', 'application/pdf'), w('refused-file-empty')],
  ['half a PDF', half(PDF, 'half.pdf'), w('refused-file-damaged')],
  ['half a DOCX', half(DOCX, 'half.docx'), w('refused-file-damaged')],
  ['a PDF with a password', lockedPdf(PDF, 'locked.pdf'), w('refused-file-encrypted')],
  ['a DOCX with macros', macroDocx(DOCX, 'macros.docx'), w('refused-file-macros')],
];

async function openForm(page, discipline, group) {
  await visit(page, '/groups');
  const id = await offeringId(page, discipline, group);
  await visit(page, `/choose?o=${id}`);
  return id;
}

/** Selects a file, which uploads it; returns the status of the response. */
const upload = (page, one, scope = box(page)) => answerTo(page, () => scope.locator('input[type=file]').setInputFiles(one), '/documents');

test('a PDF and a DOCX are uploaded in the form, selected, and sent with the choice', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-1');
  const before = await names(box(page));
  await pickRow(page, 'moodle-project');
  for (const [source, name] of [[PDF, 'PYT1104 Емтихан «№ 1» 2026.pdf'], [DOCX, 'PYT1104 бағдарлама.docx']]) {
    assert.equal(await upload(page, programme(source, name, 'new')), 200);
    await box(page).locator('.opt').filter({ has: page.locator('input:checked'), hasText: name }).waitFor();
    await box(page).getByText(en('file-uploaded'), { exact: true }).waitFor();
    await page.locator('#live[role=status]').filter({ hasText: en('file-uploaded') }).waitFor({ state: 'attached' });
    assert.equal(await page.evaluate(() => document.activeElement.type), 'file', 'the focus stays at the place of uploading');
  }
  assert.deepEqual((await names(box(page))).sort(), [...before, 'PYT1104 Емтихан «№ 1» 2026.pdf', 'PYT1104 бағдарлама.docx'].sort());
  assert.ok(await rule(page, 'moodle-project').isChecked(), 'the rest of the form is untouched');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, 'PYT1104', 'CS-25-1', 'in-review');
  assert.ok((await line(page, 'PYT1104', 'CS-25-1').innerText()).includes(picked('moodle-project', 'en')));

  await visit(page, '/dossier');
  const row = page.getByRole('row').filter({ hasText: 'PYT1104 бағдарлама.docx' });
  await row.getByRole('link', { name: 'CS-25-1', exact: true }).waitFor();
  assert.ok((await row.innerText()).includes(en('stage-in-review')));
  const unused = page.getByRole('row').filter({ hasText: '«№ 1»' });
  assert.ok((await unused.innerText()).includes(en('not-used')));
});

test('a file over 20 MB is refused before anything is sent', async () => {
  const page = await here.page('instructor');
  let sent = 0;
  page.on('request', request => { if (request.method() === 'POST') sent += 1; });
  await openForm(page, 'PYT1104', 'CS-25-2');
  const before = await names(box(page));
  // The file is read from the disk, because Playwright would transfer its bytes as text.
  const folder = await mkdtemp(join(tmpdir(), 'emtihan-large-'));
  const large = join(folder, 'large.pdf');
  await writeFile(large, Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(SIZE_LIMIT)]));
  await box(page).locator('input[type=file]').setInputFiles(large);
  await box(page).locator('.err').getByText(en('refused-file-too-large'), { exact: true }).waitFor();
  assert.equal(sent, 0);
  assert.deepEqual(await names(box(page)), before);
  await rm(folder, { recursive: true });
});

for (const lang of LANGUAGES) {
  test(`a file that is not a programme is refused with a reason, and nothing else changes, in ${lang}`, async t => {
    const page = await here.page('instructor', { lang });
    await openForm(page, 'PYT1104', 'CS-25-2');
    await documents(page).nth(1).check();
    const before = [await names(box(page)), await chosen(box(page))];
    for (const [name, one, said] of wrongs(words(lang))) {
      await t.test(name, async () => {
        assert.equal(await upload(page, one), 422);
        await box(page).locator('.err').getByText(said, { exact: true }).waitFor();
        assert.deepEqual([await names(box(page)), await chosen(box(page))], before);
      });
    }
  });
}

test('a broken connection is reported, and the list is unchanged', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-2');
  const before = await names(box(page));
  await page.route('**/documents', route => route.abort());
  await box(page).locator('input[type=file]').setInputFiles(programme(PDF, 'lost.pdf', 'lost'));
  await box(page).locator('output').getByText(en('refused-file-cut-off'), { exact: true }).waitFor();
  assert.ok(!await box(page).locator('progress').isVisible());
  assert.deepEqual(await names(box(page)), before);
  // The same file can be uploaded again at once.
  await page.unroute('**/documents');
  assert.equal(await upload(page, programme(PDF, 'lost.pdf', 'lost')), 200);
});

test('the same bytes are recognised under any name', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-2');
  const before = await names(box(page));
  assert.equal(await upload(page, programme(PDF, 'under another name.pdf')), 200);
  const known = 'PYT1104 Python-да бағдарламалау 2026 күз.pdf';
  await box(page).getByText(en('file-was-there', { name: known }), { exact: true }).waitFor();
  assert.deepEqual(await names(box(page)), before, 'nothing is kept twice');
  assert.ok((await chosen(box(page))).startsWith(known), 'the document that was there is selected');
});

test('the same name with other bytes is the next version; both are stored', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'SWT3301', 'CS-23-1');
  await box(page).getByText(en('dossier-empty')).waitFor();
  const name = 'SWT3301 programme.docx';
  for (const mark of ['one', 'two']) assert.equal(await upload(page, programme(DOCX, name, mark)), 200);
  await box(page).locator('.opt').nth(1).waitFor();
  assert.deepEqual(await names(box(page)), [name, name]);
  assert.ok((await chosen(box(page))).includes(en('document-version', { n: 2 })), 'the newer one is selected');
  await pickRow(page, 'moodle-mix1');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);

  await visit(page, '/dossier');
  const rows = page.getByRole('row').filter({ hasText: name });
  const second = rows.filter({ hasText: en('document-version', { n: 2 }) });
  assert.equal(await rows.count(), 2);
  assert.equal(await second.count(), 1);
  await second.getByRole('link', { name: 'CS-23-1', exact: true }).waitFor();
  assert.equal(await rows.filter({ hasText: en('not-used') }).count(), 1, 'the first version is chosen nowhere');
});

test('a file can be dropped onto the form', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-3');
  const { buffer, mimeType, name } = programme(PDF, 'dropped.pdf', 'dropped');
  const transfer = await page.evaluateHandle(([bytes, type, called]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], called, { type }));
    return data;
  }, [buffer.toString('base64'), mimeType, name]);
  const drop = page.locator('[data-upload]');
  await drop.dispatchEvent('dragover', { dataTransfer: transfer });
  assert.match(await drop.getAttribute('class'), /\bover\b/u, 'it shows that it would take it');
  assert.equal(await answerTo(page, () => drop.dispatchEvent('drop', { dataTransfer: transfer }), '/documents'), 200);
  await box(page).locator('.opt').filter({ has: page.locator('input:checked'), hasText: 'dropped.pdf' }).waitFor();
});

test('in a form for two disciplines each dossier has its own name and selection', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  for (const [discipline, group] of [['PYT1104', 'CS-25-3'], ['DBS2202', 'CS-24-1']]) await line(page, discipline, group).getByRole('checkbox').check();
  await button(page, en('choose-for-selected')).click();
  await page.waitForURL(/\/choose/u);
  const headings = await box(page).getByRole('heading', { level: 3 }).allInnerTexts();
  assert.deepEqual([...headings].sort(), ['Database Systems', 'Programming in Python']);
  const [first, second] = headings.map(name => box(page).filter({ has: page.getByRole('radiogroup', { name: `${en('field-programme')}: ${name}` }) }));
  const other = await names(second);
  assert.equal(await upload(page, programme(PDF, 'for one of two.pdf', 'for one of two'), first), 200);
  await first.locator('.opt').filter({ has: page.locator('input:checked'), hasText: 'for one of two.pdf' }).waitFor();
  assert.deepEqual(await names(second), other, 'the other dossier is not touched');
  assert.deepEqual(await box(page).getByRole('heading', { level: 3 }).allInnerTexts(), headings, 'each still says whose it is');
});

test('the dossier’s page accepts files', async () => {
  const page = await here.page('instructor');
  await visit(page, '/dossier');
  const folder = page.locator('section').filter({ has: page.getByRole('heading', { name: /Object-Oriented Programming/u }) });
  const put = async one => {
    if (one) await folder.locator('input[type=file]').setInputFiles(one);
    await folder.locator('button').filter({ hasText: en('upload') }).click();
    await page.waitForURL(/\/dossier\?did=|\/documents$/u);
    const said = await page.locator('main [role=status], main .err').innerText();
    await visit(page, '/dossier');
    return said;
  };
  assert.equal(await put(programme(DOCX, 'OOP2203 new.docx', 'dossier')), en('file-uploaded'));
  await folder.getByRole('link', { name: 'OOP2203 new.docx' }).first().waitFor();
  assert.equal(await put(programme(DOCX, 'OOP2203 again.docx', 'dossier')), en('file-was-there-already'));
  const rows = await folder.getByRole('row').count();
  assert.equal(await put(file('picture.pdf', 'GIF89a')), en('refused-file-wrong-kind'));
  assert.equal(await put(undefined), en('refused-file-empty'));
  assert.equal(await folder.getByRole('row').count(), rows);
});

test('a download is an attachment with its own name, and scripts in it cannot run', async () => {
  const page = await here.page('instructor');
  await visit(page, '/dossier');
  const link = page.getByRole('link', { name: 'ALG2201 Алгоритмдер және деректер құрылымы 2026 күз (Үлгібекова).docx' }).first();
  const answer = await page.request.get(await link.getAttribute('href'));
  assert.equal(answer.status(), 200);
  const headers = answer.headers();
  assert.match(headers['content-disposition'], /^attachment; filename="programme\.docx"; filename\*=UTF-8''/u);
  assert.equal(decodeURIComponent(headers['content-disposition'].split("''")[1]), 'ALG2201 Алгоритмдер және деректер құрылымы 2026 күз (Үлгібекова).docx');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['content-security-policy'], /sandbox$/u);
  assert.ok((await answer.body()).equals(readFileSync(new URL(`../../demo/programmes/${DOCX}`, import.meta.url))), 'byte for byte');

  const student = await here.page('student');
  await visit(student, '/exams');
  const save = student.getByRole('link', { name: new RegExp(`^${en('download-programme')}`, 'u') }).first();
  const [download] = await Promise.all([student.waitForEvent('download'), save.click()]);
  assert.match(download.suggestedFilename(), /^[A-Z]{3}\d{4} .+\.(?:pdf|docx)$/u, 'the name that the instructor gave it');
  assert.equal(await download.failure(), null);
});

test('documents and offerings of another department answer with 404', async () => {
  const registrar = await here.page('registrar');
  const instructor = await here.page('instructor');
  const student = await here.page('student');
  // The registrar, who sees all departments, finds an approved exam of medicine and its document.
  await visit(registrar, '/progress?q=GM-25-04');
  const offering = await registrar.getByRole('link', { name: 'GM-25-04', exact: true }).first().getAttribute('href');
  await visit(registrar, offering);
  const document = (await registrar.locator('dl a[href^="/documents/"]').first().getAttribute('href')).split('?')[0];
  assert.equal((await registrar.request.get(document)).status(), 200);
  for (const path of [offering, document, `${document}?view=1`, `/choose?o=${offering.split('/').at(-1)}`]) {
    for (const page of [instructor, student]) {
      const answer = await page.request.get(path);
      assert.equal(answer.status(), 404, path);
      assert.ok(!(await answer.text()).includes('GM-25-04'), 'not even its name');
    }
  }
  // Instructors of other disciplines cannot upload into its dossier.
  await openForm(instructor, 'PYT1104', 'CS-25-3');
  const csrf = await instructor.locator('[data-upload]').getAttribute('data-csrf');
  const own = await instructor.locator('[data-upload]').getAttribute('data-discipline');
  const colleague = await here.page('colleague');
  await visit(colleague, '/dossier');
  const token = await colleague.locator('input[name=csrf]').first().getAttribute('value');
  const put = (page, fields) => page.request.post('/documents', {
    headers: { origin: here.demo.url },
    multipart: { ...fields, file: programme(PDF, 'strange.pdf', 'strange') },
    maxRedirects: 0,
  });
  assert.equal((await put(colleague, { csrf: token, discipline: own })).status(), 404, 'who does not teach it');
  // A form without a valid CSRF value is shown again and not carried out; the same form with a valid one is.
  const where = async fields => (await put(instructor, { ...fields, discipline: own })).headers().location;
  assert.equal(await where({ csrf: 'guess' }), '/restored-form');
  assert.equal(await where({ csrf }), '/dossier?did=uploaded');
});
