import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { replaceFile } from '../../local/replace-file.ts'

test('replaces a file whole, for its owner only, and uses the draft that a killed process left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-replaced-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'state.json')
  replaceFile(file, 'old')
  writeFileSync(`${file}.new`, 'a longer draft than the text', { mode: 0o600 })
  replaceFile(file, 'new')
  expect(readdirSync(folder)).toEqual(['state.json'])
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
