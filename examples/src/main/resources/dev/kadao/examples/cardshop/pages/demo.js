// Buys, pays and makes trouble. Everything about orders goes through the shop's own calls; /demo/* plays the other side.
'use strict';

(() => {
  const { addWords, say, el, button, show, call, start } = common;

  addWords({
    'zh-CN': {
      title: '卡密商店演示', about: '下单、付款,再让支付渠道或供货商出错,看订单怎样走到终点。',
      buy: '购买', recipient: '收件人(直充填手机号)', quantity: '数量', buyNow: '购买', keys: '卡密', 'top-up': '直充', sourced: '代购卡密',
      pay: '付款', howToTell: '支付渠道怎样通知商店', payNow: '付款', again: '再开一笔付款', bill: '应付', paidNow: '已在支付渠道付款。',
      forgedNow: '已发出一条伪造通知,订单不应有任何变化。', track: '查看订单', trouble: '制造麻烦', gateway: '支付渠道', supplier: '直充供货商',
      others: '对方的记录', notices: '通知', works: '供货商的订单', none: '暂无', tries: '次', forged: '伪造', waiting: '待发',
      'play.notify': '马上通知', 'play.delay': '20 秒后通知', 'play.drop': '不通知(商店要自己去问)', 'play.repeat': '同一通知发三次',
      'play.forge': '没付款,发伪造通知', 'play.short': '少付一分', 'play.over': '多付一分',
      'gateway.normal': '正常', 'gateway.down': '不回答任何查询', 'gateway.declines-refunds': '拒绝退款',
      'supplier.normal': '正常', 'supplier.slow': '先回"处理中",15 秒后通知', 'supplier.loses-answers': '充值成功但回复丢失',
      'supplier.declines-order': '拒绝该订单', 'supplier.declines-all': '供货商余额不足', 'supplier.partial': '只充了一部分',
      'supplier.no-proof': '称成功但无凭证', 'supplier.down': '完全不可用',
    },
    en: {
      title: 'Card shop demo', about: 'Buy, pay, then let the gateway or the supplier fail, and watch the order reach its end.',
      buy: 'Buy', recipient: 'Recipient (a phone number for a top-up)', quantity: 'Quantity', buyNow: 'Buy', keys: 'keys', 'top-up': 'top-up', sourced: 'sourced keys',
      pay: 'Pay', howToTell: 'How the gateway tells the shop', payNow: 'Pay', again: 'Open a further payment', bill: 'To pay', paidNow: 'Paid at the gateway.',
      forgedNow: 'A forged notice was sent; nothing about the order may change.', track: 'Follow the order', trouble: 'Make trouble',
      gateway: 'Payment gateway', supplier: 'Top-up supplier', others: 'What the others recorded', notices: 'Notices', works: 'Supplier orders',
      none: 'None yet', tries: 'tries', forged: 'forged', waiting: 'waiting',
      'play.notify': 'a notice at once', 'play.delay': 'a notice after 20 s', 'play.drop': 'no notice (the shop has to ask)',
      'play.repeat': 'the same notice three times', 'play.forge': 'no payment, a forged notice', 'play.short': 'pays 0.01 too little',
      'play.over': 'pays 0.01 too much',
      'gateway.normal': 'normal', 'gateway.down': 'answers no question', 'gateway.declines-refunds': 'declines refunds',
      'supplier.normal': 'normal', 'supplier.slow': '"processing", a notice after 15 s', 'supplier.loses-answers': 'does it and loses the answer',
      'supplier.declines-order': 'declines the order', 'supplier.declines-all': 'is out of balance', 'supplier.partial': 'does a part only',
      'supplier.no-proof': 'success without proof', 'supplier.down': 'is down',
    },
  });

  const plays = ['notify', 'delay', 'drop', 'repeat', 'forge', 'short', 'over'];
  const modes = {
    gateway: ['normal', 'down', 'declines-refunds'],
    supplier: ['normal', 'slow', 'loses-answers', 'declines-order', 'declines-all', 'partial', 'no-proof', 'down'],
  };
  let skus = [];
  let bought = null;
  let state = null;

  function field(id) {
    return document.getElementById(id);
  }

  function options(id, names, prefix, chosen) {
    show(id, names.map((name) => {
      const option = el('option', '', say(prefix + '.' + name));
      option.value = name;
      option.selected = name === chosen;
      return option;
    }));
  }

  function renderSkus() {
    show('skus', skus.map((sku) => {
      const line = el('div', 'item');
      line.append(el('span', '', sku.sku + ' · ' + say(sku.kind) + ' · ' + sku.currency + ' ' + sku.price));
      line.append(button(say('buyNow'), 'main', () => buy(sku)));
      return line;
    }));
  }

  async function buy(sku) {
    const answer = await call('POST', '/api/checkouts', {
      gateway: 'sandbox',
      orders: [{ sku: sku.sku, quantity: Number(field('quantity').value), recipient: field('recipient').value.trim() }],
    });
    field('problem').textContent = answer.status === 201 ? '' : answer.body.detail || say('failed');
    if (answer.status === 201) {
      bought = answer.body;
      field('paid').textContent = '';
      renderBill();
      field('pay-section').scrollIntoView({ behavior: 'smooth' });
    }
  }

  function renderBill() {
    field('pay-section').hidden = !bought;
    if (!bought) return;
    const payment = bought.payment;
    field('bill').textContent = say('bill') + ' ' + payment.currency + ' ' + payment.amount + ' (' + payment.id + ')';
    const buttons = [button(say('payNow'), 'main', pay)];
    if (bought.pickupToken) buttons.push(button(say('again'), '', openAnother));
    show('pay', buttons);
    show('links', bought.orders.map((order) => {
      const link = el('a', '', say('track') + ' ' + order.id);
      link.href = '/track?order=' + encodeURIComponent(order.id) + '#' + encodeURIComponent(bought.pickupToken);
      const line = el('div');
      line.append(link);
      return line;
    }));
  }

  async function pay() {
    const { id, amount, currency } = bought.payment;
    const play = field('play').value;
    const answer = await call('POST', '/demo/pay', { payment: id, amount, currency, play });
    field('paid').textContent = answer.status === 200
      ? say(play === 'forge' ? 'forgedNow' : 'paidNow') : answer.body.detail || say('failed');
    await loadState();
  }

  async function openAnother() {
    const path = '/api/checkouts/' + encodeURIComponent(bought.checkout) + '/payments';
    const answer = await call('POST', path, { gateway: 'sandbox' }, bought.pickupToken);
    field('paid').textContent = answer.status === 201 ? '' : answer.body.detail || say('failed');
    if (answer.status === 201) {
      bought.payment = answer.body.payment;
      renderBill();
    }
  }

  function renderState() {
    if (!state) return;
    options('gateway', modes.gateway, 'gateway', state.gateway);
    options('supplier', modes.supplier, 'supplier', state.supplier);
    show('notices', lines(state.notices, (notice) => {
      const body = JSON.parse(notice.body);
      const told = [body.status || body.state, body.currency, body.amount].filter(Boolean).join(' ');
      const outcome = told + ' → ' + (notice.answer || say('waiting'));
      return [body.payment || body.reference, notice.forged ? say('forged') : '', outcome, notice.tries + ' ' + say('tries')];
    }));
    show('works', lines(state.supplierOrders, (work) => [work.reference, work.sku, work.recipient, '× ' + work.quantity, work.state]));
  }

  function lines(items, describe) {
    if (items.length === 0) return [el('p', 'quiet', say('none'))];
    return items.map((item) => el('p', 'quiet', describe(item).filter(Boolean).join(' · ')));
  }

  async function loadState() {
    const answer = await call('GET', '/demo/state');
    // A list that is open under somebody's finger is left alone.
    const choosing = document.activeElement instanceof HTMLSelectElement;
    if (answer.status === 200 && !(choosing && state)) {
      state = answer.body;
      renderState();
    }
  }

  async function setMode(who) {
    field(who).blur();
    const answer = await call('POST', '/demo/modes', { [who]: field(who).value });
    if (answer.status === 200) {
      state = answer.body;
      renderState();
    }
  }

  // The gateway's pay page, as the shop's payWith names it: whoever opens it knows the payment only.
  function billFromAddress() {
    const query = new URLSearchParams(location.search);
    if (query.get('payment')) {
      const payment = { id: query.get('payment'), amount: query.get('amount'), currency: query.get('currency') };
      bought = { payment, orders: [] };
    }
  }

  billFromAddress();
  field('gateway').addEventListener('change', () => setMode('gateway'));
  field('supplier').addEventListener('change', () => setMode('supplier'));

  start(async () => {
    options('play', plays, 'play', field('play').value || 'notify');
    renderBill();
    renderState();
    skus = (await call('GET', '/demo/skus')).body.items || [];
    renderSkus();
  });
  loadState();
  setInterval(loadState, 3000);
})();
