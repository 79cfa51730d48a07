// Progressive enhancement only. Every feature below has a plain-HTML path; nothing here is needed to finish a task.
{ // block scope: a classic deferred script (type=module measured 220 ms later FCP in Lighthouse's mobile model)
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
document.documentElement.classList.add('js');
const live = () => $('#live') || document.body.appendChild(Object.assign(document.createElement('div'), {id: 'live', className: 'vh', role: 'status'}));
const say = t => { live().textContent = ''; setTimeout(() => live().textContent = t, 50) };

// 1. Swap one region: <form data-swap="#id"> (POST or GET) and <form data-live="#id"> (GET while typing).
let ctl;
async function swap(form, sel, submitter) {
  const get = form.method === 'get', data = new FormData(form, submitter), url = new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '', location);  // .formAction is the page URL when unset
  if (get) url.search = new URLSearchParams(data);
  ctl?.abort(); ctl = new AbortController();
  const region = $(sel); region.setAttribute('aria-busy', 'true');
  try {
    const r = await fetch(url, {method: form.method, body: get ? null : new URLSearchParams([...data].filter(([, v]) => typeof v === 'string')), signal: ctl.signal, headers: {'X-Partial': sel.slice(1)}});
    const doc = new DOMParser().parseFromString(await r.text(), 'text/html'), fresh = $(sel, doc);
    if (!fresh && r.redirected) return location.assign(r.url);
    if (!fresh) { const n = $('#net'); region.removeAttribute('aria-busy'); n.textContent = $('h1', doc)?.textContent || n.textContent; n.hidden = false; n.focus(); return }  // refused: say why, keep the page
    const id = document.activeElement?.id, pos = document.activeElement?.selectionStart;
    for (const d of $$('details[id]', region)) $('#' + d.id, fresh)?.toggleAttribute('open', d.open);
    region.replaceWith(fresh);
    for (const c of $$('[data-keys-off]', fresh)) c.checked = off();
    const back = id && document.getElementById(id);
    if (get && back) { back.focus({preventScroll: true}); try { back.setSelectionRange(pos, pos) } catch {} }
    else if (!get) ($('[data-focus]', fresh) || back || $('[data-row]', fresh) || fresh).focus({preventScroll: false});
    $('#net')?.setAttribute('hidden', '');
    if (get) history.replaceState(null, '', url);
    const msg = $('[data-say]', fresh); if (msg) say(msg.textContent);
    count();
  } catch (e) { if (e.name !== 'AbortError') { region.removeAttribute('aria-busy'); const n = $('#net'); if (n) { n.hidden = false; n.focus() } } }  // keep the page and what was typed
}
addEventListener('submit', e => { const s = e.target.dataset.swap; if (s && $(s)) { e.preventDefault(); swap(e.target, s, e.submitter) } });
let t; addEventListener('input', e => { const f = e.target.form; if (f?.dataset.live) { clearTimeout(t); t = setTimeout(() => swap(f, f.dataset.live), 200) } });

// 2. Selection: select-all, shift-range, count, sticky bar.
let last;
const boxes = () => $$('input[type=checkbox][data-pick]');
function count() {
  const n = boxes().filter(b => b.checked).length;
  for (const e of $$('[data-count]')) e.textContent = n;
  for (const e of $$('[data-when-picked]')) e.hidden = !n;
  for (const a of $$('[data-all]')) { const g = boxes().filter(b => !a.dataset.all || b.dataset.pick === a.dataset.all), c = g.filter(b => b.checked).length; a.checked = c > 0 && c === g.length; a.indeterminate = c > 0 && c < g.length }
}
addEventListener('click', e => {
  const b = e.target; if (b.type !== 'checkbox') return;
  if (b.dataset.all !== undefined) for (const x of boxes()) if (!b.dataset.all || x.dataset.pick === b.dataset.all) x.checked = b.checked;
  if (b.dataset.pick !== undefined) { if (e.shiftKey && last) { const l = boxes(), [i, j] = [l.indexOf(last), l.indexOf(b)].sort((p, q) => p - q); l.slice(i, j + 1).forEach(x => x.checked = b.checked) } last = b }
  count();
});

const off = () => { try { return localStorage.keysOff === '1' } catch { return false } };
for (const c of $$('[data-keys-off]')) c.checked = off();
addEventListener('change', e => { if (e.target.dataset?.keysOff !== undefined) try { localStorage.keysOff = e.target.checked ? '1' : '0' } catch {} });
// 3. Review-queue keys: only while focus is inside [data-keys] (WCAG 2.1.4), never in a text field.
addEventListener('keydown', e => {
  const q = e.target.closest?.('[data-keys]');
  if (!q || off() || e.ctrlKey || e.metaKey || e.altKey || /^(textarea|select)$/i.test(e.target.tagName) || /^(text|search|radio)$/.test(e.target.type)) return;
  const rows = $$('[data-row]', q), row = e.target.closest('[data-row]'), i = rows.indexOf(row);
  // physical keys, so they work on the Kazakh and Russian layouts too
  const act = {KeyJ: 1, KeyK: -1, ArrowDown: 1, ArrowUp: -1}[e.code];
  if (act) rows[Math.max(0, Math.min(rows.length - 1, i + act))]?.focus();
  else if (e.code === 'KeyX' && row) $('[data-pick]', row)?.click();
  else if (e.code === 'KeyA' && row) $('[data-act=approve]', row)?.click();
  else if (e.code === 'KeyR' && row) { const d = $('details', row); d.open = true; $('textarea', d)?.focus() }
  else if (e.code === 'Enter' && e.target === row) $('a', row)?.click();
  else return;
  e.preventDefault();
});

