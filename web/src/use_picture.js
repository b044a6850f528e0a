import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from './api.js';

const typing = 40; // ms without a change before the letter is asked for
const still = 450; // and before it is drawn finer
const quick = 96;
const fine = 192;

/** The picture of what is wanted. It follows every change: the latest wins, whatever comes back in which order. A quick
 *  picture comes first, a finer one when nothing has changed for a moment. While one is awaited, or refused, the last
 *  stays. */
export function usePicture(token, wanted, page, complain) {
  const [picture, setPicture] = useState({ url: '', shows: '', pages: 0, milliseconds: 0, state: 'drawing', error: null });
  const shown = useRef('');
  const key = wanted === null ? '' : JSON.stringify(wanted);

  useEffect(() => {
    if (!key) return undefined;
    const giveUp = new AbortController();
    let waiting = 0;
    const draw = async (dpi) => {
      try {
        const asked = JSON.parse(key);
        const drawn = await api.picture(token, { ...asked, page, dpi }, giveUp.signal);
        if (giveUp.signal.aborted) return URL.revokeObjectURL(drawn.url);
        if (shown.current) URL.revokeObjectURL(shown.current);
        shown.current = drawn.url;
        setPicture((now) => ({ ...drawn, shows: asked.upload ?? asked.letter ?? asked.template, milliseconds: dpi === quick ? drawn.milliseconds : now.milliseconds, state: 'drawn', error: null }));
        if (dpi === quick) waiting = setTimeout(() => draw(fine), still);
      } catch (error) {
        if (error.name === 'AbortError') return undefined;
        if (!error.status || error.status === 401) complain(error);
        setPicture((now) => ({ ...now, state: 'refused', error }));
      }
      return undefined;
    };
    setPicture((now) => ({ ...now, state: 'drawing' }));
    waiting = setTimeout(() => draw(quick), typing);
    return () => {
      clearTimeout(waiting);
      giveUp.abort();
    };
  }, [token, key, page]);

  return picture;
}
