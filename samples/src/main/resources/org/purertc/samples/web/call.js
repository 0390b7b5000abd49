/** The call page: a room of up to six members, each connected to each. */
import { LocalMedia } from './call-media.js';
import { Peers, stateOf } from './call-peers.js';
import { hasPicture } from './call-pair.js';
import { Tiles, setText } from './call-tiles.js';
import { Members } from './call-members.js';
import { Chat } from './call-chat.js';
import { Files } from './call-files.js';
import { answerInspectors } from './call-inspect.js';
import { CallRoom } from './call-room.js';

/** Each member sends its picture to each other one: more than this is no pleasure. */
const MAX_MEMBERS = 6;
const NAME_KEY = 'purertc-name';

const $ = (id) => document.getElementById(id);
const media = new LocalMedia($('camera'), $('microphone'));
const peers = new Peers(media);
const tiles = new Tiles($('tiles'), $('tile-template'));
const members = new Members($('members'), $('member-count'), $('file-target'));
const chat = new Chat($('chat-log'), $('chat-form'), $('chat-input'));
const files = new Files($('transfers'), $('transfer-template'), (news) => setText($('file-news'), news));

/** The room that this page is in or about to enter; null before and after. */
let room = null;
/** Of this page in the room: { id, name, role }. */
let own = null;
let toldStatus = '';
/** What the server may want to see; it comes with the link. */
let token;

answerInspectors(peers);

/* Joining and leaving */

function join() {
  const name = $('name').value.trim();
  const roomName = $('room').value;
  setText($('join-error'), name === '' ? 'A name of blanks tells the others nothing.' : '');
  if (name === '') return;
  remember(name);
  history.replaceState(null, '', `#${roomName}${token ? `&token=${encodeURIComponent(token)}` : ''}`);
  setText($('error-line'), '');
  $('join').disabled = true;
  const joining = new CallRoom(roomName, name, token);
  room = joining;
  joining.onwelcome = (welcome) => enter(roomName, name, welcome);
  joining.onmember = (event, it) => memberEvents[event](it);
  joining.oniceservers = (servers) => (peers.iceServers = servers);
  joining.onchat = (line) => chat.add(line, own.id);
  joining.onstate = showRoomState;
  joining.onend = (reason) => leave(reason);
  joining.onproblem = (text) => setText($('error-line'), text);
}

/** Also called when the server has forgotten this page: then everything begins anew. */
function enter(roomName, name, { member, role, members: others, history: lines, iceServers }) {
  const before = peers.all.map(({ member: { id } }) => id);
  before.forEach((id) => removePeer(id, 'The server has started anew.'));
  if (others.length >= MAX_MEMBERS) {
    leave(`The room is full: ${others.length} members are in it, and a call is for ${MAX_MEMBERS}.`);
    return;
  }
  own = { id: member, name, role };
  toldStatus = '';
  peers.iceServers = iceServers;
  // Who was there first is impolite (docs/signaling.md).
  for (const other of others) peers.add(other, true);
  chat.start(lines, member);
  setText($('room-name'), roomName);
  inCall(true);
  tellStatus();
  render();
}

function leave(reason) {
  room?.leave();
  room = null;
  own = null;
  for (const { member } of peers.all) removePeer(member.id, 'You left the call.');
  inCall(false);
  setText($('join-error'), reason);
  media.setScreen(false);
  render();
}

function inCall(on) {
  const hadFocus = document.activeElement;
  $('join').disabled = false;
  $('join-card').hidden = on;
  for (const id of ['side', 'files-card', 'room-row', 'leave']) $(id).hidden = !on;
  $('lead').hidden = on;
  // The keyboard goes on where there is something to do.
  if (on && $('join-card').contains(hadFocus)) $('microphone-switch').focus();
  if (!on && hadFocus === $('leave')) $('join').focus();
}

/* Members */

const memberEvents = {
  joined(member) {
    if (peers.all.length + 1 >= MAX_MEMBERS) return;
    peers.add(member, false);
    chat.note(`${member.name} joined.`);
    render();
  },
  left({ id, reason }) {
    const member = removePeer(id, 'The member has left.');
    if (member) chat.note(`${member.name} ${LEFT[reason] ?? 'left'}.`);
    render();
  },
  changed({ id, ...changes }) {
    if (id === own.id) Object.assign(own, changes);
    else peers.update(id, changes);
    render();
  },
  direct({ id, data }) {
    peers.receive(id, data);
  },
};

const LEFT = { removed: 'was sent out', timeout: 'is gone', 'too-slow': 'was too slow for the server' };

function removePeer(id, reason) {
  files.end(id, reason);
  return peers.remove(id);
}

peers.onsignal = (id, message) => room?.direct(id, message);
peers.onfile = (channel, member) => files.receive(channel, member);
peers.onchange = render;
members.onremove = (id) => room?.remove(id);

/* What is seen */

function render() {
  const pictures = [ownPicture(), ...peers.all.map(pictureOf)];
  tiles.show([...pictures.flatMap(screenOf), ...pictures]);
  if (own) {
    const lines = peers.all.map((peer) => ({ ...peer.member, presence: stateOf(peer) }));
    members.show({ ...own, status: ownStatus(), presence: '' }, lines);
    $('file-input').disabled = peers.all.length === 0;
  }
  renderSwitches();
}

