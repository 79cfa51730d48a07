// The registrar imports a sheet of groups: previews the changes, corrects refused rows, applies the import, undoes it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const HEADER = 'семестр;кафедра;пән коды;пән атауы (қазақша);топ;студенттер саны;логин;оқытушы';
const GOOD = '2026-autumn;FIT-CS;NEW1101;Деректер ғылымы;CS-25-7;21;newcomer;Омар Самал Бекқызы';
const LIVE = '2026-autumn;FIT-CS;ALG2201;;CS-21-1;60;colleague;';
const BAD = '2026-autumn;FIT-CS;PYT1104;;CS-25-2;24 адам;instructor;';
const file = (...rows) => ({ name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from([HEADER, ...rows].join('\n')) });

async function look(page, what) {
  await visit(page, '/imports');
  await page.getByLabel(en('import-file'), { exact: true }).setInputFiles(what);
  await button(page, en('import-look')).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]+$/u);
}
const counts = async (page, kind) => page.getByRole('row', { name: en(`import-kind-${kind}`) }).first().getByRole('cell').allTextContents();

test('a file is previewed before it is applied, its refused row is corrected in the download, and the import is undone', async () => {
  const page = await here.page('registrar');
  await look(page, file(GOOD, LIVE, BAD));
  assert.deepEqual((await counts(page, 'offerings')).slice(0, 2), ['1', '1']);
  await page.getByText(en('import-not-a-number'), { exact: true }).waitFor();
  const danger = page.getByRole('region', { name: en('import-danger-choices') });
  assert.equal(await danger.locator('.plan > li').count(), 1, 'one line for the group');
  assert.equal(await danger.locator('.plan > li > ul > li').count(), 2, 'with both changes');
  // While rows are refused, records missing from the file cannot be deactivated.
  assert.equal(await page.locator('input[name=aside]').count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: en('import-refused-download') }).click()]);
  const refused = await readFile(await download.path(), 'utf8');
  assert.match(refused, /"24 адам".*whole number/u);
  // Changes of groups with a choice have to be confirmed.
  await page.locator('form[action$="/applying"] button').click();
  await page.getByText(en('import-danger-unconfirmed'), { exact: true }).waitFor();
  await page.locator('input[name=confirm]').check();
  await page.locator('form[action$="/applying"] button').click();
  await page.getByText(en('import-now-applied'), { exact: true }).waitFor();
  const applied = page.url();

  await look(page, { name: 'refused.csv', mimeType: 'text/csv', buffer: Buffer.from(refused.replace('24 адам', '24')) });
  assert.equal(await page.getByText(en('import-error-column'), { exact: true }).count(), 0);
  await look(page, file(GOOD, LIVE));
  await page.getByText(en('import-nothing-yet')).or(page.getByText(en('import-nothing'))).first().waitFor();
  assert.deepEqual((await counts(page, 'offerings')).slice(0, 2), ['0', '0']);

  const instructor = await here.page('colleague');
  await visit(instructor, '/groups');
  assert.ok(await instructor.getByText('CS-21-1').count() > 0);
  await page.goto(applied);
  await button(page, en('import-undo')).click();
  await page.getByText(en('import-now-undone'), { exact: true }).waitFor();
  await visit(instructor, '/groups');
  assert.equal(await instructor.getByText('CS-21-1', { exact: true }).count(), 0);
});

test('a file that is no roster is refused with a reason, and only the registrar may import', async () => {
  const page = await here.page('registrar');
  await visit(page, '/imports');
  assert.equal(await answerTo(page, () => button(page, en('import-look')).click(), '/imports'), 422);
  await page.getByLabel(en('import-file'), { exact: true }).setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\x03\x04') });
  assert.equal(await answerTo(page, () => button(page, en('import-look')).click(), '/imports'), 422);
  await page.locator('[data-error-summary]').getByText(en('import-archive-damaged')).waitFor();
  await visit(await here.page('instructor'), '/imports', 403);
});

test('an import works without a script', async () => {
  const page = await here.page('registrar', { javaScriptEnabled: false });
  await look(page, file(GOOD));
  await page.getByRole('checkbox').last().check();
  await page.locator('form[action$="/applying"] button').click();
  await page.getByText(en('import-now-applied'), { exact: true }).waitFor();
  await button(page, en('import-undo')).click();
  await page.getByText(en('import-now-undone'), { exact: true }).waitFor();
});
