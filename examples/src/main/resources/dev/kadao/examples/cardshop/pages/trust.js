// What the shop can show for itself: how it has delivered lately, who it is, and what buyers say.
'use strict';

(() => {
  const { addWords, say, el, button, show, call, start } = common;

  addWords({
    'zh-CN': {
      title: '本店的发货记录', record: '发货记录', bySku: '按商品', name: '店铺', licence: '营业执照', icp: '备案号', support: '官方客服',
      how: '数据由订单自动统计,店铺无法修改。', period: '统计时间', delivered: '已发货', onTime: '按时发货', half: '一半订单在此时间内到货', most: '95% 的订单在此时间内到货',
      refunded: '退款', disputed: '申诉', none: '还没有发货记录。', seconds: '秒', minutes: '分', hours: '时', orders: '单', unknown: '—', underASecond: '不到 1 秒',
      reviews: '买家评价', noReviews: '还没有评价。', average: '平均', ofFive: '/ 5 星', count: '条', more: '更多', refundedSince: '此单后来退款',
      verified: '只有完成的订单才能评价,每单一次;店铺不能修改评价,也不能去掉星级。',
    },
    en: {
      title: 'How this shop delivers', record: 'Deliveries', bySku: 'By product', name: 'Shop', licence: 'Business licence', icp: 'ICP number',
      support: 'Official support', how: 'Counted from the orders themselves; the shop cannot edit these figures.', period: 'Counted from', delivered: 'Delivered', onTime: 'On time',
      half: 'Half arrive within', most: '95% arrive within', refunded: 'Refunded', disputed: 'Disputed', none: 'Nothing was delivered yet.', seconds: 's', minutes: 'min', hours: 'h', orders: 'orders', unknown: '—', underASecond: 'under 1 s',
      reviews: 'What buyers say', noReviews: 'No reviews yet.', average: 'Average', ofFive: 'of 5 stars', count: 'reviews', more: 'More', refundedSince: 'refunded since',
      verified: 'Only completed orders can be reviewed, each once; the shop can neither edit a review nor take its stars away.',
    },
  });

  let last = null;
  let shown = [];
  let next = null;

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
        say('most') + ' ' + duration(sku.p95), sku.rating.count ? rated(sku.rating) : ''].filter(Boolean).join(' · ')));
      return line;
    }));
    renderReviews();
  }

  // Rounded down, so that 4.96 is not told as 5.
  function rated(rating) {
    return '★ ' + (Math.floor(rating.average * 10 + 1e-9) / 10).toFixed(1) + ' (' + rating.count + ')';
  }

  function renderReviews() {
    const rating = last.reviews;
    document.getElementById('average').textContent = rating.count
      ? say('average') + ' ' + (Math.floor(rating.average * 10 + 1e-9) / 10).toFixed(1) + ' ' + say('ofFive') + ' · ' + rating.count + ' ' + say('count') + ' · ' + say('verified')
      : say('noReviews') + ' ' + say('verified');
    show('reviews', shown.map((review) => {
      const line = el('div', 'review');
      const stars = el('span', 'stars', '★'.repeat(review.stars) + '☆'.repeat(5 - review.stars));
      stars.setAttribute('role', 'img');
      stars.setAttribute('aria-label', review.stars + ' ' + say('ofFive'));
      line.append(stars, el('span', 'quiet', [review.sku, review.day, review.refunded ? say('refundedSince') : ''].filter(Boolean).join(' · ')));
      if (review.text) line.append(el('p', 'text', review.text));
      return line;
    }));
    show('more', next ? [button(say('more'), '', more)] : []);
  }

  async function more() {
    const answer = await call('GET', '/api/reviews?limit=20&after=' + encodeURIComponent(next));
    document.getElementById('unread').textContent = answer.status === 200 ? '' : answer.body.detail || say('failed');
    if (answer.status !== 200) return;
    shown = shown.concat(answer.body.items);
    next = answer.body.next;
    renderReviews();
  }

  async function load() {
    const answer = await call('GET', '/api/trust');
    if (answer.status === 200) {
      last = answer.body;
      shown = last.reviews.items;
      next = last.reviews.next;
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
