// Reports: the progress board from the university down to a group, its export as a file, orders, history, changed
// exams.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { BIN, settings } from '../support/demo.mjs';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, visit } from '../support/screen.mjs';
import { en, LANGUAGES, words } from '../support/words.mjs';

const here = scene();
const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const column = (page, key) => page.getByRole('columnheader', { name: en(key) });
const numbers = (page, place) => page.locator(`.sorts tbody tr td:nth-child(${place})`).evaluateAll(all => all.map(one => Number(one.textContent.replace(/\D/gu, ''))));

test('links lead from the university to a group, the worst units first, and the address contains the whole query', async () => {
  const page = await here.page('registrar', { javaScriptEnabled: false });
  await visit(page, '/progress');
  const unfinished = await numbers(page, 4);
  assert.ok(unfinished.length > 5);
  assert.deepEqual(unfinished, [...unfinished].sort((a, b) => b - a), 'the worst stands first');
  assert.equal(await column(page, 'unfinished').getAttribute('aria-sort'), 'descending');
  await column(page, 'faculty').getByRole('link').click();
  await page.waitForURL(/sort=name/u);
  assert.equal(await column(page, 'faculty').getAttribute('aria-sort'), 'ascending');
  await page.getByRole('link', { name: 'Faculty of Information Technologies', exact: true }).click();
  await heading(page, 'Faculty of Information Technologies');
  assert.match(page.url(), /sort=name/u);
  await page.getByRole('link', { name: 'Computer Science', exact: true }).click();
  await page.getByRole('caption').filter({ hasText: en('instructors') }).waitFor();
  const person = page.locator('.sorts').first().locator('tbody a').first();
  const name = await person.innerText();
  await person.click();
  await heading(page, name);
  const groups = page.locator('tbody a[href^="/offerings/"]');
  assert.ok(await groups.count() > 0);
  await page.getByRole('link', { name: 'Computer Science', exact: true }).click();
  await heading(page, 'Computer Science');
});

test('the curve of the days and the load of the platforms agree with the numbers of the board', async () => {
  for (const lang of LANGUAGES) {
    const [w, page] = [words(lang), await here.page('registrar', { lang })];
    await visit(page, '/progress');
    const tiles = await page.locator('.tile b').evaluateAll(all => all.map(one => Number(one.textContent)));
    const [approved, inReview, returned] = tiles;
    const days = page.getByRole('region', { name: w('by-day'), exact: true });
    await days.getByText(w('as-table'), { exact: true }).click();
    const rows = await days.locator('tbody tr').evaluateAll(all => all.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))));
    assert.ok(rows.length > 2);
    assert.deepEqual(rows.at(-1), [approved, approved + inReview + returned], 'the newest day');
    for (const [place, curve] of [['.ok', 0], ['.wait', 1]]) {
      const corners = (await days.locator(`polyline${place}`).getAttribute('points')).split(' ');
      assert.equal(corners.length, rows.length, 'a corner for each day');
      const heights = corners.map(corner => 200 - Number(corner.split(',')[1]));
      const total = tiles.reduce((sum, tile) => sum + tile, 0);
      assert.ok(heights.every((height, day) => Math.abs(height - rows[day][curve] * 200 / total) <= 1), 'drawn as counted');
    }
    const platforms = page.getByRole('region', { name: w('platforms'), exact: true });
    const exams = await platforms.locator('tbody td:nth-child(3)').evaluateAll(all => all.map(one => Number(one.textContent)));
    assert.equal(exams.reduce((sum, one) => sum + one, 0), approved + inReview);
    await page.locator('.tile').first().click();
    await page.waitForURL(/state=approved/u);
    assert.equal(await page.locator('.chart').count(), 0, 'a narrowed board shows the list alone');
  }
});

test('another term is selected once and stays selected through every link', async () => {
  const page = await here.page('dean');
  await visit(page, '/progress');
  const select = page.getByLabel(en('term'), { exact: true });
  const last = await select.locator('option').nth(1).getAttribute('value');
  await select.selectOption(last);
  await button(page, en('find')).click();
  await page.waitForURL(new RegExp(`term=${last}`, 'u'));
  await page.locator('.sorts tbody a').first().click();
  assert.match(page.url(), new RegExp(`term=${last}.*org=|org=.*term=${last}`, 'u'));
  await page.getByRole('link', { name: en('platforms'), exact: true }).click();
  await heading(page, en('platforms'));
  assert.match(page.url(), new RegExp(`term=${last}`, 'u'));
});

test('the list is exported as a file: with the same query, in the reader’s language', async () => {
  const page = await here.page('registrar', { lang: 'kk' });
  const kk = words('kk');
  await visit(page, '/progress?state=approved');
  const shown = Number((await page.locator('.tile[aria-current] b').innerText()).replace(/\D/gu, ''));
  const fetchFile = async name => page.request.get(await page.getByRole('link', { name, exact: true }).getAttribute('href'));
  const csv = await fetchFile('CSV');
  assert.match(csv.headers()['content-disposition'], /^attachment; filename="progress-[\w-]+\.csv"$/u);
  const lines = (await csv.text()).trimEnd().split('\r\n');
  assert.ok(lines[0].startsWith(`\u{feff}"${kk('faculty')}";"${kk('department')}";`));
  assert.equal(lines.length, shown + 1, 'all of them, not one page');
  assert.ok(lines.slice(1).every(line => line.includes(`"${kk('stage-approved')}"`)));
  const xlsx = await fetchFile('Excel (XLSX)');
  assert.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK');
});

