/** The page that receives what `purertc send` offers. */
import { DiskOutput, MemoryOutput, SingleStore } from './output.js';
import { SenderConnection, secretOfLink } from './link.js';
import { TransferFailure, elapsed } from './inbox.js';
import { FileReceiver } from './receive.js';
import { Patience } from './patience.js';
import { Speed } from './speed.js';
import { ZipStore } from './zip.js';
import { keptAs } from './manifest.js';
import { showOffer } from './offer-view.js';
import * as format from './format.js';

/** What a page may hold in memory where it cannot write to disk as the bytes come. */
const MEMORY_LIMIT_BYTES = 1024 ** 3;

const SHOW_EVERY_MS = 200;

/** What the user can do when it ends with one of these codes. */
const ADVICE = {
  authentication:
    'The secret of this link is not the sender’s: ask for the whole link again. If it was right, somebody may be between you and the sender.',
  source: 'Ask the sender to send it again.',
  hash: 'The bytes are not the sender’s: load this page again.',
  name: 'The sender offers what no honest sender does.',
  protocol: 'If you trust the sender, load this page again.',
  disk: 'Make room or choose another place, then load this page again.',
  busy: 'Try again when that one is done.',
  lost: 'What has arrived is kept while this page is open.',
  left: 'When the sender runs the same command again, go on here.',
};

/** A page that is still open can go on after these. */
const CAN_GO_ON = ['lost', 'left', 'busy'];

const $ = (id) => document.getElementById(id);
const path = location.pathname.replace(/\/$/, '');
const patience = new Patience();
const speed = new Speed();

let receiver;
let connection = null;
let manifest = null;
let output = null;
let choice = null;
let doneBytes = 0;
let showing = 0;
let running = false;

function status(text, kind = '') {
  $('download-status').textContent = text;
  $('download-status').className = `numbers ${kind}`;
}

function showState(state) {
  $('connection-state').textContent = state;
  const good = state === 'connected' || state === 'done';
  const kind = good ? 'good' : ['failed', 'closed'].includes(state) ? 'bad' : 'wait';
  $('connection-state').dataset.kind = kind;
}

function stateChanged(state) {
  showState(state);
  if (state === 'connected' && running && !receiver.paused) {
    speed.start(doneBytes, performance.now());
    status('Downloading.');
  }
}

/* What there is, and where it goes */

function choose(offered) {
  manifest = offered;
  patience.onContact();
  showOffer(manifest);
  if (!canStream() && manifest.bytes > MEMORY_LIMIT_BYTES) {
    return Promise.reject(new TransferFailure('left', tooMuch()));
  }
  const limit = `, for ${format.size(MEMORY_LIMIT_BYTES)} at most in this browser`;
  const limited = manifest.bytes === null && !canStream();
  status(`The sender is ready${limited ? limit : ''}.`);
  $('download-button').disabled = false;
  return new Promise((resolve) => {
    choice = resolve;
  });
}

function canStream() {
  return typeof window.showSaveFilePicker === 'function';
}

function tooMuch() {
  const limit = format.size(MEMORY_LIMIT_BYTES);
  const other = isSecureContext ? 'Chromium, or the command below' : 'the command below';
  return `This browser can hold files only in memory here, and more than ${limit} is too much: use ${other}.`;
}

/** Of a stream nobody knows before whether it fits. */
function inMemory() {
  return new MemoryOutput(manifest.bytes === null ? MEMORY_LIMIT_BYTES : Infinity);
}

/** To disk where the browser can; null when the user closed the dialog. */
async function chooseOutput() {
  if (!canStream()) return inMemory();
  try {
    const file = await window.showSaveFilePicker({ suggestedName: keptAs(manifest).name });
    return new DiskOutput(await file.createWritable());
  } catch (error) {
    if (error.name === 'AbortError') return null;
    // A name or a place that the browser refuses, or a browser without a screen.
    if (manifest.bytes <= MEMORY_LIMIT_BYTES) return inMemory();
    throw error;
  }
}

$('download-button').onclick = async () => {
  $('download-button').disabled = true;
  $('error-line').textContent = '';
  try {
    output = await chooseOutput();
  } catch (error) {
    $('error-line').textContent = `This browser cannot write there: ${error.message}`;
  }
  $('download-button').disabled = output !== null;
  if (output) start();
};

