import { findProduct } from './catalogue.js';

const KEY = 'demo-shop-cart';
const MAX_COUNT = 20;

/** `{ [productId]: count }`; whatever else the storage holds is ignored. */
export function readCart() {
  try {
    const stored = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    return new Map(stored.filter(([id, count]) => findProduct(id) && Number.isInteger(count) && count > 0));
  } catch {
    return new Map();
  }
}

export function setCount(id, count) {
  const cart = readCart();
  if (count > 0) cart.set(id, Math.min(count, MAX_COUNT));
  else cart.delete(id);
  localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(cart)));
  showCount();
}

export function emptyCart() {
  localStorage.removeItem(KEY);
  showCount();
}

export const cartTotal = () => [...readCart()].reduce((sum, [id, count]) => sum + findProduct(id).price * count, 0);

/** The number beside "Cart" in the header. */
export function showCount() {
  const count = [...readCart().values()].reduce((sum, one) => sum + one, 0);
  const badge = document.querySelector('[data-cart-count]');
  badge.textContent = count;
  badge.closest('a').setAttribute('aria-label', `Cart, ${count} ${count === 1 ? 'item' : 'items'}`);
}
