// Programme documents to upload: real ones of the demo, with other bytes where a new document is wanted.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

const FOLDER = new URL('../../demo/programmes/', import.meta.url);
const TYPES = { '.pdf': 'application/pdf', '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

/** The same document with other bytes: a comment behind the end of a PDF, or in the directory of a DOCX. */
function marked(bytes, ending, mark) {
  const note = Buffer.from(mark);
  if (ending === '.pdf') return Buffer.concat([bytes, Buffer.from('%'), note, Buffer.from('\n')]);
  const directory = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const head = Buffer.from(bytes);
  head.writeUInt16LE(note.length, directory + 20);
  return Buffer.concat([head.subarray(0, directory + 22), note]);
}

/** A document of the demo as a file to choose; with a `mark` its bytes are known to nobody. */
export function programme(source, name = source, mark) {
  const bytes = readFileSync(new URL(source, FOLDER));
  const ending = extname(source);
  return { name, mimeType: TYPES[ending], buffer: mark === undefined ? bytes : marked(bytes, ending, mark) };
}

/** A file of any bytes. */
export const file = (name, bytes, mimeType = 'application/octet-stream') => ({ name, mimeType, buffer: Buffer.from(bytes) });

/** A PDF that asks for a password: its trailer names a key. */
export function lockedPdf(source, name) {
  const { buffer, ...rest } = programme(source, name);
  const place = buffer.lastIndexOf('<<', buffer.lastIndexOf('startxref')) + 2;
  return { ...rest, buffer: Buffer.concat([buffer.subarray(0, place), Buffer.from('/Encrypt 9 0 R '), buffer.subarray(place)]) };
}

/** A DOCX with macros: one of its parts is called as Word calls them. */
export function macroDocx(source, name) {
  const { buffer, ...rest } = programme(source, name);
  const [part, macros] = ['word/styles.xml', 'wvbaProject.bin'];
  const bytes = Buffer.from(buffer);
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) bytes.write(macros, at, 'latin1');
  return { ...rest, buffer: bytes };
}

/** The first half of a document, as a broken copy leaves it. */
export function half(source, name) {
  const { buffer, ...rest } = programme(source, name);
  return { ...rest, buffer: buffer.subarray(0, buffer.length >> 1) };
}
