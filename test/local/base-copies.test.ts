import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../db/connections.ts'
import { startBaseCopies } from '../../local/base-copies.ts'
import { startPostgres } from '../../local/postgres.ts'
import { findArchive } from '../../local/postgres/archive.ts'
import { locate, startEmptyServer } from '../support/postgres.ts'

/** Has the layout of a platform's data folder, with the server's folder `postgres`. */
let data: string
beforeAll(async () => {
  const { folder, server } = await startEmptyServer()
  await server.stop()
  data = `${folder}-data`
  mkdirSync(data)
  renameSync(folder, join(data, 'postgres'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

test('a stop does not wait for a server that ended during a copy and does not come back', { timeout: 60_000 }, async () => {
  const root = join(data, 'postgres')
  const server = await startPostgres(root, { durable: false, archives: true })
  const location = locate(server, 'postgres')
  const sql = connect(location, 'postgres')
  const [checkpointer] = await sql<{ pid: number }[]>`select pid from pg_stat_activity where backend_type = 'checkpointer'`
  // The copy begins with a checkpoint, and so waits.
  process.kill(checkpointer!.pid, 'SIGSTOP')
  const copies = startBaseCopies(data, location, 0)
  const copying = () =>
    sql<{ pid: number }[]>`select pid from pg_stat_activity where query like '%pg_backup_start%' and pid <> pg_backend_pid()`
  while ((await copying()).length === 0) await wait(20)
  const [session] = await copying()
  await sql.end()

  writeFileSync(join(root, 'data/postgresql.conf'), 'no_such_setting = 1\n')
  const postmaster = Number(readFileSync(join(root, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  for (const pid of [postmaster, session!.pid, checkpointer!.pid]) process.kill(pid, 'SIGKILL')
  expect((await server.failed).message).toContain('PostgreSQL did not start')
  await copies.close()
  expect(readdirSync(join(findArchive(root)!.folder, 'base'))).toEqual([])
})
