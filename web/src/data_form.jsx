import { lastPart, namesOf } from './data.js';
import { labelOf } from './words.js';

/** The data of a letter, name by name. */
export function DataForm({ say, language, form, sample, broken, change, reset }) {
  const names = namesOf({ ...sample, ...form });
  const group = (title, members) => members.length > 0 && (
    <fieldset>
      <legend>{title}</legend>
      <div class="fields">
        {members.map((name) => (
          <Field key={name} say={say} name={name} label={labelOf(language, lastPart(name)) === lastPart(name) ? name : labelOf(language, lastPart(name))}
                 value={form[name] ?? ''} wrong={broken.includes(name)} change={change} />
        ))}
      </div>
    </fieldset>
  );
  return (
    <form class="data" onSubmit={(event) => event.preventDefault()} aria-label={say('data')}>
      {group(say('addressee'), names.address)}
      {group(say('fields'), names.fields)}
      <button type="button" class="quiet" onClick={reset}>{say('reset')}</button>
    </form>
  );
}

/** Sixths of the form's width. */
const widths = { postal_code: 2, city: 4, title: 2, country: 2, region: 4, first_name: 3, last_name: 3 };

function Field({ say, name, label, value, wrong, change }) {
  const id = `field-${name}`;
  const props = {
    id, value, spellcheck: false, autocomplete: 'off', 'aria-invalid': wrong, 'aria-describedby': wrong ? `${id}-wrong` : undefined,
    onInput: (event) => change(name, event.currentTarget.value),
  };
  const long = value.includes('\n') || value.length > 60;
  return (
    <div class={`field wide-${widths[lastPart(name)] ?? 6}`}>
      <label for={id}>{label}</label>
      {long ? <textarea {...props} rows={Math.min(8, value.split('\n').length + 1)} /> : <input {...props} type="text" />}
      {wrong && <p class="complaint" id={`${id}-wrong`}>{say('jsonWrong')}</p>}
    </div>
  );
}
