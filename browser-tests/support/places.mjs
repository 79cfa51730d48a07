// Every page and every important state of a page, for checks that go through all of them.
import { block, button, buttonOf, info, line, pickRow, sendChoice, startingWith } from './screen.mjs';
import { words } from './words.mjs';

/** Opens a path. No further waiting is needed, because pages are complete when they are loaded. */
const at = path => async page => { await page.goto(path); };

const openForm = async (page, discipline, group) => {
  await page.goto('/groups');
  await line(page, discipline, group).locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
};
/** Opens the registrar's draft of the catalogue, creates one if there is none, and returns its path. */
const openDraft = async (page, w) => {
  await page.goto('/catalogue');
  const known = page.locator('a[href^="/catalogue/drafts/"]').first();
  if (await known.count()) await known.click();
  else await button(page, w('catalogue-begin', { n: 1 })).click();
  await page.waitForURL(/\/catalogue\/drafts\//u);
  return new URL(page.url()).pathname;
};
const summary = page => page.locator('[data-error-summary]').waitFor();

/**
 * Each place: its name, the username of the person who opens it (none for a visitor), and a function that opens it with
 * the texts `w`. Some of these functions change data, so going through all places needs a new demo.
 */
export const PLACES = [
  ['sign-in', null, at('/sign-in')],
  ['sign-in-wrong', null, async (page, w) => {
    await page.goto('/sign-in');
    await page.getByLabel(w('username'), { exact: true }).fill('nobody');
    await page.getByLabel(w('password'), { exact: true }).fill('guess');
    await button(page, w('sign-in')).click();
    await summary(page);
  }],
  ['groups', 'instructor', at('/groups')],
  ['groups-ticked', 'instructor', async page => {
    await page.goto('/groups');
    await page.locator('input[type=checkbox][name=o]').first().check();
  }],
  ['choose', 'instructor', page => openForm(page, 'PYT1104', 'CS-25-1')],
  ['choose-picked', 'instructor', async page => {
    await openForm(page, 'PYT1104', 'CS-25-1');
    await pickRow(page, 'univer-oral');
    await info(page, 'univer-oral').waitFor();
  }],
  ['choose-errors', 'instructor', async (page, w) => {
    await openForm(page, 'SWT3301', 'CS-23-1');
    await sendChoice(page, w);
    await summary(page);
  }],
  ['choose-info-missing', 'instructor', async (page, w) => {
    await openForm(page, 'PYT1104', 'CS-25-1');
    await pickRow(page, 'alt-cert');
    await sendChoice(page, w);
    await summary(page);
  }],
  ['choose-all-groups', 'instructor', async page => {
    await page.goto('/groups');
    await block(page, 'PYT1104').locator('a[href*="discipline="]').click();
    await page.waitForURL(/\/choose/u);
  }],
  ['choose-bulk', 'instructor', async (page, w) => {
    await page.goto('/groups');
    for (const [discipline, group] of [['PYT1104', 'CS-25-1'], ['SWT3301', 'CS-23-1'], ['DBS2202', 'CS-24-1']]) {
      await line(page, discipline, group).getByRole('checkbox').check();
    }
    await button(page, w('choose-for-selected')).click();
    await page.waitForURL(/\/choose/u);
  }],
  ['choose-narrowed', 'instructor', async page => {
    await openForm(page, 'PYT1104', 'CS-25-1');
    await page.goto(`${page.url()}&platform=moodle&form=written`);
  }],
  ['choose-conflict', 'instructor', async (page, w) => {
    await openForm(page, 'PYT1104', 'CS-25-3');
    const elsewhere = await page.context().newPage();
    await openForm(elsewhere, 'PYT1104', 'CS-25-3');
    await pickRow(elsewhere, 'moodle-case');
    await sendChoice(elsewhere, w);
    await elsewhere.waitForURL(/\/groups/u);
    await elsewhere.close();
    await pickRow(page, 'oqylyq-written');
    await sendChoice(page, w);
    await summary(page);
  }],
  ['groups-sent', 'instructor', async (page, w) => {
    await openForm(page, 'PYT1104', 'CS-25-2');
    await pickRow(page, 'moodle-essay');
    await sendChoice(page, w);
    await page.waitForURL(/sent=/u);
  }],
  ['offering', 'instructor', async page => {
    await page.goto('/groups');
    await line(page, 'ALG2201', 'CS-21-1').getByRole('link', { name: 'CS-21-1', exact: true }).click();
    await page.locator('main details summary').first().click();
  }],
  ['offering-returned', 'instructor', async page => {
    await page.goto('/groups');
    await line(page, 'DBS2202', 'CS-24-1').getByRole('link', { name: 'CS-24-1', exact: true }).click();
    await page.waitForURL(/\/offerings/u);
  }],
  ['dossier', 'instructor', at('/dossier')],
  ['queue', 'head', at('/queue')],
  ['queue-open', 'head', async page => {
    await page.goto('/queue');
    for (const details of await page.locator('main details').all()) await details.evaluate(one => { one.open = true; });
    await page.locator('input[data-pick]').first().check();
  }],
  ['queue-no-reason', 'head', async (page, w) => {
    await page.goto('/queue');
    const first = page.getByRole('article').first();
    await first.locator('summary').click();
    await buttonOf(first, w('return-with-reason')).click();
    await page.locator('[data-error-summary]').waitFor();
  }],
  ['queue-done', 'head', async (page, w) => {
    await page.goto('/queue');
    await buttonOf(page.getByRole('article').first(), w('approve')).click();
    await page.locator('.done').first().waitFor();
  }],
  ['phrases', 'head', at('/phrases')],
  ['phrases-missing', 'registrar', async (page, w) => {
    await page.goto('/phrases');
    await page.locator('#kk').fill('Сілтеме ескірген');
    await button(page, w('save')).click();
    await summary(page);
  }],
  ['extension-requests', 'head', at('/extension-requests')],
  ['offering-to-decide', 'deputy', async page => {
    await page.goto('/queue');
    await page.getByRole('article').locator('a[href^="/offerings/"]').first().click();
    await page.waitForURL(/\/offerings/u);
  }],
  ['rules', 'instructor', at('/catalogue/current')],
  ['help', 'instructor', at('/help')],
  ['help-platform', 'instructor', at('/help/moodle')],
  ['help-row', 'instructor', at('/help/univer-oral')],
  ['progress', 'registrar', at('/progress')],
  ['progress-faculty', 'registrar', async page => {
    await page.goto('/progress');
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL(/org=/u);
  }],
  ['progress-department', 'registrar', async page => {
    for (const path of ['/progress', null]) {
      if (path) await page.goto(path);
      const before = page.url();
      await page.locator('tbody').getByRole('link').first().click();
      await page.waitForURL(url => url.href !== before);
    }
  }],
  ['progress-found', 'dean', async (page, w) => {
    await page.goto('/progress');
    const link = page.locator('tbody').getByRole('link').first();
    if (await link.count()) await link.click();
    await page.getByRole('searchbox', { name: startingWith(w('search')) }).fill('CS');
    await button(page, w('find')).click();
    await page.waitForURL(/q=CS/u);
  }],
  ['progress-view', 'dean', async (page, w) => {
    await page.goto('/progress?state=not-chosen');
    await page.locator('summary', { hasText: w('save-filter') }).click();
    await page.getByLabel(w('filter-name'), { exact: true }).fill('CS');
    await button(page, w('save-filter')).click();
    await page.waitForURL(/did=saved/u);
    for (const details of await page.locator('main details').all()) await details.evaluate(one => { one.open = true; });
  }],
  ['progress-view-errors', 'dean', async (page, w) => {
    await page.goto('/progress?state=not-chosen');
    await page.locator('summary', { hasText: w('save-filter') }).click();
    await button(page, w('save-filter')).click();
    await summary(page);
  }],
  ['terms', 'registrar', at('/terms')],
  ['term', 'registrar', async page => {
    await page.goto('/terms');
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL(/\/terms\/./u);
  }],
  ['term-errors', 'registrar', async (page, w) => {
    await page.goto('/terms/new');
    await button(page, w('save')).click();
    await summary(page);
  }],
  ['copies', 'instructor', at('/reuse')],
  ['copies-errors', 'head', async (page, w) => {
    await page.goto('/reuse');
    await button(page, w('send')).click();
    await summary(page);
  }],
  ['uniformity', 'dean', at('/uniformity')],
  ['progress-instructor', 'head', async page => {
    await page.goto('/progress');
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL(/person=/u);
  }],
  ['late', 'registrar', at('/late')],
  ['platforms', 'registrar', at('/platforms')],
  ['comparison', 'registrar', at('/comparison')],
  ['changes', 'registrar', at('/changes?since=2020-01-01')],
  ['history', 'registrar', at('/history')],
  ['order-draft', 'dean', at('/orders')],
  ['order', 'registrar', async (page, w) => {
    await page.goto('/orders');
    const issue = button(page, w('order-issue'));
    // If the order was issued by an earlier check, open the issued one.
    if (await issue.count()) await issue.click();
    else await page.locator('tbody a[href^="/orders/"]').first().click();
    await page.waitForURL(/\/orders\/[0-9a-f]{64}/u);
  }],
  ['document-pdf', 'instructor', async page => {
    await page.goto('/dossier');
    await page.getByRole('rowheader').filter({ hasText: 'PYT1104 Python' }).locator('a[href$="/preview"]').first().click();
    await page.waitForURL(/\/preview$/u);
  }],
  ['document-remarks', 'instructor', async page => {
    await page.goto('/dossier');
    await page.getByRole('rowheader').filter({ has: page.locator('.remarks') }).locator('a[href$="/preview"]').first().click();
    await page.waitForURL(/\/preview$/u);
  }],
  ['people', 'registrar', at('/people?role=head')],
  ['person', 'registrar', async page => {
    await page.goto('/people?q=deputy');
    await page.locator('tbody').getByRole('link').first().click();
    for (const details of await page.locator('main details').all()) await details.evaluate(one => { one.open = true; });
  }],
  ['person-errors', 'registrar', async (page, w) => {
    await page.goto('/people?q=deputy');
    await page.locator('tbody').getByRole('link').first().click();
    await page.locator('summary', { hasText: w('appoint') }).click();
    await button(page, w('appoint')).click();
    await summary(page);
  }],
  ['people-of-department', 'head', at('/people')],
  ['gaps', 'registrar', at('/gaps')],
  ['exceptions', 'registrar', at('/exceptions')],
  ['special-cases-errors', 'registrar', async (page, w) => {
    await page.goto('/exceptions');
    await button(page, w('set-form')).click();
    await summary(page);
  }],
  ['password', 'student', at('/password')],
  ['password-errors', 'student', async (page, w) => {
    await page.goto('/password');
    await button(page, w('change-password')).click();
    await summary(page);
  }],
  ['exams-of-a-group', null, at('/public/exams?group=CS-24-1')],
  ['inbox', 'instructor', at('/notifications')],
  ['inbox-student', 'student', at('/notifications')],
  ['settings', 'instructor', at('/settings')],
  ['reminders', 'registrar', async page => {
    await page.goto('/reminders');
    await page.locator('main details summary').first().click();
  }],
  ['catalogue', 'registrar', at('/catalogue')],
  ['catalogue-version', 'registrar', at('/catalogue/versions/1')],
  ['catalogue-draft', 'registrar', async (page, w) => openDraft(page, w)],
  ['catalogue-draft-unsound', 'registrar', async (page, w) => {
    const draft = await openDraft(page, w);
    await page.goto(`${draft}/labels/form/new`);
    await page.locator('#code').fill('paper');
    for (const one of ['kk', 'ru', 'en']) await page.locator(`#name_${one}`).fill('Paper');
    await button(page, w('catalogue-save')).click();
    await page.locator('.proofs.bad').waitFor();
  }],
  ['catalogue-row', 'registrar', async (page, w) => page.goto(`${await openDraft(page, w)}/rows/startexam-test`)],
  ['catalogue-row-wrong', 'registrar', async (page, w) => {
    await page.goto(`${await openDraft(page, w)}/rows/new`);
    await button(page, w('catalogue-save')).click();
    await summary(page);
  }],
  ['catalogue-guide', 'registrar', async (page, w) => {
    await page.goto(`${await openDraft(page, w)}/instructions/general`);
    await button(page, w('catalogue-preview')).click();
    await page.locator('#preview-h').waitFor();
  }],
  ['catalogue-dry-run', 'registrar', async (page, w) => {
    const draft = await openDraft(page, w);
    const off = buttonOf(page.locator('tr#moodle-essay'), w('catalogue-switch-off'));
    if (await off.count()) await off.click();
    await page.goto(`${draft}/dry-run`);
  }],
  ['catalogue-compare', 'registrar', async (page, w) => {
    const draft = await openDraft(page, w);
    await page.goto(`/catalogue/compare?from=1&to=${draft.split('/').at(-1)}`);
  }],
  ['catalogue-see-as', 'registrar', async (page, w) => {
    await page.goto(`${await openDraft(page, w)}/preview?q=PYT1104`);
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL(/\/preview\/./u);
  }],
  ['imports', 'registrar', at('/imports')],
  ['imports-errors', 'registrar', async (page, w) => {
    await page.goto('/imports');
    await button(page, w('import-look')).click();
    await summary(page);
  }],
  ['import', 'registrar', async (page, w) => {
    await page.goto('/imports');
    const rows = ['term;department;discipline code;discipline (kk);group;students', '2026-autumn;FIT-CS;ALG2201;;CS-21-1;60', '2026-autumn;FIT-CS;NEW1;Жаңа;N-1;x'];
    await page.locator('#file').setInputFiles({ name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await button(page, w('import-look')).click();
    await page.waitForURL(/\/imports\/./u);
    for (const details of await page.locator('main details').all()) await details.evaluate(one => { one.open = true; });
  }],
  ['exams', 'student', at('/exams')],
  ['not-found', 'instructor', at('/nothing-here')],
].map(([name, who, open]) => ({ name, who, open: (page, lang) => open(page, words(lang)) }));
