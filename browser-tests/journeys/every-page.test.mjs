// Every page and every important state, opened once in each language: its texts, accessibility, layout and HTML.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { obscured, overflow, small } from '../support/layout.mjs';
import { lastPage, markup } from '../support/markup.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { wrongTexts } from '../support/texts.mjs';
import { missing } from '../support/vnu.mjs';
import { LANGUAGES } from '../support/words.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
// The window of 1280 pixels as it is when a reader enlarges the page to 400 % and to 200 %.
const ENLARGED = [{ width: 320, height: 256 }, { width: 640, height: 400 }, DESK];

/**
 * The checks that differ between languages, whose pages differ in texts only. Kazakh, the interface's first language, is
 * checked in a wide light window and in a narrow dark one, Russian, which has the longest texts, with keyboard and finger.
 */
const CHECKS_OF_LANGUAGE = {
  kk: async page => ({ accessibility: await violations(page, [{ size: DESK, colorScheme: 'light' }, { size: PHONE, colorScheme: 'dark' }]) }),
  ru: async page => ({
    accessibility: await violations(page, [{ size: DESK }]),
    'focus covered': await obscured(page, { width: 1024, height: 600 }),
    'too small for a finger': await small(page, PHONE, 44),
  }),
  en: async page => ({ accessibility: await violations(page, [{ size: DESK }]) }),
};

let html;
before(async () => { html = await markup(); });
after(() => html.remove());

describe('every page is right', { concurrency: 2 }, () => {
  for (const lang of LANGUAGES) {
    describe(`in ${lang}`, () => {
      const here = scene();
      const contexts = new Map();
      for (const { name, who, open } of PLACES) {
        test(name, async () => {
          if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who, { lang }) : here.visitor({ lang })));
          const page = await contexts.get(who).newPage();
          const sent = lastPage(page);
          await open(page, lang);
          // The HTML of the languages differs in texts only; one is enough for the checker.
          if (lang === 'en') await html.keep(`${name}.html`, await sent());
          const wrong = { texts: await wrongTexts(page, lang), 'runs out sideways': await overflow(page, ENLARGED), ...await CHECKS_OF_LANGUAGE[lang](page) };
          assert.deepEqual(Object.fromEntries(Object.entries(wrong).filter(([, lines]) => lines.length > 0)), {});
          await page.close();
        });
      }
    });
  }
});

test('the HTML checker is installed', () => { assert.equal(missing(), undefined); });

describe('markup', () => {
  const here = scene();

  test('is valid on every page and in the style sheets', async () => {
    // The page of the groups is the longest.
    for (const lang of LANGUAGES) {
      const groups = await (await (await here.person('instructor', { lang })).request.get('/groups')).text();
      await html.keep(`groups-${lang}.html`, groups);
      if (lang === 'en') {
        const [, css] = /rel="?stylesheet"? href="?([^" >]+)/u.exec(groups);
        await html.keep('app.css', await (await (await here.visitor()).request.get(css)).text());
      }
    }
    const board = await (await (await here.person('registrar')).request.get('/progress')).text();
    const [, figures] = /href="?(\/assets\/progress[^" >]+)/u.exec(board);
    await html.keep('progress.css', await (await (await here.visitor()).request.get(figures)).text());
    assert.ok(html.files.length > PLACES.length);
    assert.deepEqual(await html.errors(), []);
  });
});
