import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { webFolder } from '../../web/build.ts'
import { sizesOf } from '../../web/sizes.ts'

const compressed = (file: string): number => gzipSync(readFileSync(join(webFolder, file)), { level: 9 }).length

test('a first visit loads at most 150 kB of JavaScript', () => {
  expect(sizesOf(webFolder, compressed).initial).toBeLessThan(150_000)
})

test('each page loads at most 60 kB of JavaScript more', () => {
  const { pages } = sizesOf(webFolder, compressed)
  expect(pages.length).toBeGreaterThan(5)
  expect(pages.filter(({ bytes }) => bytes > 60_000)).toEqual([])
})
