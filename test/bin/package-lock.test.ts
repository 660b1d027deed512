import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  readonly integrity?: string
  /** Comes in the archive of another package, which has an integrity. */
  readonly inBundle?: boolean
}

test('every package of the lock file has an integrity, so that npm checks what it downloads', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, Entry>
  }
  const downloaded = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && !inBundle)
  expect(downloaded.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
})
