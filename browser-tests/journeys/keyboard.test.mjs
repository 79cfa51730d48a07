// Using the site without a pointer: the instructor's way from the list to a sent choice, and forms of the registrar.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picked } from '../support/catalogue.mjs';
import { PASSWORD } from '../support/demo.mjs';
import { scene } from '../support/scene.mjs';
import { expectState, line, offeringId, visit } from '../support/screen.mjs';
import { beginning, en } from '../support/words.mjs';

const here = scene();
const PATIENCE = 80;

/** Describes the element that has the focus: tag, id, value, and its label or text. */
const focus = page => page.evaluate(() => {
  const one = document.activeElement;
  const text = one.labels?.[0]?.innerText ?? one.getAttribute('aria-label') ?? one.innerText ?? '';
  return { tag: one.tagName, id: one.id, value: one.value ?? '', text: text.replace(/\s+/gu, ' ').trim() };
});

/** Presses Tab until the wanted element has the focus, and checks that every stop on the way shows its focus. */
async function tabTo(page, wanted, key = 'Tab') {
  for (let presses = 1; presses <= PATIENCE; presses += 1) {
    await page.keyboard.press(key);
    const at = await focus(page);
    const ring = await page.evaluate(() => {
      const one = document.activeElement;
      const shown = one.matches('.opt > input') ? one.nextElementSibling : one;
      // The controls of a video draw their own focus ring.
      return one.tagName === 'VIDEO' || one.matches(':focus-visible') && getComputedStyle(shown).outlineStyle !== 'none';
    });
    assert.ok(ring, `${at.tag} «${at.text}» has the focus without a ring`);
    if (wanted(at)) return presses;
  }
  throw new Error(`not reached with ${PATIENCE} presses`);
}

const skip = async page => {
  await tabTo(page, at => at.text === en('skip-to-content'));
  await page.keyboard.press('Enter');
};

test('signing in by keyboard', async () => {
  const page = await (await here.visitor()).newPage();
  await visit(page, '/sign-in');
  assert.equal((await focus(page)).id, 'username', 'the first field has the focus');
  await page.keyboard.type('registrar');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('/progress');
});

test('choosing by keyboard, from the list to the sent choice', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  await skip(page);
  assert.equal((await focus(page)).id, 'main');
  await tabTo(page, at => at.tag === 'A' && at.text === `${en('choose')} CS-25-1, Programming in Python`);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/choose/u);

  await skip(page);
  await tabTo(page, at => at.tag === 'INPUT' && at.id.startsWith('r-'));
  assert.equal((await focus(page)).value, 'oqylyq-written', 'the list is entered at its first row');
  await page.keyboard.press('Space');
  assert.equal(await page.locator('input[name=rule]:checked').inputValue(), 'oqylyq-written');
  // The arrow keys move through all rows, across platforms.
  for (const next of ['univer-written', 'univer-test', 'univer-oral']) {
    await page.keyboard.press('ArrowDown');
    assert.equal((await focus(page)).value, next);
  }
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  // The row's field for information is the next stop after the row.
  assert.equal(await tabTo(page, at => at.id === 'i-univer-oral'), 1);
  await page.keyboard.type('Zoom');
  await page.keyboard.press('Control+Enter');
  // The programme was not on the screen yet. It has the focus now, and the second time the choice is sent.
  await page.locator('#look').waitFor();
  assert.match((await focus(page)).id, /^d-/u);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, 'PYT1104', 'CS-25-1', 'in-review');
  assert.ok((await line(page, 'PYT1104', 'CS-25-1').innerText()).includes(picked('univer-oral', 'en', 'Zoom')));
  const head = await here.page('head');
  await visit(head, '/queue');
  await head.getByText(picked('univer-oral', 'en', 'Zoom')).waitFor();
});

test('an error takes the focus and leads to its field', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  await visit(page, `/choose?o=${await offeringId(page, 'PYT1104', 'CS-25-2')}`);
  await skip(page);
  await tabTo(page, at => at.tag === 'INPUT' && at.id.startsWith('r-'));
  await page.keyboard.press('Control+Enter');
  const summary = page.getByRole('alert').filter({ hasText: en('refused-rule-missing') });
  await summary.waitFor();
  assert.ok(await summary.evaluate(box => box === document.activeElement));
  assert.match(await page.title(), new RegExp(`^${en('error-prefix')}`, 'u'));
  await tabTo(page, at => at.tag === 'A' && at.text === en('refused-rule-missing'));
  await page.keyboard.press('Enter');
  assert.equal((await focus(page)).value, 'oqylyq-written', 'the link leads into the list');
  await page.keyboard.press('Space');
  await tabTo(page, at => at.tag === 'BUTTON' && at.text === en('send'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/groups\?sent=/u);
  await expectState(page, 'PYT1104', 'CS-25-2', 'in-review');
});

