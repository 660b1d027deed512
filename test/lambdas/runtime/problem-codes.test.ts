import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemCodes, problems } from '../../../lambdas/runtime/problem-codes.ts'

const root = join(import.meta.dirname, '../../..')
const sources = globSync(['lambdas/**/*.ts', 'local/**/*.ts'], { cwd: root })
  .filter(file => !file.endsWith('problem-codes.ts'))
  .map(file => readFileSync(join(root, file), 'utf8'))

test.each(problemCodes)('%s is used', code => {
  expect(sources.filter(source => source.includes(`'${code}'`))).not.toEqual([])
})

test('every used code is registered', () => {
  const used = sources.flatMap(source => [...source.matchAll(/(?:new Problem|fieldProblem)\(\s*'([^']*)'/g)].map(match => match[1]!))
  expect(used.length).toBeGreaterThan(20)
  expect(used.filter(code => !(code in problems))).toEqual([])
})

test.each(Object.entries(problems))('%s has the form of a code, a status of a refusal, a title and a description', (code, kind) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(kind.status >= 400 && kind.status < 600).toBe(true)
  expect(kind.title).toMatch(/^[A-Z].*[^.]$/)
  expect(kind.description).toMatch(/^[A-Z].*\.$/)
})

test('no two problems have one title', () => {
  expect(new Set(Object.values(problems).map(({ title }) => title)).size).toBe(problemCodes.length)
})
