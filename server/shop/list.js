import { showCount } from './cart.js';
import { formatPrice, PRODUCTS } from './catalogue.js';
import { h, picture, productUrl } from './dom.js';

const list = document.querySelector('#products');
const search = document.querySelector('#search');
const kinds = document.querySelector('#kinds');
const news = document.querySelector('#news');
let kind = 'All';

const card = (product) =>
  h(
    'li',
    {},
    h(
      'a',
      { class: 'card', href: productUrl(product) },
      h('span', { class: 'shelf' }, picture(product, 160)),
      h('strong', {}, product.name),
      h('span', { class: 'soft' }, product.line),
      h('span', { class: 'price' }, formatPrice(product.price)),
    ),
  );

const newsOf = (count) =>
  count === 0 ? 'Nothing found. Try another word.' : count === 1 ? 'One product' : `${count} products`;

function show() {
  const words = search.value.toLowerCase().trim();
  const found = PRODUCTS.filter(
    (product) =>
      (kind === 'All' || product.kind === kind) && `${product.name} ${product.line}`.toLowerCase().includes(words),
  );
  list.replaceChildren(...found.map(card));
  news.textContent = newsOf(found.length);
}

for (const name of ['All', ...new Set(PRODUCTS.map((product) => product.kind))])
  kinds.append(
    h(
      'label',
      { class: 'chip' },
      h('input', {
        type: 'radio',
        name: 'kind',
        value: name,
        checked: name === kind,
        onchange: () => {
          kind = name;
          show();
        },
      }),
      name,
    ),
  );
search.addEventListener('input', show);
show();
showCount();