test('ticking groups by keyboard shows the bar with buttons', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  await skip(page);
  for (const group of ['CS-25-3', 'CS-23-1']) {
    await tabTo(page, at => at.tag === 'INPUT' && at.text.startsWith(`${en('select-group')} ${group},`));
    await page.keyboard.press('Space');
  }
  await tabTo(page, at => at.tag === 'BUTTON' && at.text === en('choose-for-selected'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/choose/u);
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 2);
});

test('the narrowing fields keep the focus', async () => {
  const page = await here.page('instructor');
  await visit(page, '/groups');
  await visit(page, `/choose?o=${await offeringId(page, 'PYT1104', 'CS-25-3')}`);
  await skip(page);
  await tabTo(page, at => at.tag === 'SELECT');
  const answer = page.waitForResponse(response => new URL(response.url()).pathname === '/choose');
  await page.keyboard.press('ArrowDown');
  await answer;
  await page.locator('#rule:not([aria-busy])').waitFor();
  assert.equal((await focus(page)).tag, 'SELECT', 'the focus stays');
  assert.deepEqual(await page.locator('input[name=rule]').evaluateAll(all => all.map(one => one.value)), ['oqylyq-written']);
});

test('a roster file is previewed and imported', async () => {
  const page = await here.page('registrar');
  // Listen before the page opens: otherwise the browser opens its own file chooser.
  const opened = page.waitForEvent('filechooser');
  await visit(page, '/imports');
  await skip(page);
  await tabTo(page, at => at.id === 'file');
  await page.keyboard.press('Space');
  const chooser = await opened;
  const sheet = 'семестр;кафедра;пән коды;пән атауы (қазақша);топ;логин\n2026-autumn;FIT-CS;KEY1101;Пернетақта;CS-25-9;instructor\n';
  await chooser.setFiles({ name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
  await tabTo(page, at => at.text === en('import-look'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/imports\/[0-9a-f-]+$/u);
  await skip(page);
  await tabTo(page, at => at.tag === 'BUTTON' && at.text.startsWith(beginning('en', 'import-go').replace(/\s*\($/u, '')));
  await page.keyboard.press('Enter');
  await page.getByText(en('import-now-applied'), { exact: true }).waitFor();
});

test('a row of a catalogue draft is switched off and the draft discarded', async () => {
  const page = await here.page('registrar');
  await visit(page, '/catalogue');
  await skip(page);
  await tabTo(page, at => at.text === en('catalogue-begin', { n: 1 }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/catalogue\/drafts\//u);
  await skip(page);
  await tabTo(page, at => at.tag === 'BUTTON' && at.text.startsWith(en('catalogue-switch-off')));
  await page.keyboard.press('Enter');
  await page.locator('main [role=status]').getByText(en('catalogue-saved'), { exact: true }).waitFor();
  assert.equal(await page.getByText(en('catalogue-off'), { exact: true }).count(), 1);
  await visit(page, '/catalogue');
  await skip(page);
  await tabTo(page, at => at.tag === 'SUMMARY' && at.text === en('catalogue-discard'));
  await page.keyboard.press('Enter');
  await tabTo(page, at => at.text === en('catalogue-discard-now'));
  await page.keyboard.press('Enter');
  await page.locator('main [role=status]').getByText(en('catalogue-draft-is-discarded'), { exact: true }).waitFor();
});

test('no page traps the focus: Tab leaves each page at its end', async () => {
  const page = await here.page('instructor');
  for (const path of ['/groups', '/dossier', '/catalogue/current', '/help']) {
    await visit(page, path);
    let presses = 0;
    do {
      await page.keyboard.press('Tab');
      presses += 1;
    } while (presses < 2 * PATIENCE && !await page.evaluate(() => document.activeElement === document.body));
    assert.ok(presses < 2 * PATIENCE, path);
  }
});
