// The site without scripts: every task can be done, and no submitted value or file is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, picked, rowOf } from '../support/catalogue.mjs';
import { PASSWORD } from '../support/demo.mjs';
import { programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, block, button, buttonOf, card, documents, examField, examFields, expectState, info, line, offeringId, pickRow, rule, signOut, visit, suggestion } from '../support/screen.mjs';
import { en, words } from '../support/words.mjs';

/** A frequent reason for returning that every installation begins with. */
const NO_INSTRUCTIONS = 'The programme has no exam instructions';
const here = scene();
const PLAIN = { javaScriptEnabled: false };
const NEED = 'Algorithms and Data Structures, CS-21-2';
const listed = page => page.locator('input[name=rule]').evaluateAll(all => all.map(one => one.value));
const chosen = async page => {
  const marked = page.locator('.programmes .opt').filter({ has: page.locator('input:checked') });
  return await marked.count() ? (await marked.locator('label b').innerText()) : undefined;
};

/** Presses a button that loads a page, and waits until the page is loaded. */
const press = (page, name) => Promise.all([page.waitForEvent('load'), button(page, name).click()]);

async function openForm(page, discipline, group) {
  await visit(page, '/groups');
  await line(page, discipline, group).locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
}

test('signing in and out without a script', async () => {
  const page = await (await here.visitor(PLAIN)).newPage();
  await visit(page, '/');
  assert.equal(await page.locator('.js-only').evaluateAll(all => all.filter(one => one.checkVisibility()).length), 0, 'nothing offers what only a script can do');
  await page.getByLabel(en('username'), { exact: true }).fill('instructor');
  await page.getByLabel(en('password'), { exact: true }).fill('not it');
  assert.equal(await answerTo(page, () => button(page, en('sign-in')).click(), '/sign-in'), 401);
  await page.getByRole('alert').getByText(en('wrong-sign-in')).waitFor();
  assert.equal(await page.getByLabel(en('username'), { exact: true }).inputValue(), 'instructor');
  await page.getByLabel(en('password'), { exact: true }).fill(PASSWORD);
  await button(page, en('sign-in')).click();
  await page.waitForURL('/groups');
  await signOut(page, words('kk'));
  await page.waitForURL('/sign-in');
});

test('the three fields narrow the list with a button, in any order', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-1');
  assert.equal((await listed(page)).length, 13);
  await page.getByLabel(en('field-form'), { exact: true }).selectOption('written');
  await press(page, en('narrow'));
  assert.deepEqual(await listed(page), ['oqylyq-written', 'univer-written', 'moodle-project', 'moodle-case', 'moodle-essay', 'moodle-creative']);
  await page.getByLabel(en('field-platform'), { exact: true }).selectOption('moodle');
  await press(page, en('narrow'));
  assert.deepEqual(await listed(page), ['moodle-project', 'moodle-case', 'moodle-essay', 'moodle-creative']);
  assert.equal(await page.locator('input[name=rule]:checked').count(), 0);
  await page.getByLabel(en('field-type'), { exact: true }).selectOption('essay');
  await press(page, en('narrow'));
  assert.deepEqual(await listed(page), ['moodle-essay']);
  assert.ok(await rule(page, 'moodle-essay').isChecked(), 'the only row left is selected');
  assert.equal(await page.locator('#guide h2').innerText(), await guideTitle('moodle-essay'));
  await press(page, en('show-all'));
  assert.equal((await listed(page)).length, 13);
  assert.ok(await rule(page, 'moodle-essay').isChecked(), 'showing all takes nothing away');
});

/** Fills in the three fields with the values of a row. */
async function fill(page, row) {
  for (const [index, axis] of ['platform', 'form', 'type'].entries()) await examField(page, axis).selectOption(fieldsOf(row)[index]);
}

