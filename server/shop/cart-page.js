import { cartTotal, readCart, setCount, showCount } from './cart.js';
import { findProduct, formatPrice } from './catalogue.js';
import { h, picture, productUrl } from './dom.js';

const place = document.querySelector('#cart');

function row([id, count]) {
  const product = findProduct(id);
  const change = (event) => {
    setCount(id, event.target.valueAsNumber || 0);
    show();
  };
  return h(
    'li',
    { class: 'row' },
    h('span', { class: 'shelf small' }, picture(product, 72)),
    h('a', { href: productUrl(product) }, product.name),
    h('input', {
      type: 'number',
      min: 0,
      max: 20,
      value: count,
      'aria-label': `Count of ${product.name}`,
      onchange: change,
    }),
    h('span', { class: 'price' }, formatPrice(product.price * count)),
    h(
      'button',
      {
        class: 'plain',
        type: 'button',
        'aria-label': `Remove ${product.name}`,
        onclick: () => {
          setCount(id, 0);
          show();
        },
      },
      'Remove',
    ),
  );
}

function show() {
  const cart = [...readCart()];
  if (cart.length === 0)
    return place.replaceChildren(
      h('p', {}, 'Your cart is empty.'),
      h('p', {}, h('a', { class: 'button', href: '/shop' }, 'See the products')),
    );
  place.replaceChildren(
    h('ul', { class: 'rows' }, cart.map(row)),
    h('p', { class: 'total' }, 'Total ', h('strong', {}, formatPrice(cartTotal()))),
    h('p', {}, h('a', { class: 'button', href: '/shop/checkout' }, 'Go to checkout')),
  );
}

show();
showCount();
