// Frequent reasons for returning a choice: a head keeps own ones, and each reader sees them in their own language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, card, line, visit } from '../support/screen.mjs';
import { en } from '../support/words.mjs';

const here = scene();
const LABEL = 'Algorithms and Data Structures, CS-21-2';
const REASON = { kk: 'Бағдарламаның сілтемесі ашылмайды', ru: 'Ссылка в программе не открывается', en: 'The link in the programme does not open' };

test('a head adds a reason, uses it, and the instructor reads it in each language', async () => {
  const head = await here.page('head', { javaScriptEnabled: false });
  await visit(head, '/queue');
  await head.getByRole('link', { name: en('phrases-edit') }).click();
  await head.waitForURL('/phrases');
  assert.equal(await answerTo(head, () => button(head, en('save')).click(), '/phrases'), 422);
  for (const [lang, text] of Object.entries(REASON)) await head.locator(`#${lang}`).fill(text);
  await button(head, en('save')).click();
  await head.getByText(en('phrase-saved'), { exact: true }).waitFor();

  await visit(head, '/queue');
  await card(head, LABEL).locator('summary').click();
  await card(head, LABEL).getByLabel(REASON.en, { exact: true }).check();
  await card(head, LABEL).getByLabel(en('return-reason'), { exact: true }).fill('Page 3');
  await buttonOf(card(head, LABEL), en('return-with-reason')).click();
  await head.waitForURL(/\/queue\?done=/u);
  for (const [lang, text] of Object.entries(REASON)) {
    const colleague = await here.page('colleague', { lang });
    await visit(colleague, '/groups');
    assert.ok((await line(colleague, 'ALG2201', 'CS-21-2').innerText()).includes(`${text}. Page 3`), lang);
    await colleague.close();
  }
});

test('a changed reason replaces the old one, and a removed one is no longer offered', async () => {
  const head = await here.page('head');
  await visit(head, '/phrases');
  await head.getByRole('link', { name: new RegExp(`^${en('edit')}.*${REASON.en}`, 'u') }).click();
  assert.equal(await head.locator('#ru').inputValue(), REASON.ru);
  await head.locator('#en').fill('The link is dead');
  await button(head, en('save')).click();
  await head.getByText(en('phrase-saved'), { exact: true }).waitFor();
  assert.equal(await head.getByText(REASON.en, { exact: true }).count(), 0);
  await buttonOf(head.locator('main'), en('phrase-remove')).click();
  await head.getByText(en('phrase-removed'), { exact: true }).waitFor();
  // The decision keeps the text of its time.
  const colleague = await here.page('colleague', { lang: 'ru' });
  await visit(colleague, '/groups');
  assert.ok((await line(colleague, 'ALG2201', 'CS-21-2').innerText()).includes(`${REASON.ru}. Page 3`));
});