function ownPicture() {
  return {
    key: 'own',
    member: null,
    name: own ? `${own.name} (you)` : 'You',
    status: own ? ownStatus() : '',
    state: '',
    stream: media.person,
    desk: media.desk,
    isScreen: false,
  };
}

function pictureOf(peer) {
  const { id, name, status } = peer.member;
  const { person: stream, desk } = peer.pair;
  return { key: id, member: id, name, status, state: stateOf(peer), stream, desk, isScreen: false };
}

/** One more picture, if there is a screen. */
function screenOf({ key, desk, ...picture }) {
  if (!hasPicture(desk)) return [];
  return [{ ...picture, key: `${key} screen`, state: '', stream: desk, isScreen: true }];
}

function ownStatus() {
  return [
    media.microphoneOn ? '' : 'microphone off',
    media.cameraOn ? '' : 'camera off',
    media.screenOn ? 'shares the screen' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function showRoomState(text, kind) {
  setText($('room-state'), text);
  $('room-state').dataset.kind = kind;
}

/* Camera, microphone, screen */

const switches = [
  { id: 'microphone-switch', kind: 'audio', isOn: () => media.microphoneOn, set: (on) => media.setMicrophone(on) },
  { id: 'camera-switch', kind: 'video', isOn: () => media.cameraOn, set: (on) => media.setCamera(on) },
  { id: 'screen-switch', kind: 'screen', isOn: () => media.screenOn, set: (on) => media.setScreen(on) },
];
for (const { id, kind, isOn, set } of switches) {
  $(id).onclick = () => media.isBusy(kind) || set(!isOn());
}

function renderSwitches() {
  for (const { id, kind, isOn } of switches) {
    $(id).setAttribute('aria-checked', String(isOn()));
    $(id).setAttribute('aria-busy', String(media.isBusy(kind)));
  }
  $('screen-switch').hidden = !own || !media.canShareScreen;
  const several = (list) => list.options.length > 1;
  $('camera-field').hidden = !several($('camera'));
  $('microphone-field').hidden = !several($('microphone'));
  $('devices').hidden = !several($('camera')) && !several($('microphone'));
}

media.onproblem = (text) => setText($('media-error'), text);
media.onchange = () => {
  peers.showMedia();
  tellStatus();
  render();
};

function tellStatus() {
  if (!own || ownStatus() === toldStatus) return;
  toldStatus = ownStatus();
  room.status(toldStatus);
}

/* Chat and files */

chat.onsend = (text) => room?.chat(text);

function sendFiles(list, memberId) {
  const to = peers.all.filter(({ member }) => memberId === '' || member.id === memberId);
  setText($('file-error'), to.length === 0 ? 'Nobody else is here.' : '');
  for (const { member, pair } of to) files.send(list, member, () => pair.openFileChannel());
}

$('file-input').onchange = () => {
  sendFiles([...$('file-input').files], $('file-target').value);
  $('file-input').value = '';
};

function holdsFiles(event) {
  return own !== null && event.dataTransfer?.types.includes('Files');
}

addEventListener('dragover', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  const member = tiles.memberAt(event.target);
  document.body.classList.toggle('dropping', member === null);
  tiles.mark(member);
});

addEventListener('dragleave', (event) => {
  // Only when the pointer has left the page: each element of it says so, too.
  if (event.relatedTarget === null) endDrag();
});

addEventListener('drop', (event) => {
  endDrag();
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
  const plain = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory);
  sendFiles(plain.map((item) => item.getAsFile()), tiles.memberAt(event.target) ?? $('file-target').value);
  if (plain.length < items.length) {
    setText($('file-error'), 'Folders are left out: send their files, or use "purertc send".');
  }
});

function endDrag() {
  document.body.classList.remove('dropping');
  tiles.mark(null);
}

/* The page */

function remember(name) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // A browser that stores nothing asks again.
  }
}

function remembered() {
  try {
    return localStorage.getItem(NAME_KEY) ?? '';
  } catch {
    return '';
  }
}

/** Nobody comes upon it by trying. */
function freshRoom() {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const random = crypto.getRandomValues(new Uint8Array(12));
  return [...random].map((it) => letters[it % letters.length]).join('');
}

/** Links are /call#room, and /call#room&token=… where the server asks for one. */
function readLink() {
  const parameters = new URLSearchParams(`room=${location.hash.slice(1)}`);
  token = parameters.get('token') ?? undefined;
  $('room').value = parameters.get('room') || freshRoom();
  showJavaCommand();
}

function showJavaCommand() {
  setText($('java-command'), `purertc join ${$('room').value} --server ${location.origin}`);
}

$('join-form').onsubmit = (event) => {
  event.preventDefault();
  join();
};
$('room').oninput = showJavaCommand;
$('leave').onclick = () => leave('');
$('copy-link').onclick = async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    $('copy-link').textContent = 'Copied';
  } catch {
    // Only https and the own machine may write there.
    setText($('error-line'), `The link: ${location.href}`);
  }
};
addEventListener('hashchange', () => {
  if (room) leave('');
  readLink();
});
// A page that the browser kept while it was out of sight has no room any more.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

$('name').value = remembered();
readLink();
render();
media.start();
