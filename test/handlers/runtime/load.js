'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * Loads a handler as Lambda does: the generated line with CONFIG in front of the file, CommonJS, the SDK of this directory.
 * `config` is a value, or the text of an expression. Lines that the handler writes to standard output come back in `lines`.
 */
function load(file, config) {
  const expression = typeof config === 'string' ? config : JSON.stringify(config);
  const filename = path.resolve(__dirname, '../../..', file);
  const source = `const CONFIG = ${expression};\n${fs.readFileSync(filename, 'utf8')}`;
  const written = [];
  const stdout = { write: (text) => written.push(text) > 0 };
  const module = { exports: {} };
  const parameters = ['exports', 'require', 'module', 'process'];
  vm.compileFunction(source, parameters, { filename, lineOffset: -1 })(module.exports, require, module, { ...process, stdout });
  return {
    handler: module.exports.handler,
    get text() {
      return written.join('');
    },
    get lines() {
      return written
        .join('')
        .split('\n')
        .filter((line) => line)
        .map((line) => JSON.parse(line));
    },
  };
}

module.exports = { load };
