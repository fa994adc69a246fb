/** What the demo shop sells. Prices in cents. */
export const PRODUCTS = [
  {
    id: 'heron-espresso',
    name: 'Heron espresso machine',
    kind: 'Machines',
    price: 64900,
    line: 'One boiler, nine bar, no fuss.',
    text: 'A compact single-boiler machine with a pressure gauge you can read from across the kitchen. Heats up in six minutes and has a water tank that comes out at the front.',
    facts: { Tank: '1.8 l', Pressure: '9 bar', Power: '1,350 W', Warranty: '3 years' },
  },
  {
    id: 'plover-grinder',
    name: 'Plover grinder',
    kind: 'Machines',
    price: 24900,
    line: 'Forty steps, from moka to filter.',
    text: 'Conical steel burrs, forty click steps and a motor quiet enough for early mornings. The upper burr comes out without tools.',
    facts: { Burrs: '48 mm steel', Steps: '40', Hopper: '250 g', Warranty: '3 years' },
  },
  {
    id: 'wren-kettle',
    name: 'Wren kettle',
    kind: 'Machines',
    price: 11900,
    line: 'Holds your temperature for half an hour.',
    text: 'A gooseneck kettle for slow pouring. Set any temperature between 40 and 100 degrees; it stays there for thirty minutes.',
    facts: { Volume: '0.9 l', Range: '40–100 °C', Power: '1,200 W', Warranty: '2 years' },
  },
  {
    id: 'finch-dripper',
    name: 'Finch dripper',
    kind: 'By hand',
    price: 2900,
    line: 'Porcelain, one to four cups.',
    text: 'Glazed porcelain with spiral ribs that keep the paper off the wall. Goes into the dishwasher.',
    facts: { Cups: '1–4', Material: 'Porcelain', Paper: 'Size 02' },
  },
  {
    id: 'egret-press',
    name: 'Egret press',
    kind: 'By hand',
    price: 4400,
    line: 'Double-walled steel, stays hot.',
    text: 'A press that does not mind being dropped. Two steel walls keep the coffee hot for an hour; the sieve comes apart for cleaning.',
    facts: { Volume: '1 l', Material: 'Steel', Filter: 'Two-layer' },
  },
  {
    id: 'morning-beans',
    name: 'Morning beans',
    kind: 'Beans & care',
    price: 1250,
    line: 'Nutty, low acidity, 500 g.',
    text: 'Our house roast for milk and for long mornings. Roasted every Tuesday, sent on Wednesday.',
    facts: { Weight: '500 g', Roast: 'Medium', Notes: 'Hazelnut, cocoa' },
  },
  {
    id: 'gasket-set',
    name: 'Gasket set for Heron',
    kind: 'Beans & care',
    price: 1480,
    line: 'When it drips at the group head.',
    text: 'Two group gaskets, a shower screen and the screw that always gets lost. Fits every Heron since 2019.',
    facts: { Parts: '4', Fits: 'Heron 2019 and newer', Tool: 'Flat screwdriver' },
  },
  {
    id: 'descaler',
    name: 'Descaler',
    kind: 'Beans & care',
    price: 890,
    line: 'Six rounds in a bottle.',
    text: 'Citric acid based and free of scent. One bottle is enough for six rounds, which is a year with hard water.',
    facts: { Volume: '750 ml', Rounds: '6' },
  },
];

export const findProduct = (id) => PRODUCTS.find((product) => product.id === id);

const money = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
export const formatPrice = (cents) => money.format(cents / 100);
