import { lstatSync, readdirSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder, startProgram } from './start.ts'

test.skipIf(platform() === 'win32')('no other user can read or enter anything in the data folder', { timeout: 120_000 }, async () => {
  const { path, remove } = makeFolder()
  onTestFinished(remove)
  const data = join(path, 'a', 'data')
  // The usual umask of a shell, with which all users can read new files.
  const before = process.umask(0o022)
  onTestFinished(() => void process.umask(before))
  expect(await startProgram(['--data', data, '--port', '0', '--once']).end()).toBe(0)
  const names = ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]
  expect(names.length).toBeGreaterThan(100)
  const open = names.filter(name => {
    const file = lstatSync(join(data, name))
    return !file.isSymbolicLink() && (file.mode & 0o077) !== 0
  })
  expect(open).toEqual([])
})
