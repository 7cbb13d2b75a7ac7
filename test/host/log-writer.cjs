/**
 * Takes the place of @vscode/spdlog in VS Code from npm: that one is native code, and without a compiler every
 * output channel of kind "log" stays empty. Same interface, no rotation: a test's or a demo's log stays small.
 */
const { closeSync, mkdirSync, openSync, writeSync } = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.fd = openSync(file, 'a');
    this.level = 2;
    this.plain = false;
  }

  write(level, message) {
    if (level < this.level || this.fd === undefined) return;
    // 2026-11-23 05:41:10.123 [info] message: what VS Code's output view knows how to colour.
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    writeSync(this.fd, this.plain ? message : `${time} [${LEVELS[level]}] ${message}\n`);
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {
    // Every message is written when it comes.
  }
  drop() {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }
}

const create = async (name, file) => new Logger('rotating', name, file);

exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
