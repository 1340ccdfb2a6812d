// The list of scenarios: filters kept in the URL, groups by outcome, details made when opened.

const filter = { q: '', outcome: new Set(), suite: '', tag: '', open: '' };
const PAGE = 100;
const detailLines = document.getElementById('details').textContent.split('\n');
const list = h('div.groups', {});
const tally = h('p.note', { role: 'status', 'aria-live': 'polite' });
const controls = {};
const haystacks = [];

function readHash() {
  const params = new URLSearchParams(location.hash.slice(1));
  filter.q = params.get('q') || '';
  filter.suite = params.get('suite') || '';
  filter.tag = params.get('tag') || '';
  filter.open = params.get('s') || '';
  filter.outcome = new Set((params.get('outcome') || '').toUpperCase().split(',').filter((one) => OUTCOMES.includes(one)));
}

function hashOf(state) {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  if (state.outcome && state.outcome.size) params.set('outcome', [...state.outcome].map(word).join(','));
  if (state.suite) params.set('suite', state.suite);
  if (state.tag) params.set('tag', state.tag);
  if (state.open) params.set('s', state.open);
  return `#${params}`;
}

function keepHash() {
  const hash = hashOf(filter);
  if (location.hash !== hash && (location.hash || hash !== '#')) history.replaceState(null, '', hash);
}

function setFilter(change) {
  Object.assign(filter, change);
  keepHash();
  showFilter();
  renderList();
}

function matches(row) {
  if (filter.outcome.size && !filter.outcome.has(row.outcome)) return false;
  if (filter.suite && row.suite !== filter.suite) return false;
  if (filter.tag && !row.tags.includes(filter.tag)) return false;
  if (!filter.q) return true;
  haystacks[row.index] ||= [row.name, row.feature, row.suite, row.id, row.reason, ...row.tags].join('\n').toLowerCase();
  return filter.q.toLowerCase().split(/\s+/).every((part) => haystacks[row.index].includes(part));
}

function scenariosSection() {
  return section('scenarios', 'Scenarios', null, toolbar(), tally, list);
}

function toolbar() {
  const distinct = (values) => [...new Set(values)].sort();
  controls.q = h('input', { type: 'search', placeholder: 'Search name, feature, tag, reason', 'aria-label': 'Search scenarios',
    'aria-keyshortcuts': '/', oninput: (event) => setFilter({ q: event.target.value }) });
  controls.suite = choice('Suite', 'Every suite', distinct(scenarios.map((row) => row.suite)), (suite) => setFilter({ suite }));
  controls.tag = choice('Tag', 'Every tag', distinct(scenarios.flatMap((row) => row.tags)), (tag) => setFilter({ tag }));
  controls.outcome = OUTCOMES.filter((outcome) => run.counts[outcome]).map((outcome) => h('button.chip', {
    type: 'button', 'data-outcome': outcome, 'aria-pressed': 'false', title: MEANINGS[outcome], onclick: () => toggle(outcome),
  }, icon(outcome), capital(word(outcome))));
  controls.clear = h('button.quiet', { type: 'button', onclick: () => setFilter({ q: '', outcome: new Set(), suite: '', tag: '' }) }, 'Clear');
  return h('div.toolbar', { role: 'search', 'aria-label': 'Filter scenarios' },
    h('div.searching', {}, controls.q, h('kbd', { 'aria-hidden': 'true' }, '/')),
    h('div.chips', { role: 'group', 'aria-label': 'Outcome' }, controls.outcome),
    controls.suite, controls.tag, controls.clear);
}

function choice(label, every, values, then) {
  const select = h('select', { 'aria-label': label, onchange: (event) => then(event.target.value) },
    h('option', { value: '' }, every), values.slice(0, 500).map((value) => h('option', { value }, value)));
  select.hidden = values.length < 2;
  return select;
}

function toggle(outcome) {
  const next = new Set(filter.outcome);
  if (!next.delete(outcome)) next.add(outcome);
  setFilter({ outcome: next });
}

function showFilter() {
  if (controls.q.value !== filter.q) controls.q.value = filter.q;
  controls.suite.value = filter.suite;
  controls.tag.value = filter.tag;
  controls.outcome.forEach((chip) => chip.setAttribute('aria-pressed', filter.outcome.has(chip.dataset.outcome)));
  controls.clear.hidden = !narrowed();
}

const narrowed = () => Boolean(filter.q || filter.outcome.size || filter.suite || filter.tag);

