// The registrar edits a draft of the catalogue, fixes faults, runs it dry and publishes it; the instructor sees the new
// catalogue and the reason for which a choice was returned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scene } from '../support/scene.mjs';
import { answerTo, button, buttonOf, expectState, line, offeringId, pickRow, rule, visit } from '../support/screen.mjs';
import { beginning, en } from '../support/words.mjs';

const here = scene();
const done = (page, key) => page.locator('main [role=status]').getByText(en(key), { exact: true }).waitFor();
const rowOf = (page, id) => page.locator(`tr#${id}`);

async function draft(page) {
  await visit(page, '/catalogue');
  await buttonOf(page, beginning('en', 'catalogue-begin')).click();
  await page.waitForURL(/\/catalogue\/drafts\//u);
  return new URL(page.url()).pathname;
}

test('a fault names its row, a person corrects it, and mechanical faults are fixed with one press', async () => {
  const page = await here.page('registrar');
  const path = await draft(page);
  await rowOf(page, 'univer-oral').getByRole('link').first().click();
  await page.locator('#title_ru').fill('');
  await button(page, en('catalogue-save')).click();
  await done(page, 'catalogue-saved');
  const proofs = page.locator('.proofs');
  await proofs.getByText(en('proof-language-missing')).waitFor();
  await proofs.locator('a[href$="/rows/univer-oral"]').click();
  await page.locator('#title_ru').fill('Устный экзамен');
  await button(page, en('catalogue-save')).click();
  await page.getByText(en('catalogue-sound'), { exact: true }).waitFor();
  await page.locator('a[href$="/labels/form/new"]').click();
  await page.locator('#code').fill('paper');
  for (const lang of ['kk', 'ru', 'en']) await page.locator(`#name_${lang}`).fill('Paper');
  await button(page, en('catalogue-save')).click();
  await page.locator('.proofs').getByText(en('proof-dead-end')).waitFor();
  await buttonOf(page, en('fix-dead-end')).click();
  await page.getByText(en('catalogue-sound'), { exact: true }).waitFor();
  await visit(page, '/catalogue');
  await page.locator('summary').getByText(en('catalogue-discard'), { exact: true }).click();
  await button(page, en('catalogue-discard-now')).click();
  await done(page, 'catalogue-draft-is-discarded');
  await visit(page, path, 404);
});

test('instructions are previewed before they are saved', async () => {
  const page = await here.page('registrar');
  const path = await draft(page);
  await visit(page, `${path}/instructions/univer-oral`);
  await page.locator('#text_en').fill('# Oral exam\n\nBring **your passport**.');
  await button(page, en('catalogue-preview')).click();
  await page.locator('article[lang=en] strong').getByText('your passport').waitFor();
  await button(page, en('catalogue-save')).click();
  await done(page, 'catalogue-saved');
  await page.getByRole('link', { name: en('catalogue-what-changed'), exact: true }).click();
  await page.locator('ins').getByText('Bring **your passport**.').waitFor();
  await visit(page, '/catalogue');
  await page.locator('summary').getByText(en('catalogue-discard'), { exact: true }).click();
  await button(page, en('catalogue-discard-now')).click();
});

test('a video is added with captions in three languages, and instructors see it with those in their language', async () => {
  const page = await here.page('registrar');
  const path = await draft(page);
  await visit(page, `${path}/instructions/moodle-case`);
  const media = name => fileURLToPath(new URL(`../../catalogue/media/${name}`, import.meta.url));
  const send = () => answerTo(page, () => button(page, en('catalogue-video-add')).click(), `${path}/videos`);
  const fill = async (film, captions) => {
    if (!await page.locator('#title_en').isVisible()) await page.locator('summary').getByText(en('catalogue-video-add'), { exact: true }).click();
    for (const lang of ['kk', 'ru', 'en']) await page.locator(`#title_${lang}`).fill(`Case on film ${lang}`);
    await page.locator('#film').setInputFiles(film);
    for (const lang of captions) await page.locator(`#captions_${lang}`).setInputFiles(media(`guide.${lang}.vtt`));
  };
  await fill({ name: 'film.webm', mimeType: 'video/webm', buffer: Buffer.from('no film at all') }, ['kk', 'ru', 'en']);
  assert.equal(await send(), 422);
  await page.getByText(en('refused-rules-not-a-film')).first().waitFor();
  assert.equal(await page.locator('#title_ru').inputValue(), 'Case on film ru');
  await fill(media('guide.webm'), ['kk']);
  assert.equal(await send(), 422);
  await page.getByText(en('refused-rules-not-captions')).first().waitFor();
  await fill(media('guide.webm'), ['kk', 'ru', 'en']);
  assert.equal(await send(), 303);
  await visit(page, `${path}/dry-run`);
  assert.equal(await answerTo(page, () => button(page, en('catalogue-publish')).click(), `${path}/publication`), 303);

  const instructor = await here.page('instructor');
  await visit(instructor, '/groups');
  await visit(instructor, `/choose?o=${await offeringId(instructor, 'PYT1104', 'CS-25-1')}`);
  await pickRow(instructor, 'moodle-case');
  const film = instructor.locator('figure').filter({ hasText: 'Case on film en' }).locator('video');
  await film.waitFor({ state: 'attached' });
  assert.equal(await film.locator('track').count(), 3);
  const part = await instructor.request.get(await film.locator('source').getAttribute('src'), { headers: { range: 'bytes=0-99' } });
  assert.equal(part.status(), 206);
  assert.equal((await part.body()).length, 100);
  for (const lang of ['kk', 'ru', 'en']) {
    const captions = await instructor.request.get(await film.locator(`track[srclang=${lang}]`).getAttribute('src'));
    assert.match(await captions.text(), /^\u{feff}?WEBVTT/u);
  }
});

test('a row in use is switched off: the dry run lists its choices, publishing returns them, the form omits it', async () => {
  const instructor = await here.page('instructor');
  await visit(instructor, '/groups');
  const id = await offeringId(instructor, 'PYT1104', 'CS-25-1');
  await visit(instructor, `/choose?o=${id}`);
  await pickRow(instructor, 'moodle-creative');
  await button(instructor, en('send')).click();
  await instructor.waitForURL(/sent=/u);

  const page = await here.page('registrar', { javaScriptEnabled: false });
  const path = await draft(page);
  await buttonOf(rowOf(page, 'moodle-creative'), en('catalogue-switch-off')).click();
  await done(page, 'catalogue-saved');
  await rowOf(page, 'moodle-creative').getByText(en('catalogue-off'), { exact: true }).waitFor();
  await page.getByText(en('catalogue-notices'), { exact: true }).waitFor();

  await page.getByRole('link', { name: en('see-as'), exact: true }).click();
  await page.locator('#q').fill('CS-25-1');
  await button(page, en('find')).click();
  await page.locator(`a[href$="/preview/${id}"]`).click();
  await page.getByText(en('see-as-hint')).waitFor();
  assert.equal(await rule(page, 'moodle-creative').count(), 0);
  assert.equal(await rule(page, 'moodle-essay').count(), 1);

  await visit(page, `${path}/dry-run`);
  const kind = page.locator('section').filter({ has: page.locator('#b-row-gone') });
  await kind.locator('summary').click();
  await kind.getByRole('link', { name: /^CS-25-1/u }).first().waitFor();
  await kind.locator('input[value="give-back"]').check();
  assert.equal(await answerTo(page, () => button(page, en('catalogue-publish')).click(), `${path}/publication`), 422);
  assert.equal(await kind.locator('input[value="give-back"]').isChecked(), true);
  await page.locator('#reason').fill('Creative tasks are not offered any more');
  assert.equal(await answerTo(page, () => button(page, en('catalogue-publish')).click(), `${path}/publication`), 303);
  await page.locator('main [role=status]').getByText(en('catalogue-version-published', { n: 3 })).waitFor();

  await visit(instructor, '/groups');
  await expectState(instructor, 'PYT1104', 'CS-25-1', 'returned');
  await line(instructor, 'PYT1104', 'CS-25-1').getByText('Creative tasks are not offered any more').first().waitFor();
  await visit(instructor, `/choose?o=${id}`);
  assert.equal(await rule(instructor, 'moodle-creative').count(), 0);
  await visit(await here.page('instructor'), '/catalogue', 403);
});
