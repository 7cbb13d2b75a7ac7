/**
 * Loaded into every Node process of a test run (`--require`): a connection to any other machine fails, and is
 * written down in the file that SWITCHYARD_REACHED names.
 */
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const process = require('node:process');

const LOOPBACK = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::)$/;

const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  // net.connect() hands over what it has normalized in an array; other callers pass plain arguments.
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof first === 'object' ? first?.host : typeof args[1] === 'string' ? args[1] : undefined;
  if (typeof host !== 'string' || LOOPBACK.test(host)) return connect.apply(this, args);
  const { SWITCHYARD_REACHED: file } = process.env;
  if (file) appendFileSync(file, `${host}\n`);
  const error = Object.assign(new Error(`Tests reach nothing but loopback, not ${host}`), {
    code: 'ENETUNREACH',
  });
  process.nextTick(() => this.destroy(error));
  return this;
};
