// The catalogue, read from the file that the program embeds. Parses only as much TOML as that file contains.
import { readFileSync } from 'node:fs';

const SOURCE = readFileSync(new URL('../../catalogue/rows.toml', import.meta.url), 'utf8');

function value(text) {
  const names = [...text.matchAll(/(\w+) = (?:"([^"]*)"|'([^']*)')/gu)];
  if (text.startsWith('{')) return Object.fromEntries(names.map(([, name, double, single]) => [name, double ?? single]));
  const plain = /^(?:"([^"]*)"|'([^']*)')/u.exec(text);
  return plain ? plain[1] ?? plain[2] : text;
}

function parse() {
  const tables = { platform: [], form: [], type: [], row: [], video: [] };
  let current;
  for (const line of SOURCE.split('\n')) {
    const table = /^\[\[(\w+)\]\]/u.exec(line)?.[1];
    const part = /^\[\w+\.(\w+)\]/u.exec(line)?.[1];
    const pair = /^(\w+) = (.*)$/u.exec(line);
    if (table) tables[table].push(current = {});
    else if (part) tables.row.at(-1)[part] = current = {};
    else if (pair) current[pair[1]] = value(pair[2]);
  }
  return tables;
}

const TABLES = parse();
const named = (table, code) => TABLES[table].find(entry => entry.code === code)?.name;

/** The 14 rows of Table 1, each with the names of its platform, form and type. */
export const ROWS = TABLES.row.map(row => ({
  id: row.id,
  platform: row.platform,
  form: row.form,
  type: row.type,
  names: { platform: named('platform', row.platform), form: named('form', row.form), type: named('type', row.type) },
  title: row.title,
  info: row.info,
  offered: row.offered,
}));

export const rowOf = id => ROWS.find(row => row.id === id);

/** The values of the three fields that name a row: platform, form, type. */
export const fieldsOf = id => {
  const { platform, form, type } = rowOf(id);
  return [platform, form, type ?? 'none'];
};

/** Returns a text that a person typed, in the quotation marks of a language. */
export const quoted = (lang, text) => (lang === 'en' ? `“${text}”` : `«${text}»`);

/** Returns a choice as the list and the queue show it: «MOODLE LMS · WRITTEN · Essay». */
export function picked(id, lang, info = '') {
  const { platform, form, type } = rowOf(id).names;
  return [platform[lang], form[lang], type?.[lang], info && quoted(lang, info)].filter(Boolean).join(' · ');
}
