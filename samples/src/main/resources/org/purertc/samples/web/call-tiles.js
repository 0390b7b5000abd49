/** The pictures of the call: a tile for each member, and one for each shared screen. */
import { hasPicture } from './call-pair.js';

/**
 * What one tile shows.
 *
 * @typedef {object} Picture
 * @property {string} key tells it from the others
 * @property {string | null} member whose it is; null for the own ones
 * @property {string} name
 * @property {string} status what the member says of itself
 * @property {string} state what is wrong or under way, or nothing
 * @property {MediaStream} stream
 * @property {boolean} isScreen
 */

export class Tiles {
  #list;
  #template;
  #tiles = new Map();

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template
   */
  constructor(list, template) {
    this.#list = list;
    this.#template = template;
  }

  /** Shows these pictures, in this order, and no others. */
  show(/** @type {Picture[]} */ pictures) {
    for (const [key, tile] of this.#tiles) {
      if (pictures.some((it) => it.key === key)) continue;
      tile.querySelector('video').srcObject = null;
      tile.remove();
      this.#tiles.delete(key);
    }
    pictures.forEach((picture, at) => {
      const tile = this.#tileOf(picture);
      // A picture that is moved in the document starts anew, so only what must move does.
      if (this.#list.children[at] !== tile) this.#list.insertBefore(tile, this.#list.children[at]);
      fill(tile, picture);
      this.#showPicture(tile);
    });
    this.#list.dataset.count = pictures.filter(({ isScreen }) => !isScreen).length;
  }

  /** The member whose picture is there, or null. */
  memberAt(element) {
    return element?.closest?.('.tile')?.dataset.member ?? null;
  }

  /** Marks the pictures of a member that files would go to. */
  mark(member) {
    for (const tile of this.#tiles.values()) {
      tile.classList.toggle('target', member !== null && tile.dataset.member === member);
    }
  }

  /** The first picture may take a while; until then, the tile shows who it is. */
  #showPicture(tile) {
    const { srcObject, videoWidth } = tile.querySelector('video');
    const has = srcObject !== null && videoWidth > 0 && hasPicture(srcObject);
    tile.classList.toggle('has-picture', has);
  }

  #tileOf({ key, member, isScreen }) {
    const known = this.#tiles.get(key);
    if (known) return known;
    const tile = this.#template.content.firstElementChild.cloneNode(true);
    tile.dataset.key = key;
    if (member !== null) tile.dataset.member = member;
    tile.classList.toggle('screen', isScreen);
    tile.classList.toggle('mirrored', member === null && !isScreen);
    const video = tile.querySelector('video');
    video.muted = member === null;
    video.onresize = () => this.#showPicture(tile);
    this.#tiles.set(key, tile);
    return tile;
  }
}

function fill(tile, { name, status, state, stream, isScreen }) {
  const video = tile.querySelector('video');
  // An element that waits for the first track keeps the page from being loaded.
  const source = stream.getTracks().length > 0 ? stream : null;
  if (video.srcObject !== source) video.srcObject = source;
  const title = isScreen ? `${name}: screen` : name;
  video.setAttribute('aria-label', `Picture of ${title}`);
  setText(tile.querySelector('.initials'), initials(name));
  setText(tile.querySelector('.tile-name'), title);
  setText(tile.querySelector('.tile-status'), isScreen ? '' : status);
  setText(tile.querySelector('.tile-state'), state);
}

/** Only what changed is written, so that it is not read out again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function initials(name) {
  const words = name.trim().split(/\s+/u);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0] ?? '').join('').toLocaleUpperCase();
}
