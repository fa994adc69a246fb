import { cartTotal, emptyCart, showCount } from './cart.js';
import { formatPrice } from './catalogue.js';

const form = document.querySelector('form');
document.querySelector('#total').textContent = formatPrice(cartTotal());

// Groups of four, as on the card.
form.elements.card.addEventListener('input', ({ target }) => {
  target.value = target.value
    .replace(/\D/g, '')
    .slice(0, 16)
    .replace(/(\d{4})(?=\d)/g, '$1 ');
});

// A demo: what was typed is checked by the browser, forgotten with the page, and sent nowhere.
form.addEventListener('submit', (event) => {
  event.preventDefault();
  emptyCart();
  location.assign('/shop/thanks');
});
showCount();