// 4. Upload as soon as a file is chosen or dropped; XHR because fetch has no upload progress.
function upload(box, file) {
  const p = $('progress', box), out = $('output', box), region = box.closest('[data-programmes]'), x = new XMLHttpRequest(), d = new FormData();
  d.append('csrf', box.dataset.csrf); d.append('discipline', box.dataset.discipline); d.append('many', $('h3', region) ? '1' : ''); d.append('file', file);
  let told = 0;
  const fail = why => { p.hidden = true; out.textContent = why; out.className = 'err'; say(why) };
  if (file.size > +box.dataset.limit) return fail(box.dataset.large);
  p.hidden = false; p.value = 0; out.textContent = file.name; out.className = 'hint';
  x.upload.onprogress = e => { if (e.lengthComputable) { p.value = e.loaded / e.total; const q = Math.floor(p.value * 4); if (q > told) { told = q; say(q * 25 + ' %') } } };
  x.onload = () => {
    p.hidden = true;
    const fresh = new DOMParser().parseFromString(x.responseText, 'text/html').getElementById(region.id);
    if (!fresh) return fail(x.status === 413 ? box.dataset.large : box.dataset.fail);
    const picked = $('input[type=radio]:checked', region)?.value;
    region.replaceWith(fresh);
    if (!$('input[type=radio]:checked', fresh) && picked) { const same = $(`input[value="${picked}"]`, fresh); if (same) same.checked = true }
    say($('[data-say]', fresh)?.textContent || file.name);
    $('input[type=file]', fresh)?.focus();
    changed(fresh.closest('form'));
  };
  x.onerror = () => fail(box.dataset.fail);
  x.open('POST', box.dataset.upload); x.setRequestHeader('X-Partial', region.id); x.send(d);
}
addEventListener('change', e => { const b = e.target.closest?.('[data-upload]'); if (b && e.target.type === 'file' && e.target.files[0]) { upload(b, e.target.files[0]); e.target.value = '' } });
for (const ev of ['dragover', 'dragleave', 'drop']) addEventListener(ev, e => {
  const b = e.target.closest?.('[data-upload]'); if (!b) return; e.preventDefault();
  b.classList.toggle('over', ev === 'dragover'); if (ev === 'drop' && e.dataTransfer.files[0]) upload(b, e.dataTransfer.files[0]);
});

// A file that waits for its button is named.
addEventListener('change', e => { const f = e.target.type === 'file' && e.target.closest('.drop:not([data-upload])'); if (f) $('output', f).textContent = e.target.files[0]?.name ?? '' });

// 5. Narrowing: the server answers with the same form, of which only the list of rows is taken.
addEventListener('change', async e => {
  const box = e.target.closest?.('[data-narrow]');
  if (!box || e.target.tagName !== 'SELECT') return;
  await swap(e.target.form, '#rule', $('[data-narrow-go]', box));
  guide($('#rule [data-topic]:checked')?.dataset.topic || $('#n-platform')?.value);
  changed($('#choice'));
});

// 6. Instructions change with the chosen row.
async function guide(topic) {
  if (!topic || !$('#guide')) return;
  try {
    const r = await fetch('/help/' + topic), fresh = $('#guide', new DOMParser().parseFromString(await r.text(), 'text/html'));
    const h = fresh && $('h1', fresh); if (!h) return;
    for (const old of $$('h1,h2,h3,h4', fresh)) { const lower = document.createElement('h' + (+old.tagName[1] + 1)); lower.append(...old.childNodes); old.replaceWith(lower) }  // below this page's own headings
    $('#guide').replaceChildren(...fresh.childNodes);
  } catch {}
}
addEventListener('change', e => guide(e.target.dataset?.topic));

// 7. Drafts save themselves: two seconds after typing, and on leaving. Without files a form is sent urlencoded.
const plain = form => { const d = new FormData(form); for (const [k, v] of [...d]) if (v instanceof File) d.delete(k); return new URLSearchParams(d) };
let saving, unsaved;
async function save(form, leaving) {
  clearTimeout(saving); if (!unsaved) return;
  unsaved = null;
  try {
    const r = await fetch(form.dataset.autosave, {method: 'POST', body: plain(form), headers: {'X-Partial': 'saved'}, keepalive: leaving, redirect: 'error'});
    if (!r.ok) throw r;
    const s = $('#saved'); if (s && !leaving) s.textContent = await r.text();
  } catch { const s = $('#saved'); if (s) s.textContent = ''; unsaved = form }
}
function changed(form) { if (form?.dataset.autosave) { unsaved = form; clearTimeout(saving); saving = setTimeout(() => save(form), 2000) } }
for (const ev of ['input', 'change']) addEventListener(ev, e => { if (e.target.type !== 'file') changed(e.target.form) });
addEventListener('pagehide', () => { if (unsaved) save(unsaved, true) });

// 8. The row that was just used is visibly the active one (seed, step 5).
addEventListener('focusin', e => { const r = e.target.closest?.('.tbl tbody tr[id]'); if (r) { for (const x of $$('tr.active')) x.classList.remove('active'); r.classList.add('active') } });

// 9. Focus the error summary; submit with Ctrl+Enter; show/hide password.
addEventListener('submit', e => {
  unsaved = null; clearTimeout(saving);
  const f = e.target;
  if (f.enctype === 'multipart/form-data' && f.id === 'choice' && ![...f.querySelectorAll('input[type=file]')].some(i => i.files.length)) f.enctype = 'application/x-www-form-urlencoded';
});
addEventListener('keydown', e => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) e.target.form?.requestSubmit() });
addEventListener('click', e => { const b = e.target.closest?.('[data-reveal]'); if (b) { const i = $(b.dataset.reveal), on = i.type === 'password'; i.type = on ? 'text' : 'password'; b.setAttribute('aria-pressed', on) } });
$('[data-error-summary]')?.focus(); count();
}
