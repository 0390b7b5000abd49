/** The ticker page: prices and notifications of a feeder in a room, over a transport of choice. */
import * as format from './format.js';
import { Board } from './ticker-board.js';
import { Notices } from './ticker-notices.js';
import { Plot } from './plot.js';
import { TickerFeed } from './ticker-feed.js';

const SECOND_MS = 1_000;

/** As signaling.js calls them, and as people do. */
const TRANSPORTS = {
  '': 'The first that works',
  websocket: 'WebSocket',
  socketio: 'Socket.IO',
  eventstream: 'Server-Sent Events',
  longpolling: 'Long polling',
  shortpolling: 'Short polling',
};

const $ = (id) => document.getElementById(id);
const board = new Board($('rows'));
const notices = new Notices($('notices'), $('notice-count'));
const plot = new Plot($('latency-plot'), $('latency-top'), 1, (value) => `${value} ms`);

/** The feed that this page hears; null when it hears none. */
let feed = null;
/** What the server may want to see; it comes with the link. */
let token;
/** Since the numbers were last told. */
let second = newSecond();
let missed = 0;
let reconnected = 0;
let timer;

function newSecond() {
  return { updates: 0, messages: 0, frames: 0, latenciesMs: [], sinceMs: performance.now() };
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showState(text, kind) {
  setText($('state'), text);
  $('state').dataset.kind = kind;
}

/* Connecting and leaving */

function connect() {
  const room = $('room').value;
  const transport = $('transport').value || undefined;
  writeHash();
  setText($('error-line'), '');
  missed = reconnected = 0;
  second = newSecond();
  plot.clear();
  const made = new TickerFeed({ room, token, transport });
  feed = made;
  showState('Connecting.', 'wait');
  made.onstate = (text, kind) => {
    showState(kind === 'good' ? `${text} By ${TRANSPORTS[made.transport]}.` : text, kind);
  };
  made.onsymbols = (symbols) => {
    board.show(symbols);
    $('prices').hidden = false;
    $('no-prices').hidden = true;
  };
  made.onticks = ticks;
  made.onnotice = (notice) => notices.add(notice);
  made.onreconnected = () => reconnected++;
  made.onend = (reason) => disconnected(reason);
  setForm(true);
  timer = setInterval(tellSecond, SECOND_MS);
}

function disconnect() {
  feed.leave();
  disconnected('');
}

function disconnected(reason) {
  feed = null;
  clearInterval(timer);
  setForm(false);
  showState('Not connected.', reason ? 'bad' : 'wait');
  setText($('error-line'), reason ? `The room is closed to this page: ${reason}.` : '');
}

function setForm(connected) {
  $('room').disabled = connected;
  $('transport').disabled = connected;
  setText($('connect'), connected ? 'Disconnect' : 'Connect');
}

/* What comes */

function ticks(list, latencyMs, gap) {
  second.updates += list.length;
  second.messages++;
  if (latencyMs !== null) second.latenciesMs.push(latencyMs);
  missed += gap;
  board.update(list);
}

function tellSecond() {
  const seconds = (performance.now() - second.sinceMs) / 1_000;
  const { updates, messages, frames, latenciesMs } = second;
  second = newSecond();
  latenciesMs.sort((a, b) => a - b);
  const median = latenciesMs[Math.floor(latenciesMs.length / 2)] ?? null;
  const slowest = latenciesMs.at(-1) ?? null;
  setText($('updates'), `${Math.round(updates / seconds)} a second`);
  setText($('messages'), `${Math.round(messages / seconds)} a second`);
  setText($('frames'), `${Math.round(frames / seconds)} times a second`);
  setText($('missed'), String(missed));
  setText($('reconnected'), String(reconnected));
  setText($('median'), format.milliseconds(median));
  setText($('slowest'), format.milliseconds(slowest));
  plot.add({ median, slowest });
  tellClock(feed?.clockOffsetMs ?? null);
}

function tellClock(offsetMs) {
  const explained = 'From the moment at which Java sends until this page has read the message.';
  const apart = offsetMs === null ? '' : ` The two clocks are ${Math.abs(offsetMs).toFixed(0)} ms apart, which is taken out.`;
  setText($('clock'), explained + apart);
}

/* The page */

function writeHash() {
  const withToken = token ? `&token=${encodeURIComponent(token)}` : '';
  history.replaceState(null, '', `#${$('room').value}${withToken}`);
}

function readHash() {
  const parameters = new URLSearchParams(`room=${location.hash.slice(1)}`);
  token = parameters.get('token') ?? undefined;
  $('room').value = parameters.get('room') || 'ticker';
  showCommand();
}

function showCommand() {
  const room = $('room').value || 'ROOM';
  const words = ['scripts/purertc', 'feed', room, '--server', location.origin];
  if (token) words.push('--token', 'TOKEN');
  setText($('command'), words.join(' '));
}

board.ondrawn = () => second.frames++;
notices.onchange = (some) => {
  $('notices').hidden = $('clear').hidden = !some;
  $('no-notices').hidden = some;
};
for (const [value, text] of Object.entries(TRANSPORTS)) $('transport').add(new Option(text, value));
$('room').oninput = showCommand;
$('clear').onclick = () => {
  notices.clear();
  $('read-out').focus();
};
$('read-out').onchange = ({ target }) => {
  $('notices').setAttribute('aria-live', target.checked ? 'polite' : 'off');
};
$('connect-form').onsubmit = (event) => {
  event.preventDefault();
  if (feed) disconnect();
  else connect();
};
addEventListener('hashchange', () => {
  if (!feed) readHash();
});
readHash();
