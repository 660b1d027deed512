import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyLiveFolder } from '../../db/migrate/copy-data-folder.ts'

test('a file that the server removes during the copy is not in it, and all others are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-copy-test-'))
  const from = join(folder, 'from')
  mkdirSync(join(from, 'base', 'empty'), { recursive: true })
  writeFileSync(join(from, 'base', '1'), 'rows')
  // Listed, and not there when it is read, like a file that was removed in between.
  symlinkSync(join(folder, 'nowhere'), join(from, 'base', 'pg_internal.init'))
  await copyLiveFolder(from, join(folder, 'to'))
  expect(new Set<unknown>(readdirSync(join(folder, 'to'), { recursive: true }))).toEqual(new Set(['base', 'base/1', 'base/empty']))
  expect(readFileSync(join(folder, 'to', 'base', '1'), 'utf8')).toBe('rows')
  await expect(copyLiveFolder(join(from, 'base', '1'), join(folder, 'other'))).rejects.toThrow('ENOTDIR')
  rmSync(folder, { recursive: true })
})
