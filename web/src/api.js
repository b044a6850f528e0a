// The API of `pli serve`, as far as this page needs it. Every call may be given up by its signal.

/** What the service refuses, in its words: `detail` says what is wrong, `remedy` what to do. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.where = problem.where || '';
    this.remedy = problem.remedy || '';
  }
}

async function ask(token, path, options = {}) {
  const headers = { Authorization: `Bearer ${token}`, ...options.headers };
  const answer = await fetch(path, { ...options, headers, cache: 'no-store', credentials: 'omit' });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, problem);
}

const json = async (answer) => (await answer).json();
const post = (body) => ({ method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
const segment = encodeURIComponent;

export const workspace = (token) => json(ask(token, '/v2/workspace'));

export async function templates(token) {
  const { templates: all } = await json(ask(token, '/v2/templates'));
  return all.map((one) => (typeof one === 'string' ? one : one.name));
}

export const sheet = (token, name, signal) => json(ask(token, `/v2/templates/${segment(name)}/sheet`, { signal }));

export const recipients = (token, name, signal) =>
  json(ask(token, `/v2/templates/${segment(name)}/recipients`, { signal }));

/** A page as a picture, with the number of pages and how long it took to come. */
export async function picture(token, wanted, signal) {
  const began = performance.now();
  const answer = await ask(token, '/v2/previews', { ...post({ ...wanted, format: 'png' }), signal });
  const blob = await answer.blob();
  return {
    url: URL.createObjectURL(blob),
    pages: Number(answer.headers.get('Pli-Pages')) || 1,
    milliseconds: Math.round(performance.now() - began),
  };
}

export async function pdf(token, wanted) {
  const { template, letter, data } = wanted;
  const answer = await ask(token, '/v2/previews', post({ template, letter, data, format: 'pdf' }));
  return answer.blob();
}

export const profiles = (token) => json(ask(token, '/v2/profiles'));

/** An upload's report, its findings in the same words as a template's. */
export async function upload(token, file, profile) {
  const form = new FormData();
  form.set('file', file);
  form.set('pictures', 'no');
  if (profile) form.set('profile', profile);
  const report = await json(ask(token, '/v2/uploads', { method: 'POST', body: form }));
  const severity = { fatal: 'error', repairable: 'error', warning: 'warning', info: 'note' };
  const findings = report.findings.map(({ where, pages, found, ...rest }) => ({
    ...rest, severity: severity[rest.severity], message: found, page: pages[0] ?? 0, box: where,
  }));
  return { ...report, findings, id: report.pages.length > 0 ? report.id : '' };
}
