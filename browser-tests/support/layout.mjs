// Checks of a page's layout: no content overflows sideways, nothing covers the focused element, controls are large
// enough.

// Text spacing that a reader may set without losing content (WCAG 1.4.12).
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';

/** Returns elements that overflow sideways at these window sizes, with wide text spacing. */
export async function overflow(page, sizes) {
  // Adopted style sheets are allowed by the content security policy of the pages.
  await page.evaluate(css => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(css);
    document.adoptedStyleSheets = [spacing];
  }, SPACING);
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
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return found;
}

/**
 * Focuses every control in a window of this size, which scrolls to it as Tab does, and returns those that are completely
 * covered (WCAG 2.4.11).
 */
export async function obscured(page, size) {
  await page.setViewportSize(size);
  return page.evaluate(covered);
}

const covered = async () => {
  const isHit = (one, shown) => [...shown.getClientRects()].some(({ left, top, right, bottom }) => {
    const points = [
      [(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2],
    ];
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (shown.contains(hit) || [...(one.labels ?? [])].some(label => label.contains(hit)));
    });
  });
  const found = [];
  let focused = 0;
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, video[controls], [tabindex]')) {
    // `focus` also reaches into a closed `details`, which Tab skips.
    if (!one.checkVisibility()) continue;
    one.focus();
    if (document.activeElement !== one || one.tabIndex < 0) continue;
    focused += 1;
    // A control that is not painted itself is represented by its label.
    const shown = one.type === 'file' && getComputedStyle(one).opacity === '0' ? [...one.labels].at(-1) : one;
    if (isHit(one, shown)) continue;
    // Some controls are only scrolled to when the page is drawn next.
    await new Promise(resolve => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
    if (!isHit(one, shown)) found.push(`${one.tagName.toLowerCase()} «${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}»`);
  }
  return focused > 1 ? found : ['nothing can be focused'];
};

/**
 * Returns controls that are too small for a finger on a touch screen of this size: lower than `least` pixels. Links
 * inside running text are exempt.
 */
export async function small(page, { width, height }, least) {
  const device = await page.context().newCDPSession(page);
  await device.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await device.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: true });
  const found = await page.evaluate(tooSmall, least);
  await device.detach();
  return found;
}

const tooSmall = px => {
  if (!matchMedia('(pointer: coarse)').matches) return ['the browser does not emulate a touch screen'];
  const controls = document.querySelectorAll('button, .btn, summary, select, input:not([type=hidden]), textarea, header nav a, nav li a');
  const isDrawnByLabel = one => ['radio', 'checkbox'].includes(one.type) || one.type === 'file' && getComputedStyle(one).opacity === '0';
  return [...controls]
    .map(one => (isDrawnByLabel(one) ? [...one.labels].at(-1) ?? one : one))
    .filter(one => one.checkVisibility() && !one.closest('[aria-hidden=true]') && one.getBoundingClientRect().width > 1)
    .filter(one => one.getBoundingClientRect().height < px - 0.5)
    .map(one => `${one.tagName.toLowerCase()}.${one.className} «${one.textContent.trim().slice(0, 30)}» ${Math.round(one.getBoundingClientRect().height)} px`);
};
