import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeOldCopies } from '../../local/migration-copies.ts'

test('copies from before migrations are removed after 30 days, and nothing else is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-copies-test-'))
  const now = new Date('2026-11-27T12:00:00Z')
  removeOldCopies(folder, now)
  const names = ['2026-10-28T11-59-59.999Z', '2026-10-28T12-00-00.000Z', '2026-11-27T11-00-00.000Z', '2025-01-01 by hand', 'mine']
  for (const name of names) mkdirSync(join(folder, 'backups', name, 'base'), { recursive: true })
  removeOldCopies(folder, now)
  expect(readdirSync(join(folder, 'backups')).toSorted()).toEqual(names.slice(1).toSorted())
  rmSync(folder, { recursive: true })
})
