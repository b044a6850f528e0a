import { useState } from 'preact/hooks';
import { sentence } from './sentence.js';
import { zoneName } from './words.js';

/** The sheet as it lies on a desk, with what the envelope shows of it. Left and right turn its pages. */
export function Sheet({ say, language, picture, label, page, pages, setPage, geometry, findings, chosen, choose, zones, setZones,
                        complaint, download, name }) {
  const turn = (step) => setPage(Math.min(pages, Math.max(1, page + step)));
  const keys = (event) => {
    if (event.key === 'ArrowRight' || event.key === 'PageDown') turn(1);
    else if (event.key === 'ArrowLeft' || event.key === 'PageUp') turn(-1);
    else return;
    event.preventDefault();
  };
  const refused = complaint || (picture.state === 'refused' && sentence(picture.error));
  const status = picture.state === 'drawn' ? say('drawn', { n: page, all: pages, ms: picture.milliseconds })
    : picture.state === 'drawing' ? say('drawing') : '';
  return (
    <section class="middle" aria-label={say('sheet')}>
      <div class="bar">
        <div class="turn">
          <button type="button" onClick={() => turn(-1)} disabled={page <= 1} aria-label={say('previousPage')}>←</button>
          <span>{say('page', { n: page, all: pages })}</span>
          <button type="button" onClick={() => turn(1)} disabled={page >= pages} aria-label={say('nextPage')}>→</button>
        </div>
        <label class="tick">
          <input type="checkbox" checked={zones} onChange={(event) => setZones(event.currentTarget.checked)} />
          <span>{say('zones')}</span>
        </label>
        <Download say={say} download={download} name={name} />
      </div>
      <div class="complaints" role="alert">
        {refused && <p class="complaint">{refused}{picture.url && ` ${say('stale')}`}</p>}
      </div>
      <div class={`paper ${refused ? 'stale' : ''}`} tabIndex={0} role="group" aria-label={label} onKeyDown={keys}
           data-state={picture.state} data-shows={picture.shows} data-page={page}>
        {picture.url && <img src={picture.url} alt={label} />}
        {picture.url && geometry && (
          <Marks say={say} language={language} geometry={geometry} page={page} zones={zones} findings={findings} chosen={chosen} choose={choose} />
        )}
      </div>
      <p class="status" role="status">{refused ? '' : status}</p>
    </section>
  );
}

/** Where a zone's name stands: windows hold one another, so each kind has a corner of its own. */
function besides({ kind, box }) {
  const [left, right, top, bottom] = [box.x + 1, box.x + box.w - 1, box.y + 3, box.y + box.h - 1];
  if (kind === 'window') return { x: box.x, y: box.y - 1 };
  if (kind === 'return-line') return { x: left, y: top };
  if (kind === 'franking') return { x: right, y: top, 'text-anchor': 'end' };
  return { x: right, y: bottom, 'text-anchor': 'end' };
}

/** Everything in millimetres, as the service tells it. Seen only: the list of findings says the same. */
function Marks({ language, say, geometry, page, zones, findings, chosen, choose }) {
  const { w, h } = geometry.size;
  const here = (geometry.zones ?? []).filter((zone) => zone.page === page || zone.page === 0);
  const found = findings.map((one, index) => ({ ...one, index })).filter((one) => one.box && one.page === page);
  return (
    <svg class="marks" viewBox={`0 0 ${w} ${h}`} aria-hidden="true">
      {zones && (
        <g class="zones">
          {here.map((zone) => (
            <g class={zone.kind}>
              <rect x={zone.box.x} y={zone.box.y} width={zone.box.w} height={zone.box.h} rx={zone.kind === 'window' ? 2 : 0} />
              {zone.box.w > 20 && <text {...besides(zone)}>{zoneName(language, zone.kind)}</text>}
            </g>
          ))}
          {(geometry.folds ?? []).map((y) => (
            <g class="fold">
              <line x1="0" x2={w} y1={y} y2={y} />
              <text x={w - 1.5} y={y - 1} text-anchor="end">{`${say('fold')} ${Math.round(y)}`}</text>
            </g>
          ))}
        </g>
      )}
      {found.map((one) => (
        <g class={`finding ${one.severity} ${one.index === chosen ? 'chosen' : ''}`} onClick={() => choose(one.index)}>
          <rect x={one.box.x - 0.6} y={one.box.y - 0.6} width={one.box.w + 1.2} height={one.box.h + 1.2} />
          <circle cx={one.box.x - 0.6} cy={one.box.y - 0.6} r="3" />
          <text x={one.box.x - 0.6} y={one.box.y + 0.75} text-anchor="middle">{one.index + 1}</text>
        </g>
      ))}
    </svg>
  );
}

function Download({ say, download, name }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const bytes = await download();
    setBusy(false);
    if (!bytes) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(bytes);
    link.download = `${name}.pdf`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return <button type="button" class="main" disabled={!download || busy} onClick={save}>{say(busy ? 'downloading' : 'download')}</button>;
}
