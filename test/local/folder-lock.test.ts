import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../../local/folder-lock.ts'
import { PlatformError } from '../../local/platform-error.ts'
import { makeFolder } from './start.ts'

let folder: ReturnType<typeof makeFolder>
beforeEach(() => (folder = makeFolder()))
afterEach(() => folder.remove())

const module = join(import.meta.dirname, '../../local/folder-lock.ts')
/** Waits until all have started, then locks the folder and keeps it until its input ends. */
const program = `
const { lockFolder } = await import(process.argv[1])
process.stdin.once('data', async () => console.log(lockFolder(process.argv[2]) ? 'held' : 'in use')).on('end', () => process.exit())
console.log('ready')`

const startHolder = () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, folder.path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = async () => ((await once(child.stdout, 'data')) as [Buffer])[0].toString().trim()
  return { child, said }
}

/** Lets many processes lock the folder at the same time. Returns how many of them hold it. */
const race = async (count: number): Promise<number> => {
  const holders = Array.from({ length: count }, startHolder)
  await Promise.all(holders.map(holder => holder.said()))
  const answers = holders.map(holder => holder.said())
  for (const { child } of holders) child.stdin.write('go\n')
  const held = (await Promise.all(answers)).filter(answer => answer === 'held').length
  // As a crash ends them: nothing of theirs releases the lock.
  const closed = holders.map(({ child }) => once(child, 'close'))
  for (const { child } of holders) child.kill('SIGKILL')
  await Promise.all(closed)
  return held
}

test('a folder is held by one at a time in a process too, and can be locked again after a release', () => {
  const first = lockFolder(folder.path)
  expect([first === undefined, lockFolder(folder.path)]).toEqual([false, undefined])
  first?.release()
  const second = lockFolder(folder.path)
  expect(second).toBeDefined()
  second?.release()
})

test.each(['', 'nonsense\n'.repeat(1000)])('a lock file with another content is no obstacle (%#)', content => {
  writeFileSync(join(folder.path, 'lock'), content)
  const lock = lockFolder(folder.path)
  expect([lock === undefined, lockFolder(folder.path)]).toEqual([false, undefined])
  lock?.release()
})

test('a folder that cannot be written is named', () => {
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  expect(() => lockFolder(join(file, 'inner'))).toThrow(
    new PlatformError(`The folder ${file}/inner cannot be written (ENOTDIR): choose another one with --data, or change its rights.`),
  )
  expect(existsSync(file)).toBe(true)
})

test('of many processes, one holds a folder, also after the holder was killed', { timeout: 120_000 }, async () => {
  const held = []
  for (let round = 0; round < 2; round += 1) held.push(await race(5))
  expect(held).toEqual([1, 1])
})
