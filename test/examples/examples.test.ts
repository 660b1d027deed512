import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAccount, type Account } from '../support/accounts.ts'
import { startTestPlatform, type TestPlatform } from '../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

const folder = join(import.meta.dirname, '../../examples')
const hasCurl = spawnSync('curl', ['--version']).status === 0
if (!hasCurl) console.log('The shell examples are skipped: this machine has no curl.')

/** Runs an example, and types the mailed code as a user would. */
const run = async (program: string, file: string, { email, password }: Account): Promise<string> => {
  const env = { ...process.env, NESTEGG_URL: platform.services.url, NESTEGG_EMAIL: email, NESTEGG_PASSWORD: password }
  const child = spawn(program, [join(folder, file)], { env, stdio: 'pipe' })
  child.stdout.on('data', (printed: Buffer) => {
    if (printed.toString().includes(`The code that was sent to ${email}: `)) child.stdin.write(`${platform.takeCode(email)}\n`)
  })
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  expect({ status: child.exitCode, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const makeAdministrator = async ({ email }: Account) => {
  const rows = await platform.database.connect('postgres')`update identity.users set role = 'admin' where email = ${email} returning id`
  expect(rows).toHaveLength(1)
}

const hashes: (string | undefined)[] = []

describe.each([
  ['TypeScript', process.execPath, 'ts', false],
  ['a shell with curl', 'sh', 'sh', !hasCurl],
] as const)('in %s', (_, program, extension, skipped) => {
  const account = newAccount()

  it.skipIf(skipped)('signs up, plans a couple, simulates the plan and reads the result', { timeout: 120_000 }, async () => {
    const printed = await run(program, `plan-a-couple.${extension}`, account)
    expect(printed).toContain('has 10 inputs.')
    expect(printed).toMatch(/2000 paths: (\d+\.\d % succeed|a share of 0\.\d+ succeeds)\./)
    hashes.push(/Output hash ([0-9a-f]{64})/.exec(printed)?.[1])
  })

  it.skipIf(skipped)('signs in, loads bars and reads them back', { timeout: 120_000 }, async () => {
    await makeAdministrator(account)
    const printed = await run(program, `load-bars.${extension}`, account)
    expect(printed).not.toContain('The code')
    expect(printed).toMatch(/Stored (7|0) of 7 bars\./)
    expect(printed).toMatch(/2026-01-13.*105/)
    // The bar of the week from Monday, January 5th, opens with the first day and closes with the last.
    expect(printed).toMatch(/2026-01-05T00:00:00(\.000)?Z.*100.*103\.25/)
  })
})

it('gives the same result in both languages for the same plan', () => {
  expect(hashes).toHaveLength(hasCurl ? 2 : 1)
  expect(new Set(hashes)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]))
})
