// Every page and every state of a page that is worth looking at, for the checks that go through all of them.
import { block, button, buttonOf, info, line, rule, startingWith } from './screen.mjs';
import { words } from './words.mjs';

/** Opens a path and waits for nothing more: pages are whole when they arrive. */
const at = path => async page => { await page.goto(path); };

const openForm = async (page, discipline, group) => {
  await page.goto('/groups');
  await line(page, discipline, group).locator('a[href^="/choose"]').click();
  await page.waitForURL(/\/choose/u);
};
const send = (page, w) => button(page, w('send')).click();
const summary = page => page.locator('[data-error-summary]').waitFor();

/**
 * Each state: its name, who sees it (nobody for a visitor), and how to get there in words `w`. Some are reached by deeds, so
 * going through all of them needs a demo in which nothing was done yet.
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
    await rule(page, 'univer-oral').click();
    await info(page, 'univer-oral').waitFor();
  }],
  ['choose-errors', 'instructor', async (page, w) => {
    await openForm(page, 'SWT3301', 'CS-23-1');
    await send(page, w);
    await summary(page);
  }],
  ['choose-info-missing', 'instructor', async (page, w) => {
    await openForm(page, 'PYT1104', 'CS-25-1');
    await rule(page, 'alt-cert').click();
    await send(page, w);
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
    await rule(elsewhere, 'moodle-case').click();
    await send(elsewhere, w);
    await elsewhere.waitForURL(/\/groups/u);
    await elsewhere.close();
    await rule(page, 'oqylyq-written').click();
    await send(page, w);
    await summary(page);
  }],
  ['groups-sent', 'instructor', async (page, w) => {
    await openForm(page, 'PYT1104', 'CS-25-2');
    await rule(page, 'moodle-essay').click();
    await send(page, w);
    await page.waitForURL(/sent=/u);
  }],
  ['offering', 'instructor', async page => {
    await page.goto('/groups');
    await line(page, 'ALG2201', 'CS-21-1').getByRole('link', { name: 'CS-21-1', exact: true }).click();
    await page.locator('details summary').first().click();
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
    for (const details of await page.locator('details').all()) await details.evaluate(one => { one.open = true; });
    await page.locator('input[data-pick]').first().check();
  }],
  ['queue-no-reason', 'head', async (page, w) => {
    await page.goto('/queue');
    const first = page.getByRole('article').first();
    await first.getByText(w('return'), { exact: true }).click();
    await buttonOf(first, w('return-with-reason')).click();
    await page.locator('[data-error-summary]').waitFor();
  }],
  ['queue-done', 'head', async (page, w) => {
    await page.goto('/queue');
    await buttonOf(page.getByRole('article').first(), w('approve')).click();
    await page.locator('.done').first().waitFor();
  }],
  ['offering-to-decide', 'deputy', async page => {
    await page.goto('/queue');
    await page.getByRole('article').locator('a[href^="/offerings/"]').first().click();
    await page.waitForURL(/\/offerings/u);
  }],
  ['rules', 'instructor', at('/rules')],
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
  ['copies', 'instructor', at('/copies')],
  ['copies-errors', 'head', async (page, w) => {
    await page.goto('/copies');
    await button(page, w('send')).click();
    await summary(page);
  }],
  ['uniformity', 'dean', at('/uniformity')],
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
    // What was issued once is only read from then on.
    if (await issue.count()) await issue.click();
    else await page.locator('tbody a[href^="/orders/"]').first().click();
    await page.waitForURL(/\/orders\/[0-9a-f]{64}/u);
  }],
  ['exams', 'student', at('/exams')],
  ['not-found', 'instructor', at('/nothing-here')],
].map(([name, who, open]) => ({ name, who, open: (page, lang) => open(page, words(lang)) }));
