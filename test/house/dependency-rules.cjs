// The direction of dependencies: a line imports only lines below it, rooms on one line don't import each other, types count.
const layers = [
  // top to bottom
  ['^src/(api\\.ts|start/)', '^workers/main\\.ts', '^workers/(reconcile|restore)-command\\.ts'],
  ['^src/http/', '^workers/(?!main\\.ts|(reconcile|restore)-command\\.ts)'],
  ['^src/operations/'],
  ['^src/services\\.ts'],
  [
    '^src/api-keys/',
    '^src/authentication/',
    '^src/diagnosis/',
    '^src/authority-events/',
    '^src/gateway/',
    '^src/imports/',
    '^src/registration/',
    '^src/tenants/',
    '^src/webhooks/',
  ],
  ['^src/relay/'],
  ['^src/adoptions/', '^src/authorization/', '^src/registry/', '^src/events/', '^src/limits/'],
  ['^src/restore/'],
  ['^src/auth0/', '^src/outside/', '^src/redis/', '^src/secrets/'],
  ['^src/config\\.ts', '^src/problem\\.ts', '^src/log\\.ts', '^src/metrics\\.ts', '^src/principal\\.ts'],
  ['^src/settings/'],
  [
    '^src/contract/',
    '^src/addresses\\.ts',
    '^src/exact-address\\.ts',
    '^src/media-type\\.ts',
    '^src/plans\\.ts',
    '^src/registration-settings\\.ts',
  ],
];
const forbidden = [
  { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no-orphan-drawer',
    severity: 'error',
    from: {},
    to: { path: '/(utils?|helpers?|common|shared|misc)(/|\\.ts$)' },
  },
  {
    name: 'api-never-calls-management',
    severity: 'error',
    from: { pathNot: '^(workers/|src/auth0/|test/)' },
    to: { path: '^src/auth0/management' },
  },
  {
    name: 'workers-know-no-operations',
    severity: 'error',
    from: { path: '^workers/' },
    to: { path: '^src/(http|operations)/' },
  },
  {
    name: 'stand-in-stands-alone',
    severity: 'error',
    from: { path: '^src/stand-in/' },
    to: { path: '^(src|workers)/', pathNot: '^src/stand-in/' },
  },
  {
    name: 'nobody-knows-the-stand-in',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/stand-in/' },
    to: { path: '^src/stand-in/' },
  },
  {
    name: 'console-knows-the-contract-only',
    severity: 'error',
    from: { path: '^src/console/' },
    to: { path: '^(src|workers)/', pathNot: '^src/(console/|contract/generated\\.ts)' },
  },
  {
    name: 'command-line-stands-alone',
    severity: 'error',
    from: { path: '^src/command-line/' },
    to: { path: '^(src|workers)/', pathNot: '^src/command-line/' },
  },
  {
    name: 'nobody-knows-the-command-line',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/command-line/' },
    // Workers compare the account, too (decision 44).
    to: { path: '^src/command-line/', pathNot: '^src/command-line/setup/comparison\\.ts$' },
  },
  {
    name: 'principal-verifier-stands-alone',
    severity: 'error',
    from: { path: '^src/principal-verifier/' },
    to: { path: '^(src|workers)/|node_modules/', pathNot: '^src/principal-verifier/|node_modules/jose/' },
  },
  {
    name: 'nobody-knows-the-principal-verifier',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/principal-verifier/' },
    to: { path: '^src/principal-verifier/' },
  },
  {
    // Code outside a package imports only what its package.json exports; its own tests may import more.
    name: 'stand-in-by-what-it-exports',
    severity: 'error',
    from: { path: '^test/', pathNot: '^test/(long/)?stand-in/' },
    to: { path: '^src/stand-in/', pathNot: '^src/stand-in/(stand-in|control/control-client)\\.ts$' },
  },
  {
    name: 'command-line-by-its-program',
    severity: 'error',
    from: { path: '^test/', pathNot: '^test/(long/)?command-line/' },
    to: { path: '^src/command-line/' },
  },
  {
    name: 'principal-verifier-by-what-it-exports',
    severity: 'error',
    from: { path: '^test/', pathNot: '^test/principal-verifier/' },
    to: { path: '^src/principal-verifier/', pathNot: '^src/principal-verifier/index\\.ts$' },
  },
  {
    // Each in the package.json nearest to it: what the root has is not there where a package of its own is installed, nor the reverse.
    name: 'imports-are-declared',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    // Types are gone from what runs; `npm start`, `npm run generate` and their like run in a checkout only; so does tsx in a package.
    // What the console needs is built into its files.
    name: 'what-runs-needs-no-development-packages',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/(start/|console/|[^/]+/[^/]+\\.mjs$)' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    // It runs in any thread: nothing of Redis, HTTP or the services.
    name: 'parsing-is-pure',
    severity: 'error',
    from: { path: '^src/imports/parsing/' },
    to: {
      path: '^src/|node_modules',
      pathNot:
        '^src/(imports/(parsing/|row-outcome\\.ts)|contract/|json\\.ts|problem\\.ts)|^node_modules/@types/node/',
    },
  },
  {
    name: 'authorization-is-pure',
    severity: 'error',
    from: { path: '^src/authorization/' },
    to: {
      path: '^src/',
      pathNot: '^src/(authorization/|contract/|addresses\\.ts|principal\\.ts|problem\\.ts)',
    },
  },
  {
    name: 'auth0-sdk-has-one-home',
    severity: 'error',
    from: { pathNot: '^(src/auth0/management[a-z-]*\\.ts|test/)' },
    to: { path: '(^|node_modules/)auth0(/|$)', dependencyTypesNot: ['local'] },
  },
  {
    name: 'koa-lives-in-http',
    severity: 'error',
    from: { pathNot: '^(src/(http|stand-in)|test)/' },
    to: { path: '(^|node_modules/)(@koa/.*|koa[^/]*)(/|$)' },
  },
  {
    // The comparison runs in workers, where the packages of the command line are not installed.
    name: 'comparison-needs-no-packages',
    severity: 'error',
    from: {
      path: '^src/command-line/setup/(parts/|comparison|reader|answers|plan|signing-keys|private-file)',
    },
    to: { path: 'node_modules/', pathNot: 'node_modules/@types/node/' },
  },
  { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
];
layers.forEach((line, i) => {
  const above = layers.slice(0, i).flat().join('|');
  if (above)
    forbidden.push({
      name: `downwards-only-${i}`,
      severity: 'error',
      from: { path: line.join('|'), pathNot: '^src/(stand-in|console|command-line|principal-verifier)/' },
      to: { path: above },
    });
  line.forEach((room) => {
    const sib = line.filter((x) => x !== room).join('|');
    if (sib)
      forbidden.push({
        name: `no-sideways-${i}`,
        severity: 'error',
        from: { path: room },
        to: { path: sib },
      });
  });
});
module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/[^/]+/dist/' },
  },
};
