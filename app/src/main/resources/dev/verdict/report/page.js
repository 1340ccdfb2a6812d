'use strict';
// Builds the page from the run's data. Text from a journal only ever becomes text nodes.

const page = JSON.parse(document.getElementById('data').textContent);
const run = page.run;
const scenarios = (page.scenarios || []).map((row, index) => ({ tags: [], reason: '', ...row, index }));
const services = page.services || [];
const OUTCOMES = ['FAILED', 'BLOCKED', 'INCONCLUSIVE', 'PASSED', 'SKIPPED'];
const WORDS = { FAILED: 'failed', BLOCKED: 'blocked', INCONCLUSIVE: 'inconclusive', PASSED: 'passed', SKIPPED: 'skipped',
  UNDEFINED: 'undefined', AMBIGUOUS: 'ambiguous', PENDING: 'pending' };
const MEANINGS = {
  FAILED: 'a check did not hold', BLOCKED: 'what it needs was not there', INCONCLUSIVE: 'it proves nothing',
  PASSED: 'observed, and every check held', SKIPPED: 'left out',
};
const SHAPES = {
  PASSED: 'M4.5 8.5l2.5 2.5 4.5-5.5', FAILED: 'M5 5l6 6M11 5l-6 6', BLOCKED: 'M4 8h8',
  INCONCLUSIVE: 'M6 6.2a2 2 0 1 1 2.9 1.9c-.6.3-.9.7-.9 1.3M8 11.6v.1', SKIPPED: 'M5 5l3 3-3 3M9 5l3 3-3 3',
};
const KIND = { UNDEFINED: 'INCONCLUSIVE', AMBIGUOUS: 'INCONCLUSIVE', PENDING: 'INCONCLUSIVE' };

/** Creates an element: h('p.note', {title: 't'}, 'text', child). */
function h(selector, attributes, ...children) {
  const [tag, ...classes] = selector.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  return filled(element, attributes, children);
}

function svg(tag, attributes, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false && child !== '') element.append(child);
  }
  return element;
}

