// Each of the 14 rows of Table 1 in each language: chosen, sent, approved, and shown as it was chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROWS, fieldsOf, picked, rowOf } from '../support/catalogue.mjs';
import { programme } from '../support/files.mjs';
import { scene } from '../support/scene.mjs';
import { button, documents, examFields, expectState, info, line, offeringId, pickRow, visit } from '../support/screen.mjs';
import { LANGUAGES, words } from '../support/words.mjs';

const here = scene({ accounts: ['yurii.chernovikov', 'head.med.stom'] });
const MEDICAL = 'startexam-test';
const WITH_INFO = ['univer-oral', 'alt-cert'];
const EVERYBODYS = ROWS.filter(row => row.id !== MEDICAL);
const GROUPS = { kk: 'CS-25-1', ru: 'CS-25-2', en: 'CS-25-3' };
const PLACE = { discipline: 'PYT1104', teacher: 'instructor', head: 'head' };
const MEDICAL_PLACE = { discipline: 'STO3604', group: 'ST-23-1', teacher: 'yurii.chernovikov', head: 'head.med.stom' };

/** Opens pages for the instructor and the head of one offering, both in one language. */
async function around({ discipline, group, teacher, head }, lang) {
  const desk = { lang, w: words(lang), discipline, group, teacher: await here.page(teacher, { lang }), head: await here.page(head, { lang }) };
  await visit(desk.teacher, '/groups');
  desk.id = await offeringId(desk.teacher, discipline, group);
  return desk;
}

/** The instructor chooses a row, fills in the information that it asks for, and sends the choice. */
async function send(desk, row, typed) {
  const page = desk.teacher;
  await visit(page, `/choose?o=${desk.id}`);
  assert.equal(await page.locator('html').getAttribute('lang'), desk.lang);
  const label = await page.locator(`label[for="r-${row.id}"]`).innerText();
  for (const name of [row.names.form, row.names.type]) assert.ok(!name || label.includes(name[desk.lang]), `${label} names ${name?.[desk.lang]}`);
  await pickRow(page, row.id);
  assert.deepEqual(await examFields(page), fieldsOf(row.id), 'the fields say the same');
  const fields = await page.locator('input[name^="info_"]').evaluateAll(all => all.filter(one => one.checkVisibility()).map(one => one.name));
  assert.deepEqual([...new Set(fields)], WITH_INFO.includes(row.id) ? [`info_${row.id}`] : [], 'only the row that asks has a field');
  if (typed) await info(page, row.id).fill(typed);
  await button(page, desk.w('send')).click();
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, desk.discipline, desk.group, 'in-review', desk.w);
  const listed = await line(page, desk.discipline, desk.group).innerText();
  assert.ok(listed.includes(picked(row.id, desk.lang, typed)), `${listed} says ${picked(row.id, desk.lang, typed)}`);
}

/** The head approves the choice on the offering's page. */
async function approve(desk) {
  await visit(desk.head, `/offerings/${desk.id}`);
  await button(desk.head, desk.w('approve')).click();
  await desk.head.waitForURL(/\/queue\?done=/u);
}

/** The head reopens the choice, so that another row can be sent. */
async function reopen(desk, reason) {
  const { head: page, w } = desk;
  await visit(page, `/offerings/${desk.id}`);
  await page.locator('summary').getByText(w('reopen'), { exact: true }).click();
  await page.getByLabel(w('reopen-reason'), { exact: true }).fill(reason);
  await button(page, w('reopen')).click();
  await page.waitForURL(`/offerings/${desk.id}?did=reopened`);
}

/** Checks that the instructor sees the choice approved, with every part of the exam under its own name. */
async function readBack(desk, row, typed) {
  const { teacher: page, lang, w } = desk;
  await visit(page, `/offerings/${desk.id}`);
  assert.equal(await page.locator('.head .chip').innerText(), w('stage-approved'));
  const shown = Object.fromEntries(await page.locator('dl.sum > div').evaluateAll(all => all.map(one => [...one.children].map(part => part.textContent.trim()))));
  const parts = { platform: row.names.platform[lang], form: row.names.form[lang], type: row.names.type?.[lang], info: typed };
  for (const [part, text] of Object.entries(parts)) assert.equal(shown[w(`field-${part}`)], text, `${part} of ${row.id}`);
  assert.equal(await page.locator(`a[href="/choose?o=${desk.id}"]`).count(), 0, 'what is approved is not edited');
}

async function wholeWay(desk, row) {
  const typed = WITH_INFO.includes(row.id) ? 'Zoom, edX <b>№ 2</b> & «Әұ»' : undefined;
  await send(desk, row, typed);
  await approve(desk);
  await readBack(desk, row, typed);
  await reopen(desk, `${row.id}: ${desk.w('reopen-reason')}`);
}

test('the table has 14 rows, and two of them ask for information', () => {
  assert.equal(ROWS.length, 14);
  assert.deepEqual(ROWS.filter(row => row.info).map(row => row.id), WITH_INFO);
  assert.deepEqual(ROWS.filter(row => row.offered).map(row => row.id), [MEDICAL]);
});

/** Goes through all rows that every faculty is offered, one after another, for the group of one language. */
async function thirteen(t, lang) {
  const desk = await around({ ...PLACE, group: GROUPS[lang] }, lang);
  const { teacher: page, w } = desk;
  await visit(page, `/choose?o=${desk.id}`);
  const offered = await page.locator('input[name=rule]').evaluateAll(all => all.map(one => one.value));
  assert.deepEqual(offered, EVERYBODYS.map(row => row.id), 'in the order of the table');
  await page.getByText(w('not-offered-here', { n: 1 }), { exact: true }).click();
  await page.getByText(rowOf(MEDICAL).offered.reason[lang]).waitFor();
  for (const row of EVERYBODYS) await t.test(row.id, () => wholeWay(desk, row));
  await visit(page, '/groups');
  await expectState(page, desk.discipline, desk.group, 'returned', w);
}

/** Goes through the row that only the faculty of medicine is offered, with an instructor whose dossier is empty. */
async function fourteenth(lang) {
  const desk = await around(MEDICAL_PLACE, lang);
  const { teacher: page, w } = desk;
  await visit(page, `/choose?o=${desk.id}`);
  assert.equal(await page.locator('input[name=rule]').count(), 14);
  if (await documents(page).count() === 0) {
    await page.locator('input[type=file]').setInputFiles(programme('ISH4603-2026-autumn.pdf', 'STO3604 programme.pdf'));
    await page.locator('#choice').getByText(w('file-uploaded'), { exact: true }).waitFor();
  }
  // The only file of this term is selected whenever the form opens.
  await wholeWay(desk, rowOf(MEDICAL));
}

test('each row in each language', { concurrency: 2 }, async t => {
  const everybody = LANGUAGES.map(lang => t.test(`thirteen rows for every faculty, in ${lang}`, u => thirteen(u, lang)));
  const medicine = t.test('StartExam for medicine', async u => {
    for (const lang of LANGUAGES) await u.test(lang, () => fourteenth(lang));
  });
  await Promise.all([...everybody, medicine]);
});
