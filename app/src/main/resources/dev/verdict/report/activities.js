// What clients did: a strip of the timeline for each workload, and its part of the scenario's details.

const ACTIVITY_LANE = 34;
const KINDS = [['a-ok', 'operations done'], ['a-fail', 'not done'], ['a-unknown', 'unknown, or an error']];
const activities = page.activities || [];

/** Draws bars as high as the operations of their time were many; what is unknown stands on top. */
function activityLane(one, y) {
  const most = Math.max(1, ...one.points.map((point) => point[0] + point[1] + point[2]));
  const tall = ACTIVITY_LANE - 8;
  const parts = [svg('text', { class: 'who', x: 0, y: y + 20 }, fit(one.name.replace(/^(workload|load): /, '')))];
  one.points.forEach((point, index) => {
    const from = one.from + index * one.step;
    let bottom = y + 4 + tall;
    KINDS.forEach(([name], kind) => {
      const height = point[kind] ? Math.max(kind ? 2 : 1, (point[kind] / most) * tall) : 0;
      const box = height && bar(from, from + one.step, bottom - height, height, { class: name, rx: 0 }, 1);
      if (box) parts.push(target(box, activityWords(one, from, point), () => openScenario(one.scenario)));
      bottom -= height;
    });
  });
  return parts;
}

const activityWords = (one, from, point) => (one.name.startsWith('load')
  ? `${one.name}, ${since(from)}: ${point[0]}/s answered, ${point[2]}/s errors`
  : `${one.name}, ${since(from)}: ${point[0]} done, ${point[1]} not done, ${point[2]} unknown`);

const activityKeys = () => (activities.length ? KINDS.map(([name, text]) => h('li', {}, h(`span.key.${name}`, {}), text)) : []);

function workloadView(held) {
  const bad = held.answer !== 'valid';
  return h('div.workload', {},
    h('p', { class: bad ? 'reason' : '' }, `${held.model}, ${plural(held.clients, 'client')}: ${held.answer}`),
    held.facts && held.facts.length > 0 && h('p.note', {}, held.facts.join(', ')),
    held.anomalies && held.anomalies.length > 0 && h('ul', {}, held.anomalies.map((text) => h('li', {}, text))),
    held.picture && h('a.picture', { href: held.picture, target: '_blank', rel: 'noopener noreferrer' },
      h('img', { src: held.picture, alt: 'The operations that show it: a lane for each process, a bar for each operation' })),
    table(['Operation', 'Done', 'Not done', 'Unknown', 'p50', 'p99', 'Longest'], held.functions.map((one) => [one.function, one.ok, one.fail, one.unknown,
      ...[one.p50, one.p99, one.max].map((value) => (value === undefined ? '–' : time(value)))])),
    held.answers && held.answers.length > 0 && table(['Operation', 'Answer', 'Means', 'Times'], held.answers.map((one) => [one.function, one.answer,
      one.outcome === 'FAIL' ? 'not done' : 'unknown', one.count])));
}

function table(titles, rows) {
  return h('div.scroll', {}, h('table', {}, h('thead', {}, h('tr', {}, titles.map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, index) => (index ? h('td', {}, cell) : h('th', { scope: 'row' }, cell))))))));
}
