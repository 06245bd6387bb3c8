/**
 * The program of the process that Actions run in: as text, because that process may read no files. Each Action has a context of its own,
 * which is entered only with a time limit, microtasks included, and gets no object of this process: texts alone go in and out.
 */
const IN_CONTEXT = String.raw`(host) => {
  'use strict';
  const timers = new Map();
  let lastTimer = 0;
  const textOf = (value) => {
    try {
      return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
    } catch {
      return '(not shown)';
    }
  };
  const print = (...values) => host.log(values.map(textOf).join(' ').slice(0, 2000));
  globalThis.console = { log: print, info: print, warn: print, error: print, debug: print };
  globalThis.setTimeout = (callback, ms, ...values) => {
    lastTimer += 1;
    timers.set(lastTimer, () => callback(...values));
    host.startTimer(lastTimer, Math.max(0, Number(ms) || 0));
    return lastTimer;
  };
  globalThis.clearTimeout = (id) => void timers.delete(id);
  globalThis.fetch = () => {
    throw new Error('fetch is not supported by the stand-in: Actions reach no network there');
  };
  const require = (name) => {
    throw new Error('require is not supported by the stand-in: there is no ' + String(name));
  };

  const unsupported = (name) =>
    new Proxy(() => undefined, {
      get: (_target, member) => unsupported(name + '.' + String(member)),
      apply: () => {
        throw new Error(name + ' is not supported by the stand-in');
      },
    });
  // Asked by the language itself: of what is returned from an async function, and of what is made JSON of.
  const PLAIN = new Set(['then', 'toJSON']);
  const guarded = (name, members) =>
    new Proxy(members, {
      get: (target, member) =>
        typeof member === 'symbol' || member in target || PLAIN.has(member)
          ? target[member]
          : unsupported(name + '.' + member),
    });

  const apiOf = (trigger, commands) => {
    let api;
    const command = (name) => (...values) => {
      // JSON would make null of it.
      while (values.length > 0 && values[values.length - 1] === undefined) values.pop();
      commands.push([name, ...values]);
      return api;
    };
    const accessToken = {
      setCustomClaim: command('accessToken.setCustomClaim'),
      addScope: command('accessToken.addScope'),
      removeScope: command('accessToken.removeScope'),
    };
    const access = guarded('api.access', { deny: command('access.deny') });
    const ofLogin = {
      idToken: guarded('api.idToken', { setCustomClaim: command('idToken.setCustomClaim') }),
      user: guarded('api.user', {
        setAppMetadata: command('user.setAppMetadata'),
        setUserMetadata: command('user.setUserMetadata'),
      }),
      redirect: guarded('api.redirect', { canRedirect: () => false }),
    };
    api = guarded('api', {
      access,
      accessToken: guarded('api.accessToken', accessToken),
      ...(trigger === 'post-login' && ofLogin),
    });
    return api;
  };

  const HANDLERS = {
    'post-login': 'onExecutePostLogin',
    'credentials-exchange': 'onExecuteCredentialsExchange',
  };
  const module = { exports: {} };
  return {
    load: (define) => define(module.exports, module, require),
    run: (text) => {
      const { trigger, event } = JSON.parse(text);
      const commands = [];
      const end = (error) => host.end(JSON.stringify({ commands, ...(error && { error }) }));
      const fail = (error) => end({ message: String((error && error.message) || error) });
      const handler = module.exports[HANDLERS[trigger]];
      if (typeof handler !== 'function') return fail(new Error(HANDLERS[trigger] + ' is not a function'));
      const work = async () => handler(event, apiOf(trigger, commands));
      work().then(() => end(), fail);
    },
    fire: (id) => {
      const callback = timers.get(id);
      timers.delete(id);
      if (callback) callback();
    },
  };
}`;

export const SANDBOX_PROGRAM = String.raw`
const vm = require('node:vm');
const KEPT_MAX = 30;
const kept = new Map();
let running;

const tell = (id, answer) => process.send({ id, ...answer });
const end = (answer) => {
  if (!running) return;
  const { id, watch } = running;
  clearTimeout(watch);
  running = undefined;
  tell(id, answer);
};
const failed = (error, name) => {
  const isLate = error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
  // What was interrupted is not entered again.
  if (isLate) kept.delete(running && running.key);
  end({ error: isLate ? name + ' took too long' : String((error && error.message) || error) });
};

function open(key, name, code) {
  const global = vm.createContext(Object.create(null), {
    name: 'action',
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const inside = { global, name, call: undefined };
  const host = {
    log: (text) => void process.send({ log: String(text), name }),
    end: (text) => end({ result: String(text) }),
    startTimer: (id, ms) => void setTimeout(() => enter(inside, 'fire', String(Number(id))), ms),
  };
  inside.handle = vm.runInContext(${JSON.stringify(IN_CONTEXT)}, global)(host);
  Object.defineProperty(global, 'standIn', { value: inside.handle });
  enter(inside, 'load', '(function (exports, module, require) {' + code + '\n})');
  kept.set(key, inside);
  if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value);
  return inside;
}

function enter(inside, method, argument) {
  if (!running) return;
  const timeout = Math.max(1, Math.ceil(running.until - performance.now()));
  try {
    new vm.Script('standIn.' + method + '(' + argument + ')', { filename: inside.name }).runInContext(inside.global, { timeout });
  } catch (error) {
    failed(error, inside.name);
  }
}

process.on('message', ({ id, key, name, code, input, timeoutMs }) => {
  const late = () => {
    kept.delete(key);
    end({ error: name + ' took too long' });
  };
  running = { id, key, until: performance.now() + timeoutMs, watch: setTimeout(late, timeoutMs) };
  const inside = kept.get(key) ?? open(key, name, code);
  if (running) enter(inside, 'run', JSON.stringify(input));
  else kept.delete(key);
});
process.on('disconnect', () => process.exit());
`;
