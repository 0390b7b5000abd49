/** What pages share that start something and stop it, each with a button. */

const $ = (id) => document.getElementById(id);

/** Offers one of the two buttons; the settings hold as long as something runs. */
export function running(on, settings = []) {
  const had = document.activeElement;
  $('start').disabled = on;
  $('stop').disabled = !on;
  for (const id of settings) $(id).disabled = on;
  // The keyboard stays where it was, at the one button that works.
  if (had === $('start') && on) $('stop').focus();
  if (had === $('stop') && !on) $('start').focus();
}

/**
 * A line that says how it goes.
 *
 * @param kind good, wait or bad: its colour
 */
export function tellState(line, text, kind) {
  line.textContent = text;
  line.dataset.kind = kind;
}