function renderList() {
  const shown = scenarios.filter(matches);
  tally.textContent = narrowed() ? `${shown.length.toLocaleString('en')} of ${plural(scenarios.length, 'scenario')}`
    : `${plural(scenarios.length, 'scenario')}, the worst first`;
  const groups = OUTCOMES.map((outcome) => [outcome, shown.filter((row) => row.outcome === outcome)]).filter(([, rows]) => rows.length);
  list.replaceChildren(...groups.map(([outcome, rows]) => group(outcome, rows, groups.length)));
  if (!groups.length) list.append(h('p.empty', {}, scenarios.length ? 'No scenario matches this filter.' : 'No scenario was found.'));
}

/** A long group that needs nobody stays closed while others are there. */
function group(outcome, rows, groups) {
  const calm = outcome === 'PASSED' || outcome === 'SKIPPED';
  const open = !calm || groups === 1 || narrowed() || rows.length <= 5 || rows.some((row) => row.id === filter.open);
  const body = h('ol.rows', {});
  const more = h('button.more', { type: 'button', onclick: () => extend() });
  let next = 0;
  function extend(count = PAGE) {
    rows.slice(next, next + count).forEach((row) => body.append(scenarioRow(row)));
    next = Math.min(rows.length, next + count);
    more.hidden = next >= rows.length;
    more.textContent = `Show ${Math.min(PAGE, rows.length - next)} more of ${(rows.length - next).toLocaleString('en')}`;
  }
  const details = h('details.group', { open, 'data-outcome': outcome, ontoggle: () => { if (details.open && !next) extend(); } },
    h('summary', {}, h('h3', {}, icon(outcome), capital(word(outcome)), ' ', h('span.count', {}, rows.length.toLocaleString('en')))),
    body, more);
  if (open) extend(Math.max(PAGE, rows.findIndex((row) => row.id === filter.open) + 1));
  return details;
}

function scenarioRow(row) {
  const id = `scenario-${row.index}`;
  const button = h('button.head', { type: 'button', 'aria-expanded': 'false', 'aria-controls': `${id}-body`, 'data-id': row.id },
    icon(row.outcome), hidden(`${word(row.outcome)}: `),
    h('span.name', {}, row.name), h('span.took', {}, row.start === undefined ? '' : time(row.took)),
    h('span.meta', {}, h('span', {}, row.feature), h('span', {}, row.suite), row.tags.slice(0, 6).map((tag) => h('span.tag', {}, tag))),
    row.reason && h('span.reason', {}, row.reason));
  const body = h('div.body', { id: `${id}-body`, hidden: true });
  button.addEventListener('click', () => openRow(row, button, body, body.hidden));
  const item = h(`li.row.o-${row.outcome}`, { id }, h('h4', {}, button), body);
  // For print, where opening must not change the URL.
  item.reveal = () => { if (!body.firstChild) body.append(...details(row)); body.hidden = false; };
  if (row.id === filter.open) openRow(row, button, body, true);
  return item;
}

function openRow(row, button, body, open) {
  if (open && !body.firstChild) body.append(...details(row));
  body.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  filter.open = open ? row.id : filter.open === row.id ? '' : filter.open;
  keepHash();
}

/** Shows a scenario wherever it is, and leaves the filters if they hide it. */
function openScenario(id) {
  const row = scenarios.find((candidate) => candidate.id === id);
  if (!row) return;
  filter.open = id;
  if (!matches(row)) Object.assign(filter, { q: '', outcome: new Set(), suite: '', tag: '' });
  keepHash();
  showFilter();
  renderList();
  const item = document.getElementById(`scenario-${row.index}`);
  item.scrollIntoView({ block: 'start' });
  item.querySelector('button.head').focus({ preventScroll: true });
}

function details(row) {
  const held = JSON.parse(detailLines[row.index] || '{}');
  const steps = held.steps || [];
  return [
    h('p.where', {}, h('code', {}, row.line ? `${row.uri}:${row.line}` : row.uri), h('span', {}, row.phase), row.start !== undefined && h('span', {}, `at ${since(row.start)}`),
      !held.workload && !held.load && h('span', {}, `${plural(row.observations, 'observation')}, ${plural(row.checks, 'check')}`),
      copyButton(location.href.split('#')[0] + hashOf({ open: row.id }), 'a link to this scenario', 'Copy link')),
    held.workload ? workloadView(held.workload) : held.load ? loadView(held.load) : steps.length ? h('ol.steps', {}, steps.map((step) => stepItem(row, step)))
      : h('p.empty', {}, row.reason ? 'None of its steps ran.' : 'The journal holds no steps of it.'),
    held.leftOut && h('p.warn', {}, held.leftOut),
    trafficTable(held.traffic), row.outcome !== 'PASSED' && linesDuring(row),
  ].filter(Boolean);
}

