import { readCart, setCount, showCount } from './cart.js';
import { findProduct, formatPrice, PRODUCTS } from './catalogue.js';
import { h, picture } from './dom.js';

const product = findProduct(new URLSearchParams(location.search).get('id')) ?? PRODUCTS[0];
document.title = `${product.name} · Crane & Kettle`;

const count = h('input', { id: 'count', type: 'number', min: 1, max: 20, value: 1, inputmode: 'numeric' });
const news = h('p', { role: 'status', class: 'news' });

document.querySelector('#product').replaceChildren(
  h('div', { class: 'shelf large' }, picture(product, 320)),
  h(
    'div',
    { class: 'about' },
    h('h1', {}, product.name),
    h('p', { class: 'lead' }, product.text),
    h('p', { class: 'price' }, formatPrice(product.price)),
    h(
      'form',
      {
        class: 'buy',
        onsubmit: (event) => {
          event.preventDefault();
          setCount(product.id, (readCart().get(product.id) ?? 0) + Math.max(1, count.valueAsNumber || 1));
          news.replaceChildren('In the cart. ', h('a', { href: '/shop/cart' }, 'Go to the cart'));
        },
      },
      h('label', { for: 'count' }, 'Count'),
      count,
      h('button', {}, 'Add to cart'),
    ),
    news,
    h(
      'table',
      {},
      h('caption', {}, 'Details'),
      h(
        'tbody',
        {},
        Object.entries(product.facts).map(([name, value]) =>
          h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)),
        ),
      ),
    ),
  ),
);
showCount();