test('three filled fields are the choice, and a contradiction with the list is refused', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-3');
  await fill(page, 'moodle-case');
  assert.equal(await page.locator('input[name=rule]:checked').count(), 0);
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  assert.ok((await line(page, 'PYT1104', 'CS-25-3').innerText()).includes(picked('moodle-case', 'en')));

  await openForm(page, 'PYT1104', 'CS-25-3');
  await fill(page, 'moodle-essay');
  for (const [name, path] of [['send', '/choices'], ['save-draft', '/drafts']]) {
    assert.equal(await answerTo(page, () => button(page, en(name)).click(), path), 422);
    const [fields, row] = ['moodle-essay', 'moodle-case'].map(id => picked(id, 'en'));
    await page.locator('#rule .err').getByText(en('rule-contradicted-fields', { fields, row }), { exact: true }).waitFor();
    assert.deepEqual(await examFields(page), fieldsOf('moodle-essay'));
    assert.ok(await rule(page, 'moodle-case').isChecked(), 'both are still there');
  }
  await visit(page, '/groups');
  assert.ok((await line(page, 'PYT1104', 'CS-25-3').innerText()).includes(picked('moodle-case', 'en')), 'nothing was stored');

  // The list is enough to change a choice.
  await openForm(page, 'PYT1104', 'CS-25-3');
  await pickRow(page, 'univer-test');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  assert.ok((await line(page, 'PYT1104', 'CS-25-3').innerText()).includes(picked('univer-test', 'en')));
});

/** Returns the title of the instructions on a row, from their own page. */
async function guideTitle(topic) {
  const page = await here.page('instructor', PLAIN);
  await visit(page, `/help/${topic}`);
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await page.close();
  return title;
}

test('a row that asks for information shows its field, by the style sheet alone', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-1');
  for (const [row, field] of [['univer-oral', 'univer-oral'], ['alt-cert', 'alt-cert'], ['moodle-test', undefined]]) {
    await pickRow(page, row);
    for (const id of ['univer-oral', 'alt-cert']) assert.equal(await info(page, id).isVisible(), id === field, `${id} while ${row} is chosen`);
  }
});

test('a rejected form contains all submitted values and the attached file', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-1');
  const before = await documents(page).count();
  await pickRow(page, 'univer-oral');
  await page.locator('input[type=file]').setInputFiles(programme('PYT1104-2026-autumn.pdf', 'Емтихан «жаңа» 2026.pdf', 'without scripts'));
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/choices'), 422);

  const prompt = rowOf('univer-oral').info.prompt.en;
  const summary = page.getByRole('alert').filter({ hasText: en('error-title') });
  await summary.getByRole('link', { name: prompt }).waitFor();
  assert.ok((await page.title()).startsWith(en('error-prefix')), 'the title says it too');
  assert.ok(await rule(page, 'univer-oral').isChecked());
  const field = info(page, 'univer-oral');
  assert.ok(await field.isVisible());
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const described = (await field.getAttribute('aria-describedby')).split(' ');
  assert.ok(described.includes('e-univer-oral'));
  assert.equal(await page.locator('#e-univer-oral').innerText(), prompt, 'the same words beside the field');
  assert.equal(await documents(page).count(), before + 1, 'the file is kept');
  assert.equal(await chosen(page), 'Емтихан «жаңа» 2026.pdf', 'and selected');
  // The link in the error summary leads to the field.
  await summary.getByRole('link', { name: prompt }).click();
  assert.equal(new URL(page.url()).hash, '#i-univer-oral');

  await field.fill('BigBlueButton');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  const sent = await page.getByRole('status').innerText();
  for (const part of [en('sent-done'), 'CS-25-1', picked('univer-oral', 'en', 'BigBlueButton'), 'Емтихан «жаңа» 2026.pdf']) assert.ok(sent.includes(part), `${sent} names ${part}`);
  await expectState(page, 'PYT1104', 'CS-25-1', 'in-review');
  const said = await line(page, 'PYT1104', 'CS-25-1').innerText();
  assert.ok(said.includes(picked('univer-oral', 'en', 'BigBlueButton')), said);
  await visit(page, '/dossier');
  const used = page.locator('tr').filter({ hasText: 'Емтихан «жаңа» 2026.pdf' });
  await used.getByRole('link', { name: 'CS-25-1', exact: true }).waitFor();
});

test('a sent choice can be taken back', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-2');
  await pickRow(page, 'moodle-test');
  await documents(page).first().check();
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await button(page.getByRole('status'), en('undo')).click();
  await page.waitForURL('/groups?did=withdrawn');
  await page.getByRole('status').getByText(en('withdrawn')).waitFor();
  await expectState(page, 'PYT1104', 'CS-25-2', 'draft');
  await openForm(page, 'PYT1104', 'CS-25-2');
  assert.ok(await rule(page, 'moodle-test').isChecked(), 'what was chosen stays as a draft');
});

