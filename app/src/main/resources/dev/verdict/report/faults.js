// Faults on the timeline: bars in lanes of their own, and bands behind all that happened under them.

const FAULT_LANE = 15;
const MOST_FAULT_LANES = 12;
const LIFE = ['kill', 'stop', 'restart', 'crashLoop', 'pause'];
const NEAR = ['cpu', 'memory', 'openFiles', 'processes', 'diskFull', 'readOnlyDisk', 'flipBits', 'truncate', 'replaceFile',
  'damagePages', 'clock'];
const FAMILIES = { life: 'a service is ended or held', near: 'its machine, files or clock', network: 'network' };
const family = (fault) => (LIFE.includes(fault.kind) ? 'life' : NEAR.includes(fault.kind) ? 'near' : 'network');
const faults = (page.faults || []).map((fault) => ({ ...fault, until: fault.end ?? Math.max(run.took, fault.start) }));
const faultLanes = packedFaults();
const faultsHeight = () => faultLanes.reduce((most, one) => Math.max(most, one.lane + 1), 0) * FAULT_LANE;

/** Puts each fault into the first lane that is free when it begins. */
function packedFaults() {
  const ends = [];
  return faults.map((fault) => {
    let lane = ends.findIndex((end) => end <= fault.start + 0.01);
    if (lane < 0) lane = Math.min(ends.length, MOST_FAULT_LANES - 1);
    ends[lane] = fault.until;
    return { fault, lane };
  });
}

function faultWords(fault) {
  const end = fault.end === undefined ? 'did not end' : `for ${time(fault.end - fault.start)}`;
  const how = fault.how && fault.how !== 'undone' && fault.how !== 'over' ? `; ${fault.how}` : '';
  return `fault ${fault.id}: ${fault.target} ${fault.summary}, ${end} from ${since(fault.start)} (${fault.by})${how}`;
}

function faultBars(y) {
  if (!faults.length) return [];
  const bars = faultLanes.map(({ fault, lane }) => {
    const top = y + lane * FAULT_LANE;
    const box = bar(fault.start, fault.until, top, FAULT_LANE - 3, { class: `fault f-${family(fault)}` }, 3);
    if (!box) return [];
    const label = `${fault.kind} ${fault.target}`;
    const room = (Math.min(fault.until, view.to) - Math.max(fault.start, view.from)) * scale() > 6 * label.length + 4;
    return [target(box, faultWords(fault), () => setView(fault.start - (fault.until - fault.start) / 2, fault.until + (fault.until - fault.start) / 2)),
      room && svg('text', { class: 'fault-name', x: Math.max(gutter(), xOf(fault.start)) + 4, y: top + 9.5, 'clip-path': 'url(#lanes)' }, label)];
  });
  return [svg('text', { class: 'who', x: 0, y: y + 11 }, 'faults'), ...bars.flat().filter(Boolean)];
}

/** Draws what lies behind services, log marks and scenarios. */
function faultBands(y, height) {
  return faults.map((fault) => bar(fault.start, fault.until, y, Math.max(0, height - y), { class: `band f-${family(fault)}` }, 1)).filter(Boolean);
}

function faultKeys() {
  const present = Object.keys(FAMILIES).filter((name) => faults.some((fault) => family(fault) === name));
  return present.map((name) => h('li', {}, h(`span.key.f-${name}`, {}), `fault: ${FAMILIES[name]}`));
}
