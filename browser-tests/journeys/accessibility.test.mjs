// Automated accessibility checks of every page in every language; in Kazakh in both colour schemes and two window sizes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { obscured, overflow, small } from '../support/layout.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { LANGUAGES } from '../support/words.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
// The window of 1280 pixels as it is when a reader enlarges the page to 400 % and to 200 %.
const ENLARGED = [{ width: 320, height: 256 }, { width: 640, height: 400 }, DESK];

/** Opens every place once, in a test of its own. Every call uses a new demo, because some places change its data. */
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
    // Kazakh, the interface's first language, is checked in every scheme and size. The other languages differ in text
    // only, so colours and the narrow window's structure are not checked again.
    const [sizes, colours] = lang === 'kk' ? [[DESK, PHONE], true] : [[DESK], false];
    everywhere(`has no accessibility violations in ${lang}`, { lang, bypassCSP: true }, async page => {
      assert.deepEqual(await violations(page, sizes, { colours }), [], 'axe');
      assert.deepEqual(await overflow(page, ENLARGED), [], 'runs out sideways');
    });
  }

  everywhere('shows the focused element', { lang: 'ru', viewport: { width: 1024, height: 600 } }, async page => {
    const { found, stops } = await obscured(page);
    assert.ok(stops > 1, 'there is something to stop at');
    assert.deepEqual(found, []);
  });

  everywhere('has controls large enough for a finger', { lang: 'ru', viewport: PHONE, hasTouch: true, isMobile: true }, async page => {
    assert.deepEqual(await small(page, 44), []);
  });
});
