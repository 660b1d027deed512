import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemCodes, problems } from '../../../lambdas/runtime/problem-codes.ts'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

const pageAt = async (path: string): Promise<string> => {
  const answer = await platform.request('GET', path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  return answer.body
}

test('the index links to every problem', async () => {
  const page = await pageAt('/problems')
  expect([...page.matchAll(/href="(\/problems\/[^"]+)"/g)].map(match => match[1])).toEqual(problemCodes.map(code => `/problems/${code}`))
})

test('a problem is described at the address that its document names', async () => {
  const answer = await platform.request('GET', '/v1/planning/plans')
  expectProblem(answer, { status: 401 })
  const page = await pageAt(answer.body.type)
  expect(page).toContain(`<h1>${problems['sign-in-required'].title}</h1>`)
  expect(page).toContain(problems['sign-in-required'].description)
})

test.each(['unheard-of', 'constructor', '__proto__', 'Version-Conflict'])('there is no problem %s', async code => {
  const answer = await platform.request('GET', `/problems/${code}`)
  expectProblem(answer, { status: 404 })
  expect(answer.body.type).toBe('/problems/not-found')
})
