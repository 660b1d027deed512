import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, startProgram } from './start.ts'

// Each test starts several platforms, one after another.
const timeout = 240_000

test('a first start that was killed at each of its steps, one after another, goes on at the next start', { timeout }, async () => {
  const folder = makeFolder()
  const args = ['--data', folder.path, '--port', '0', '--once']
  const steps = [/Starting PostgreSQL/, /Applying migrations/, /Signing in the demonstration user/, /Creating the demonstration plan/]
  for (const step of steps) {
    const killed = startProgram(args)
    await killed.printed(step)
    expect(await killed.end('SIGKILL')).toBe('SIGKILL')
  }
  const last = startProgram(args)
  const code = await last.end()
  expect(last.output()).toMatch(/Success +\d+\.\d %/)
  expect(code).toBe(0)
  expect(existsSync(join(folder.path, 'postgres/data/postmaster.pid'))).toBe(false)
  expect(readdirSync(folder.path).filter(name => /platform|\.new$/.test(name))).toEqual([])
  folder.remove()
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
