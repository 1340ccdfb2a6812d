'use strict';
// What became of the numbers that the plan asks for.

const TARGETS = { MET: ['PASSED', 'met'], MISSED: ['FAILED', 'missed'], UNMEASURED: ['INCONCLUSIVE', 'unmeasured'],
  LEFT_OUT: ['SKIPPED', 'left out'] };

function targetsSection() {
  const targets = page.targets || [];
  if (!targets.length) return null;
  const met = targets.filter((target) => target.state === 'MET').length;
  return section('targets', 'Targets', `${met} of ${plural(targets.length, 'target')} met`,
    h('div.card.scroll', {}, h('table.targets', {},
      h('thead', {}, h('tr', {}, ['', 'Target', 'Measured', 'Must be', 'Rests on'].map((title) => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, targets.map(targetRow)))));
}

function targetRow(target) {
  const [outcome, said] = TARGETS[target.state];
  const measured = target.measured;
  return h('tr', {},
    h('td', {}, icon(outcome), hidden(said)),
    h('th', { scope: 'row' }, target.name, target.name === target.of ? '' : h('div.of', {}, target.of)),
    h('td.number', {}, measured ? measured.words : '–', measured && measured.interval && h('div.of', {}, measured.interval)),
    h('td', {}, target.bound),
    h('td', {}, target.source || '', target.sample > 1 ? h('div.of', {}, plural(target.sample, 'value')) : '',
      target.state !== 'MET' && target.reason && h('div.why', {}, `${said}: ${target.reason}`)));
}
