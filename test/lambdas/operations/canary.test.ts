import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundle, canaryScript, projectFolders } from '../../../lib/bundling.ts'
import { temporaryFolder } from '../../lib/temporary-folder.ts'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { runProgram } from '../../support/run-program.ts'

const buildFolder = join(temporaryFolder(), 'build')

/** Runs the built script as Synthetics does: in a process of its own, by its handler. Returns its exit code and what it wrote. */
const run = async (url: string | undefined, environment = 'local') => {
  const program = `require(${JSON.stringify(join(buildFolder, canaryScript))}).handler().then(
    text => console.log(text),
    error => { console.error(error.message); process.exitCode = 1 },
  )`
  const variables = { EXPECTED_ENVIRONMENT: environment, ...(url === undefined ? {} : { URL: url }) }
  return runProgram(process.execPath, ['--eval', program], { env: { PATH: process.env['PATH'], ...variables } })
}

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<!doctype html><script type="module" crossorigin src="/assets/app-1a2b3c4d.js"></script>'

const web: RequestListener = ({ url }, response) =>
  url === '/'
    ? void response.writeHead(200, html).end(page)
    : void response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end('')
const healthy: RequestListener = (request, response) => {
  const { url = '' } = request
  if (url === '/' || url.startsWith('/assets/')) return web(request, response)
  return url === '/health' || url === '/ready'
    ? void response.writeHead(200, json).end(JSON.stringify({ status: 'ok', environment: 'local' }))
    : void response.writeHead(401, json).end('{}')
}

/** The address of a server that answers so, until the end of the test. */
const standIn = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A healthy server, except for one path. */
const except = (path: string, status: number, body: string) =>
  standIn((request, response) => (request.url === path ? void response.writeHead(status, json).end(body) : healthy(request, response)))

describe('the built canary', () => {
  let platform: TestPlatform
  beforeAll(async () => {
    await bundle({ ...projectFolders, buildFolder, handlers: [] })
    platform = await startTestPlatform()
  })
  afterAll(() => platform.close())

  it('succeeds against the platform, and writes the time of each step', async () => {
    const pass = async (url: string, response: ServerResponse) => {
      const answer = await fetch(new URL(url, platform.services.url))
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(await answer.text())
    }
    // As CloudFront does: the paths of the API go to the API, all others to the web application.
    const front = await standIn((request, response) => {
      const { url = '' } = request
      if (url === '/' || url.startsWith('/assets/')) web(request, response)
      else void pass(url, response)
    })
    const { status, stderr, stdout } = await run(front)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const lines = stdout.trim().split('\n')
    expect(lines.at(-1)).toBe('All steps were answered as expected.')
    expect(lines.slice(0, -1).map(line => JSON.parse(line) as unknown)).toEqual([
      { step: 'health', path: '/health', milliseconds: expect.any(Number) },
      { step: 'ready', path: '/ready', milliseconds: expect.any(Number) },
      { step: 'protected', path: '/v1/planning/plans', milliseconds: expect.any(Number) },
      { step: 'page', path: '/', milliseconds: expect.any(Number) },
      { step: 'script', path: '/assets/app-1a2b3c4d.js', milliseconds: expect.any(Number) },
    ])
  })

  it('succeeds against a stand-in that answers in the same way', async () => {
    expect(await run(await standIn(healthy))).toMatchObject({ status: 0 })
  })

  it.each([
    [
      'the database cannot be reached',
      '/ready',
      503,
      '{"title":"Unavailable"}',
      '/ready answered 503 instead of 200: {"title":"Unavailable"}',
    ],
    ['the status is another one', '/health', 200, '{"status":"no","environment":"local"}', 'in which status is wrong'],
    ['another environment answers', '/health', 200, '{"status":"ok","environment":"dev"}', 'in which environment is wrong'],
    ['a page is shown instead', '/health', 200, '<html>', '/health answered no JSON: <html>'],
    ['the body is no object', '/ready', 200, 'null', 'in which status, environment is wrong'],
    ['the page is missing', '/', 404, '{}', '/ answered 404 instead of 200: {}'],
    ['something else is shown instead of the page', '/', 200, '{}', '/ answered application/json instead of text/html: {}'],
    ['the script of the page is missing', '/assets/app-1a2b3c4d.js', 403, '', '/assets/app-1a2b3c4d.js answered 403 instead of 200'],
    ['the page comes instead of its script', '/assets/app-1a2b3c4d.js', 200, '', 'application/json instead of text/javascript'],
    ['a protected route lets everybody in', '/v1/planning/plans', 200, '{"items":[]}', '/v1/planning/plans answered 200 instead of 401'],
  ])('fails if %s', async (_, path, answered, body, fault) => {
    const { status, stderr } = await run(await except(path, answered, body))
    expect(status).toBe(1)
    expect(stderr).toContain(fault)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('names every step that fails, also if nobody answers', async () => {
    const { status, stderr, stdout } = await run('http://127.0.0.1:9')
    expect(status).toBe(1)
    expect(
      stderr
        .trim()
        .split('\n')
        .map(line => line.split(':')[0]),
    ).toEqual(['/health did not answer', '/ready did not answer', '/v1/planning/plans did not answer', '/ did not answer'])
    expect(
      stdout
        .trim()
        .split('\n')
        .filter(line => line.includes('"fault"')),
    ).toHaveLength(4)
  })

  it('does not follow to another address', async () => {
    const url = await standIn((_, response) => void response.writeHead(302, { location: 'https://elsewhere.example' }).end())
    expect((await run(url)).stderr).toContain('/health answered 302 instead of 200')
  })

  it('fails without an address', async () => {
    expect(await run(undefined)).toMatchObject({ status: 1, stderr: 'The variable URL is not set.\n' })
  })
})
