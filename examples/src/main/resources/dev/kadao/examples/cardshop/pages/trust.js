// What the shop can show for itself: how it has delivered lately, who it is, and what buyers say.
'use strict';

(() => {
  const { addWords, say, el, show, call, start } = common;

  addWords({
    'zh-CN': {
      title: '本店的发货记录', record: '发货记录', bySku: '按商品', name: '店铺', licence: '营业执照', icp: '备案号', support: '官方客服',
      how: '数据由订单自动统计,店铺无法修改。', period: '统计时间', delivered: '已发货', onTime: '按时发货', half: '一半订单在此时间内到货', most: '95% 的订单在此时间内到货',
      refunded: '退款', disputed: '申诉', none: '还没有发货记录。', seconds: '秒', minutes: '分', hours: '时', orders: '单', unknown: '—', underASecond: '不到 1 秒',
    },
    en: {
      title: 'How this shop delivers', record: 'Deliveries', bySku: 'By product', name: 'Shop', licence: 'Business licence', icp: 'ICP number',
      support: 'Official support', how: 'Counted from the orders themselves; the shop cannot edit these figures.', period: 'Counted from', delivered: 'Delivered', onTime: 'On time',
      half: 'Half arrive within', most: '95% arrive within', refunded: 'Refunded', disputed: 'Disputed', none: 'Nothing was delivered yet.', seconds: 's', minutes: 'min', hours: 'h', orders: 'orders', unknown: '—', underASecond: 'under 1 s',
    },
  });

  let last = null;

  // Rounded towards what is worse for the shop: 99.96 % on time is not 100 %, 0.01 % disputed is not none.
  function share(part, worse) {
    if (part === null || part === undefined) return say('unknown');
    return (part === 1 ? '100' : (worse(part * 1000) / 10).toFixed(1)) + '%';
  }

  function duration(seconds) {
    if (seconds === null || seconds === undefined) return say('unknown');
    if (seconds < 1) return say('underASecond');
    if (seconds < 120) return Math.ceil(seconds) + ' ' + say('seconds');
    if (seconds < 7200) return Math.ceil(seconds / 60) + ' ' + say('minutes');
    return Math.ceil(seconds / 3600) + ' ' + say('hours');
  }

  function figure(label, value) {
    const box = el('div', 'figure');
    box.append(el('b', '', value), el('span', '', say(label)));
    return box;
  }

  function figures(of) {
    return [
      figure('delivered', String(of.delivered)),
      figure('onTime', share(of.onTimeShare, Math.floor)),
      figure('half', duration(of.p50)),
      figure('most', duration(of.p95)),
      figure('refunded', share(of.refundedShare, Math.ceil)),
      figure('disputed', share(of.disputedShare, Math.ceil)),
    ];
  }

  function renderProfile(shop) {
    document.getElementById('shop-name').textContent = shop.name || '';
    show('profile', ['licence', 'icp', 'support'].filter((name) => shop[name])
      .flatMap((name) => [el('dt', '', say(name)), el('dd', '', shop[name])]));
  }

  function render() {
    if (!last) return;
    renderProfile(last.shop || {});
    document.getElementById('period').textContent = say('period') + ' ' + last.from + ' – ' + last.to;
    show('figures', last.service.delivered ? figures(last.service) : [el('p', 'quiet', say('none'))]);
    show('skus', (last.skus || []).map((sku) => {
      const line = el('div', 'item');
      line.append(el('b', '', sku.sku));
      line.append(el('span', 'quiet', [sku.delivered + ' ' + say('orders'), say('onTime') + ' ' + share(sku.onTimeShare, Math.floor),
        say('most') + ' ' + duration(sku.p95)].join(' · ')));
      return line;
    }));
  }

  async function load() {
    const answer = await call('GET', '/api/trust');
    if (answer.status === 200) {
      last = answer.body;
      document.getElementById('problem').textContent = '';
      render();
    } else {
      document.getElementById('problem').textContent = answer.body.detail || say('failed');
    }
  }

  start(() => {
    render();
    load();
  });
})();
