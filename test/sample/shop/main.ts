import { Cart } from './cart';
import { renderReceipt } from './receipt';

const cart = new Cart().add('sourdough').add('croissant', 6).add('filter coffee', 2);

console.log(renderReceipt(cart, new Date()));
