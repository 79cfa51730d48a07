// Checks of a page's layout: no content overflows sideways, nothing covers the focused element, controls are large
// enough.

// Text spacing that a reader may set without losing content (WCAG 1.4.12).
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';

/**
 * Returns elements that overflow sideways at these window sizes, with wide text spacing. The context must bypass the
 * content security policy.
 */
export async function overflow(page, sizes) {
  const style = await page.addStyleTag({ content: SPACING });
  const found = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return undefined;
      const outside = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > clientWidth + 1 && one.getClientRects().length > 0);
      const names = outside.slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.className} «${one.textContent.trim().slice(0, 40)}»`);
      return `${scrollWidth - clientWidth} px: ${names.join('; ')}`;
    });
    if (wide) found.push(`${size.width}: ${wide}`);
  }
  await style.evaluate(one => one.remove());
  return found;
}

/** Moves through the page with Tab and returns every stop that is completely covered (WCAG 2.4.11). */
export async function obscured(page) {
  const found = [];
  const seen = new Set();
  // The first link of a page skips to the content, or is the name of the site.
  await page.evaluate(() => { document.querySelector('a[href]').focus(); });
  for (;;) {
    const stop = await page.evaluate(async () => {
      // The page scrolls to the focused element only when it is drawn next.
      await new Promise(resolve => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
      const one = document.activeElement;
      if (one === document.body || one === document.documentElement) return undefined;
      one.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length);
      // A control that is not painted itself is represented by its label.
      const shown = one.type === 'file' && getComputedStyle(one).opacity === '0' ? [...one.labels].at(-1) : one;
      const points = [...shown.getClientRects()].flatMap(({ left, top, right, bottom }) => [
        [(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2],
      ]);
      const hits = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (shown.contains(top) || [...(one.labels ?? [])].some(label => label.contains(top)));
      });
      return { id: one.dataset.stop, hits, name: `${one.tagName.toLowerCase()} «${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}»` };
    });
    // Tab leaves the page after its last element.
    if (!stop || seen.has(stop.id)) return { found, stops: seen.size };
    seen.add(stop.id);
    if (!stop.hits) found.push(stop.name);
    await page.keyboard.press('Tab');
  }
}

/**
 * Returns controls that are too small for a finger: lower than `least` pixels. Links inside running text are exempt.
 */
export const small = (page, least) => page.evaluate(px => [...document.querySelectorAll('button, .btn, summary, select, input:not([type=hidden]), textarea, header nav a, nav li a')]
  .map(one => (['radio', 'checkbox'].includes(one.type) || one.type === 'file' && getComputedStyle(one).opacity === '0' ? [...one.labels].at(-1) ?? one : one))
  .filter(one => one.checkVisibility() && !one.closest('[aria-hidden=true]') && one.getBoundingClientRect().width > 1)
  .filter(one => one.getBoundingClientRect().height < px - 0.5)
  .map(one => `${one.tagName.toLowerCase()}.${one.className} «${one.textContent.trim().slice(0, 30)}» ${Math.round(one.getBoundingClientRect().height)} px`), least);
