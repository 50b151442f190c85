// Follows one order: /track?order=<id>#<pickup token>. The token stays in the fragment, which browsers send to nobody,
// and goes to the shop in the Authorization header only.
'use strict';

(() => {
  const { addWords, say, el, button, show, call, time, start } = common;

  addWords({
    'zh-CN': {
      title: '订单', keys: '卡密', receipt: '充值凭证', acts: '您可以', reason: '说明(申诉时必填)', timeline: '进度', reveal: '查看卡密', showReceipt: '查看凭证',
      copy: '复制', copied: '已复制', confirm: '确认收货', complain: '催一下', dispute: '申诉', quantity: '数量',
      recipient: '收件人', noOrder: '链接里没有订单号。', done: '已提交。', needReason: '申诉请先写明原因。',
      revealNote: '查看即视为已收到卡密。', noToken: '打开完整的链接(含 # 之后的部分)才能查看卡密。',
      'asked-gateway': '已向支付渠道核实', 'asked-supplier': '已向供货商核实', 'resent-message': '已重发通知', 'opened-case': '已转人工', 'handed-over': '已转人工',
      turn: '轮到谁', next: '接下来', since: '此状态开始于',
      ask: '问一下', askHint: '用您自己的话,例如:付款了怎么还没到?', askNow: '发送', needWords: '请先写下您的问题。', trust: '本店的发货记录', compensation: '补偿',
      review: '评价这次购买', reviewText: '写点什么(选填)', reviewOnce: '评价对所有人公开,只能提交一次。请不要写账号、号码或卡密。', giveReview: '提交评价', needStars: '请先选择星级。', reviewed: '感谢您的评价。', star: '星',
      'given.refund-share': '退回部分款项', 'given.credit': '余额', 'given.coupon': '优惠券',
      'given.due': '办理中', 'given.granted': '已到账', 'given.declined': '工作人员跟进中', 'given.unclear': '工作人员核实中', 'given.cancelled': '已取消',
    },
    en: {
      title: 'Order', keys: 'Keys', receipt: 'Receipt', acts: 'You can', reason: 'Reason (needed for a dispute)', timeline: 'Progress',
      reveal: 'Show the keys', showReceipt: 'Show the receipt', copy: 'Copy', copied: 'Copied', confirm: 'Confirm receipt', complain: 'Where is it?',
      dispute: 'Dispute', quantity: 'Quantity', recipient: 'Recipient', noOrder: 'The link names no order.',
      done: 'Done.', needReason: 'Please write down the reason for the dispute first.',
      revealNote: 'Keys that were shown count as received.', noToken: 'Open the whole link, with the part after #, to see the keys.',
      'asked-gateway': 'asked the payment gateway', 'asked-supplier': 'asked the supplier',
      'resent-message': 'sent the message again', 'opened-case': 'handed to a person', 'handed-over': 'handed to a person',
      turn: 'Whose turn', next: 'Next', since: 'Like this since', ask: 'Ask us', askHint: 'In your own words, such as: I have paid, where is it?', askNow: 'Send',
      needWords: 'Please write down your question first.', trust: 'How this shop delivers', compensation: 'Compensation',
      review: 'Rate this purchase', reviewText: 'A few words (optional)', reviewOnce: 'Everybody can read it, and it can be given once. Please leave out accounts, numbers and keys.',
      giveReview: 'Submit', needStars: 'Please choose the stars first.', reviewed: 'Thank you for your review.', star: 'of 5 stars',
      'given.refund-share': 'part of the price back', 'given.credit': 'credit', 'given.coupon': 'coupon',
      'given.due': 'on its way', 'given.granted': 'yours', 'given.declined': 'our staff see to it', 'given.unclear': 'our staff check it', 'given.cancelled': 'cancelled',
    },
  });

  const order = new URLSearchParams(location.search).get('order');
  const token = unescaped(location.hash.slice(1));
  const base = '/api/orders/' + encodeURIComponent(order || '');
  const atRest = ['CLOSED', 'DELIVERED', 'COMPLETED', 'REFUNDED'];
  const disputable = ['DELIVERED', 'COMPLETED'];
  const complainable = ['PAID', 'RESERVED', 'DISPATCHING', 'UNCERTAIN', 'PARKED', 'ON_HOLD', 'DELIVERED', 'REPLACING', 'REFUNDING'];
  let last = null;
  let keys = null;
  let timer = 0;
  let stars = 0;

  function unescaped(text) {
    try {
      return decodeURIComponent(text);
    } catch (e) {
      return text; // Typed by hand; the shop judges it.
    }
  }

  function tone(stage) {
    if (['DELIVERED', 'COMPLETED'].includes(stage)) return 'stage good';
    return ['ON_HOLD', 'PARKED', 'DISPUTED', 'UNCERTAIN'].includes(stage) ? 'stage waiting' : 'stage';
  }

  function put(id, text) {
    document.getElementById(id).textContent = text;
  }

  function render() {
    if (!last) return;
    // The text begins with the stage in words; its times are the shop's, so they are shown in the reader's zone.
    const diagnosis = last.diagnosis;
    const [, words, rest] = diagnosis.text.match(/^(.*?)(?:。|\. |$)(.*)$/s);
    const stage = document.getElementById('stage');
    stage.textContent = words;
    stage.className = tone(last.stage);
    put('sentence', inReadersZone(rest, diagnosis.zone));
    renderTrack();
    renderFacts(diagnosis);
    const goods = [last.sku, say('quantity') + ' ' + last.quantity];
    if (last.recipient) goods.push(say('recipient') + ' ' + last.recipient);
    put('goods', goods.join(' · '));
    show('timeline', (last.timeline || []).map((node) => {
      const line = el('li', '', node.text || node.node);
      const at = el('time', '', time(node.at));
      at.dateTime = node.at;
      line.append(at);
      return line;
    }));
    renderKeys();
    renderActs();
  }

  function inReadersZone(text, zone) {
    return text.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/g, (all, day, clock) => time(day + 'T' + clock + zone));
  }

  function renderTrack() {
    show('track', (last.track || []).map((stop) => {
      const place = el('li', stop.state, stop.text);
      if (stop.at) place.title = time(stop.at);
      if (stop.state === 'current') place.setAttribute('aria-current', 'step');
      return place;
    }));
  }

  function renderFacts(diagnosis) {
    const facts = [[say('turn'), diagnosis.whoseTurnText], [say('since'), time(diagnosis.since)]];
    if (diagnosis.next && !diagnosis.text.includes(diagnosis.next.text)) facts.push([say('next'), inReadersZone(diagnosis.next.text, diagnosis.zone)]);
    (last.compensations || []).forEach((given) => {
      const what = given.amount ? given.currency + ' ' + given.amount : given.coupon;
      facts.push([say('compensation'), [say('given.' + given.kind), what, say('given.' + given.state)].filter(Boolean).join(' · ')]);
    });
    show('facts', facts.flatMap(([name, value]) => [el('dt', '', name), el('dd', '', value)]));
  }

  function renderKeys() {
    const handedOver = ['DELIVERED', 'COMPLETED', 'DISPUTED'].includes(last.stage);
    document.getElementById('keys-section').hidden = !handedOver;
    if (!handedOver) return;
    const isTopUp = last.kind === 'top-up';
    put('keys-title', say(isTopUp ? 'receipt' : 'keys'));
    show('keys', (keys || []).map((key) => {
      const line = el('div', 'key');
      line.append(el('span', '', key));
      const copy = button(say('copy'), '', async () => {
        await navigator.clipboard.writeText(key);
        copy.textContent = say('copied');
      });
      if (navigator.clipboard) line.append(copy);
      return line;
    }));
    if (keys) {
      show('reveal', []);
    } else if (token) {
      const look = button(say(isTopUp ? 'showReceipt' : 'reveal'), 'main', reveal);
      show('reveal', isTopUp ? [look] : [look, el('p', 'quiet', say('revealNote'))]);
    } else {
      show('reveal', [el('p', 'quiet', say('noToken'))]);
    }
  }

  function renderActs() {
    const acts = [];
    if (last.stage === 'DELIVERED') acts.push(button(say('confirm'), 'main', () => act('confirm')));
    if (complainable.includes(last.stage)) acts.push(button(say('complain'), '', () => act('complain')));
    if (disputable.includes(last.stage)) acts.push(button(say('dispute'), '', () => act('dispute')));
    document.getElementById('reason-field').hidden = !disputable.includes(last.stage);
    document.getElementById('acts-section').hidden = !token || acts.length === 0;
    show('acts', acts);
    renderReview();
  }

  // Chosen first and given after that: a tap on a phone is easily wrong, and a review stays.
  function renderReview() {
    const open = last.stage === 'COMPLETED' && token && !last.reviewed;
    document.getElementById('review-section').hidden = !open;
    put('reviewed', last.reviewed ? say('reviewed') : '');
    if (!open) return;
    document.getElementById('stars').setAttribute('aria-label', say('review'));
    show('stars', [1, 2, 3, 4, 5].map((count) => {
      const star = button(count <= stars ? '★' : '☆', 'star', () => {
        stars = count;
        renderReview();
        document.getElementById('stars').children[count - 1].focus();
      });
      star.setAttribute('aria-label', count + ' ' + say('star'));
      star.setAttribute('aria-pressed', String(count === stars));
      return star;
    }));
    show('give-review', [button(say('giveReview'), 'main', giveReview)]);
  }

  async function giveReview() {
    if (!stars) {
      put('reviewed', say('needStars'));
      return;
    }
    const text = document.getElementById('review-text').value.trim();
    const answer = await call('POST', base + '/review', text ? { stars, text } : { stars }, token);
    if (answer.status === 200) await load();
    else put('reviewed', answer.body.detail || say('failed'));
  }

  async function ask() {
    const words = document.getElementById('words').value.trim();
    if (!words) {
      put('answer', say('needWords'));
      document.getElementById('words').focus();
      return;
    }
    const answer = await call('POST', '/api/support', { words, number: order }, token);
    const did = (answer.body.did || []).map(say).join('; ');
    put('answer', answer.status === 200 ? inReadersZone([answer.body.text, did].filter(Boolean).join(' '), last ? last.diagnosis.zone : 'Z') : answer.body.detail || say('failed'));
    await load();
  }

  async function reveal() {
    const answer = await call('POST', base + '/reveal', {}, token);
    if (answer.status === 200) {
      keys = answer.body.keys;
      render();
    } else {
      show('keys', [el('p', 'text', answer.body.detail || say('failed'))]);
    }
  }

  async function act(name) {
    const reason = disputable.includes(last.stage) ? document.getElementById('reason').value.trim() : '';
    if (name === 'dispute' && !reason) {
      put('outcome', say('needReason'));
      document.getElementById('reason').focus();
      return;
    }
    const answer = await call('POST', base + '/' + name, reason ? { reason } : {}, token);
    const did = (answer.body.did || []).map(say).join('; ');
    const told = answer.body.diagnosis;
    const text = told ? inReadersZone(told.text, told.zone) : '';
    put('outcome', answer.status === 200 ? [text, did].filter(Boolean).join(' ') || say('done') : answer.body.detail || say('failed'));
    await load();
  }

  async function load() {
    clearTimeout(timer);
    if (!order) {
      put('sentence', say('noOrder'));
      return;
    }
    const answer = await call('GET', base, undefined, token);
    let pause = 2000;
    if (answer.status === 200) {
      // Drawn anew only when something changed, or a button could vanish under a finger.
      const changed = JSON.stringify(last) !== JSON.stringify(answer.body);
      last = answer.body;
      if (changed) render();
      pause = atRest.includes(last.stage) ? 30000 : 2000;
    } else {
      const again = answer.status === 0 || answer.status >= 502;
      put('sentence', (answer.body.detail || say('failed')) + (again ? ' ' + say('retrying') : ''));
      pause = again ? 5000 : 0;
    }
    if (pause) timer = setTimeout(load, pause);
  }

  start(() => {
    show('ask', [button(say('askNow'), 'main', ask)]);
    render();
    load();
  });
})();
