import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathEnds, runHash, simulateRun } from '../../../domain/planning/index.ts'
import { simulate } from '../../../domain/simulation/index.ts'
import { createWorkerPool, type WorkerPool } from '../../../lambdas/planning/worker-pool.ts'
import { fullCouple } from '../../domain/planning/household/households.ts'
import { BOOTSTRAP, simulationSpec } from '../../domain/simulation/specs.ts'
import { runProgram } from '../../support/run-program.ts'

const entry = new URL('../../../lambdas/planning/shard-worker.ts', import.meta.url)
const spec = simulationSpec({ paths: 3000 })
const hash = runHash(simulate(spec))

describe('a pool of two workers', () => {
  let pool: WorkerPool
  beforeAll(() => {
    pool = createWorkerPool({ size: 2 })
  })
  afterAll(() => pool.close())

  test('gives the bits of one thread, with any number of shards', async () => {
    for (const shards of [undefined, 1, 3, 16]) {
      expect(runHash(await pool.simulate(spec, shards))).toBe(hash)
    }
  })

  test('runs several specifications at once', async () => {
    const specs = [spec, simulationSpec({ paths: 500, seed: '7' }), simulationSpec({ paths: 700, returns: BOOTSTRAP })]
    const results = await Promise.all(specs.map(each => pool.simulate(each, 4)))
    expect(results.map(result => runHash(result))).toEqual(specs.map(each => runHash(simulate(each))))
  })

  test('sketches more paths than it could keep', async () => {
    const large = simulationSpec({ paths: 200_001, years: 1 })
    expect(runHash(await pool.simulate(large))).toBe(runHash(simulate(large)))
  })

  test('simulates households too', async () => {
    const couple = fullCouple({ paths: 300 })
    expect(runHash(await pool.simulate(couple, 5))).toBe(runHash(simulateRun(couple)))
  })

  test('gives the ends of all paths, as one thread does', async () => {
    for (const each of [spec, simulationSpec({ paths: 16_385 * 2, years: 1 }), fullCouple({ paths: 130 })])
      expect(await pool.pathEnds(each)).toEqual(pathEnds(each, 0, each.paths))
    await expect(pool.pathEnds({ ...spec, paths: 0 })).rejects.toThrow('paths: must be')
  })

  test('refuses a specification that cannot be simulated', async () => {
    await expect(pool.simulate({ ...spec, paths: 0 })).rejects.toThrow('paths: must be')
  })
})

describe('a worker that ends', () => {
  test('in the middle of a run is replaced, and its shard gives the same hash', async () => {
    const workers: Worker[] = []
    const startWorker = (): Worker => {
      const worker = new Worker(entry)
      workers.push(worker)
      worker.once('message', () => {
        if (workers.length === 2) for (const each of workers) void each.terminate()
      })
      return worker
    }
    const pool = createWorkerPool({ size: 2, startWorker })
    const result = await pool.simulate(spec, 16)
    expect(workers).toHaveLength(4)
    expect(runHash(result)).toBe(hash)
    await pool.close()
  })

  test('at each attempt fails the run but not the pool', async () => {
    let broken = true
    let started = 0
    const startWorker = (): Worker => {
      started++
      return broken ? new Worker('setTimeout(() => { throw new Error("no memory") }, 20)', { eval: true }) : new Worker(entry)
    }
    const pool = createWorkerPool({ size: 1, startWorker })
    await expect(pool.simulate(spec, 1)).rejects.toThrow('no memory')
    expect(started).toBeGreaterThanOrEqual(3)
    broken = false
    expect(runHash(await pool.simulate(spec, 1))).toBe(hash)
    await pool.close()
  })
})

test('a closed pool rejects its unfinished runs', async () => {
  const pool = createWorkerPool({ size: 1 })
  const runs = Promise.allSettled([pool.simulate(spec, 20), pool.simulate(spec)])
  await pool.close()
  expect((await runs).map(run => run.status === 'rejected' && String(run.reason))).toEqual([
    'Error: the worker pool was closed',
    'Error: the worker pool was closed',
  ])
})

test('in a bundle the worker is a file in the same folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-pool-'))
  try {
    writeFileSync(
      join(folder, 'run.ts'),
      `import { runHash } from ${JSON.stringify(new URL('../../../domain/planning/index.ts', import.meta.url).pathname)}
       import { createWorkerPool } from ${JSON.stringify(new URL('../../../lambdas/planning/worker-pool.ts', import.meta.url).pathname)}
       const pool = createWorkerPool({ size: 2 })
       console.log(runHash(await pool.simulate(${JSON.stringify(spec)})))
       await pool.close()`,
    )
    const options = {
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      outdir: join(folder, 'out'),
      outExtension: { '.js': '.mjs' },
    } as const
    const banner = { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" }
    await build({ ...options, banner, entryNames: '[name]', entryPoints: [join(folder, 'run.ts'), entry.pathname] })
    const ended = await runProgram(process.execPath, [join(folder, 'out', 'run.mjs')])
    expect(ended).toEqual({ status: 0, stdout: `${hash}\n`, stderr: '' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
