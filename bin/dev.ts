import { join } from 'node:path'
import { createServer } from 'vite'

// The platform runs as with `npm start`, and Vite serves the pages before it: a change of web/ is in the browser at once.
process.umask(0o077)
process.env['TZ'] = 'UTC'
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'ERROR'
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true'
process.env['POWERTOOLS_TRACE_ENABLED'] = 'false'
const { describeMail, mailBox } = await import('../local/mails.ts')
const { runDemo } = await import('../local/demo.ts')
const { startPlatform } = await import('../local/platform.ts')
const { pageAddress } = await import('../local/report.ts')
const { routes } = await import('../lambdas/routes.ts')

const mails = mailBox()
const until = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, until.resolve)

const platform = await startPlatform({
  folder: '.nestegg',
  port: 0,
  onStep: step => console.log(`${step} …`),
  deliverMail: mail => {
    mails.deliver(mail)
    console.log(describeMail(mail))
  },
})
try {
  const demo = await runDemo(platform, mails.takeCode)
  /** The API refuses requests of pages of another origin; those of this server come from a page of its own. */
  const proxied = { target: platform.url, changeOrigin: true, headers: { origin: platform.url } }
  const prefixes = new Set(routes.map(({ path }) => `/${path.split('/')[1]}`))
  const vite = await createServer({
    configFile: join(import.meta.dirname, '../web/vite.config.ts'),
    server: { host: 'localhost', port: 5173, proxy: Object.fromEntries([...prefixes].map(prefix => [prefix, proxied])) },
  })
  await vite.listen()
  const address = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? ''
  console.log(`\n  Open ${pageAddress(address, demo)}\n  Changes of web/ are shown at once. Ctrl-C stops everything.\n`)
  await Promise.race([until.promise, platform.failed.then(error => Promise.reject(error))])
  await vite.close()
} finally {
  await platform.stop()
}
