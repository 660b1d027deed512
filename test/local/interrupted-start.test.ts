import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, startProgram } from './start.ts'

// Each test starts several platforms, one after another.
const timeout = 120_000

describe('a first start that was killed', { timeout }, () => {
  test.concurrent.each([
    ['during the start of the database', /Starting PostgreSQL/],
    ['during the migrations', /Applying migrations/],
    ['during the sign-in of the user', /Signing in the demonstration user/],
    ['during the creation of the plan', /Creating the demonstration plan/],
  ])('%s does not prevent the next start', async (_, step) => {
    const folder = makeFolder()
    const args = ['--data', folder.path, '--port', '0', '--once']
    const first = startProgram(args)
    await first.printed(step)
    expect(await first.end('SIGKILL')).toBe('SIGKILL')
    const second = startProgram(args)
    const code = await second.end()
    expect(second.output()).toMatch(/Success +\d+\.\d %/)
    expect(code).toBe(0)
    expect(existsSync(join(folder.path, 'postgres/data/postmaster.pid'))).toBe(false)
    expect(readdirSync(folder.path).filter(name => /platform|\.new$/.test(name))).toEqual([])
    folder.remove()
  })
})

test('of two starts at the same time, one serves and the other says that it is running', { timeout }, async () => {
  const folder = makeFolder()
  const both = [1, 2].map(() => startProgram(['--data', folder.path, '--port', '0', '--once']))
  const codes = await Promise.all(both.map(program => program.end()))
  const outputs = both.map(program => program.output())
  expect(codes.map(String).toSorted()).toEqual(['0', '1'])
  expect(outputs[codes.indexOf(0)]).toMatch(/Success +\d+\.\d %/)
  expect(outputs[codes.indexOf(1)]).toContain('already running from this folder')
  folder.remove()
})
