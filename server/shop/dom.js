/** An element with attributes and children; text is always text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat());
  return element;
}

export const picture = ({ id }, size) =>
  h('img', { src: `/shop/pictures/${id}.svg`, alt: '', width: size, height: size, loading: 'lazy' });

export const productUrl = ({ id }) => `/shop/product?id=${id}`;