function icon(outcome, extra = '') {
  const kind = KIND[outcome] || outcome;
  return svg('svg', { class: `icon o-${kind} ${extra}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('circle', { cx: 8, cy: 8, r: 7.25 }), svg('path', { d: SHAPES[kind] }));
}

const hidden = (text) => h('span.hidden', {}, text);
const word = (outcome) => WORDS[outcome] || outcome.toLowerCase();
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const plural = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

function time(ms) {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(ms < 10000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const since = (ms) => `+${(ms / 1000).toFixed(3)} s`;

function bytes(count) {
  if (count < 1000) return `${count} B`;
  const step = Math.min(4, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** step;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}

function copyButton(text, what, label = 'Copy') {
  const button = h('button.quiet', { type: 'button', 'aria-label': `Copy ${what}` }, label);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch (e) {
      // Without the clipboard the text can still be selected.
      button.textContent = 'Select and copy';
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  });
  return button;
}

function go(id) {
  const target = document.getElementById(id);
  if (!target) return;
  target.scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: true });
}

function section(id, title, note, ...children) {
  return h('section', { id, tabindex: '-1', 'aria-labelledby': `${id}-title` },
    h('header.section', {}, h('h2', { id: `${id}-title` }, title), note && h('p.note', {}, note)), ...children);
}

function topBar() {
  const links = [['findings', 'Findings', (page.findings || []).length], ['targets', 'Targets', (page.targets || []).length], ['scenarios', 'Scenarios', scenarios.length],
    ['timeline', 'Timeline', 1], ['services', 'Services', services.length]].filter(([, , count]) => count);
  return h('header.top', {}, h('div.wide', {},
    h('button.skip', { type: 'button', onclick: () => go('scenarios') }, 'Skip to the scenarios'),
    h('span.brand', {}, brandMark(), 'Verdict'),
    h('nav', { 'aria-label': 'Sections' },
      links.map(([id, title]) => h('button.link', { type: 'button', onclick: () => go(id) }, title))),
    h('span.tools', {},
      h('button.quiet', { type: 'button', id: 'theme', onclick: nextTheme }, themeName()),
      h('button.quiet', { type: 'button', 'aria-label': 'Keyboard help', onclick: openHelp }, '?'))));
}

function brandMark() {
  return svg('svg', { class: 'mark', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: 'M2 3l6 10.5L14 3' }), svg('path', { d: 'M5.5 5.5l2 2 3.5-5' }));
}

const theme = () => document.documentElement.dataset.theme || 'auto';
const themeName = () => ({ auto: '◐ Auto', light: '☀ Light', dark: '☾ Dark' })[theme()];

function nextTheme() {
  const next = { auto: 'dark', dark: 'light', light: 'auto' }[theme()];
  if (next === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('verdict-theme', next);
  } catch (e) {
    // Then it holds for this visit only.
  }
  document.getElementById('theme').textContent = themeName();
}

function verdictSection() {
  const reasons = run.reasons || [];
  const started = new Date(run.started);
  const when = started.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const all = scenarios.reduce((sum, row) => ({ o: sum.o + row.observations, c: sum.c + row.checks }), { o: 0, c: 0 });
  return h(`section.verdict.o-${run.outcome}`, { id: 'verdict', 'aria-labelledby': 'verdict-title' },
    h('div.answer', {},
      h('div.headline', {}, icon(run.outcome, 'large'),
        h('div', {}, h('p.plan', {}, run.plan),
          h('h1', { id: 'verdict-title' }, capital(word(run.outcome))),
          h('p.when', {}, h('time', { datetime: run.started }, `${when} UTC`), ` · took ${time(run.took)} · exit code ${run.exitCode}`))),
      reasons.length
        ? h('ul.reasons', {}, reasons.slice(0, 20).map((reason) => h('li', {}, reason)),
          reasons.length > 20 && h('li', {}, `and ${reasons.length - 20} more`))
        : h('p.reasons', {}, `${plural(run.counts.PASSED || 0, 'scenario')} passed, with ${plural(all.c, 'check')} on ${plural(all.o, 'observation')} of the system.`),
      run.interrupted && h('p.warn', {}, `Interrupted: ${run.interrupted}`),
      run.cutOff && h('p.warn', {}, 'The journal was cut off before the teardown ended: what came later is unknown.'),
      (page.leftOut || []).map((text) => h('p.warn', {}, text)),
      countsBar()),
    h('aside.facts', { 'aria-label': 'Run facts' },
      h('dl', {},
        fact('Run', run.run), fact('Plan', run.planFile),
        run.planDigest && [h('dt', {}, 'Digest'), h('dd', {}, h('code', { title: run.planDigest }, run.planDigest.slice(0, 16)))],
        fact('Seed', run.seed), run.selection && fact('Selection', run.selection), run.version && fact('Verdict', run.version)),
      h('h2.small', {}, 'Repeat this run'),
      h('div.command', {}, h('code', {}, run.repeat.split(' ').flatMap((part) => [h('span.whole', {}, part), ' '])), copyButton(run.repeat, 'the command'))));
}

const fact = (name, value) => [h('dt', {}, name), h('dd', {}, h('code', {}, String(value)))];

function countsBar() {
  const total = scenarios.length;
  const present = OUTCOMES.filter((outcome) => run.counts[outcome]);
  if (!total) return h('p.warn', {}, 'No scenario ran.');
  return h('div.counts', {},
    h('div.bar', { role: 'img', 'aria-label': present.map((o) => `${run.counts[o]} ${word(o)}`).join(', ') },
      present.map((outcome) => {
        const part = h(`span.o-${outcome}`, {});
        part.style.flexGrow = run.counts[outcome];
        return part;
      })),
    h('ul.legend', {}, present.map((outcome) => h('li', {},
      h('button.quiet', { type: 'button', title: MEANINGS[outcome], onclick: () => { setFilter({ outcome: new Set([outcome]) }); go('scenarios'); } },
        icon(outcome), h('strong', {}, run.counts[outcome].toLocaleString('en')), ` ${word(outcome)}`)))));
}

function findingsSection() {
  const findings = page.findings || [];
  if (!findings.length) return null;
  const list = h('ul.findings', {}, findings.slice(0, 8).map(finding));
  const rest = findings.slice(8);
  const more = rest.length > 0 && h('button.more', { type: 'button', onclick: () => { rest.slice(0, 500).forEach((one) => list.append(finding(one))); more.remove(); } },
    `Show ${rest.length} more`);
  return section('findings', 'Findings', plural(findings.length, 'thing') + ' the judges found', list, more);
}

function finding(one) {
  const row = scenarios.find((candidate) => candidate.id === one.subject);
  const service = services.find((candidate) => candidate.name === one.subject);
  const evidence = (one.evidence || []).filter((seq) => (page.evidence || {})[seq]);
  const subject = row ? h('button.link', { type: 'button', onclick: () => openScenario(row.id) }, row.name)
    : service ? h('button.link', { type: 'button', onclick: () => go(`service-${services.indexOf(service)}`) }, one.subject)
      : h('span', {}, one.subject);
  return h('li.card', {}, icon(one.outcome), hidden(`${word(one.outcome)}: `),
    h('div', {},
      h('div.meta', {}, h('span.label', {}, one.judge), subject,
        evidence.length > 0 && h('details', {}, h('summary', {}, 'evidence'),
          h('pre', {}, evidence.map((seq) => `${seq}  ${page.evidence[seq]}`).join('\n')))),
      h('p.message', {}, one.message)));
}
