import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { apiClient, type Client } from '../../web/client/client.ts'
import { makeFolder, type Started, startProgram } from './start.ts'

const folder = makeFolder()
const started: Started[] = []
afterAll(async () => {
  for (const program of started) await program.end('SIGKILL')
  folder.remove()
})

const start = async () => {
  const program = startProgram(['--data', folder.path, '--port', '0'])
  started.push(program)
  await program.printed(/Ctrl-C stops everything/)
  const url = (await program.printed(/API +(http:\/\/127\.0\.0\.1:\d+)/))[1]!
  const credentials = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8')) as { email: string; password: string }
  const { tokens } = await apiClient({ url })('POST /v1/identity/sessions', { body: credentials })
  return { program, api: apiClient({ url, accessToken: () => tokens?.accessToken }) }
}

const read = (api: Client, runId: string) => api('GET /v1/planning/runs/{runId}', { params: { runId } })

/** Queues a run of twenty shards, and waits until some of them are done. */
const queue = async (api: Client) => {
  const plans = await api('GET /v1/planning/plans', { query: { sort: 'createdAt' } })
  const { id } = await api('POST /v1/planning/plans/{planId}/large-runs', {
    params: { planId: plans.items[0]!.id },
    body: { iterations: 300_000, shards: 20 },
  })
  for (;;) {
    const run = await read(api, id)
    if (run.completedPaths > 0) return run
    await delay(20)
  }
}

const ended = async (api: Client, id: string) => {
  for (;;) {
    const run = await read(api, id)
    if (!['queued', 'running'].includes(run.status)) return run
    await delay(100)
  }
}

test('a large run in progress goes on after the platform was killed or stopped, with the parts that were done', {
  timeout: 480_000,
}, async () => {
  const killed = await start()
  const first = await queue(killed.api)
  expect(first).toMatchObject({ status: 'running', outputHash: null })
  expect(await killed.program.end('SIGKILL')).toBe('SIGKILL')

  const stopped = await start()
  expect((await read(stopped.api, first.id)).completedPaths).toBeGreaterThanOrEqual(first.completedPaths)
  const firstEnd = await ended(stopped.api, first.id)
  expect(firstEnd).toMatchObject({ status: 'succeeded', completedPaths: 300_000 })
  const second = await queue(stopped.api)
  expect(second.status).toBe('running')
  expect(await stopped.program.end('SIGINT')).toBe(0)
  expect(readdirSync(join(folder.path, 'simulations/runs'))).toEqual([second.id])

  const last = await start()
  expect(await ended(last.api, second.id)).toMatchObject({ status: 'succeeded', outputHash: firstEnd.outputHash })
  // The parts go after the run has ended. A platform that is stopped between both removes them at its next start.
  await expect.poll(() => readdirSync(join(folder.path, 'simulations/runs')), { timeout: 30_000 }).toEqual([])
  expect(await last.program.end('SIGTERM')).toBe(0)
})
