// What a load measured: a row for each kind of request, and charts over time with faults as bands.

const CHART = { width: 900, height: 150, left: 62, right: 8, top: 18, bottom: 22 };

function loadView(held) {
  const errors = held.errors || [];
  const streams = held.streams || [];
  const differences = held.differences || [];
  return h('div.workload', {},
    h('p', {}, `${held.what}; the generator was busy for ${Math.round(100 * held.busy)} % of the time${held.stopped ? `; ended early: ${held.stopped}` : ''}`),
    (held.invalid || []).map((why) => h('p.warn', {}, `invalid: ${why}`)),
    table(['Request', 'Requests', 'Errors', 'A second', 'p50', 'p90', 'p99', 'p99.9', 'Longest', 'Service p99'],
      held.requests.map((one) => [one.request, one.total, one.errors, one.rate.toFixed(1),
        ...[one.p50, one.p90, one.p99, one.p999, one.max, one.service99].map((value) => (value === undefined ? '–' : time(value)))])),
    h('p.note', {}, 'Response times count from when a request was due; service times from when it was sent.'),
    streams.length > 0 && table(['Stream', 'Events', 'A second', 'First event p50', 'First event p99', 'Gap p50', 'Gap p99', 'Longest gap'],
      streams.map((one) => [one.request, one.events, one.rate.toFixed(1),
        ...[one.first50, one.first99, one.gap50, one.gap99, one.gapMax].map((value) => (value === undefined ? '–' : time(value)))])),
    errors.length > 0 && table(['Error', 'Times', 'The first said'], errors.map((one) => [one.kind, one.count, one.example])),
    differences.length > 0 && table(['Other than alone, first at', 'Times', 'The first'], differences.map((one) => [one.kind, one.count, one.example])),
    held.seconds && held.seconds.length > 1 && [
      timeChart('Response time', held.seconds, ofSeconds(held.seconds, [['c-max', 6, 'longest'], ['c-p99', 5, 'p99'], ['c-p50', 4, 'p50']]), (value) => time(value)),
      timeChart('Requests a second', held.seconds, ofSeconds(held.seconds, [['c-rate', 2, 'all'], ['c-errors', 3, 'errors']]), (value) => String(Math.round(value))),
      sampleChart('CPU of the services', held.seconds, 1, (value) => `${Math.round(value)} %`),
      sampleChart('Memory of the services (RSS)', held.seconds, 2, bytes)]);
}

/** Returns lines of numbers that each second has, each in the middle of its second. */
const ofSeconds = (seconds, lines) => lines.map(([name, index, text]) => ({ name, text, points: seconds.map((second) => [second[0] + second[1] / 2, second[index]]) }));

/** Draws what the services used meanwhile: the five that used most of it. */
function sampleChart(title, seconds, index, words) {
  const until = seconds.at(-1)[0] + seconds.at(-1)[1];
  const lines = services
    .map((service) => ({ text: service.name, points: (service.samples || []).filter((one) => one[0] >= seconds[0][0] && one[0] <= until).map((one) => [one[0], one[index]]) }))
    .filter((line) => line.points.length > 1)
    .sort((one, other) => Math.max(...other.points.map((point) => point[1])) - Math.max(...one.points.map((point) => point[1])))
    .slice(0, 5)
    .map((line, number) => ({ ...line, name: `c-${number}` }));
  return lines.length > 0 && timeChart(title, seconds, lines, words);
}

/** Draws lines over time; what is printed beside each says what it is. */
function timeChart(title, seconds, lines, words) {
  const from = seconds[0][0];
  const until = seconds.at(-1)[0] + seconds.at(-1)[1];
  const most = nice(Math.max(1e-6, ...lines.flatMap((line) => line.points.map((point) => point[1]))));
  const inner = CHART.width - CHART.left - CHART.right;
  const base = CHART.height - CHART.bottom;
  const x = (at) => CHART.left + ((at - from) / (until - from)) * inner;
  const y = (value) => base - (value / most) * (base - CHART.top);
  const bands = faults.filter((fault) => fault.until >= from && fault.start <= until).map((fault) => svg('rect', { class: `band f-${family(fault)}`,
    x: x(Math.max(from, fault.start)), y: CHART.top, width: Math.max(2, x(Math.min(until, fault.until)) - x(Math.max(from, fault.start))), height: base - CHART.top },
  svg('title', {}, faultWords(fault))));
  const grid = [0, 0.5, 1].flatMap((part) => [svg('line', { class: 'grid', x1: CHART.left, x2: CHART.width - CHART.right, y1: y(part * most), y2: y(part * most) }),
    svg('text', { class: 'tick', x: CHART.left - 6, y: y(part * most) + 4, 'text-anchor': 'end' }, words(part * most))]);
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) => svg('text', { class: 'tick', x: x(from + part * (until - from)), y: CHART.height - 6, 'text-anchor': part === 1 ? 'end' : part ? 'middle' : 'start' },
    since(from + part * (until - from))));
  const drawn = lines.map((line) => svg('polyline', { class: `line ${line.name}`, points: line.points.map((point) => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(' ') }));
  return h('figure.chart', {}, h('figcaption', {}, title, lines.map((line) => h('span.of', {}, h(`span.stroke.${line.name}`, {}), line.text))),
    svg('svg', { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: 'img', 'aria-label': `${title} over time` }, ...bands, ...grid, ...times, ...drawn));
}

/** Returns the next of 1, 2, 5 times a power of ten. */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= value * 0.999);
}
