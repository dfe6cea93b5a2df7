// The lifeboat: shown when the program panics or does not load. Plain script on purpose; it needs nothing of the program.
// It stops input, says what is safe, and hands over everything that is kept in this browser.
(() => {
  'use strict';
  const PATIENCE = 30000;
  let started = false;
  let shown = false;

  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  const kept = () => {
    const texts = {};
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key !== null && key.startsWith('concord/')) texts[key] = localStorage.getItem(key);
    }
    return texts;
  };

  const save = (said) => {
    try {
      const texts = kept();
      const blob = new Blob([JSON.stringify(texts)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'concord-everything.json';
      link.click();
      URL.revokeObjectURL(link.href);
      said.textContent = `${Object.keys(texts).length} records were handed to your browser as concord-everything.json.`;
    } catch (error) {
      said.textContent = `The storage of this browser can't be read: ${error}`;
    }
  };

  const show = (title, reason) => {
    if (shown) return;
    if (document.readyState === 'loading') {
      addEventListener('DOMContentLoaded', () => show(title, reason), { once: true });
      return;
    }
    shown = true;
    const box = make('div', { class: 'lifeboat', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'lifeboat-title', 'aria-describedby': 'lifeboat-safe' }, '');
    const heading = make('h1', { id: 'lifeboat-title', tabindex: '-1' }, title);
    const safe = make('p', { id: 'lifeboat-safe' }, 'Every answer that was shown as kept is safe in this browser. Only text that you were typing just now may be missing.');
    const why = make('p', {}, reason);
    const said = make('p', { role: 'status' }, '');
    const actions = make('p', { class: 'actions' }, '');
    const reload = make('button', { type: 'button', class: 'button primary' }, 'Load the page anew');
    const download = make('button', { type: 'button', class: 'button', id: 'lifeboat-download' }, 'Download everything kept in this browser');
    reload.addEventListener('click', () => location.reload());
    download.addEventListener('click', () => save(said));
    actions.append(reload, download);
    box.append(heading, safe, why, actions, said);
    for (const element of document.body.children) element.inert = true;
    document.body.append(box);
    heading.focus();
  };

  addEventListener('concord-started', () => { started = true; });
  addEventListener('concord-panic', () => show('Concord has stopped', 'The program met a fault of its own and stopped before it could do harm.'));
  const failed = () => {
    if (!started) show('Concord could not be loaded', 'The program did not arrive or does not run in this browser. Check the connection, or use a current browser.');
  };
  addEventListener('error', failed, true);
  addEventListener('unhandledrejection', failed);
  setTimeout(failed, PATIENCE);
})();
