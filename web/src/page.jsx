import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { DataForm } from './data_form.jsx';
import { Findings } from './findings.jsx';
import { Recipients } from './recipients.jsx';
import { Sheet } from './sheet.jsx';
import { Uploads } from './uploads.jsx';
import { sentence } from './sentence.js';
import { flatten, unflatten, unreadable, worstCase } from './data.js';
import { usePicture } from './use_picture.js';
import { languages, speaker, usualLanguage } from './words.js';

const kept = 'pli-token';

/** From the address (#token=…), which is cleared at once so that it stays out of the history; else from this tab's memory. */
function firstToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(kept, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given || sessionStorage.getItem(kept) || '';
}

export function Page() {
  const [language, setLanguage] = useState(usualLanguage);
  const [token, setToken] = useState(firstToken);
  const [wrong, setWrong] = useState(false);
  const say = useMemo(() => speaker(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Pli · ${say('title')}`;
  }, [language, say]);
  const enter = (given) => {
    sessionStorage.setItem(kept, given);
    setWrong(false);
    setToken(given);
  };
  const leave = (refused) => {
    sessionStorage.removeItem(kept);
    setWrong(refused);
    setToken('');
  };
  return (
    <>
      <Head say={say} language={language} setLanguage={setLanguage} leave={token && (() => leave(false))} />
      {token ? <Desk key={token} token={token} say={say} language={language} refused={() => leave(true)} />
             : <Door say={say} enter={enter} wrong={wrong} />}
    </>
  );
}

function Head({ say, language, setLanguage, leave }) {
  return (
    <header class="head">
      <p class="brand"><svg viewBox="0 0 24 30" aria-hidden="true"><path d="M3 2h18v26H3z" class="sheet" /><path d="M3 10.5h18M3 19h18" class="fold" /></svg>Pli</p>
      <h1>{say('title')}</h1>
      <div class="head-end">
        {leave && <button type="button" class="quiet" onClick={leave}>{say('leave')}</button>}
        <label class="language">
          <span class="unseen">{say('language')}</span>
          <select value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
            {Object.entries(languages).map(([code, name]) => <option value={code} lang={code}>{name}</option>)}
          </select>
        </label>
      </div>
    </header>
  );
}

function Door({ say, enter, wrong }) {
  const field = useRef(null);
  useEffect(() => field.current?.focus(), []);
  const open = (event) => {
    event.preventDefault();
    const given = field.current.value.trim();
    if (given) enter(given);
  };
  return (
    <main class="door">
      <form onSubmit={open}>
        <h2>{say('tokenTitle')}</h2>
        <p id="token-help">{say('tokenHelp')}</p>
        <label for="token">{say('token')}</label>
        <input id="token" ref={field} type="password" autocomplete="off" spellcheck={false} required
               aria-describedby="token-help token-wrong" aria-invalid={wrong} />
        <p id="token-wrong" class="complaint" role="alert">{wrong ? say('tokenWrong') : ''}</p>
        <button type="submit" class="main">{say('open')}</button>
      </form>
    </main>
  );
}

/** What is looked at: a template with its sheet, or an upload with its report. */
function Desk({ token, say, language, refused }) {
  const [templates, setTemplates] = useState(null);
  const [name, setName] = useState('');
  const [sheet, setSheet] = useState(null);
  const [upload, setUpload] = useState(null);
  const [complaint, setComplaint] = useState('');
  const [recipient, setRecipient] = useState({ kind: 'sample' });
  const [form, setForm] = useState({});
  const [page, setPage] = useState(1);
  const [zones, setZones] = useState(true);
  const [chosen, setChosen] = useState(-1);

  const complain = (error) => {
    if (error.name === 'AbortError') return;
    if (error.status === 401) return refused();
    setComplaint(error.status ? sentence(error) : say('offline'));
  };

  useEffect(() => {
    api.templates(token).then((all) => {
      setTemplates(all);
      if (all.length > 0) setName((now) => now || all[0]);
    }, complain);
  }, [token]);

  useEffect(() => {
    if (!name) return undefined;
    const giveUp = new AbortController();
    setSheet(null);
    api.sheet(token, name, giveUp.signal).then((found) => {
      setSheet(found);
      setForm(flatten(found.sample));
      setRecipient({ kind: 'sample' });
      setPage(1);
      setChosen(-1);
      setComplaint('');
    }, complain);
    return () => giveUp.abort();
  }, [token, name]);

  const sample = useMemo(() => flatten(sheet?.sample), [sheet]);
  const broken = useMemo(() => unreadable(form, sample), [form, sample]);
  const wanted = useMemo(() => {
    if (upload) return upload.id ? { upload: upload.id } : null;
    if (!sheet || !sheet.ok || broken.length > 0) return null;
    if (recipient.kind === 'queued') return { letter: recipient.letter };
    return { template: sheet.name, data: unflatten(form, sample) };
  }, [upload, sheet, form, sample, broken.length, recipient]);
  const picture = usePicture(token, wanted, page, complain);
  const pages = Math.max(1, upload ? upload.pages.length : picture.pages);
  useEffect(() => {
    if (picture.state === 'drawn' && page > pages) setPage(pages);
  }, [picture.state, pages, page]);

  const pick = (kind, letter) => {
    setRecipient({ kind, letter });
    setPage(1);
    if (kind === 'sample') setForm(sample);
    if (kind === 'name' || kind === 'address') setForm(worstCase(sample, sheet.locale, kind));
  };
  const shown = upload ?? sheet;
  const findings = shown?.findings ?? [];
  const choose = (index) => {
    setChosen(index);
    if (findings[index]?.page) setPage(findings[index].page);
  };
  const label = say(upload ? 'pictureOfUpload' : 'pictureOf', { name: shown?.name ?? '', n: page, all: pages });

  return (
    <main class="desk">
      <section class="side" aria-label={say('templates')}>
        <fieldset class="templates">
          <legend>{say('templates')}</legend>
          {templates?.length === 0 && <p class="faint">{say('noTemplates')}</p>}
          {templates?.map((one) => (
            <label class="choice">
              <input type="radio" name="template" value={one} checked={!upload && one === name}
                     onChange={() => { setUpload(null); setPage(1); setChosen(-1); setName(one); }} />
              <span>{one}</span>
            </label>
          ))}
          {!upload && sheet?.about && <p class="faint about">{sheet.about}</p>}
        </fieldset>
        <Uploads token={token} say={say} complain={complain}
                 show={(report) => { setUpload(report); setPage(1); setChosen(-1); setComplaint(''); }} />
        {!upload && sheet && <Recipients token={token} say={say} sheet={sheet} recipient={recipient} pick={pick} complain={complain} />}
        {!upload && sheet && recipient.kind !== 'queued' && (
          <DataForm say={say} language={language} form={form} sample={sample} broken={broken}
                    change={(key, value) => setForm((now) => ({ ...now, [key]: value }))} reset={() => pick('sample')} />
        )}
      </section>
      <Sheet say={say} language={language} picture={picture} label={label} page={page} pages={pages} setPage={setPage} geometry={shown?.sheet}
             findings={findings} chosen={chosen} choose={choose} zones={zones} setZones={setZones} complaint={complaint}
             download={!upload && wanted && (() => api.pdf(token, wanted).catch((error) => { complain(error); return null; }))}
             name={shown?.name ?? 'letter'} />
      <Findings say={say} findings={findings} shown={shown} chosen={chosen} choose={choose} />
    </main>
  );
}
