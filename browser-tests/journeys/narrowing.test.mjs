// The three fields above the list of rows: they name the exam as the list does, and narrow it, in any order; and drafts
// that the script saves while typing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROWS, fieldsOf, picked, rowOf } from '../support/catalogue.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, documents, examField, examFields, expectState, info, line, offeringId, pickRow, rule, sendChoice, visit, suggestion } from '../support/screen.mjs';
import { LANGUAGES, beginning, en, words } from '../support/words.mjs';

const here = scene();
const field = (page, axis, w = en) => page.getByLabel(w(`field-${axis}`), { exact: true });
const listed = page => page.locator('input[name=rule]').evaluateAll(all => all.map(one => one.value));
const checked = page => page.locator('input[name=rule]:checked').evaluateAll(all => all.map(one => one.value));
const rowsWith = wanted => ROWS.filter(row => !row.offered && Object.entries(wanted).every(([axis, code]) => (row[axis] ?? 'none') === code)).map(row => row.id);
/** Returns the values of a narrowing field with their texts; the reason for which a value does not fit is in brackets. */
const values = async (page, axis, w) => Object.fromEntries(await field(page, axis, w).locator('option').evaluateAll(all => all.map(one => [
  one.value, one.textContent.trim() + (one.parentElement.label ? ` (${one.parentElement.label})` : ''),
])));

/** Selects a value as a keyboard user does, and checks that the field still has the focus afterwards. */
async function pick(page, axis, code, w = en) {
  const select = field(page, axis, w);
  await select.focus();
  const answer = page.waitForResponse(response => response.request().method() === 'POST' && new URL(response.url()).pathname === '/choose');
  await select.selectOption(code);
  assert.equal((await answer).status(), 200);
  await page.waitForFunction(([name, code]) => {
    const now = document.querySelector(`select[name="${name}"]`);
    return now.value === code && !document.querySelector('#rule').hasAttribute('aria-busy') && now === document.activeElement;
  }, [axis, code]);
}

/** Opens a page on which drafts are not saved, so that the test leaves no draft behind. */
async function sketch(wishes) {
  const page = await here.page('instructor', wishes);
  await page.route('**/drafts', route => route.abort());
  return page;
}

async function openForm(page, discipline, group) {
  await visit(page, '/groups');
  const id = await offeringId(page, discipline, group);
  await visit(page, `/choose?o=${id}`);
  return id;
}

const draftSaved = (page, w = en, lang = 'en') => page.locator('#saved').filter({ hasText: beginning(lang, 'draft-saved-at') }).waitFor();

for (const lang of LANGUAGES) {
  test(`form first, then platform, then type: excluded values name the field that excludes them, in ${lang}`, async () => {
    const w = words(lang);
    const page = await sketch({ lang });
    const name = (axis, code) => ROWS.find(row => row[axis] === code).names[axis][lang];
    const excluded = (axis, code, by) => `${name(axis, code)} (${w('value-excluded-by')}: ${by.map(other => w(`field-${other}`)).join(', ')})`;
    await openForm(page, 'PYT1104', 'CS-25-1');
    assert.equal((await listed(page)).length, 13);
    assert.equal(await page.locator('[data-narrow-go]').isVisible(), false, 'no button where the list narrows by itself');

    await pick(page, 'form', 'mixed', w);
    assert.deepEqual(await listed(page), rowsWith({ form: 'mixed' }));
    assert.deepEqual(await checked(page), [], 'three rows are left, none is meant');
    const platforms = await values(page, 'platform', w);
    assert.equal(platforms.moodle, name('platform', 'moodle'), 'leads on');
    assert.equal(platforms.univer, excluded('platform', 'univer', ['form']));
    assert.equal(platforms.startexam, `${name('platform', 'startexam')} (${w('value-not-offered')})`);
    const types = await values(page, 'type', w);
    assert.equal(types.essay, excluded('type', 'essay', ['form']));
    assert.equal(types.none, `${w('no-kind')} (${w('value-excluded-by')}: ${w('field-form')})`);

    await pick(page, 'platform', 'moodle', w);
    assert.deepEqual(await listed(page), rowsWith({ form: 'mixed', platform: 'moodle' }));

    const help = await here.page('instructor', { lang });
    await visit(help, '/help/moodle-mix2');
    const title = await help.getByRole('heading', { level: 1 }).innerText();

    await pick(page, 'type', 'mixed_2_miro', w);
    assert.deepEqual(await listed(page), ['moodle-mix2']);
    assert.deepEqual(await checked(page), ['moodle-mix2'], 'the only row left is selected');
    const guide = page.locator('#guide h2').first();
    await guide.and(page.getByText(title, { exact: true })).waitFor();
    // Once a row is selected, every field lists what fits the fields before it: each platform has its own forms.
    const forms = await values(page, 'form', w);
    assert.equal(forms.test, name('form', 'test'), 'the platform has this form');
    assert.equal(forms.oral, excluded('form', 'oral', ['platform']));
    assert.equal((await values(page, 'platform', w)).univer, name('platform', 'univer'));
    assert.equal((await values(page, 'type', w)).essay, excluded('type', 'essay', ['form']));

    await button(page, w('show-all')).click();
    await page.waitForURL('/choose');
    assert.equal((await listed(page)).length, 13);
    assert.deepEqual(await checked(page), ['moodle-mix2'], 'showing all takes nothing away');
    assert.deepEqual(await examFields(page), fieldsOf('moodle-mix2'), 'the fields show the selected row');
    assert.equal(await button(page, w('show-all')).count(), 0);
    assert.equal(await guide.innerText(), title, 'these are the row’s own instructions');
  });
}

