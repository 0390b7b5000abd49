/** Cameras and microphones to choose from, and why there is none. */

const NONE = 'none';
/** As much as a webcam gives without effort. */
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

export const NO_DEVICES_HERE =
  'A browser gives its camera and microphone only to a page from its own machine (http://127.0.0.1 or http://localhost) or by https.';

/**
 * Fills both lists with what there is now; what was chosen stays so if it is still there.
 * `withNone` adds a line for none to each.
 */
export async function fillDevices(camera, microphone, withNone) {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  fill(camera, 'Camera', devices.filter(({ kind }) => kind === 'videoinput'), withNone);
  fill(microphone, 'Microphone', devices.filter(({ kind }) => kind === 'audioinput'), withNone);
}

function fill(select, name, devices, withNone) {
  const before = select.value;
  const options = devices.map(({ deviceId, label }, i) => {
    // Before the user has agreed, a device has neither an id nor a name.
    return new Option(label || (i === 0 ? `any ${name.toLowerCase()}` : `${name} ${i + 1}`), deviceId);
  });
  if (withNone) options.push(new Option(`no ${name.toLowerCase()}`, NONE));
  select.replaceChildren(...options);
  if ([...select.options].some(({ value }) => value === before)) select.value = before;
}

export function chosenConstraints(camera, microphone) {
  const device = ({ value }) => (value === '' ? {} : { deviceId: { exact: value } });
  return {
    video: camera.value !== NONE && { ...PICTURE, ...device(camera) },
    // Without echo cancellation the sound that comes back would go out once more.
    audio: microphone.value !== NONE && { echoCancellation: true, ...device(microphone) },
  };
}

/** One line for a failure of getUserMedia. */
export function explain(error) {
  switch (error.name) {
    case 'NotAllowedError':
      return 'This page may not use the camera or the microphone. Allow it in the browser, beside the address, or in the settings of the system; then try again.';
    case 'NotFoundError':
      return 'The browser sees no camera or no microphone. Go on without the one that is missing.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera or the microphone does not start. Another program may be using it.';
    case 'OverconstrainedError':
      return 'The chosen camera or microphone is gone. Choose another one.';
    case 'TypeError':
      return 'Neither a camera nor a microphone is chosen. If the lists offer none, the browser sees none.';
    default:
      return `The camera or the microphone does not start: ${error.message}`;
  }
}
