'use strict';

// What the runtime nodejs24.x of Lambda does with one invocation. It reads a description of the invocation from its
// standard input, and writes what the handler returns or throws to a file.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html

const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');
const vm = require('node:vm');
const { createRequire } = require('node:module');

const invocation = JSON.parse(fs.readFileSync(0, 'utf8'));

// A wait of a handler lasts a thousandth of what it asks for, and then the handler's clock shows the time after the wait.
// Assumption: no handler waits for what only the time brings about.
const RealDate = Date;
const realSetTimeout = setTimeout;
let ahead = 0; // milliseconds

const now = () => RealDate.now() + ahead;

function startTimer(callback, delay = 0, ...args) {
  const due = now() + delay;
  const ring = () => {
    ahead = Math.max(ahead, due - RealDate.now());
    if (remaining() <= 0) end({ timedOut: true });
    callback(...args);
  };
  return realSetTimeout(ring, delay / 1000);
}

const wait = (delay, value) => new Promise((resolve) => startTimer(resolve, delay, value));

class HandlersDate extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }

  static now() {
    return now();
  }
}

const deadline = now() + invocation.timeout * 1000;
const remaining = () => deadline - now();

function end(result) {
  fs.writeFileSync(invocation.result, JSON.stringify(result));
  process.exit(0);
}

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
function write(level, message) {
  const time = new RealDate(now()).toISOString();
  const { requestId, logFormat } = invocation;
  const line =
    logFormat === 'JSON'
      ? JSON.stringify({ timestamp: time, level, requestId, message })
      : [time, requestId, level, typeof message === 'string' ? message : JSON.stringify(message)].join('\t');
  process.stdout.write(`${line}\n`);
}

for (const [method, level] of Object.entries({ debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' })) {
  console[method] = (...args) => write(level, util.format(...args));
}

function fail(error) {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const described = { errorType: thrown.name, errorMessage: thrown.message, trace: String(thrown.stack).split('\n') };
  write('ERROR', described);
  end({ error: described });
}

// load returns what a CommonJS file exports, with the handler's clock in it.
function load(file) {
  const exported = { exports: {} };
  const required = createRequire(file);
  const requireWithClock = (id) => (/^(node:)?timers\/promises$/.test(id) ? { ...required(id), setTimeout: wait } : required(id));
  const names = ['exports', 'require', 'module', '__filename', '__dirname', 'setTimeout', 'Date'];
  const source = `return (function () { ${fs.readFileSync(file, 'utf8')}\n}).call(this);`;
  const values = [exported.exports, requireWithClock, exported, file, path.dirname(file), startTimer, HandlersDate];
  vm.compileFunction(source, names, { filename: file }).apply(exported.exports, values);
  return exported.exports;
}

async function run() {
  const [file, name] = invocation.handler.split('.');
  const handler = load(path.join(invocation.directory, `${file}.js`))[name];
  if (typeof handler !== 'function') throw new Error(`${invocation.handler} is undefined or not exported`);
  const returned = await handler(invocation.event, { ...invocation.context, getRemainingTimeInMillis: remaining });
  end({ payload: returned === undefined ? null : returned });
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
run().catch(fail);
