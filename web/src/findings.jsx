import { useEffect, useRef } from 'preact/hooks';

/** What is to be said, with the numbers that stand on the sheet. */
export function Findings({ say, findings, shown, chosen, choose }) {
  const list = useRef(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">{say('findings')}</h2>
      {shown && <p class="shown">{shown.name}{shown.sheet && <span class="faint"> · {shown.sheet.profile}</span>}</p>}
      {shown && findings.length === 0 && <p class="good">{say('noFindings')}</p>}
      <ol ref={list}>
        {findings.map((one, index) => (
          <li class={one.severity}>
            <button type="button" aria-current={index === chosen} onClick={() => choose(index)}>
              <span class="badge" aria-hidden="true">{index + 1}</span>
              <span class="what">
                <strong>{say(one.severity)}</strong>
                {one.page > 0 && one.box && (
                  <span class="place">{say('onPage', { n: one.page, x: Math.round(one.box.x), y: Math.round(one.box.y) })}</span>
                )}
                <span class="message">{one.message}</span>
                {!one.page && one.where && <span class="place">{one.where}</span>}
                {one.expected && <span class="more"><em>{say('expected')}:</em> {one.expected}</span>}
                {one.remedy && <span class="more"><em>{say('remedy')}:</em> {one.remedy}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
