/** `npm run bench -- NAME`: runs one of the benchmarks. Each prints its own table. */
const BENCHMARKS: Record<string, () => Promise<{ run: () => Promise<void> }>> = {
  api: () => import('./api.ts'),
  indicators: () => import('./indicators.ts'),
  lots: () => import('./lots.ts'),
  market: () => import('./market.ts'),
  operations: () => import('./operations.ts'),
  performance: () => import('./portfolio-history.ts'),
  portfolio: () => import('./portfolio.ts'),
  rebalance: () => import('./rebalance.ts'),
  simulation: () => import('./simulation.ts'),
  wealth: () => import('./wealth.ts'),
  web: () => import('./web.ts'),
}

// Before any handler is loaded: the log lines of thousands of requests would bury the tables.
Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_TRACE_ENABLED: 'false' })

const benchmark = BENCHMARKS[process.argv[2] ?? '']
if (benchmark === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`)
  process.exitCode = 2
} else {
  const { run } = await benchmark()
  await run()
}
