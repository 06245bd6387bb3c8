import { ACTION_CONTEXT } from './action-context.ts';

/**
 * The program of the process that Actions run in: as text, because that process may read no files. Each Action has a context of its own,
 * which is entered only with a time limit, microtasks included, and gets no object of this process: texts alone go in and out.
 */
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
  inside.handle = vm.runInContext(${JSON.stringify(ACTION_CONTEXT)}, global)(host);
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
