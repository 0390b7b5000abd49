/** Shows what a sender offers. */
import { keptAs } from './manifest.js';
import * as format from './format.js';

/** More lines than this nobody reads. */
const MAX_LINES = 100;

const $ = (id) => document.getElementById(id);

/** Names are the sender's: they come in as text, never as markup. */
export function showOffer(manifest) {
  const { entries, bytes } = manifest;
  const { name, single } = keptAs(manifest);
  document.title = name;
  $('file-name').textContent = name;
  const total = bytes === null ? 'a stream of unknown length' : format.size(bytes);
  $('file-size').textContent = single ? total : `${counts(entries)}, ${total}, as one zip file`;
  if (!single) showList(entries);
}

function counts(entries) {
  const count = (kind) => entries.filter((entry) => entry.kind === kind).length;
  const numbers = [
    [count('file'), 'file', 'files'],
    [count('directory'), 'directory', 'directories'],
    [count('link'), 'link', 'links'],
  ];
  return numbers
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`)
    .join(', ');
}

function showList(entries) {
  const lines = entries.slice(0, MAX_LINES).map(line);
  if (entries.length > MAX_LINES) {
    const more = document.createElement('li');
    more.textContent = `and ${entries.length - MAX_LINES} more`;
    lines.push(more);
  }
  $('file-list').replaceChildren(...lines);
  $('file-list').hidden = false;
}

function line({ path, kind, size, target }) {
  const item = document.createElement('li');
  // Isolated: a name written from right to left does not rearrange the rest of its line.
  const name = document.createElement('bdi');
  name.textContent = kind === 'directory' ? `${path}/` : path;
  item.append(name);
  if (kind === 'file') item.append(` ${format.size(size)}`);
  if (kind === 'link') item.append(` → ${target}`);
  return item;
}
