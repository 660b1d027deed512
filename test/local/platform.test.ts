import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { connect as connectTo } from '../../db/connections.ts'
import { apiClient } from '../../web/client/client.ts'
import { makeFolder, type Started, startProgram } from './start.ts'

const folder = makeFolder()
const started: Started[] = []
afterAll(async () => {
  for (const program of started) await program.end('SIGKILL')
  // A killed start leaves its database running. One more start stops it.
  await startProgram(['--data', folder.path, '--port', '0', '--once']).end()
  folder.remove()
})

/** Each test starts several platforms, one after another. */
const timeout = 120_000

const start = (...args: string[]): Started => {
  const program = startProgram(['--data', folder.path, ...args])
  started.push(program)
  return program
}

const serving = async (program: Started) => {
  await program.printed(/Ctrl-C stops everything/)
  const url = (await program.printed(/API +(http:\/\/127\.0\.0\.1:\d+)/))[1]!
  const hash = (await program.printed(/Output hash +([0-9a-f]{64})/))[1]!
  return { url, hash }
}

const signedIn = async (url: string) => {
  const credentials = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8')) as { email: string; password: string }
  const { tokens } = await apiClient({ url })('POST /v1/identity/sessions', { body: credentials })
  return apiClient({ url, accessToken: () => tokens?.accessToken })
}

const listPlanIds = async (url: string): Promise<string[]> => {
  const plans = await (await signedIn(url))('GET /v1/planning/plans')
  return plans.items.map(plan => plan.id)
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/**
 * Listens on a port that is free, and that stays free after the server was closed: the system gives ports from 32768 on to the other tests, which ask for any.
 */
const listenBelow = async (server: Server): Promise<number> => {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    const isListening = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (isListening) return port
  }
}

