#!/usr/bin/env node
// Runs the bundle of a program, with what V8 has compiled of it from the file beside it: reading and compiling four megabytes is a
// third of a start. BUNDLE_CACHE=write makes that file. V8 itself refuses one of another version, and compiles then.
'use strict';

const fs = require('fs');
const vm = require('vm');

const bundle = __filename.replace(/\.js$/, '.bundle.js');
const cache = `${bundle}.cache`;
const writes = process.env.BUNDLE_CACHE === 'write';

const code = fs.readFileSync(bundle, 'utf8').replace(/^#!.*/, '');
const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
  filename: bundle,
  cachedData: writes ? undefined : fs.readFileSync(cache),
});
if (writes) {
  process.on('exit', () => fs.writeFileSync(cache, script.createCachedData()));
}
script.runInThisContext().call(exports, exports, require, module, __filename, __dirname);
