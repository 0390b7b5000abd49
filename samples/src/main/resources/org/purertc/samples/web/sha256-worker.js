/** Hashes beside the page, so that the page stays smooth. */
import { Sha256 } from './sha256.js';

const hash = new Sha256();

onmessage = ({ data }) => {
  if (data === 'end') {
    postMessage({ hex: hash.hex() });
  } else {
    hash.update(new Uint8Array(data));
    postMessage({ bytes: data.byteLength });
  }
};
