// Puts the page together and listens to keys.

const help = h('dialog', { 'aria-labelledby': 'help-title' },
  h('h2', { id: 'help-title' }, 'Keyboard'),
  h('dl.keys', {}, [['/', 'search'], ['j  k', 'next, previous scenario'], ['Enter', 'open or close it'], ['f', 'only what did not pass'],
    ['t', 'to the timeline'], ['← → + − 0', 'in the timeline: move, zoom, all'], ['Esc', 'leave the search, close'], ['?', 'this help']]
    .map(([key, what]) => [h('dt', {}, key.split('  ').map((one) => h('kbd', {}, one))), h('dd', {}, what)])),
  h('form', { method: 'dialog' }, h('button', {}, 'Close')));

function openHelp() {
  if (!help.open) help.showModal();
}

function move(step) {
  const heads = [...document.querySelectorAll('.row .head')].filter((head) => head.offsetParent);
  const now = heads.indexOf(document.activeElement);
  if (step > 0 && now === heads.length - 1) {
    const more = [...list.querySelectorAll('button.more')].find((button) => !button.hidden && button.offsetParent);
    if (more) more.click();
    if (more) return move(step);
  }
  const next = heads[Math.max(0, Math.min(heads.length - 1, now + step))];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }
  return undefined;
}

const KEYS = {
  '/': () => { controls.q.focus(); controls.q.select(); },
  j: () => move(1),
  k: () => move(-1),
  f: () => { setFilter({ outcome: filter.outcome.size ? new Set() : new Set(['FAILED', 'BLOCKED', 'INCONCLUSIVE']) }); go('scenarios'); },
  t: () => go('timeline'),
  '?': openHelp,
};

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea');
  if (event.key === 'Escape' && typing) typing.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

window.addEventListener('hashchange', () => {
  readHash();
  showFilter();
  renderList();
  if (filter.open) openScenario(filter.open);
});

window.addEventListener('beforeprint', () => {
  document.querySelectorAll('.row:not(.o-PASSED):not(.o-SKIPPED)').forEach((item) => item.reveal());
});

readHash();
document.getElementById('page').append(...[topBar(),
  h('main.wide', {}, [verdictSection(), findingsSection(), targetsSection(), scenariosSection(), timelineSection(), servicesSection()].filter(Boolean)),
  h('footer.wide', {}, `Made by Verdict ${run.version || ''} from the journal of run ${run.run}. `, link('../journal.ndjson', 'The journal')),
  help]);
showFilter();
renderList();
drawTimeline();
if (filter.open) openScenario(filter.open);
document.documentElement.dataset.ready = 'true';
