/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * The page of the preview. It holds one window of the bibliography; above and below stand empty spaces as high as the
 * other entries would about be, and where they come into view the window is asked for that belongs there.
 */

import type { ToExtension, ToPage } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: ToExtension): void };

const vscode = acquireVsCodeApi();
const [title, style, order, message, above, list, below] = [
  'title', 'style', 'order', 'message', 'above', 'list', 'below',
].map((id) => document.getElementById(id) as HTMLElement) as [
  HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement,
];

let total = 0;
let start = 0;
let shown = 0;
/** The height of an entry, in pixels: at first a guess. */
let height = 90;
let wanted = -1;

style.addEventListener('click', () => vscode.postMessage({ type: 'pickStyle' }));
document.getElementById('insert')?.addEventListener('click', () => vscode.postMessage({ type: 'insert' }));
window.addEventListener('scroll', () => askForMore(), { passive: true });
window.addEventListener('resize', () => askForMore());
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  title.textContent = data.title;
  style.textContent = data.style;
  message.hidden = data.type !== 'message';
  if (data.type === 'message') {
    message.textContent = data.text;
    order.textContent = '';
    list.replaceChildren();
    total = start = shown = 0;
    space();
  } else {
    show(data);
  }
});
vscode.postMessage({ type: 'ready' });

function show(data: Extract<ToPage, { type: 'window' }>): void {
  wanted = -1;
  const anchor = topEntry();
  ({ total, start } = data);
  shown = data.entries.length;
  order.textContent = `${total} ${total === 1 ? 'entry' : 'entries'}, ${data.sorted ? 'sorted by the style' : 'in the order of the file'}`;
  list.replaceChildren(...data.entries.map((entry, place) => element(entry, start + place, start + place === data.at)));
  if (shown > 0 && list.offsetHeight > 0) height = Math.max(list.offsetHeight / shown, 20);
  space();
  const current = list.querySelector('.current');
  if (data.follow && current) {
    const { top, bottom } = current.getBoundingClientRect();
    if (top < 40 || bottom > window.innerHeight) current.scrollIntoView({ block: 'center' });
  } else if (anchor) {
    const again = list.querySelector(`[data-number="${anchor.number}"]`);
    if (again) window.scrollBy(0, again.getBoundingClientRect().top - anchor.top);
  }
  askForMore();
}

/** The first entry in view, and how far below the top it stands. */
function topEntry(): { number: string; top: number } | undefined {
  for (const entry of list.children) {
    const { top, bottom } = entry.getBoundingClientRect();
    if (bottom > 0) return { number: (entry as HTMLElement).dataset.number ?? '', top };
  }
  return undefined;
}

function space(): void {
  above.style.height = `${start * height}px`;
  below.style.height = `${Math.max(total - start - shown, 0) * height}px`;
}

function askForMore(): void {
  if (total === 0) return;
  const { top, bottom } = list.getBoundingClientRect();
  const isAboveMissing = start > 0 && top > -window.innerHeight / 2;
  const isBelowMissing = start + shown < total && bottom < window.innerHeight * 1.5;
  if (!isAboveMissing && !isBelowMissing) return;
  const isFar = top > window.innerHeight || bottom < 0;
  const first = isFar
    ? Math.floor((window.scrollY - list.offsetTop + start * height) / height) - Math.floor(shown / 3)
    : start + (isAboveMissing ? -1 : 1) * Math.floor(shown / 2);
  const next = Math.max(0, Math.min(first, total - shown));
  if (next === start || next === wanted) return;
  wanted = next;
  vscode.postMessage({ type: 'want', start: next });
}

function element({ key, range, text, inText }: Extract<ToPage, { type: 'window' }>['entries'][number], number: number, isCurrent: boolean): HTMLElement {
  const entry = document.createElement('article');
  entry.className = isCurrent ? 'entry current' : 'entry';
  entry.dataset.number = String(number);
  const label = document.createElement('div');
  label.className = 'label';
  const name = document.createElement('button');
  name.className = 'key';
  name.textContent = key || `line ${range.start.line + 1}`;
  name.title = 'Show the entry in its file';
  name.addEventListener('click', () => vscode.postMessage({ type: 'reveal', ...range.start }));
  const cited = document.createElement('span');
  // The server has escaped all text in both; the page's policy runs no script that might be there.
  cited.innerHTML = inText;
  label.append(name, cited);
  const body = document.createElement('div');
  body.className = text.includes('class="csl-left-margin"') ? 'text aligned' : 'text';
  if (text) body.innerHTML = text;
  else body.append('Nothing of this entry is printed.');
  entry.append(label, body);
  return entry;
}
