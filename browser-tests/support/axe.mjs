// Automated accessibility checks with axe-core.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The rules whose results depend on colours.
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const run = (page, colours) => page.evaluate(async ({ tags, left }) => {
  // axe-core checks the size of targets only on request.
  const rules = { 'target-size': { enabled: true }, ...left };
  const { violations: broken } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] });
  return broken.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} – ${node.failureSummary.replace(/\s+/gu, ' ')}`));
}, { tags: TAGS, left: colours ? {} : Object.fromEntries(COLOUR_RULES.map(rule => [rule, { enabled: false }])) });

/**
 * Returns the accessibility violations of a page in these windows, one line each. A window has a size and a colour scheme
 * (`light` or `dark`); without a scheme the rules about colours are left out, because colours do not depend on the
 * language.
 */
export async function violations(page, windows) {
  const found = [];
  await page.evaluate(axe.source);
  for (const { size, colorScheme } of windows) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: colorScheme ?? 'light' });
    // At its end, a page has nothing left under the bar that stays at the bottom of the window.
    await page.evaluate(() => { window.scrollTo(0, document.documentElement.scrollHeight); });
    for (const line of await run(page, Boolean(colorScheme))) found.push(`${size.width} ${colorScheme ?? ''}: ${line}`);
  }
  return found;
}
