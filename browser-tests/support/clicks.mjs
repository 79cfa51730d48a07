// Counts what a person does with the pointer, across pages: one press is one click, wherever it lands.
export async function countClicks(page) {
  let presses = 0;
  await page.exposeBinding('pointerWentDown', () => { presses += 1; });
  const listen = () => addEventListener('pointerdown', event => { if (event.isTrusted) window.pointerWentDown(); }, true);
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return { get count() { return presses; }, reset() { presses = 0; } };
}
