const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations']

/** Imports run one way: domain <- db <- lambdas <- lib/bin; a domain's folder is entered through its index.ts. */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'domain-is-pure', severity: 'error', from: { path: '^domain/' }, to: { path: '^(db|lambdas|lib|bin)/' } },
    {
      name: 'domain-has-no-io',
      severity: 'error',
      from: { path: '^domain/' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|worker_threads|os|process)$' },
    },
    { name: 'db-knows-no-handlers', severity: 'error', from: { path: '^db/' }, to: { path: '^(lambdas|lib|bin)/' } },
    { name: 'lambdas-know-no-infrastructure', severity: 'error', from: { path: '^lambdas/' }, to: { path: '^(lib|bin)/' } },
    {
      name: 'lib-reads-route-tables-not-handlers',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        path: '^lambdas/',
        pathNot: '^lambdas/(routes|jobs|tasks|(market|planning)/tasks|runtime/route|runtime/job|runtime/task|runtime/environment)\\.ts$',
      },
    },
    {
      name: 'aws-cdk-only-in-lib',
      severity: 'error',
      from: { path: '^(domain|db|lambdas)/' },
      to: { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)' },
    },
    ...domains.map(name => ({
      name: `${name}-through-its-index`,
      severity: 'error',
      from: { path: '^domain/', pathNot: `^domain/${name}/` },
      to: { path: `^domain/${name}/`, pathNot: `^domain/${name}/index\\.ts$` },
    })),
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