test('a rejected file is named, and all other values are preserved', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'PYT1104', 'CS-25-2');
  await pickRow(page, 'alt-cert');
  await info(page, 'alt-cert').fill('Stepik');
  await documents(page).nth(1).check();
  const before = await chosen(page);
  await page.locator('input[type=file]').setInputFiles({ name: 'programme.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a PDF at all') });
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/choices'), 422);
  await page.getByRole('alert').getByRole('link', { name: en('refused-file-wrong-kind') }).waitFor();
  await page.locator('.programmes').getByText(en('refused-file-wrong-kind')).waitFor();
  assert.ok(await suggestion(page, 'alt-cert', 'Stepik').isChecked(), 'a typed suggestion is shown as its tick');
  assert.equal(await chosen(page), before);
});

test('a draft is saved with a button', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'SWT3301', 'CS-23-1');
  await pickRow(page, 'univer-oral');
  await info(page, 'univer-oral').fill('Zoom');
  await button(page, en('save-draft')).click();
  await page.waitForURL('/groups?did=draft');
  await page.getByRole('status').getByText(en('draft-saved')).waitFor();
  await expectState(page, 'SWT3301', 'CS-23-1', 'draft');
  await openForm(page, 'SWT3301', 'CS-23-1');
  assert.ok(await rule(page, 'univer-oral').isChecked());
  assert.equal(await info(page, 'univer-oral').inputValue(), 'Zoom');
});

test('a draft contains the attached file', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'SWT3301', 'CS-23-1');
  await page.locator('input[type=file]').setInputFiles(programme('PYT1104-2026-autumn.pdf', 'SWT3301 programme.pdf'));
  await button(page, en('save-draft')).click();
  await page.waitForURL('/groups?did=draft');
  await openForm(page, 'SWT3301', 'CS-23-1');
  assert.equal(await chosen(page), 'SWT3301 programme.pdf', 'nobody picks a file twice');
});

test('narrowing and changing the language preserve the attached file', async () => {
  const page = await here.page('instructor', PLAIN);
  for (const [name, deed] of [['narrow', en('narrow')], ['language', 'Русский']]) {
    await openForm(page, 'DBS2202', 'CS-24-1');
    await page.locator('input[type=file]').setInputFiles(programme('DBS2202-2026-autumn.pdf', `DBS2202 ${name}.pdf`, name));
    await press(page, deed);
    assert.equal(await chosen(page), `DBS2202 ${name}.pdf`, name);
    await page.context().addCookies([{ name: 'lang', value: 'en', url: here.demo.url }]);
  }
});

test('several groups are ticked and chosen for at once', async () => {
  const page = await here.page('instructor', PLAIN);
  await visit(page, '/groups');
  for (const group of ['CS-25-2', 'CS-25-3']) await line(page, 'PYT1104', group).getByRole('checkbox').check();
  await button(page, en('choose-for-selected')).click();
  await page.waitForURL(/\/choose\?/u);
  const ticked = await page.locator('#groups input:checked').evaluateAll(all => all.map(one => one.labels[0].querySelector('strong').textContent));
  assert.deepEqual(ticked, ['CS-25-2', 'CS-25-3']);
  await pickRow(page, 'moodle-case');
  await documents(page).first().check();
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  for (const group of ticked) {
    await expectState(page, 'PYT1104', group, 'in-review');
    assert.ok((await line(page, 'PYT1104', group).innerText()).includes(picked('moodle-case', 'en')));
  }
});