const databasePort = () => Number(readFileSync(join(folder.path, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[3])

const listProgramEvents = async () => {
  const authentication = { kind: 'password-file', path: join(folder.path, 'postgres/password') } as const
  const sql = connectTo({ host: '127.0.0.1', port: databasePort(), database: 'nestegg', authentication }, 'nestegg_operator')
  try {
    return [...(await sql`select event_type, occurrences from operations.system_events where component = 'local' order by event_type`)]
  } finally {
    await sql.end()
  }
}

let hash = ''
let planIds: string[] = []

// The order matters: each start finds the data of the one before.
describe('the platform on this machine', { timeout }, () => {
  test('with --once shows a simulated plan, and stops', async () => {
    const program = start('--once', '--port', '0')
    expect(await program.end()).toBe(0)
    const output = program.output()
    expect(output).toMatch(/Success +\d+\.\d % +\(95 % interval/)
    expect(output).toMatch(/\/docs/)
    expect(output).toMatch(/\/openapi\.json/)
    expect(output).toMatch(/\/v1\/identity\/sessions/)
    hash = /Output hash +([0-9a-f]{64})/.exec(output)![1]!
    expect(existsSync(join(folder.path, 'postgres/data/postmaster.pid'))).toBe(false)
  })

  test('a second start has the same plan and the same output hash, and Ctrl-C ends everything', async () => {
    const program = start('--port', '0')
    const { hash: again, url } = await serving(program)
    expect(again).toBe(hash)
    planIds = await listPlanIds(url)
    // The demonstration, and the sample household with a scenario.
    expect(planIds).toHaveLength(3)
    expect(await listProgramEvents()).toEqual([
      { event_type: 'shutdown', occurrences: 1 },
      { event_type: 'startup', occurrences: 2 },
    ])
    await apiClient({ url })('POST /v1/identity/sign-ups', { body: { email: 'visitor@nestegg.example', password: 'Correct-Horse-9' } })
    await program.printed(/Mail to visitor@nestegg\.example: Your confirmation code\n +Your confirmation code is \d{6}\n/)
    const database = databasePort()
    expect(await isOpen(database)).toBe(true)
    // A client that never ends its request does not delay the stop.
    const halfway = connect(Number(new URL(url).port), '127.0.0.1')
    halfway.on('error', () => halfway.destroy()).write('GET /health HTTP/1.1\r\n')
    expect(await program.end('SIGINT')).toBe(0)
    expect([await isOpen(database), await isOpen(Number(new URL(url).port))]).toEqual([false, false])
    const left = readdirSync(folder.path)
    expect(left).toEqual(expect.arrayContaining(['demo.json', 'mails', 'postgres', 'user-pool.json']))
    expect(left.filter(name => /platform/.test(name))).toEqual([])
    expect(existsSync(join(folder.path, 'postgres/data/postmaster.pid'))).toBe(false)
  })

  test('a second one with the same folder prints the URL of the first, and does not disturb it', async () => {
    const first = start('--port', '0')
    const { url } = await serving(first)
    const second = start('--port', '0', '--once')
    expect(await second.end()).toBe(1)
    expect(second.output()).toContain(`already running from this folder: ${url}`)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(await listPlanIds(url)).toEqual(planIds)
    expect(await first.end('SIGKILL')).toBe('SIGKILL')
  })

  test('continues with the folder of a killed one, although its small files are empty, and after a crash of the database', async () => {
    const database = databasePort()
    expect(await isOpen(database)).toBe(true)
    for (const name of ['lock', 'platform.json', 'demo.json']) writeFileSync(join(folder.path, name), '')
    const program = start('--port', '0')
    const { hash: again, url } = await serving(program)
    expect(again).toBe(hash)
    expect(await listPlanIds(url)).toEqual(planIds)
    const old = readFileSync(join(folder.path, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]
    process.kill(Number(old), 'SIGKILL')
    await expect.poll(() => listPlanIds(url).catch(() => undefined), { timeout: 60_000 }).toEqual(planIds)
    // As at the end of its terminal.
    expect(await program.end('SIGHUP')).toBe(0)
    expect(existsSync(join(folder.path, 'postgres/data/postmaster.pid'))).toBe(false)
  })

  test('ends with a reason when its database cannot be started again', async () => {
    const program = start('--port', '0')
    await serving(program)
    const database = Number(readFileSync(join(folder.path, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    const configuration = join(folder.path, 'postgres/data/postgresql.conf')
    const text = readFileSync(configuration, 'utf8')
    writeFileSync(configuration, 'no_such_setting = 1\n')
    process.kill(database, 'SIGKILL')
    expect(await program.end()).toBe(1)
    writeFileSync(configuration, text)
    expect(program.output()).toContain('PostgreSQL did not start with the data folder')
    expect(program.output()).not.toContain('    at ')
  })

  test('uses the preferred port if it is free, and another one if not', async () => {
    const blocker = createServer()
    const port = await listenBelow(blocker)
    const elsewhere = start('--port', String(port))
    const { url } = await serving(elsewhere)
    expect(Number(new URL(url).port)).not.toBe(port)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    await elsewhere.end('SIGINT')
    await new Promise(resolve => blocker.close(resolve))
    const preferred = start('--port', String(port))
    expect(Number(new URL((await serving(preferred)).url).port)).toBe(port)
    expect(await preferred.end('SIGINT')).toBe(0)
  })
})

describe('an ephemeral platform', { timeout }, () => {
  test.each([
    ['once', ['--once'], undefined],
    ['until Ctrl-C', [], 'SIGINT'],
  ] as const)('run %s leaves no folder', async (_, args, signal) => {
    const temporary = makeFolder()
    const program = startProgram(['--ephemeral', '--port', '0', ...args], { TMPDIR: temporary.path })
    await program.printed(/Output hash/)
    expect(readdirSync(temporary.path).filter(name => name.startsWith('nestegg-'))).toHaveLength(1)
    expect(await program.end(signal)).toBe(0)
    expect(readdirSync(temporary.path).filter(name => name.startsWith('nestegg-'))).toEqual([])
    temporary.remove()
  })
})

test.each([
  ['--port', 'http'],
  ['--port', '70000'],
  ['--prot', '1'],
  ['--data', '/dev/null/data'],
])('%s %s is refused with an error message', async (...args) => {
  const program = startProgram(args)
  expect(await program.end()).toBe(1)
  expect(program.output()).toMatch(/^error: .*\n|^The folder \/dev\/null\/data cannot be written \(ENOTDIR\): .*\n$/)
})
