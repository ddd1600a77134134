'use strict';
(() => {
  const items = [...document.querySelectorAll('.item')];
  const doors = [...document.querySelectorAll('[data-go]')];
  const views = ['light', 'dark', 'bare', 'text', 'headers', 'source'];
  const help = document.getElementById('help');
  const position = document.getElementById('position');
  let item = 0, view = 'light';

  function show(scroll) {
    items.forEach((section, i) => { section.hidden = i !== item; });
    doors.forEach((door, i) => {
      if (i === item) door.setAttribute('aria-current', 'true');
      else door.removeAttribute('aria-current');
    });
    for (const tab of items[item].querySelectorAll('[role=tab]')) {
      const chosen = tab.dataset.view === view;
      tab.setAttribute('aria-selected', chosen);
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of items[item].querySelectorAll('.panel')) panel.hidden = panel.dataset.view !== view;
    position.textContent = item ? `${item} of ${items.length - 1}` : '';
    document.getElementById('back').disabled = item === 0;
    document.getElementById('on').disabled = item === items.length - 1;
    if (scroll) {
      window.scrollTo(0, 0);
      doors[item].scrollIntoView({block: 'nearest', inline: 'nearest'});
    }
    history.replaceState(null, '', item ? `#${item}-${view}` : '#');
  }

  function go(to) {
    item = Math.max(0, Math.min(items.length - 1, to));
    show(true);
  }

  function look(as) {
    view = as;
    show(false);
  }

  function turn(tab, by) {
    const next = views[(views.indexOf(tab.dataset.view) + by + views.length) % views.length];
    look(next);
    items[item].querySelector(`[role=tab][data-view=${next}]`).focus();
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tab = event.target.closest('[role=tab]');
    if (help.open) return;
    if (event.key === 'j' || (event.key === 'ArrowRight' && !tab)) go(item + 1);
    else if (event.key === 'k' || (event.key === 'ArrowLeft' && !tab)) go(item - 1);
    else if (event.key === 'ArrowRight') turn(tab, 1);
    else if (event.key === 'ArrowLeft') turn(tab, -1);
    else if (event.key === '0') go(0);
    else if (event.key >= '1' && event.key <= '6' && event.key.length === 1) look(views[event.key - 1]);
    else if (event.key === '?') help.showModal();
    else return;
    event.preventDefault();
  }

  document.addEventListener('keydown', press);
  document.addEventListener('click', event => {
    const door = event.target.closest('[data-go]');
    const tab = event.target.closest('[role=tab]');
    if (door) go(Number(door.dataset.go));
    if (tab) look(tab.dataset.view);
  });
  document.getElementById('back').addEventListener('click', () => go(item - 1));
  document.getElementById('on').addEventListener('click', () => go(item + 1));
  document.getElementById('ask').addEventListener('click', () => help.showModal());

  // A click into a mail must not swallow the keys; who comes by the keyboard stays, to scroll it.
  window.addEventListener('blur', () => {
    const frame = document.activeElement;
    if (frame && frame.matches('iframe:hover')) setTimeout(() => frame.blur());
  });

  const wanted = /^#(\d+)-(\w+)$/.exec(location.hash);
  if (wanted && views.includes(wanted[2])) {
    view = wanted[2];
    item = Math.min(Number(wanted[1]), items.length - 1);
  }
  document.documentElement.classList.add('live');
  show(false);
})();
