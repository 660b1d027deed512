import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { build } from 'vite'
import { startGateway } from '../../local/gateway.ts'
import { routes } from '../../lambdas/routes.ts'
import { sizesOf } from '../../web/sizes.ts'
import { browserPath } from '../support/browser.ts'
import { median } from './measure.ts'
import { type BenchPlatform, startBenchPlatform } from './platform.ts'

const project = join(import.meta.dirname, '../..')
const rounds = 7

/** Figures of one build, each smaller when better. */
type Figures = Readonly<
  Record<'initial kB' | 'first paint ms' | 'result shown ms' | 'interactive ms' | 'frame ms' | 'slowest frames ms', number>
>

interface Build {
  readonly name: string
  readonly folder: string
  /** The page of the long table, built from the same sources. */
  readonly rowsFolder: string
}

/** Builds the pages of a checkout in a process of its own, as `npm run web` does. */
const buildPages = async (name: string, checkout: string, into: string): Promise<Build> => {
  const folder = join(into, `${name}-web`)
  const program = `const { buildWeb } = await import('./web/build.ts'); await buildWeb(${JSON.stringify(folder)})`
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: checkout, stdio: 'inherit' })
  const rowsFolder = join(into, `${name}-rows`)
  await build({
    configFile: join(checkout, 'web/vite.config.ts'),
    root: join(checkout, 'test/web/bench'),
    logLevel: 'warn',
    build: { outDir: rowsFolder, emptyOutDir: true, rollupOptions: { input: join(checkout, 'test/web/bench/rows.html') } },
  })
  return { name, folder, rowsFolder }
}

/** The files of a commit, with the packages of this checkout. */
const checkOut = (revision: string, into: string): string => {
  const folder = join(into, 'base')
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', folder, revision], { cwd: project })
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  // The same page of rows, over the table of that commit.
  cpSync(join(project, 'test/web/bench'), join(folder, 'test/web/bench'), { recursive: true })
  return folder
}

/** Tells when the chart of the result is there, and when the last long task has ended. Runs in the page before its own scripts. */
const watch = `
  globalThis.marks = { shown: 0, busy: 0 }
  new PerformanceObserver(list => { for (const task of list.getEntries()) marks.busy = task.startTime + task.duration }).observe({ type: 'longtask', buffered: true })
  new MutationObserver(() => { if (!marks.shown && document.querySelector('figure svg')) marks.shown = performance.now() }).observe(document, { childList: true, subtree: true })`

const readMarks = `({ ...marks, paint: performance.getEntriesByName('first-contentful-paint')[0].startTime })`

/** The times of one visit of a signed-in person to a page, in milliseconds from its request. */
const visitPlan = async (context: BrowserContext, address: string) => {
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(address)
  await page.locator('figure svg').first().waitFor()
  await page.waitForLoadState('networkidle')
  const { busy, paint, shown } = await page.evaluate<{ busy: number; paint: number; shown: number }>(readMarks)
  await page.close()
  return { paint, shown, interactive: Math.max(shown, busy) }
}

/** Scrolls the long table by a page per frame, and returns the time of each frame. */
const scroll = `(async () => {
  const table = document.querySelector('section')
  const frames = []
  let last = performance.now()
  for (let step = 0; step < 240; step += 1) {
    table.scrollTop += 1400
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    frames.push(now - last)
    last = now
  }
  return frames
})()`

const measureRows = async (browser: Browser, address: string): Promise<readonly number[]> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(address)
  await page.locator('section tbody tr').nth(10).waitFor()
  const frames = await page.evaluate<number[]>(scroll)
  await page.close()
  return frames
}

