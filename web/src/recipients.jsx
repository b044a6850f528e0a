import { useEffect, useState } from 'preact/hooks';
import * as api from './api.js';

/** Whose letter is shown: the sample's, the worst cases', or one of the queue. */
export function Recipients({ token, say, sheet, recipient, pick, complain }) {
  const [queue, setQueue] = useState(null);
  useEffect(() => {
    const giveUp = new AbortController();
    setQueue(null);
    api.recipients(token, sheet.name, giveUp.signal).then(setQueue, complain);
    return () => giveUp.abort();
  }, [token, sheet.name]);

  const letters = queue?.letters ?? [];
  const at = letters.findIndex((one) => one.id === recipient.letter);
  const choice = (kind, label, letter) => (
    <label class="choice">
      <input type="radio" name="recipient" checked={recipient.kind === kind} onChange={() => pick(kind, letter)} />
      <span>{label}</span>
    </label>
  );
  const go = (step) => pick('queued', letters[(at + step + letters.length) % letters.length].id);
  return (
    <fieldset class="recipients">
      <legend>{say('recipients')}</legend>
      {choice('sample', say('sample'))}
      {choice('name', say('longName'))}
      {choice('address', say('longAddress'))}
      {letters.length > 0 && choice('queued', `${say('queued')} (${queue.total})`, letters[0].id)}
      {recipient.kind === 'queued' && at >= 0 && (
        <div class="queued">
          <p aria-live="polite">{say('queuedOf', { n: at + 1, all: letters.length, name: letters[at].name })}</p>
          <div class="flip">
            <button type="button" onClick={() => go(-1)} aria-label={say('previousLetter')}>←</button>
            <button type="button" onClick={() => go(1)} aria-label={say('nextLetter')}>→</button>
            <button type="button" onClick={() => pick('queued', queue.longest_name)} disabled={recipient.letter === queue.longest_name}>{say('longName')}</button>
            <button type="button" onClick={() => pick('queued', queue.longest_address)} disabled={recipient.letter === queue.longest_address}>{say('longAddress')}</button>
          </div>
          <p class="faint">{say('queuedHelp')}</p>
        </div>
      )}
      {queue && letters.length === 0 && <p class="faint">{say('noQueue')}</p>}
    </fieldset>
  );
}