test('any order leads to the same rows, and two quick changes both take effect', async () => {
  const page = await sketch();
  await openForm(page, 'PYT1104', 'CS-25-1');
  await pick(page, 'type', 'none');
  assert.deepEqual(await listed(page), rowsWith({ type: 'none' }));
  await pick(page, 'platform', 'univer');
  assert.deepEqual(await listed(page), ['univer-test', 'univer-oral']);
  await pick(page, 'type', '');
  assert.deepEqual(await listed(page), rowsWith({ platform: 'univer' }));

  await visit(page, page.url());
  await page.evaluate(() => {
    for (const [name, value] of [['platform', 'moodle'], ['form', 'test']]) {
      const select = document.querySelector(`select[name="${name}"]`);
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
  await rule(page, 'moodle-test').and(page.locator(':checked')).waitFor();
  assert.deepEqual(await listed(page), ['moodle-test']);
});

test('a value that excludes every row is explained in words, and can be reset', async () => {
  const page = await sketch();
  await openForm(page, 'PYT1104', 'CS-25-1');
  await pick(page, 'form', 'oral');
  assert.deepEqual(await checked(page), ['univer-oral']);
  await pick(page, 'platform', 'moodle');
  assert.deepEqual(await listed(page), []);
  await page.locator('#rule').getByText(en('nothing-fits')).waitFor();
  await pick(page, 'form', '');
  assert.deepEqual(await listed(page), rowsWith({ platform: 'moodle' }));
  assert.equal(await page.getByText(en('nothing-fits')).count(), 0);
});

test('the instructions change with the platform and with the row', async () => {
  const page = await sketch();
  await openForm(page, 'PYT1104', 'CS-25-1');
  const title = page.locator('#guide h2').first();
  assert.equal(await title.innerText(), en('guide'));
  const help = await here.page('instructor');
  for (const [deed, topic] of [
    [() => pick(page, 'platform', 'univer'), 'univer'],
    [() => pickRow(page, 'univer-oral'), 'univer-oral'],
    [() => pickRow(page, 'univer-test'), 'univer-test'],
    [() => pick(page, 'platform', 'oqylyq'), 'oqylyq-written'],
  ]) {
    await visit(help, `/help/${topic}`);
    const expected = await help.getByRole('heading', { level: 1 }).innerText();
    await deed();
    await title.filter({ hasText: expected }).waitFor();
  }
  assert.equal(await page.locator('main h1').count(), 1, 'the guide brings no second title');
});

test('typed information is preserved while the list narrows', async () => {
  const page = await sketch();
  await openForm(page, 'PYT1104', 'CS-25-1');
  await pickRow(page, 'univer-oral');
  await info(page, 'univer-oral').fill('MS Teams «ә»');
  await pick(page, 'form', 'oral');
  assert.deepEqual(await checked(page), ['univer-oral']);
  assert.equal(await info(page, 'univer-oral').inputValue(), 'MS Teams «ә»');
  await pick(page, 'form', '');
  assert.equal(await info(page, 'univer-oral').inputValue(), 'MS Teams «ә»');
  assert.ok(await info(page, 'univer-oral').isVisible());
});

test('the fields and the selected row always name the same exam', async () => {
  const page = await sketch();
  await openForm(page, 'PYT1104', 'CS-25-1');
  assert.deepEqual(await examFields(page), ['', '', '']);
  for (const row of ROWS.filter(one => !one.offered)) {
    await pickRow(page, row.id);
    assert.deepEqual(await examFields(page), fieldsOf(row.id), 'a selected row fills in the fields');
    assert.equal((await listed(page)).length, 13, 'and does not narrow the list');
  }
  // A changed field deselects a row that no longer fits; the fields before it stay if they can.
  const expectRow = async row => assert.deepEqual([await checked(page), await examFields(page)], [[row], fieldsOf(row)]);
  await pickRow(page, 'moodle-case');
  await pick(page, 'form', 'test');
  await expectRow('moodle-test');
  await pick(page, 'platform', 'univer');
  await expectRow('univer-test');
  await pick(page, 'form', '');
  assert.deepEqual(await listed(page), rowsWith({ platform: 'univer' }));
  await pick(page, 'form', 'written');
  await expectRow('univer-written');
  await visit(page, page.url());
  await pickRow(page, 'moodle-case');
  await pick(page, 'platform', 'univer');
  assert.deepEqual([await checked(page), await examFields(page)], [[], ['univer', '', '']]);
  assert.deepEqual(await listed(page), rowsWith({ platform: 'univer' }));
  await visit(page, page.url());
  await pickRow(page, 'moodle-case');
  await pick(page, 'type', 'essay');
  await expectRow('moodle-essay');
  await pick(page, 'form', 'test');
  assert.deepEqual([await checked(page), await listed(page)], [[], []], 'what the reader picked stays, also if nothing fits');
});

/** Opens a form whose list of rows needs longer than the reader to follow the fields. */
async function slowly(discipline, group) {
  const page = await sketch();
  await openForm(page, discipline, group);
  let release;
  const held = new Promise(resolve => { release = resolve; });
  await page.route('**/choose', async route => {
    await held;
    await route.continue().catch(() => {});
  });
  return { page, release };
}

/** Selects values without waiting for the list. */
async function fill(page, row) {
  for (const [index, axis] of ['platform', 'form', 'type'].entries()) await examField(page, axis).selectOption(fieldsOf(row)[index]);
}

test('what the fields say is sent, even if the list of rows has not followed them yet', async () => {
  for (const [before, wanted] of [[null, 'moodle-essay'], ['moodle-essay', 'moodle-case'], ['moodle-case', 'univer-test'], ['univer-test', 'moodle-mix1']]) {
    const { page, release } = await slowly('PYT1104', 'CS-25-3');
    if (before) assert.deepEqual(await examFields(page), fieldsOf(before), 'the form begins with what was chosen');
    await fill(page, wanted);
    assert.deepEqual(await checked(page), [wanted]);
    await sendChoice(page);
    await page.waitForURL(/\/groups\?sent=/u);
    assert.ok((await line(page, 'PYT1104', 'CS-25-3').innerText()).includes(picked(wanted, 'en')));
    release();
    await page.close();
  }
});

test('fields that are not all filled in yet never send the row of before', async () => {
  const { page, release } = await slowly('PYT1104', 'CS-25-3');
  await examField(page, 'platform').selectOption('univer');
  assert.deepEqual([await checked(page), await examFields(page)], [[], ['univer', '', '']]);
  assert.equal(await answerTo(page, () => button(page, en('send')).click(), '/choices'), 422);
  const missing = `${en('field-form')}, ${en('field-type')}`;
  await page.locator('#rule .err').getByText(en('rule-incomplete-fields', { fields: missing }), { exact: true }).waitFor();
  assert.deepEqual(await examFields(page), ['univer', '', ''], 'what was filled in is still there');
  release();
});

test('a row selected before the list has followed the fields stays selected', async () => {
  const { page, release } = await slowly('PYT1104', 'CS-25-1');
  await examField(page, 'form').selectOption('oral');
  await pickRow(page, 'moodle-project');
  release();
  await page.waitForTimeout(300);
  assert.deepEqual([await checked(page), await examFields(page)], [['moodle-project'], fieldsOf('moodle-project')]);
  assert.equal((await listed(page)).length, 13);
});

test('a draft is saved while typing and is restored after a reload', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-2');
  await pickRow(page, 'alt-cert');
  await suggestion(page, 'alt-cert', 'Stepik').check();
  await info(page, 'alt-cert').fill('«Қазақ тілі»');
  await draftSaved(page);
  assert.match(await page.locator('#saved').innerText(), /\d\d:\d\d/u, 'it says when');
  await page.reload();
  assert.ok(await rule(page, 'alt-cert').isChecked());
  assert.equal(await info(page, 'alt-cert').inputValue(), '«Қазақ тілі»');
  assert.ok(await suggestion(page, 'alt-cert', 'Stepik').isChecked());
  await visit(page, '/groups');
  await expectState(page, 'PYT1104', 'CS-25-2', 'draft');
  assert.equal(await line(page, 'PYT1104', 'CS-25-2').getByRole('link', { name: en('edit') }).count(), 1);
});

test('a draft with only a programme is saved, or the page does not mention it', async () => {
  const page = await here.page('instructor');
  const id = await openForm(page, 'PYT1104', 'CS-25-1');
  assert.ok(await documents(page).first().isChecked(), 'the only file of this term');
  const saved = page.waitForResponse(response => new URL(response.url()).pathname === '/drafts');
  await documents(page).nth(1).check();
  const said = await (await saved).text();
  await visit(page, `/choose?o=${id}`);
  if (said) assert.ok(await documents(page).nth(1).isChecked(), `«${said}», but it is not`);
});

test('a row that narrowing selected is saved in the draft', async () => {
  const page = await here.page('instructor');
  await openForm(page, 'PYT1104', 'CS-25-3');
  await pick(page, 'type', 'creative_task');
  await draftSaved(page);
  await page.reload();
  assert.deepEqual(await checked(page), ['moodle-creative']);
  assert.equal((await listed(page)).length, 13, 'what narrowed the list is not kept');
});

test('leaving the form at once loses nothing', async () => {
  const page = await here.page('instructor');
  const id = await openForm(page, 'SWT3301', 'CS-23-1');
  await pickRow(page, 'univer-oral');
  await info(page, 'univer-oral').fill('Zoom');
  await page.getByRole('link', { name: en('cancel'), exact: true }).click();
  await page.waitForURL('/groups');
  // The draft is saved while the next page is already opening.
  for (let tries = 0; tries < 20; tries += 1) {
    await visit(page, `/choose?o=${id}`);
    if ((await checked(page)).length > 0) break;
  }
  assert.deepEqual(await checked(page), ['univer-oral']);
  assert.equal(await info(page, 'univer-oral').inputValue(), 'Zoom');
});

test('a draft is visible only to its author, and sending deletes it', async () => {
  const page = await here.page('instructor');
  const head = await here.page('head');
  const id = await openForm(page, 'PYT1104', 'CS-25-2');
  await visit(head, `/offerings/${id}`);
  assert.equal((await head.locator('main').innerText()).includes(rowOf('alt-cert').names.form.en), false, 'the head does not see it');
  await pickRow(page, 'moodle-essay');
  await button(page, en('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, 'PYT1104', 'CS-25-2', 'in-review');
  assert.equal(await line(page, 'PYT1104', 'CS-25-2').getByText(en('stage-draft'), { exact: true }).count(), 0);
  await visit(page, `/choose?o=${id}`);
  assert.deepEqual(await checked(page), ['moodle-essay']);
});