const makePlan = async ({ ask }: BenchPlatform): Promise<string> => {
  const send = async (method: string, path: string, body?: unknown) =>
    (await ask(method, path, body === undefined ? undefined : { body: JSON.stringify(body), mediaType: 'application/json' })) as {
      id: string
    }
  const { items } = (await ask('GET', '/v1/planning/portfolio-models')) as { items: { id: string }[] }
  const household = await send('POST', '/v1/identity/households', { name: 'Bench', timezone: 'UTC' })
  const plan = await send('POST', '/v1/planning/plans', {
    householdId: household.id,
    name: 'Bench',
    portfolioModelId: items[0]!.id,
    planningHorizonYears: 50,
    asOfDate: '2026-01-01',
    monteCarloIterations: 10_000,
    randomSeed: '1',
  })
  const inputs = [
    { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00' } },
    { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00', startYear: 0 } },
  ]
  for (const input of inputs) await send('POST', `/v1/planning/plans/${plan.id}/inputs`, input)
  await send('POST', `/v1/planning/plans/${plan.id}/runs`, {})
  return plan.id
}

const initialKilobytes = (folder: string): number =>
  sizesOf(folder, file => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length).initial / 1000

interface Served {
  readonly build: Build
  readonly context: BrowserContext
  readonly planAddress: string
  readonly rowsAddress: string
  readonly close: () => Promise<void>
}

const serve = async (browser: Browser, platform: BenchPlatform, made: Build, planId: string): Promise<Served> => {
  const pages = await startGateway({ routes, userPool: platform.userPool, webFolder: made.folder })
  const rows = await startGateway({ routes: [], userPool: platform.userPool, webFolder: made.rowsFolder })
  const address = pages.url.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('Email address').fill(platform.user.email)
  await page.getByLabel('Password').fill(platform.user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`${address}/`)
  await page.close()
  return {
    build: made,
    context,
    planAddress: `${address}/plans/${planId}`,
    rowsAddress: `${rows.url}/rows.html`,
    close: async () => {
      await pages.close()
      await rows.close()
    },
  }
}

const measure = async (browser: Browser, served: readonly Served[]): Promise<ReadonlyMap<string, Figures>> => {
  const times = new Map(
    served.map(({ build: { name } }) => [
      name,
      { paint: [] as number[], shown: [] as number[], interactive: [] as number[], frames: [] as number[] },
    ]),
  )
  // In turns, so that what disturbs the machine disturbs both. The first round is for warm-up.
  for (let round = 0; round <= rounds; round += 1)
    for (const {
      build: { name },
      context,
      planAddress,
      rowsAddress,
    } of served) {
      const { interactive, paint, shown } = await visitPlan(context, planAddress)
      const frames = await measureRows(browser, rowsAddress)
      if (round === 0) continue
      const kept = times.get(name)!
      kept.paint.push(paint)
      kept.shown.push(shown)
      kept.interactive.push(interactive)
      kept.frames.push(...frames)
    }
  return new Map(
    served.map(({ build: { folder, name } }) => {
      const { frames, interactive, paint, shown } = times.get(name)!
      const slowest = frames.toSorted((left, right) => left - right)[Math.floor(frames.length * 0.99)]!
      return [
        name,
        {
          'initial kB': initialKilobytes(folder),
          'first paint ms': median(paint),
          'result shown ms': median(shown),
          'interactive ms': median(interactive),
          'frame ms': median(frames),
          'slowest frames ms': slowest,
        },
      ]
    }),
  )
}

/**
 * The pages: bytes of JavaScript at first, the page of a plan with a run of 10,000 paths, and frames while a table of 100,000 rows is
 * scrolled by more than a page per frame (the slowest is that of 99 in 100). The baseline is the build of another commit, by default the
 * last one, in the same run.
 */
export async function run(): Promise<void> {
  const revision = process.argv[3] ?? 'HEAD'
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-bench-web-'))
  const platform = await startBenchPlatform()
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const served: Served[] = []
  try {
    const builds = [await buildPages('base', checkOut(revision, folder), folder), await buildPages('now', project, folder)]
    const planId = await makePlan(platform)
    for (const made of builds) served.push(await serve(browser, platform, made, planId))
    const figures = await measure(browser, served)
    const base = figures.get('base')!
    console.log(`| | now | ${revision} | ratio |\n|---|---:|---:|---:|`)
    for (const [name, now] of Object.entries(figures.get('now')!)) {
      const before = base[name as keyof Figures]
      console.log(`| ${name} | ${now.toFixed(1)} | ${before.toFixed(1)} | ${(now / before).toFixed(2)} |`)
    }
  } finally {
    await browser.close()
    for (const { close } of served) await close()
    await platform.close()
    execFileSync('git', ['worktree', 'remove', '--force', join(folder, 'base')], { cwd: project })
    rmSync(folder, { recursive: true, force: true })
  }
}
