/** callbag-recharge 0.29.0 exports `route` from `extra`; earlier versions, and the design, from here. */
export { route } from '../extra/route';
