export { subscribe } from '../core/subscribe';
