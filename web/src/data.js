// A letter's data as a form: what is an object becomes dotted names, lists stay JSON.

/** The parts of an address, in the order they are written. */
export const addressKeys = ['company', 'department', 'title', 'first_name', 'last_name', 'name', 'care_of', 'extra', 'street', 'po_box',
  'postal_code', 'city', 'region', 'country', 'lines'];

export function flatten(data, prefix = '', out = {}) {
  for (const [key, value] of Object.entries(data ?? {})) {
    if (value && typeof value === 'object' && !Array.isArray(value)) flatten(value, `${prefix}${key}.`, out);
    else out[prefix + key] = Array.isArray(value) ? JSON.stringify(value, null, 1) : String(value ?? '');
  }
  return out;
}

const listed = (text) => {
  const value = JSON.parse(text);
  if (typeof value !== 'object') throw new SyntaxError('neither list nor object');
  return value;
};
const isListed = (sample, name) => /^\s*[[{]/.test(sample[name] ?? '');

/** The names whose text should be JSON and is not. */
export const unreadable = (form, sample) =>
  Object.keys(form).filter((name) => {
    if (!isListed(sample, name)) return false;
    try {
      listed(form[name]);
      return false;
    } catch {
      return true;
    }
  });

export function unflatten(form, sample) {
  const data = {};
  for (const [name, text] of Object.entries(form)) {
    const path = name.split('.');
    const last = path.pop();
    let place = data;
    for (const step of path) place = place[step] ??= {};
    place[last] = isListed(sample, name) ? listed(text) : text;
  }
  return data;
}

const lastPart = (name) => name.slice(name.lastIndexOf('.') + 1);
/** first_name, or recipient.first_name where the address stands in an object of its own. */
export const isAddress = (name) =>
  addressKeys.includes(name) || (name.startsWith('recipient.') && addressKeys.includes(lastPart(name)));
export { lastPart };

/** The form's names: the address first, in its own order; then what the template asks for and the sample has. */
export function namesOf(form) {
  const rank = (name) => addressKeys.indexOf(lastPart(name));
  const all = Object.keys(form);
  return {
    address: all.filter(isAddress).sort((a, b) => rank(a) - rank(b)),
    fields: all.filter((name) => !isAddress(name)),
  };
}

// As long as names and addresses of real people get that still have to fit: 38 characters a line in France (NF Z10-011).
const worst = {
  fr: {
    name: { first_name: 'Marie-Antoinette', last_name: 'de La Rochefoucauld' },
    address: { company: 'Établissements Vandenbroucke-Delahaye', extra: 'Résidence Les Hauts de Provence Bât C',
      street: '147 bis avenue du Général de Gaulle', postal_code: '71430', city: 'Saint-Bonnet-de-Vieille-Vigne', country: 'FR' },
  },
  de: {
    name: { first_name: 'Maximiliane-Friederike', last_name: 'von Hohenlohe-Jagst' },
    address: { company: 'Rindfleischetikettierungs-Gesellschaft mbH', extra: 'Hinterhaus, 4. Obergeschoss links',
      street: 'Professor-Heinrich-Hoffmann-Straße 128 b', postal_code: '06449', city: 'Aschersleben, Groß Schierstedt', country: 'DE' },
  },
  en: {
    name: { first_name: 'Alexandrina', last_name: 'Featherstonehaugh-Cholmondeley' },
    address: { company: 'The Company of Stationers and Printers', extra: 'Flat 12 C, The Old Maltings, Block 3',
      street: '1247 Upper Brockholes, North Bridge Road', postal_code: 'CH7 1AP', city: 'Rhosllannerchrugog', country: 'GB' },
  },
};

/** The sample with the longest of names, or of addresses too, of the template's own country. */
export function worstCase(sample, locale, which) {
  const long = worst[(locale || 'en').slice(0, 2)] ?? worst.en;
  const parts = which === 'name' ? long.name : { ...long.name, ...long.address };
  const prefix = Object.keys(sample).some((name) => name.startsWith('recipient.')) ? 'recipient.' : '';
  const form = { ...sample };
  for (const whole of ['name', 'lines']) delete form[prefix + whole];
  for (const [key, value] of Object.entries(parts)) form[prefix + key] = value;
  return form;
}
