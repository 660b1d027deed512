import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { connect } from '../../db/connections.ts'
import { type LocalPostgres, startPostgres } from '../../local/postgres.ts'
import { serverIdentity } from '../../local/postgres/identity.ts'
import { readPidFile } from '../../local/postgres/server-process.ts'
import { locate, startEmptyServer } from '../support/postgres.ts'
import { makeFolder } from './start.ts'

const removals: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const remove of removals.splice(0).toReversed()) await remove()
})

const startServer = async () => {
  const started = await startEmptyServer()
  removals.push(started.remove)
  return { ...started, data: join(started.folder, 'data') }
}

const pidFile = (data: string) => join(data, 'postmaster.pid')
const pidOf = (data: string) => Number(readFileSync(pidFile(data), 'utf8').split('\n')[0])

/** The process of a server that accepts connections. */
const readyPid = (data: string): number | undefined => {
  const lines = readPidFile(data)
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : undefined
}

const failureOf = (server: LocalPostgres): { failure?: Error } => {
  const state: { failure?: Error } = {}
  void server.failed.then(failure => (state.failure = failure))
  return state
}

/** Connects until the server answers. Throws the reason when it never will. */
const answers = async (server: LocalPostgres): Promise<unknown> => {
  const state = failureOf(server)
  for (;;) {
    if (state.failure) throw state.failure
    const sql = connect(locate(server, 'postgres'), 'postgres')
    try {
      return (await sql`select value from kept`)[0]?.['value']
    } catch {
      await delay(50)
    } finally {
      await sql.end()
    }
  }
}

/** Stores a value that survives the end of the server's process, but not that of the machine. */
const keep = async (server: LocalPostgres, value: number) => {
  const sql = connect(locate(server, 'postgres'), 'postgres')
  await sql`set synchronous_commit = on`
  await sql`create table kept as select ${value}::int as value`
  await sql.end()
}

/** A process of the server's user that is no server. */
const startOther = (cwd: string): ChildProcess => {
  const child = spawn('sleep', ['600'], { ...serverIdentity(), cwd, stdio: 'ignore' })
  removals.push(() => void child.kill('SIGKILL'))
  return child
}

// Each start takes seconds on a busy machine.
const timeout = 120_000

describe('a server that ends by itself', { timeout }, () => {
  test('is started again with the same data and on the same port, but not again and again', async () => {
    const { data, folder, server } = await startServer()
    await keep(server, 7)
    for (let end = 0; end < 2; end += 1) {
      const pid = pidOf(data)
      process.kill(pid, 'SIGKILL')
      expect(await answers(server)).toBe(7)
      expect(pidOf(data)).not.toBe(pid)
    }
    const state = failureOf(server)
    // On a busy machine a server lives for so long that its end is the first one again.
    for (let killed: number | undefined; !state.failure; await delay(20)) {
      const pid = readyPid(data)
      if (pid === undefined || pid === killed) continue
      process.kill(pid, 'SIGKILL')
      killed = pid
    }
    expect(state.failure.message).toBe(`PostgreSQL ended by itself several times: see ${folder}/server.log.`)
  })
})

test('the next start after a crash signals no other process that has the number of the old server', { timeout }, async () => {
  const { data, folder, server } = await startServer()
  await keep(server, 7)
  await server.kill()
  const other = startOther(data)
  const otherServer = join(dirname(inject('postgres').passwordFile), 'data')
  const otherPid = pidOf(otherServer)
  for (const content of [`${other.pid}\n${data}\n1\n1\n\n127.0.0.1\n`, `${otherPid}\n`, 'nonsense', '']) {
    writeFileSync(pidFile(data), content)
    const again = await startPostgres(folder, { durable: false })
    expect(await answers(again)).toBe(7)
    expect(pidOf(data)).not.toBe(other.pid)
    await again.kill()
  }
  expect([other.exitCode, other.signalCode]).toEqual([null, null])
  expect(pidOf(otherServer)).toBe(otherPid)
  expect(() => process.kill(otherPid, 0)).not.toThrow()
})

test('a data folder may be in a folder that only its owner can enter, and keeps its data', { timeout }, async () => {
  const folder = makeFolder()
  removals.push(folder.remove)
  const inner = join(folder.path, 'checkout/.nestegg')
  mkdirSync(inner, { recursive: true, mode: 0o700 })
  const first = await startPostgres(inner, { durable: false })
  await keep(first, 7)
  await first.stop()
  // As often as it is called.
  await first.stop()
  expect(existsSync(pidFile(join(inner, 'data')))).toBe(false)
  const second = await startPostgres(inner, { durable: false })
  removals.push(() => second.stop())
  expect(await answers(second)).toBe(7)
})

test('a server that cannot start says why', { timeout }, async () => {
  const { data, folder, server } = await startServer()
  await server.stop()
  writeFileSync(join(data, 'postgresql.conf'), 'no_such_setting = 1\n')
  await expect(startPostgres(folder)).rejects.toThrow(/^PostgreSQL did not start with the data folder .*no_such_setting/s)
  if (process.getuid?.() !== 0) return
  chownSync(data, 1, 1)
  await expect(startPostgres(folder)).rejects.toThrow(/^\/.*\/data belongs to another user \(uid 1\): start as that user/)
})
