// The timeline: services' lives with their log marks, and scenarios in lanes; zoomed by mouse and keys.

const LANE = { phase: 18, service: 26, scenario: 15 };
const MOST_LANES = 24;
const extent = Math.max(run.took, 1, ...scenarios.map((row) => (row.start || 0) + row.took));
const view = { from: 0, to: extent };
const canvas = h('div.canvas', { tabindex: '0', role: 'group', 'aria-label':
  'Timeline of services, scenarios and log marks. Arrow keys move, plus and minus zoom, 0 shows all.' });
const range = h('p.note', { role: 'status', 'aria-live': 'polite' });
const around = h('div.around', { hidden: true });
const tip = h('div.tip', { role: 'tooltip', hidden: true });
const lanes = packed();

function timelineSection() {
  if (!scenarios.length && !services.length) return null;
  const button = (label, text, action) => h('button.quiet', { type: 'button', 'aria-label': label, onclick: action }, text);
  canvas.addEventListener('keydown', timelineKey);
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('pointerdown', dragged);
  canvas.addEventListener('pointermove', showTip);
  canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
  canvas.addEventListener('click', picked);
  let width = 0;
  new ResizeObserver(() => { if (canvas.clientWidth !== width) { width = canvas.clientWidth; drawTimeline(); } }).observe(canvas);
  return section('timeline', 'Timeline', null,
    h('div.toolbar', {}, h('div.chips', { role: 'group', 'aria-label': 'Zoom' }, button('Zoom in', '+', () => zoom(0.5)),
      button('Zoom out', '−', () => zoom(2)), button('Earlier', '←', () => pan(-0.25)), button('Later', '→', () => pan(0.25)),
      button('Show all', 'All', () => setView(0, extent))), range),
    h('div.card', {}, canvas, legend()), around, tip);
}

function legend() {
  const key = (name, text) => h('li', {}, h(`span.key.${name}`, {}), text);
  return h('ul.keyline', {}, key('k-starting', 'starting'), key('k-ready', 'ready'), key('k-died', 'ended by itself'), key('k-warning', 'warning in the log'), key('k-error', 'error in the log'),
    ['PASSED', 'FAILED', 'INCONCLUSIVE'].filter((outcome) => run.counts[outcome]).map((outcome) => h('li', {}, h(`span.key.o-${outcome}`, {}), word(outcome))),
    faultKeys(), activityKeys(),
    h('li', {}, 'Drag to zoom into a stretch, Ctrl + wheel to zoom, click to open.'));
}

/** Puts each scenario into the first lane that is free when it starts. */
function packed() {
  const ends = [];
  return scenarios.filter((row) => row.start !== undefined).sort((one, other) => one.start - other.start).map((row) => {
    let lane = ends.findIndex((end) => end <= row.start + 0.01);
    if (lane < 0) lane = Math.min(ends.length, MOST_LANES - 1);
    ends[lane] = row.start + row.took;
    return { row, lane };
  });
}

function setView(from, to) {
  const length = Math.min(extent, Math.max(extent / 5000, to - from));
  view.from = Math.max(0, Math.min(extent - length, from));
  view.to = view.from + length;
  drawTimeline();
}

function zoom(factor, center = (view.from + view.to) / 2) {
  setView(center - (center - view.from) * factor, center + (view.to - center) * factor);
}

const pan = (part) => setView(view.from + (view.to - view.from) * part, view.to + (view.to - view.from) * part);

function timelineKey(event) {
  const action = { ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2),
    0: () => setView(0, extent), Home: () => setView(0, view.to - view.from), End: () => setView(extent - (view.to - view.from), extent) }[event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
}

const gutter = () => (canvas.clientWidth < 560 ? 74 : 118);
const scale = () => (canvas.clientWidth - gutter() - 8) / (view.to - view.from);
const xOf = (at) => gutter() + (at - view.from) * scale();
const timeAt = (event) => view.from + (event.clientX - canvas.getBoundingClientRect().left - gutter()) / scale();

function wheel(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event));
}

let dragEnded = 0;

