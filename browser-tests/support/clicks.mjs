// Counts a person's clicks across pages: every press of the pointer is one click.
export async function countClicks(page) {
  let presses = 0;
  await page.exposeBinding('pointerWentDown', () => { presses += 1; });
  const listen = () => addEventListener('pointerdown', event => { if (event.isTrusted) window.pointerWentDown(); }, true);
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return { get count() { return presses; }, reset() { presses = 0; } };
}