function stepItem(row, step) {
  const checked = step.checked || [];
  const failed = checked.filter((check) => !check.passed);
  const keyword = { GIVEN: 'Given', WHEN: 'When', THEN: 'Then' }[step.keyword] || '';
  return h(`li.step.s-${step.status}`, {},
    h('div.line', {}, icon(step.status), hidden(`${word(step.status)}: `),
      h('span.text', {}, keyword && h('span.keyword', {}, `${keyword} `), step.text),
      !['PASSED', 'FAILED', 'SKIPPED'].includes(step.status) && h('span.label', {}, word(step.status)),
      h('span.took', {}, step.line ? h('code', {}, `:${step.line}`) : '', step.status === 'SKIPPED' ? '' : time(step.took))),
    failed.map((check) => comparison(row, step, check)),
    step.error && (failed.length && step.error.length > 120
      ? h('details.quietly', {}, h('summary', {}, 'Error'), h('pre.error', {}, step.error))
      : !failed.length && h('pre.error', {}, step.error)),
    evidence(step, checked.filter((check) => check.passed)));
}

function comparison(row, step, check) {
  const where = step.line ? `${row.uri}:${step.line}` : step.text;
  return h('dl.comparison', { 'aria-label': `Failed check: ${check.subject}` },
    h('dt', {}, 'Checked'), h('dd', {}, check.subject),
    h('dt', {}, 'Expected'), h('dd', {}, h('code.expected', {}, check.expected || '(empty)')),
    h('dt', {}, 'Observed'), h('dd', {}, h('code.observed', {}, check.actual || '(empty)')),
    h('dt', {}, 'Where'), h('dd', {}, h('code', {}, where)));
}

function evidence(step, passed) {
  const items = [
    ...(step.observed || []).map(observation),
    ...passed.map((check) => h('li', {}, h('span.label', {}, check.weakness ? 'weak check' : 'check'),
      h('span', {}, check.subject, ': ', h('code', {}, check.actual),
        check.expected !== check.actual && [' accepted by ', h('code', {}, check.expected)],
        check.weakness && h('em.weak', {}, ` – ${check.weakness}`)))),
    ...(step.attached || []).map(attachment),
  ];
  return items.length > 0 && h('ul.evidence', {}, items);
}

function observation(one) {
  return h('li', {}, h('span.label', {}, one.kind),
    h('span', {}, h('span', {}, one.summary), h('span.from', {}, ` ${one.source}`),
      one.digest && h('span.from', { title: `SHA-256 ${one.digest}` }, ` · ${bytes(one.size)} · ${one.digest.slice(0, 12)}`),
      one.file && [' ', link(one.file, 'whole content')], one.preview && preview(one.preview)));
}

function attachment(one) {
  return h('li', {}, h('span.label', {}, 'attached'),
    h('span', {}, one.file ? link(one.file, one.name) : h('span', {}, `${one.name} (not copied)`),
      h('span.from', {}, ` ${one.mediaType} · ${bytes(one.size)}`),
      one.image && one.file && h('a', { href: one.file }, h('img', { src: one.file, alt: one.name, loading: 'lazy' })),
      one.preview && preview(one.preview)));
}

const link = (href, text) => h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);

function preview(text) {
  const short = text.length <= 300;
  return short ? h('pre', {}, text) : h('details.quietly', {}, h('summary', {}, 'Content'), h('pre', {}, text));
}

function trafficTable(traffic) {
  if (!traffic || !traffic.length) return null;
  return h('details.quietly', {}, h('summary', {}, 'Traffic over the gateway'),
    h('div.scroll', {}, h('table', {},
      h('thead', {}, h('tr', {}, ['To', 'Connections', 'Requests', 'Sent', 'Received'].map((title) => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, traffic.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.to), h('td', {}, one.connections),
        h('td', {}, one.requests || '–'), h('td', {}, bytes(one.sent)), h('td', {}, bytes(one.received))))))));
}

function linesDuring(row) {
  if (row.start === undefined) return null;
  const found = services.flatMap((service) => logLines(service)
    .filter((line) => line.at >= row.start - 5 && line.at <= row.start + row.took + 5).map((line) => ({ ...line, service: service.name })))
    .sort((one, other) => one.at - other.at);
  if (!found.length) return null;
  const marked = found.some((line) => line.level);
  return h('details.quietly', { open: marked }, h('summary', {}, `Log lines while it ran (${Math.min(found.length, 200)})`),
    h('p.note', {}, 'By time only: with scenarios side by side, a line may belong to another one.'),
    logView(found.slice(0, 200), true));
}