function dragged(event) {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const start = event.clientX;
  const from = timeAt(event);
  const shade = h('div.shade', {});
  const onMove = (moved) => {
    if (Math.abs(moved.clientX - start) < 5) return;
    if (!shade.parentNode) canvas.append(shade);
    const left = canvas.getBoundingClientRect().left;
    shade.style.left = `${Math.min(start, moved.clientX) - left}px`;
    shade.style.width = `${Math.abs(moved.clientX - start)}px`;
  };
  const onUp = (up) => {
    window.removeEventListener('pointermove', onMove);
    if (!shade.parentNode) return;
    shade.remove();
    dragEnded = Date.now();
    const to = timeAt(up);
    setView(Math.min(from, to), Math.max(from, to));
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp, { once: true });
}

let targets = [];

function target(element, text, action) {
  element.setAttribute('data-target', targets.push({ text, action }) - 1);
  return element;
}

function showTip(event) {
  const hit = event.target.closest('[data-target]');
  tip.hidden = !hit || event.buttons > 0;
  if (tip.hidden) return;
  tip.textContent = targets[hit.getAttribute('data-target')].text;
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, window.innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${event.clientY + 16}px`;
}

function picked(event) {
  const hit = event.target.closest('[data-target]');
  if (hit && Date.now() - dragEnded > 200) targets[hit.getAttribute('data-target')].action();
}

function drawTimeline() {
  const width = canvas.clientWidth;
  if (!width) return;
  targets = [];
  const parts = [];
  let y = 22;
  (page.phases || []).forEach((phase) => parts.push(...phaseLane(phase, y)));
  if ((page.phases || []).length) y += LANE.phase + 6;
  const bandsFrom = y;
  if (faults.length) { parts.push(...faultBars(y)); y += faultsHeight() + 6; }
  activities.forEach((one) => { parts.push(...activityLane(one, y)); y += ACTIVITY_LANE; });
  services.forEach((service) => { parts.push(...serviceLane(service, y)); y += LANE.service; });
  const count = lanes.reduce((most, one) => Math.max(most, one.lane + 1), 0);
  if (count) {
    y += 8;
    parts.push(svg('text', { class: 'who', x: 0, y: y + 11 }, 'scenarios'), ...scenarioLanes(y));
    y += count * LANE.scenario;
  }
  const height = y + 6;
  canvas.replaceChildren(svg('svg', { width, height, role: 'img', 'aria-label': `${plural(services.length, 'service')}, ${plural(lanes.length, 'scenario')}${faults.length ? `, ${plural(faults.length, 'fault')}` : ''} over ${time(extent)}` },
    svg('clipPath', { id: 'lanes' }, svg('rect', { x: gutter(), y: 0, width: Math.max(0, width - gutter()), height })),
    ...axis(height), ...faultBands(bandsFrom, height), ...parts));
  range.textContent = view.to - view.from < extent ? `${since(view.from)} to ${since(view.to)}` : `all ${time(extent)}`;
}

function axis(height) {
  const wanted = (view.to - view.from) / Math.max(2, (canvas.clientWidth - gutter()) / 90);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= wanted);
  const ticks = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
    const label = at >= 60000 && step >= 1000 ? time(at) : `${(at / 1000).toFixed(Math.max(0, 3 - Math.floor(Math.log10(step) + 1e-9)))} s`;
    ticks.push(svg('line', { class: 'grid', x1: xOf(at), x2: xOf(at), y1: 16, y2: height }), svg('text', { class: 'tick', x: xOf(at) + 3, y: 11 }, at === 0 ? '0' : label));
  }
  return ticks;
}

function bar(from, to, y, height, attributes, least = 0) {
  if (to < view.from || from > view.to) return null;
  const left = Math.max(gutter(), xOf(from));
  const right = Math.min(canvas.clientWidth, xOf(to));
  return svg('rect', { x: left, y, width: Math.max(least, right - left), height, rx: 2, 'clip-path': 'url(#lanes)', ...attributes });
}

function phaseLane(phase, y) {
  const end = phase.end === undefined ? extent : phase.end;
  const box = bar(phase.start, end, y, LANE.phase - 4, { class: 'phase' });
  if (!box) return [];
  const text = svg('text', { class: 'phase-name', x: Math.max(gutter(), xOf(phase.start)) + 5, y: y + 10.5, 'clip-path': 'url(#lanes)' },
    (end - phase.start) * scale() > 7 * phase.name.length ? phase.name : '');
  return [target(box, `phase ${phase.name}: ${since(phase.start)}, ${time(end - phase.start)}`, () => setView(phase.start, end)), text];
}

function serviceLane(service, y) {
  const top = y + 5;
  const tall = LANE.service - 10;
  const show = () => go(`service-${services.indexOf(service)}`);
  const parts = [svg('text', { class: 'who', x: 0, y: y + 17 }, fit(service.name))];
  (service.lives || []).forEach((life) => {
    const end = life.exited ?? life.failed ?? extent;
    const up = life.ready ?? end;
    const died = life.exited !== undefined && life.expected !== true;
    const draw = (from, to, name, text) => {
      const box = bar(from, to, top, tall, { class: name }, 1);
      if (box) parts.push(target(box, `${service.name}: ${text}`, show));
    };
    draw(life.starting, up, life.failure ? 'never' : 'starting', life.failure || `starting, ${time(up - life.starting)}`);
    if (life.ready !== undefined) draw(life.ready, end, 'ready', `ready from ${since(life.ready)} to ${since(end)}`);
    if (died) draw(life.exited, life.exited, 'died', `ended by itself with exit code ${life.exitCode}`);
  });
  return [...parts, ...logMarks(service, y)];
}

const fit = (name) => (name.length * 7 > gutter() - 8 ? `${name.slice(0, Math.floor((gutter() - 16) / 7))}…` : name);

/** Draws a tick a pixel at most; an error wins over a warning. */
function logMarks(service, y) {
  const lines = logLines(service);
  const byPixel = new Map();
  lines.forEach((line) => {
    if (!line.level || line.at === undefined || line.at < view.from || line.at > view.to) return;
    const pixel = Math.round(xOf(line.at) / 3);
    if (!byPixel.has(pixel) || (line.level === 'error' && byPixel.get(pixel).level !== 'error')) byPixel.set(pixel, line);
  });
  return [...byPixel.values()].flatMap((line) => {
    const x = xOf(line.at);
    const shape = line.level === 'error' ? `M${x} ${y + 2}v22M${x - 3} ${y + 2}h6` : `M${x} ${y + 8}v16`;
    const mark = svg('path', { class: `m-${line.level}`, d: shape });
    const reach = svg('rect', { class: 'reach', x: x - 4, y, width: 8, height: LANE.service });
    return [mark, target(reach, `${service.name} ${since(line.at)}: ${line.text.slice(0, 200)}`, () => showAround(service, lines, line))];
  });
}

function showAround(service, lines, line) {
  const at = lines.indexOf(line);
  around.replaceChildren(h('div.card', {}, h('header', {}, h('h3', {}, `${service.name} at ${since(line.at)}`),
    h('button.quiet', { type: 'button', onclick: () => { around.hidden = true; canvas.focus(); } }, 'Close')),
  logView(lines.slice(Math.max(0, at - 6), at + 7), false, line)));
  around.hidden = false;
  around.scrollIntoView({ block: 'nearest' });
}

/** Leaves out bars that would cover the pixel of the one before, unless they are what one looks for. */
function scenarioLanes(y) {
  const last = [];
  return lanes.map(({ row, lane }) => {
    const end = xOf(row.start + row.took);
    if (row.outcome === 'PASSED' && last[lane] !== undefined && end - last[lane] < 1) return null;
    const box = bar(row.start, row.start + row.took, y + lane * LANE.scenario, LANE.scenario - 3, { class: `scenario o-${row.outcome}` }, 2);
    if (!box) return null;
    last[lane] = end;
    return target(box, `${word(row.outcome)}: ${row.name} (${time(row.took)})`, () => openScenario(row.id));
  }).filter(Boolean);
}
