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
