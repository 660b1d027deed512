const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations']

/** Shared by every domain. Each may import those before it, through their index.ts. */
const foundations = ['shared', 'files', 'documents', 'numeric', 'simulation', 'us-tax', 'longevity', 'charts']

/** Parts that their domain's index.ts leaves out: all functions of a domain load what it exports, and few need these. */
const ownDoors = ['domain/wealth/(data-health|net-worth|rebalancing)/index\\.ts']

/** A folder of one layer that only its own files, and the same domain in the layers above, enter elsewhere than through index.ts. */
const throughIndex = (layer, name, from, own) => ({
  name: `${layer.replace('/', '-')}-${name}-through-its-index`,
  severity: 'error',
  from: { path: from, pathNot: own },
  to: { path: `^${layer}/${name}/`, pathNot: `^(${[`${layer}/${name}/index\\.ts`, ...ownDoors].join('|')})$` },
})

/** Imports run one way: domain <- db <- lambdas <- lib, bin, local; a domain's folder is entered through its index.ts. */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'domain-is-pure', severity: 'error', from: { path: '^domain/' }, to: { path: '^(db|lambdas|lib|bin|local)/' } },
    {
      name: 'domain-has-no-io',
      severity: 'error',
      from: { path: '^domain/' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|worker_threads|os|process)$' },
    },
    {
      name: 'only-programs-know-the-pages',
      severity: 'error',
      from: { path: '^(domain|db|lambdas|local)/' },
      to: { path: '^web/', pathNot: '^web/client/' },
    },
    {
      name: 'the-pages-take-types-from-lambdas-and-code-from-charts',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(domain|db|lambdas|lib|bin|local)/', pathNot: '^domain/charts/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'db-knows-no-handlers', severity: 'error', from: { path: '^db/' }, to: { path: '^(lambdas|lib|bin|local)/' } },
    { name: 'lambdas-know-no-infrastructure', severity: 'error', from: { path: '^lambdas/' }, to: { path: '^(lib|bin|local)/' } },
    {
      name: 'infrastructure-knows-no-laptop',
      severity: 'error',
      from: { path: '^(lib|bin/app\\.ts|bin/synth\\.ts)' },
      to: { path: '^local/' },
    },
    { name: 'laptop-knows-no-infrastructure', severity: 'error', from: { path: '^local/' }, to: { path: '^lib/' } },
    {
      name: 'lib-reads-route-tables-not-handlers',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        path: '^lambdas/',
        pathNot:
          '^lambdas/(routes|jobs|tasks|(market|operations|planning|wealth)/tasks|identity/token-lifetimes|runtime/(route|backends|job|task|handler-path|environment|metrics|cross-origin|security-headers|viewer-address|web-files))\\.ts$',
      },
    },
    {
      name: 'handlers-are-only-run',
      severity: 'error',
      from: { path: '^(domain|db|lambdas|lib|bin)/' },
      to: { path: '^lambdas/[^/]+/handlers/' },
    },
    {
      name: 'aws-cdk-only-in-lib',
      severity: 'error',
      from: { path: '^(domain|db|lambdas|local)/' },
      to: { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)' },
    },
    ...foundations.map((name, place) => ({
      name: `foundation-${name}-stands-on-those-before-it`,
      severity: 'error',
      from: { path: `^domain/${name}/` },
      to: { path: `^domain/(${[...foundations.slice(place + 1), ...domains].join('|')})/` },
    })),
    ...[...foundations, ...domains].map(name => throughIndex('domain', name, '^(domain|db|lambdas|lib|bin|local)/', `^domain/${name}/`)),
    ...domains.map(name => throughIndex('db/queries', name, '^(db/queries|lambdas)/', `^(db/queries|lambdas)/${name}/`)),
    ...domains.map(name => throughIndex('lambdas', name, '^lambdas/[^/]+/', `^lambdas/${name}/`)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // TypeScript 7 has no API that dependency-cruiser could parse with.
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
}
