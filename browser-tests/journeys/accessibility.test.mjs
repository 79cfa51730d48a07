// Every page in every language, light and dark, wide and narrow: what a machine can find must not be there.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { obscured, overflow, small } from '../support/layout.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { LANGUAGES } from '../support/words.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
// What 1280 pixels become when a reader enlarges everything to 400 % and to 200 %.
const ENLARGED = [{ width: 320, height: 256 }, { width: 640, height: 400 }, DESK];

/** Opens every place once, each in its own test, in a demo of its own: some places are reached by deeds. */
function everywhere(title, wishes, check) {
  describe(title, () => {
    const here = scene();
    const contexts = new Map();
    for (const { name, who, open } of PLACES) {
      test(name, async () => {
        if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who, wishes) : here.visitor(wishes)));
        const page = await contexts.get(who).newPage();
        await open(page, wishes.lang);
        await check(page);
        await page.close();
      });
    }
  });
}

describe('every page', { concurrency: 2 }, () => {
  for (const lang of LANGUAGES) {
    everywhere(`has nothing to complain about in ${lang}`, { lang, bypassCSP: true }, async page => {
      assert.deepEqual(await violations(page, [DESK, PHONE]), [], 'axe');
      assert.deepEqual(await overflow(page, ENLARGED), [], 'runs out sideways');
    });
  }

  everywhere('shows what has the focus', { lang: 'ru', viewport: { width: 1024, height: 600 } }, async page => {
    const { found, stops } = await obscured(page);
    assert.ok(stops > 1, 'there is something to stop at');
    assert.deepEqual(found, []);
  });

  everywhere('is large enough for a finger', { lang: 'ru', viewport: PHONE, hasTouch: true, isMobile: true }, async page => {
    assert.deepEqual(await small(page, 44), []);
  });
});
