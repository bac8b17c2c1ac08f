'use strict';
// Loaded into Node.js (10 and later) with --require before the program: every line that the program writes goes, stamped, to
// output.log in the folder that LOCALZURE_LOG_DIRECTORY names, and its exit code to exit-code. The readers are
// HostLogReader and HostProcessRunner.
//
// 2026-01-31T12:00:00.000Z file 7            first line of every file: its number in the series
// 2026-01-31T12:00:00.123Z out Azurite Blob service is starting at http://127.0.0.1:10000
// 2026-01-31T12:00:00.456Z err (node:4711) Warning: …
const fs = require('fs');
const path = require('path');
const { StringDecoder } = require('string_decoder');

const folder = process.env.LOCALZURE_LOG_DIRECTORY;
// Children and worker threads inherit --require and this environment; the output they share comes through this process.
delete process.env.LOCALZURE_LOG_DIRECTORY;

if (folder) {
  install(folder, Number(process.env.LOCALZURE_LOG_MAX_BYTES) || 10 * 1024 * 1024);
}

function install(folder, maxBytes) {
  const log = openLog(folder, maxBytes);
  const out = replace(process.stdout, 'out', log);
  const err = replace(process.stderr, 'err', log);

  process.on('uncaughtExceptionMonitor', error => {
    const text = error && error.stack ? error.stack : String(error);
    log.lines('err', text.split(/\r?\n/));
  });

  process.on('exit', code => {
    out.flush();
    err.flush();
    writeExitCode(folder, code);
  });

  if (process.platform === 'win32') {
    watchForStop(path.join(folder, 'stop-request'));
  }
}

// The file series: output.log, then output.1.log (newest) to output.4.log.
function openLog(folder, maxBytes) {
  const kept = 4;
  const name = number => path.join(folder, number === 0 ? 'output.log' : `output.${number}.log`);
  let number = 0;
  let size = 0;
  let fd = -1;
  let failed = false;
  let isTorn = false; // whether the last line was only written in part

  function guarded(action) {
    try {
      action();
    } catch (error) {
      // A full disk must not end the program: its log is cut short, and that is noted once where it may still be read.
      if (!failed) {
        failed = true;
        try {
          fs.writeSync(2, `The log cannot be written: ${error.message}\n`);
        } catch (_) {
          // Neither can this.
        }
      }
    }
  }

  function open() {
    fd = fs.openSync(name(0), 'a', 0o600);
    size = fs.fstatSync(fd).size;
    if (size > 0) {
      return;
    }
    try {
      append(`${new Date().toISOString()} file ${number + 1}\n`);
      number++;
    } catch (error) {
      // Readers need the first line: the next attempt begins anew.
      isTorn = false;
      try {
        fs.ftruncateSync(fd, 0);
      } catch (_) {
        // The first failure is the one to tell of.
      }
      fs.closeSync(fd);
      fd = -1;
      throw error;
    }
  }

  function append(text) {
    const bytes = Buffer.from(isTorn ? `\n${text}` : text, 'utf8');
    isTorn = true;
    for (let written = 0; written < bytes.length;) {
      written += fs.writeSync(fd, bytes, written, bytes.length - written);
    }
    isTorn = false;
    size += bytes.length;
  }

  // Renames only, so that a reader that has a file open reads it to its end.
  function rotate() {
    fs.closeSync(fd);
    fd = -1;
    for (let i = kept - 1; i >= 0; i--) {
      if (fs.existsSync(name(i))) {
        fs.renameSync(name(i), name(i + 1));
      }
    }
    open();
  }

  function lastNumber() {
    for (let i = 0; i <= kept; i++) {
      const match = /^\S+ file (\d+)\n/.exec(head(name(i)));
      if (match) {
        return Number(match[1]);
      }
    }
    return 0;
  }

  guarded(() => {
    number = lastNumber();
    open();
  });

  return {
    lines(stream, lines) {
      const stamp = new Date().toISOString();
      guarded(() => {
        if (fd < 0) {
          open();
        }
        if (size >= maxBytes) {
          rotate();
        }
        append(lines.map(line => `${stamp} ${stream} ${line}\n`).join(''));
      });
    },
  };
}

function head(file) {
  let fd;
  try {
    fd = fs.openSync(file, 'r');
    const bytes = Buffer.alloc(64);
    return bytes.toString('latin1', 0, fs.readSync(fd, bytes, 0, bytes.length, 0));
  } catch (_) {
    return ''; // no such file
  } finally {
    if (fd !== undefined) {
      fs.closeSync(fd);
    }
  }
}

// Makes stream.write collect whole lines. A line without an end is kept until its end comes, or the program's.
function replace(stream, name, log) {
  const longest = 64 * 1024;
  const decoder = new StringDecoder('utf8');
  let rest = '';

  function take(text) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    if (rest.length > longest) {
      lines.push(rest);
      rest = '';
    }
    if (lines.length > 0) {
      log.lines(name, lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line)));
    }
  }

  stream.write = function write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    if (typeof chunk === 'string' && (!encoding || /^utf-?8$/i.test(encoding))) {
      take(decoder.end() + chunk);
    } else if (typeof chunk === 'string') {
      take(decoder.write(Buffer.from(chunk, encoding)));
    } else if (chunk instanceof Uint8Array) {
      take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    } else {
      const error = new TypeError(`The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. Received ${chunk === null ? 'null' : `type ${typeof chunk}`}`);
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    if (typeof callback === 'function') {
      process.nextTick(callback);
    }
    return true;
  };

  stream.end = function end(chunk, encoding, callback) {
    const done = [chunk, encoding, callback].find(argument => typeof argument === 'function');
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') {
      stream.write(chunk, typeof encoding === 'function' ? undefined : encoding);
    }
    if (done) {
      process.nextTick(done);
    }
    return stream;
  };

  return {
    flush() {
      const text = rest + decoder.end();
      rest = '';
      if (text) {
        log.lines(name, [text]);
      }
    },
  };
}

function writeExitCode(folder, code) {
  try {
    const file = path.join(folder, 'exit-code');
    fs.writeFileSync(`${file}.tmp`, String(code), { mode: 0o600 });
    fs.renameSync(`${file}.tmp`, file);
  } catch (_) {
    // The folder is gone or the disk is full: whoever asks learns that no code was left.
  }
}

// Windows has no signals between processes: a file with the signal's name is the request.
function watchForStop(file) {
  const timer = setInterval(() => {
    let signal;
    try {
      signal = fs.readFileSync(file, 'utf8').trim();
      if (signal) {
        fs.unlinkSync(file);
      }
    } catch (_) {
      return; // not there, or still being written
    }
    if (signal && !process.emit(signal, signal)) {
      process.exit(1); // what the signal does when nobody handles it
    }
  }, 200);
  timer.unref();
}
