import { describe, expect, it } from 'vitest'
import { runCost } from '../../../bin/cost/program.ts'
import type { Tools } from '../../../bin/release/context.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { everything, templateOf } from './trial-environment.ts'

/** Runs the command with the templates of a trial. */
const run = async (argv: readonly string[], { findings = 0, region = 'us-east-2' } = {}) => {
  const written = { out: '', error: '' }
  const tools: Tools = {
    terminal: {
      out: text => void (written.out += text),
      error: text => void (written.error += text),
      progress: (_, work) => work(() => undefined),
    },
    readSettings: name => ({ ...environmentSettings(name), region }),
    synthesize: () =>
      Promise.resolve({ folder: '', findings, templates: new Map([['trial', templateOf(everything)]]), bootstrapVersion: 0 }),
    cdk: () => Promise.reject(new Error('not needed')),
    ask: () => Promise.resolve(undefined),
  }
  return { code: await runCost(argv, tools), ...written }
}

interface Json {
  readonly dollars: string
  readonly load: Record<string, string>
  readonly lines: {
    readonly service: string
    readonly what: string
    readonly quantity: string
    readonly dollars: string
    readonly page: string
  }[]
}
const json = async (...argv: string[]): Promise<Json> => JSON.parse((await run([...argv, '--json'])).out) as Json

it('prints the bill, its load, the date of its prices and what it does not include', async () => {
  const { code, out, error } = await run(['prod'])
  expect([code, error]).toEqual([0, ''])
  expect(out).toMatch(/^prod: an estimate of one month, in dollars, with prices of us-east-2 that were looked up on \d{4}-\d\d-\d\d\.$/m)
  expect(out).toMatch(/^Aurora +[\d.]+$/m)
  expect(out).toMatch(/^ {2}one instance +1,8[\d.]+ +ACU-hour +0\.12 +\d+\.\d\d$/m)
  expect(out).toMatch(/^Total +[\d,]+\.\d\d$/m)
  expect(out).toMatch(/^ +1,000 {2}people who sign in/m)
  expect(out).toContain('  - support plans, taxes, discounts and credits\n')
  expect(out).not.toContain('The prices are those of')
})

it('says that the prices are of another Region', async () => {
  const { out } = await run(['prod'], { region: 'eu-central-1' })
  expect(out).toContain('prod is in eu-central-1. The prices are those of us-east-2: the bill will differ.\n')
})

it('writes JSON with amounts that are not rounded', async () => {
  const { dollars, lines, load } = await json('prod')
  expect(lines).toContainEqual(expect.objectContaining({ service: 'API Gateway', what: 'requests', quantity: '912500', dollars: '0.9125' }))
  expect(load['requestsPerMonth']).toBe('912500')
  expect(Number(dollars)).toBeCloseTo(
    lines.reduce((sum, line) => sum + Number(line.dollars), 0),
    8,
  )
})

it('takes the load from its flags', async () => {
  const { load } = await json('prod', '--users', '50', '--storage-gigabytes', '1.5', '--requests-per-month', '7')
  expect(load).toMatchObject({ users: '50', storageGigabytes: '1.5', requestsPerMonth: '7', largeRunsPerMonth: '500' })
})

it('estimates a month without users, to which flags add', async () => {
  const { load } = await json('prod', '--idle', '--large-runs-per-month', '3')
  expect(load).toMatchObject({ users: '0', requestsPerMonth: '0', storageGigabytes: '20', largeRunsPerMonth: '3' })
})

describe('wrong usage', () => {
  it.each([
    ['--users', 'many', 'It must be a whole number from 0 to 1,000,000,000,000.'],
    ['--users', '1.5', 'It must be a whole number from 0 to 1,000,000,000,000.'],
    ['--users', '-1', 'It must be a whole number from 0 to 1,000,000,000,000.'],
    ['--users', '9999999999999', 'It must be a whole number from 0 to 1,000,000,000,000.'],
    ['--users', '', 'It must be a whole number from 0 to 1,000,000,000,000.'],
    ['--simulating-share', '1.1', 'It must be a number with at most six decimals from 0 to 1.'],
    ['--simulating-share', '0.1234567', 'It must be a number with at most six decimals from 0 to 1.'],
    ['--awake-hours-per-day', '25', 'It must be a number with at most six decimals from 0 to 24.'],
    ['--storage-gigabytes', '1e3', 'It must be a number with at most six decimals from 0 to 1,000,000,000.'],
  ])('%s "%s" is refused by name', async (flag, value, rule) => {
    const { code, out, error } = await run(['prod', `${flag}=${value}`])
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(`error: option '${flag} <number>' argument '${value}' is invalid. ${rule}\n`)
  })

  it('is an unknown flag, an unknown environment, or none', async () => {
    expect(await run(['prod', '--visitors', '3'])).toMatchObject({
      code: 2,
      error: expect.stringContaining("unknown option '--visitors'") as string,
    })
    expect(await run(['production'])).toMatchObject({ code: 2, error: expect.stringContaining('dev, staging, prod') as string })
    expect(await run([])).toMatchObject({ code: 2 })
  })
})

it('explains every number of the load', async () => {
  const { code, out } = await run(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('--requests-per-month <number>')
  expect(out).toContain('--idle')
})

it('fails if the templates have findings', async () => {
  const { code, out, error } = await run(['prod'], { findings: 2 })
  expect([code, out]).toEqual([1, ''])
  expect(error).toContain('2')
})
