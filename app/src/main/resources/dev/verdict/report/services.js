// The services: how they came up and ended, what they used, what they wrote.

const logLines = (service) => ((service.log && service.log.lines) || []).map((line) => ({ text: '', level: '', ...line }));

function servicesSection() {
  if (!services.length) return null;
  return section('services', 'Services', plural(services.length, 'service'), h('div.services', {}, services.map(serviceCard)));
}

function serviceCard(service, index) {
  const lives = service.lives || [];
  const last = lives[lives.length - 1] || {};
  const first = lives.find((life) => life.ready !== undefined);
  return h('article.card.service', { id: `service-${index}`, tabindex: '-1', 'aria-labelledby': `service-${index}-name` },
    h('header', {}, icon(stateOf(lives)), h('h3', { id: `service-${index}-name` }, service.name),
      h('span.note', {}, headline(lives, first))),
    h('dl.inline', {},
      first && [h('dt', {}, 'Ready by'), h('dd', {}, h('code', {}, first.probe))],
      last.command && [h('dt', {}, 'Command'), h('dd', {}, h('code', {}, last.command.join(' ')))],
      last.ports && [h('dt', {}, 'Ports'), h('dd', {}, h('code', {}, Object.entries(last.ports).map(([name, port]) => `${name} ${port}`).join(', ')))],
      service.needs && [h('dt', {}, 'Needs'), h('dd', {}, service.needs.join(', '))]),
    lives.length > 0 && h('ol.lives', {}, lives.slice(0, 20).map(life), lives.length > 20 && h('li', {}, `and ${lives.length - 20} more lives`)),
    charts(service), trafficTable(service.traffic), logOf(service));
}

function stateOf(lives) {
  if (!lives.length) return 'SKIPPED';
  if (lives.some((one) => one.failure)) return 'BLOCKED';
  if (lives.some((one) => one.exited !== undefined && one.expected !== true)) return 'FAILED';
  return lives.some((one) => one.ready === undefined) ? 'INCONCLUSIVE' : 'PASSED';
}

function headline(lives, first) {
  if (!lives.length) return 'was not started';
  const restarts = lives.length - 1;
  const died = lives.filter((one) => one.exited !== undefined && one.expected !== true).length;
  return [first ? `ready after ${time(first.readyAfter)}` : 'never ready', restarts && plural(restarts, 'restart'),
    died && `ended by itself ${died === 1 ? 'once' : `${died} times`}`].filter(Boolean).join(' · ');
}

function life(one) {
  const facts = [
    one.starting !== undefined && `started at ${since(one.starting)}`,
    one.pid !== undefined && `process ${one.pid}`,
    one.ready !== undefined && `ready at ${since(one.ready)}`,
    one.stopping !== undefined && `stopped at ${since(one.stopping)} (${one.stopReason || 'asked to'})`,
    one.exited !== undefined && `ended at ${since(one.exited)}${one.exitCode === undefined ? '' : ` with exit code ${one.exitCode}`}`,
  ].filter(Boolean);
  const bad = one.exited !== undefined && one.expected !== true;
  return h(bad || one.failure ? 'li.bad' : 'li', {}, h('span', {}, facts.join(' → ')),
    one.failure && h('p.warn', {}, one.failure, one.probe && h('code', {}, one.probe)),
    bad && h('p.warn', {}, 'Verdict had not asked for this end.'),
    one.lastLines && h('pre', {}, one.lastLines.join('\n')));
}

function charts(service) {
  const samples = service.samples || [];
  if (samples.length < 2) return null;
  return h('div.charts', {},
    chart('CPU', samples.map((one) => [one[0], one[1]]), (value) => `${value.toFixed(value < 10 ? 1 : 0)} %`),
    chart('Memory (RSS)', samples.map((one) => [one[0], one[2]]), bytes));
}

function chart(title, points, unit) {
  const width = 300;
  const height = 64;
  const top = Math.max(...points.map((point) => point[1])) * 1.1 || 1;
  const from = points[0][0];
  const length = points[points.length - 1][0] - from || 1;
  const x = (at) => ((at - from) / length) * width;
  const y = (value) => height - (value / top) * height;
  const path = points.map((point, i) => `${i ? 'L' : 'M'}${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`).join('');
  const highest = Math.max(...points.map((point) => point[1]));
  const cursor = svg('line', { class: 'cursor', y1: 0, y2: height, visibility: 'hidden' });
  const caption = `highest ${unit(highest)}`;
  const value = h('span.value', {}, caption);
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}: ${caption}, last ${unit(points[points.length - 1][1])}` },
    svg('path', { class: 'area', d: `${path}L${width} ${height}L0 ${height}Z` }), svg('path', { class: 'stroke', d: path }), cursor);
  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    const at = from + ((event.clientX - box.left) / box.width) * length;
    const near = points.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs(best[0] - at) ? point : best));
    cursor.setAttribute('x1', x(near[0]));
    cursor.setAttribute('x2', x(near[0]));
    cursor.setAttribute('visibility', 'visible');
    value.textContent = `${unit(near[1])} at ${since(near[0])}`;
  });
  drawing.addEventListener('pointerleave', () => { cursor.setAttribute('visibility', 'hidden'); value.textContent = caption; });
  return h('figure', {}, h('figcaption', {}, h('strong', {}, title), value), drawing,
    h('div.ends', { 'aria-hidden': 'true' }, h('span', {}, since(from)), h('span', {}, since(from + length))));
}

function logOf(service) {
  if (!service.log) return null;
  const lines = logLines(service);
  const marked = lines.filter((line) => line.level).length;
  const body = h('div', {});
  const whole = h('p.note', {}, link(service.log.file.split('/').map(encodeURIComponent).join('/'), 'The whole log'), ` (${bytes(service.log.size)})`);
  const details = h('details.quietly', { ontoggle: () => { if (details.open && !body.firstChild) body.append(whole, logView(lines, false)); } },
    h('summary', {}, `Log excerpt (${plural(lines.filter((line) => !line.gap).length, 'line')}${marked ? `, ${marked} marked` : ''})`), body);
  return details;
}

function logView(lines, named, highlighted) {
  return h('ol.log', { tabindex: '0', 'aria-label': 'Log lines' }, lines.map((line) => line.gap
    ? h('li.gap', {}, line.gap < 0 ? 'earlier lines are in the whole log' : `${plural(line.gap, 'line')} left out`)
    : h(`li${line.level ? `.l-${line.level}` : ''}${line === highlighted ? '.this' : ''}`, {},
      h('span.at', {}, line.at === undefined ? '' : since(line.at)), named && h('span.who', {}, line.service),
      h('span.mark', { title: line.level }, { error: '✕', warning: '!' }[line.level] || '', line.level && hidden(line.level)),
      h('span.text', {}, line.text))));
}
