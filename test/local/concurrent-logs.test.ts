import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { logger } from '../../lambdas/runtime/observability.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let lines: Record<string, unknown>[]

beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

/** Sets the level of all invocations. With the variable set, the logger could change the level of one invocation only. */
const setLogLevel = (level: 'INFO' | 'SILENT'): void => {
  const concurrency = process.env['AWS_LAMBDA_MAX_CONCURRENCY']
  delete process.env['AWS_LAMBDA_MAX_CONCURRENCY']
  logger.setLogLevel(level)
  if (concurrency !== undefined) process.env['AWS_LAMBDA_MAX_CONCURRENCY'] = concurrency
}

beforeEach(() => {
  lines = []
  setLogLevel('INFO')
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(text => {
      lines.push(JSON.parse(String(text)) as Record<string, unknown>)
      return true
    })
  return () => setLogLevel('SILENT')
})

test('the log lines of a request have its id and its route, whatever other requests run at the same time', async () => {
  const paths = ['/v1/identity/me', '/v1/identity/preferences', '/v1/planning/plans', '/v1/identity/households']
  const answers = await Promise.all(
    Array.from({ length: 32 }, async (_, index) => {
      const path = paths[index % paths.length]!
      const { headers } = await user.request('GET', path)
      return [headers.get('x-request-id'), path]
    }),
  )
  const routeIds: Record<string, string> = {
    '/v1/identity/me': 'identity/get-me',
    '/v1/identity/preferences': 'identity/get-preferences',
    '/v1/planning/plans': 'planning/list-plans',
    '/v1/identity/households': 'identity/list-households',
  }
  const byId = (a: readonly unknown[], b: readonly unknown[]) => String(a[0]).localeCompare(String(b[0]))
  const logged = lines.map(({ requestId, route }) => [requestId, route])
  expect(logged.toSorted(byId)).toEqual(answers.map(([id, path]) => [id, routeIds[path!]]).toSorted(byId))
})

test('a client that leaves in the middle of its body is no error', async () => {
  const { hostname, port } = new URL(platform.services.url)
  const socket = connect(Number(port), hostname)
  socket.write(`POST /v1/planning/plans HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-length: 100\r\n\r\n{"name"`)
  await new Promise(sent => setTimeout(sent, 50))
  socket.destroy()
  // A later request is logged; the abandoned one would have been logged before.
  await new Promise(left => setTimeout(left, 50))
  await user.request('GET', '/v1/identity/me')
  expect(lines.map(({ level, route }) => [level, route])).toEqual([['INFO', 'identity/get-me']])
})
