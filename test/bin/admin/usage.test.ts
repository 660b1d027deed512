import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { admin } from './run.ts'

it.each([
  [['--help'], 'Exit codes: 0 done, 1 failed, 2 wrong usage'],
  [['db', '--help'], 'the database and its migrations'],
  [['db', 'status', '--help'], 'npm run admin -- db status --json'],
  [['db', 'migrate', '--help'], '--snapshot before-release-12'],
  [['db', 'rollback', '--help'], 'npm run admin -- db rollback 2'],
  [['db', 'create', '--help'], 'npm run admin -- db create protect_lots --custom'],
  [['market', 'import-returns', '--help'], '--source "Damodaran, January 2026"'],
])('explains %j', async (argv, text) => {
  const { code, out } = await admin(...argv)
  expect(out).toContain(text)
  expect(code).toBe(0)
})

it.each([
  [[], 'Usage: admin'],
  [['copy'], "unknown command 'copy'"],
  [['db', 'stauts'], "unknown command 'stauts'"],
  [['db', 'status', '--jsno'], "unknown option '--jsno'"],
  [['db', 'rollback', '0'], "'0' is invalid for argument 'steps'. It must be a whole number from 1."],
  [['db', 'rollback', '1.5'], "'1.5' is invalid"],
  [['db', 'create'], "missing required argument 'name'"],
  [['market', 'import-returns'], "missing required argument 'file'"],
  [['market', 'import-returns', 'a.csv', 'b.csv'], 'too many arguments'],
])('refuses %j as wrong usage', async (argv, text) => {
  const { code, error } = await admin(...argv)
  expect(error).toContain(text)
  expect(code).toBe(2)
})

it('fails on a folder without a database, explains what to do, and makes no database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-admin-'))
  const { code, error } = await admin('db', 'status', '--data', join(folder, 'none'))
  rmSync(folder, { recursive: true })
  expect(error).toBe(
    `There is no database in ${join(folder, 'none')} yet: start the platform there first (npm start), or give another folder with --data.\n`,
  )
  expect(code).toBe(1)
})

it('sets the exit code of the process, and writes errors to standard error', async () => {
  const failure: unknown = await promisify(execFile)(process.execPath, ['bin/admin.ts', 'db', 'nothing']).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("unknown command 'nothing'") })
})
