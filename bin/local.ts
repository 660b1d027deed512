import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import ora from 'ora'
import type { Mail } from '../lambdas/runtime/mail.ts'

const portNumber = (text: string): number => {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return port
}

const options = new Command('npm start --')
  .description('Runs the whole platform on this machine, shows a simulated plan, and serves until Ctrl-C.')
  .option('--once', 'stop after the demonstration')
  .option('--port <port>', 'preferred port of the gateway; 0 takes any free port', portNumber, 3000)
  .option('--data <folder>', 'folder of all data', '.nestegg')
  .option('--ephemeral', 'use a temporary folder and remove it at the end')
  .parse()
  .opts<{ once?: true; port: number; data: string; ephemeral?: true }>()

// Everything of the platform is for its owner only: other users of the machine cannot read data, mails, keys or logs.
process.umask(0o077)

// Set before any module reads them. Quiet by default: the log lines and metrics of every request would bury the chart.
process.env['TZ'] = 'UTC'
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'ERROR'
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true'
process.env['POWERTOOLS_TRACE_ENABLED'] = 'false'
const { MigrationError } = await import('../db/migrate/index.ts')
const { runDemo } = await import('../local/demo.ts')
const { describeMail, mailBox } = await import('../local/mails.ts')
const { mailFolderOf, startPlatform } = await import('../local/platform.ts')
const { PlatformError } = await import('../local/platform-error.ts')
const { report } = await import('../local/report.ts')
const { buildChangedWeb, webFolder } = await import('../web/build.ts')

const folder = options.ephemeral ? mkdtempSync(join(tmpdir(), 'nestegg-')) : options.data
const startedAt = performance.now()
const spinner = ora({ isSilent: !process.stdout.isTTY })
const step = (text: string) => (process.stdout.isTTY ? spinner.start(text) : console.log(`${text} …`))
// The demonstration reads its own mails. All later mails are shown in the terminal.
const mails = mailBox()
let deliverMail: (mail: Mail) => void = mails.deliver
const until = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, until.resolve)
// After its terminal was closed, the program can print nothing more, and still has to stop everything.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  const platform = await startPlatform({
    folder,
    webFolder,
    port: options.port,
    durable: !options.ephemeral,
    onStep: step,
    deliverMail: mail => deliverMail(mail),
  })
  try {
    step('Building the web application')
    await buildChangedWeb()
    const demo = await runDemo(platform, mails.takeCode, step)
    spinner.succeed(`Ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    console.log(report(platform.url, demo))
    if (!options.once) {
      deliverMail = mail => console.log(describeMail(mail))
      console.log(`  Serving. Mails are shown here and stored in ${mailFolderOf(folder)}. Ctrl-C stops everything.\n`)
      await Promise.race([until.promise, platform.failed.then(error => Promise.reject(error))])
    }
  } finally {
    step('Stopping')
    await platform.stop()
    spinner.succeed('Stopped')
  }
} catch (error) {
  const isExpected = error instanceof PlatformError || error instanceof MigrationError
  spinner.fail(error instanceof Error ? error.message : String(error))
  if (!process.stdout.isTTY) console.error(isExpected ? error.message : error)
  process.exitCode = 1
} finally {
  if (options.ephemeral) rmSync(folder, { recursive: true, force: true })
}
