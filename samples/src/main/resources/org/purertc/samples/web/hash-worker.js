/** SHA-256 and CRC-32 beside the page, so that the page stays smooth. */
import { Sha256 } from './sha256.js';
import { crc32 } from './crc32.js';

let hash = new Sha256();
let crc = 0;

onmessage = ({ data }) => {
  if (data === 'so far') {
    postMessage({ soFar: hash.hexSoFar() });
  } else if (data === 'end') {
    postMessage({ hex: hash.hex(), crc });
    hash = new Sha256();
    crc = 0;
  } else {
    const bytes = new Uint8Array(data);
    hash.update(bytes);
    crc = crc32(crc, bytes);
    postMessage({ bytes: bytes.length });
  }
};