test('the language can be changed in the form, and typed values are preserved', async () => {
  const page = await here.page('instructor', PLAIN);
  await openForm(page, 'DBS2202', 'CS-24-1');
  await pickRow(page, 'alt-cert');
  await info(page, 'alt-cert').fill('edX, Әл-Фараби «ұ»');
  await documents(page).nth(1).check();
  const document = await chosen(page);
  for (const [name, lang] of [['Қазақша', 'kk'], ['Русский', 'ru'], ['English', 'en']]) {
    await press(page, name);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await button(page, words(lang)('send')).waitFor();
    assert.ok(await rule(page, 'alt-cert').isChecked(), `the row in ${lang}`);
    assert.equal(await info(page, 'alt-cert').inputValue(), 'Әл-Фараби «ұ»', `the text in ${lang}`);
    assert.ok(await suggestion(page, 'alt-cert', 'edX').isChecked(), `the tick in ${lang}`);
    assert.equal(await chosen(page), document, `the programme in ${lang}`);
    assert.equal(await page.locator('#groups input:checked').count(), 1, `the group in ${lang}`);
  }
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  assert.ok((await line(page, 'DBS2202', 'CS-24-1').innerText()).includes(picked('alt-cert', 'en', 'edX, Әл-Фараби «ұ»')));
});

test('the head returns with a suggested reason, and not without any', async () => {
  const page = await here.page('head', PLAIN);
  await visit(page, '/queue');
  const open = async () => card(page, NEED).locator('summary').click();
  const go = () => buttonOf(card(page, NEED), en('return-with-reason')).click();
  await open();
  assert.equal(await answerTo(page, go, '/returns'), 422);
  await page.getByRole('alert').getByText(en('refused-reason-missing')).waitFor();
  const field = card(page, NEED).getByLabel(en('return-reason'), { exact: true });
  assert.ok(await field.isVisible(), 'the place for the reason is open');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.equal(await page.getByRole('article').locator('textarea:visible').count(), 1, 'and no other');

  await card(page, NEED).getByLabel(NO_INSTRUCTIONS, { exact: true }).check();
  await go();
  await page.waitForURL(/\/queue\?done=/u);
  assert.equal(await card(page, NEED).count(), 0);
  const colleague = await here.page('colleague', PLAIN);
  await visit(colleague, '/groups');
  await expectState(colleague, 'ALG2201', 'CS-21-2', 'returned');
  assert.ok((await line(colleague, 'ALG2201', 'CS-21-2').innerText()).includes(`“${NO_INSTRUCTIONS}”`));

  // The return can be undone.
  await button(page.locator('.done').filter({ hasText: 'CS-21-2' }), en('undo')).click();
  await card(page, NEED).waitFor();
});

test('the head approves all unchanged choices in one press', async () => {
  const page = await here.page('head', PLAIN);
  await visit(page, '/queue');
  const all = page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${en('queue-clean')}`, 'u') }) });
  for (const choice of await all.locator('.deal').all()) assert.ok(await choice.isVisible(), 'what is approved is on the page');
  await buttonOf(all, '✓').click();
  await page.waitForURL(/\/queue\?done=/u);
  assert.equal(await all.count(), 0);
  const instructor = await here.page('instructor', PLAIN);
  await visit(instructor, '/groups');
  await expectState(instructor, 'OOP2203', 'CS-24-3', 'approved');
  assert.equal(await block(instructor, 'OOP2203').getByRole('checkbox').count(), 0);
});

for (const [who, discipline, group] of [['registrar', 'OOP2203', 'CS-24-1'], ['head', 'ALG2201', 'CS-21-1']]) {
  test(`reopening needs a reason, and shows the error beside its field: ${who}`, async () => {
    const instructor = await here.page('instructor', PLAIN);
    await visit(instructor, '/groups');
    const page = await here.page(who, PLAIN);
    await visit(page, `/offerings/${await offeringId(instructor, discipline, group)}`);
    await page.locator('summary').getByText(en('reopen'), { exact: true }).click();
    assert.equal(await answerTo(page, () => button(page, en('reopen')).click(), '/reopenings'), 422);
    const summary = page.getByRole('alert').filter({ hasText: en('refused-reason-missing') });
    await summary.waitFor();
    const field = page.getByLabel(en('reopen-reason'), { exact: true });
    assert.equal(await field.count(), 1, 'there is still a place for the reason');
    assert.ok(await field.isVisible());
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await summary.getByRole('link').getAttribute('href'), `#${await field.getAttribute('id')}`, 'the summary leads to it');
    await field.fill('The platform is closed on that day');
    await button(page, en('reopen')).click();
    await page.waitForURL(/\/offerings\/.*\?did=reopened/u);
    await visit(instructor, '/groups');
    await expectState(instructor, discipline, group, 'returned');
  });
}
