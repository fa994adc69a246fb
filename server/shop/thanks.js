import { showCount } from './cart.js';

showCount();