function start() {
  running = true;
  speed.start(0, performance.now());
  $('download-button').hidden = true;
  $('pause-button').hidden = false;
  $('pause-button').focus();
  status('Downloading.');
  showing = setInterval(showProgress, SHOW_EVERY_MS);
  choice(keptAs(manifest).single ? new SingleStore(output) : new ZipStore(output, manifest));
}

/* Progress */

function progressed(bytes) {
  doneBytes = bytes;
  patience.onProgress();
  speed.add(bytes, performance.now());
}

function showProgress() {
  const { bytes } = manifest;
  if (bytes === null) $('download-progress').removeAttribute('value');
  else $('download-progress').value = bytes > 0 ? doneBytes / bytes : 1;
  const rate = speed.bytesPerSecond(performance.now());
  $('download-rate').textContent = format.progress(doneBytes, bytes, rate);
}

$('pause-button').onclick = () => {
  receiver.paused = !receiver.paused;
  $('pause-button').textContent = receiver.paused ? 'Resume' : 'Pause';
  if (receiver.paused) speed.stop(performance.now());
  else speed.start(doneBytes, performance.now());
  status(receiver.paused ? 'Paused.' : 'Downloading.');
};

/* From the first connection to the last */

async function transfer(secret) {
  for (;;) {
    try {
      showState('connecting');
      connection = new SenderConnection(stateChanged);
      return await connection.run(receiver, path, secret);
    } catch (failure) {
      const waitMs = patience.waitMs(failure, performance.now());
      if (waitMs === null) throw failure;
      speed.stop(performance.now());
      showState('waiting');
      status(`${sentence(failure.message)} Trying again in ${format.duration(waitMs / 1000)}.`);
      await elapsed(waitMs);
    }
  }
}

async function run(secret) {
  $('again-button').hidden = true;
  $('error-line').textContent = '';
  status('');
  try {
    done(await transfer(secret));
  } catch (failure) {
    failed(failure, secret);
  }
}

function done({ bytes, sha256 }) {
  const seconds = speed.activeSeconds(performance.now());
  end();
  showState('done');
  $('download-progress').value = 1;
  $('download-rate').textContent = '';
  const rate = format.speed(seconds > 0 ? bytes / seconds : 0);
  const hash = manifest.files === 1 ? ` SHA-256 ${sha256}` : '';
  status(`Done and verified: ${bytes} bytes in ${seconds.toFixed(1)} s, ${rate}.${hash}`, 'good');
  if (output.blob) save(output.blob);
  receiver.close();
}

function end() {
  running = false;
  clearInterval(showing);
  speed.stop(performance.now());
  $('pause-button').hidden = true;
}

function failed(failure, secret) {
  end();
  showState('failed');
  status('');
  $('download-button').disabled = true;
  const canGoOn = CAN_GO_ON.includes(failure.code) && (failure.told || failure.code === 'lost');
  const advice = failure.code === 'left' && !failure.told ? '' : (ADVICE[failure.code] ?? '');
  $('error-line').textContent = `${sentence(failure.message)} ${advice}`.trim();
  if (!canGoOn) {
    receiver.discard();
    return;
  }
  $('again-button').hidden = false;
  $('again-button').onclick = () => goOn(secret);
}

/** With what is here already. */
function goOn(secret) {
  running = output !== null;
  if (running) showing = setInterval(showProgress, SHOW_EVERY_MS);
  $('download-button').disabled = running || !manifest;
  $('pause-button').hidden = !running;
  patience.onProgress();
  run(secret);
}

/** A reason as a line of its own. */
function sentence(reason) {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function save(blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = keptAs(manifest).name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function load() {
  let secret;
  try {
    secret = secretOfLink(location);
  } catch (failure) {
    $('transfer').hidden = true;
    $('other-way').hidden = true;
    $('error-line').textContent = failure.message;
    return;
  }
  $('download-command').textContent = `purertc receive '${location.href}'`;
  const id = crypto.getRandomValues(new Uint8Array(16));
  receiver = new FileReceiver({
    receiver: Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    choose,
    onprogress: progressed,
  });
  run(secret);
}

// Who mends the link in the address bar gets no new page by that alone.
addEventListener('hashchange', () => location.reload());
addEventListener('beforeunload', (event) => running && event.preventDefault());
addEventListener('pagehide', () => connection?.close());
load();
