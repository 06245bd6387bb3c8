/**
 * What a context has before an Action is loaded into it: console, timers, `api` of its trigger. Runs inside the context; `host` are
 * functions of the process around it, which take and return texts and numbers only, and which Actions do not get to see.
 */
export const ACTION_CONTEXT = String.raw`(host) => {
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
