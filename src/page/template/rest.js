// --- what is for the record
const spaced = object => Object.fromEntries(Object.entries(object).map(([key, value]) => [key.replaceAll('_', ' '), value]));
section('Ledger', 'In each list, what was read is the sum of the others.', el('h3', {}, 'bytes'), list(spaced(report.ledger.bytes)), el('h3', {}, 'records'), list(records));
if (run.stages) {
  const busy = run.stages.reduce((sum, t) => sum + t.seconds, 0);
  section('Time and memory', `${run.seconds.toFixed(2)} s, ${bytes(run.bytes_per_second)}/s, peak ${bytes(run.peak_rss_bytes)}, ${count(run.threads, 'thread')}, ${run.kernels} kernels`,
    table(['stage', 'busy seconds', 'share', 'peak of its tables'], run.stages.map(s => [s.name, s.seconds.toFixed(3), percent(s.seconds, busy), s.peak_bytes ? bytes(s.peak_bytes) : ''])));
}
section('Parameters', '', list(report.parameters));
section('Versions', '', list({unecho: report.unecho, ...report.versions, ...report.hashes}));

theme.set(document.documentElement.dataset.theme);   // the button is there now
document.getElementById('theme').addEventListener('click', () => {
  theme.set(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  theme.keep(document.documentElement.dataset.theme);
});