test('a query is saved under a name, opened, replaced and removed, without a script', async () => {
  const page = await here.page('dean', { javaScriptEnabled: false });
  await visit(page, '/progress');
  assert.equal(await page.locator('summary', { hasText: en('save-filter') }).count(), 0, 'nothing is asked for');
  await page.locator('.tile').filter({ hasText: en('stage-returned') }).click();
  const save = async name => {
    await page.locator('summary', { hasText: en('save-filter') }).click();
    await page.getByLabel(en('filter-name'), { exact: true }).fill(name);
    return answerTo(page, () => button(page, en('save-filter')).click(), '/saved-filters');
  };
  assert.equal(await save('  '), 422);
  await page.locator('#e-name').getByText(en('refused-view-name-missing'), { exact: true }).waitFor();
  await page.getByLabel(en('filter-name'), { exact: true }).fill('Sent back');
  assert.equal(await answerTo(page, () => button(page, en('save-filter')).click(), '/saved-filters'), 303);
  await page.getByText(en('filter-saved'), { exact: true }).waitFor();
  assert.match(page.url(), /state=returned/u, 'the board stays as it was');

  const views = page.getByRole('navigation', { name: en('saved-filters'), exact: true });
  await visit(page, '/progress');
  await views.getByRole('link', { name: 'Sent back', exact: true }).click();
  await page.waitForURL(/\/progress\?state=returned$/u);
  assert.equal(await views.getByRole('link', { name: 'Sent back', exact: true }).getAttribute('aria-current'), 'page');
  await page.locator('.tile').filter({ hasText: en('stage-approved') }).click();
  assert.equal(await save('Sent back'), 303);
  await visit(page, '/progress');
  assert.equal(await views.getByRole('link').count(), 1);
  assert.equal(await views.getByRole('link').getAttribute('href'), '/progress?state=approved');

  const registrar = await here.page('registrar');
  await visit(registrar, '/progress');
  assert.equal(await registrar.getByText('Sent back').count(), 0, 'nobody else sees it');
  await page.locator('summary', { hasText: en('delete-filters') }).click();
  await buttonOf(page, en('delete-filter')).click();
  await page.getByText(en('filter-deleted'), { exact: true }).waitFor();
  assert.equal(await views.count(), 0);
});

/** Runs the command `emtihan verify --order` and returns its output. */
const verify = async fingerprint => {
  const env = { ...process.env, ...settings(here.demo.dir) };
  const { stdout } = await promisify(execFile)(BIN, ['verify', '--order', fingerprint], { env });
  return stdout;
};

test('an order is issued, printed on A4, verified by its fingerprint, and lists the changes since', async () => {
  const page = await here.page('registrar');
  await visit(page, '/orders');
  const unit = page.getByLabel(en('unit'), { exact: true });
  await unit.selectOption({ label: '– Computer Science' });
  await button(page, en('show')).click();
  await page.getByText(en('order-draft')).waitFor();
  assert.equal(await answerTo(page, () => button(page, en('order-issue')).click(), '/orders'), 303);
  await page.waitForURL(/\/orders\/[0-9a-f]{64}$/u);
  const fingerprint = page.url().split('/').at(-1);
  await page.getByText(en('since-nothing')).waitFor();
  await page.locator('article code').getByText(fingerprint, { exact: true }).waitFor();
  for (const lang of ['kk', 'ru', 'en']) {
    await visit(page, `/orders/${fingerprint}?lang=${lang}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]+)\]/gu)].map(([, box]) => box.trim().split(/\s+/u).slice(2).map(side => Math.round(Number(side))));
    assert.ok(sizes.length >= 1 && sizes.every(([width, height]) => width === 842 && height === 595), JSON.stringify(sizes));
  }
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('p.note').isVisible(), false);
  assert.equal(await page.locator('.signs p').count(), 3);
  await page.emulateMedia({ media: 'screen' });
  assert.match(await verify(fingerprint), /The order is valid: no\. 1 of its term[\s\S]*Nothing has changed since/u);

  const head = await here.page('head');
  await visit(head, '/queue');
  const first = head.getByRole('article').first();
  await buttonOf(first, en('approve')).click();
  await head.locator('.done').first().waitFor();
  await visit(page, `/orders/${fingerprint}`);
  await page.getByText(`${en('since-added')}:`).waitFor();
  assert.match(await verify(fingerprint), /Approved since, not in the order: \d/u);
  await assert.rejects(verify('00'.repeat(32)), /no order with this fingerprint/u);
});

test('readers of all data search the history by person and act', async () => {
  const page = await here.page('registrar');
  await visit(page, '/history');
  await page.getByLabel(en('what-happened'), { exact: true }).selectOption('order-issued');
  await button(page, en('find')).click();
  await page.waitForURL(/act=order-issued/u);
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.locator('tbody').getByRole('link', { name: en('orders'), exact: true }).click();
  await page.waitForURL(/\/orders\/[0-9a-f]{64}$/u);
  await visit(page, '/history');
  await page.getByRole('link', { name: new RegExp(`^${en('earlier')}`, 'u') }).click();
  await page.waitForURL(/before=/u);
  assert.ok(await page.locator('tbody tr').count() > 0);
  const head = await here.page('head');
  await visit(head, '/progress');
  assert.equal(await head.getByRole('link', { name: en('history-search'), exact: true }).count(), 0);
  await visit(head, '/history', 403);
});

test('the report of changes names the group, the change and the person', async () => {
  const page = await here.page('head');
  await visit(page, '/changes');
  await page.getByLabel(en('since'), { exact: true }).fill('2020-01-01');
  await button(page, en('show')).click();
  await page.waitForURL(/since=2020-01-01/u);
  assert.ok(await page.locator('tbody').getByText(en('change-approved'), { exact: true }).count() > 3);
  await page.locator('tbody a[href^="/offerings/"]').first().click();
  await page.waitForURL(/\/offerings\//u);
});
