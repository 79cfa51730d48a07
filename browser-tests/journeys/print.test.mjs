// Printed pages: they need few sheets and contain no controls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { line, offeringId, visit } from '../support/screen.mjs';
import { LANGUAGES, words } from '../support/words.mjs';

const here = scene();
const A4 = [595, 842];

/** Returns the sizes of the sheets of the printed page, in points. */
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const count = [...pdf.matchAll(/\/Type\s*\/Page\b/gu)].length;
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]+)\]/gu)].map(([, box]) => box.trim().split(/\s+/u).slice(2).map(side => Math.round(Number(side))));
  assert.equal(sizes.length, count, 'each sheet has its own size');
  return sizes;
}

/** Returns the controls that would be visible on paper. */
const useless = page => page.evaluate(() => {
  const onPaper = one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const all = [...document.querySelectorAll('button, .btn, nav, select, textarea, input:not([type=hidden]), .skip, .bar')];
  return all.filter(onPaper).map(one => `${one.tagName.toLowerCase()} «${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 40)}»`);
});

for (const lang of LANGUAGES) {
  test(`the student’s exams are one sheet, in ${lang}`, async () => {
    const page = await here.page('student', { lang });
    await visit(page, '/exams');
    assert.equal(await page.getByRole('article').count(), 6);
    assert.deepEqual(await sheets(page), [A4]);
  });

  test(`progress by faculty with its figures is at most two sheets, in ${lang}`, async () => {
    const page = await here.page('registrar', { lang });
    await visit(page, '/progress');
    const sizes = await sheets(page);
    assert.ok(sizes.length <= 2, `${sizes.length} sheets`);
    assert.deepEqual(sizes[0], A4);
  });

  test(`the list of groups is at most two sheets, in ${lang}`, async () => {
    const page = await here.page('instructor', { lang });
    await visit(page, '/groups');
    assert.equal(await page.locator('details.guide').evaluate(one => one.open), false, 'the instructions are folded');
    const sizes = await sheets(page);
    assert.ok(sizes.length <= 2, `${sizes.length} sheets`);
    assert.deepEqual(sizes[0], A4);
  });
}

const PAPERS = [
  ['list', 'instructor', async page => visit(page, '/groups')],
  ['offering', 'instructor', async page => {
    await visit(page, '/groups');
    await visit(page, `/offerings/${await offeringId(page, 'OOP2203', 'CS-24-1')}`);
  }],
  ['dossier', 'instructor', async page => visit(page, '/dossier')],
  ['rules', 'instructor', async page => visit(page, '/catalogue/current')],
  ['queue', 'head', async page => visit(page, '/queue')],
  ['progress', 'registrar', async page => visit(page, '/progress')],
  ['groups of a department', 'registrar', async page => visit(page, '/progress?state=approved')],
  ['platforms', 'registrar', async page => visit(page, '/platforms')],
  ['order', 'registrar', async page => visit(page, '/orders')],
  ['exams', 'student', async page => visit(page, '/exams')],
];

for (const [name, who, open] of PAPERS) {
  test(`paper contains no controls: ${name}`, async () => {
    const page = await here.page(who, { lang: 'ru' });
    await open(page);
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual(await useless(page), []);
  });
}

test('the printed list shows every group with its exam and state, under column headings', async () => {
  const page = await here.page('instructor', { lang: 'en', viewport: { width: 390, height: 844 } });
  const w = words('en');
  await visit(page, '/groups');
  await page.emulateMedia({ media: 'print' });
  const row = line(page, 'OOP2203', 'CS-24-1');
  for (const text of ['CS-24-1', w('stage-approved')]) assert.ok(await row.getByText(text, { exact: true }).first().isVisible(), text);
  const heads = await page.locator('thead th').evaluateAll(all => all.filter(one => one.checkVisibility()).length);
  assert.ok(heads >= 4, 'the columns are named');
});
