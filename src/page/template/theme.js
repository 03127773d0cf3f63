'use strict';
// What was chosen last on any page of unecho, else what the system says. A browser may keep nothing for files.
const theme = {
  get() { try { return localStorage.getItem('unecho-theme'); } catch { return null; } },
  keep(name) { try { localStorage.setItem('unecho-theme', name); } catch { /* not kept */ } },
  set(name) {
    document.documentElement.dataset.theme = name;
    const button = document.getElementById('theme');
    if (button) button.textContent = name === 'dark' ? 'Light' : 'Dark';
  },
};
theme.set(location.hash === '#dark' ? 'dark'
  : theme.get() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
