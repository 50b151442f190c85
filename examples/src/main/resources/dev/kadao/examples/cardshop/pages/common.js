// What both pages share. Data from the shop is put on the page as text only, never as HTML.
'use strict';

const common = (() => {
  const words = {
    'zh-CN': {
      language: 'English', failed: '出错了', offline: '连不上商店,请检查网络后重试。', retrying: '正在自动重试……',
    },
    en: {
      language: '中文', failed: 'Something went wrong', offline: 'The shop cannot be reached; check your connection and try again.',
      retrying: 'Trying again by itself …',
    },
  };

  let remembered = null;
  try {
    remembered = localStorage.getItem('language');
  } catch (e) {
    remembered = null; // Storage is switched off; the browser's own language is used.
  }
  let language = remembered || (document.documentElement.lang === 'en' ? 'en' : 'zh-CN');

  function addWords(more) {
    for (const tag of Object.keys(more)) Object.assign(words[tag], more[tag]);
  }

  function say(name) {
    return words[language][name] || name;
  }

  function el(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  }

  function button(text, className, onClick) {
    const element = el('button', className, text);
    element.type = 'button';
    element.addEventListener('click', async () => {
      element.disabled = true;
      try {
        await onClick();
      } finally {
        element.disabled = false;
      }
    });
    return element;
  }

  function show(id, nodes) {
    document.getElementById(id).replaceChildren(...nodes);
  }

  // Every answer, a refusal too, comes back as {status, body}; status 0 means that there was none.
  async function call(method, path, body, token) {
    const headers = { 'Accept-Language': language };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = 'Bearer ' + token;
    try {
      const answer = await fetch(path, {
        method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', credentials: 'omit',
      });
      const type = answer.headers.get('Content-Type') || '';
      return { status: answer.status, body: type.includes('json') ? await answer.json() : {} };
    } catch (e) {
      return { status: 0, body: { detail: say('offline') } };
    }
  }

  function time(text) {
    const at = new Date(text);
    return Number.isNaN(at.getTime())
      ? String(text)
      : at.toLocaleString(language, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  }

  function start(translate) {
    function apply() {
      document.documentElement.lang = language;
      document.querySelectorAll('[data-say]').forEach((element) => {
        element.textContent = say(element.dataset.say);
      });
      document.title = say('title');
      translate();
    }
    document.getElementById('language').addEventListener('click', () => {
      language = language === 'en' ? 'zh-CN' : 'en';
      try {
        localStorage.setItem('language', language);
      } catch (e) {
        // Storage is switched off; the choice holds until the page is left.
      }
      apply();
    });
    apply();
  }

  return { addWords, say, el, button, show, call, time, start };
})();
