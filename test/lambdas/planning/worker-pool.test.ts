import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outputHash, simulate } from '../../../domain/planning/index.ts'
import { createWorkerPool, type WorkerPool } from '../../../lambdas/planning/worker-pool.ts'
import { BOOTSTRAP, simulationSpec } from '../../domain/planning/simulation/specs.ts'
import { runProgram } from '../../support/run-program.ts'

const entry = new URL('../../../lambdas/planning/shard-worker.ts', import.meta.url)
const spec = simulationSpec({ paths: 3000 })
const hash = outputHash(simulate(spec))

describe('a pool of two workers', () => {
  let pool: WorkerPool
  beforeAll(() => {
    pool = createWorkerPool({ size: 2 })
  })
  afterAll(() => pool.close())

  test('gives the bits of one thread, whatever the shards', async () => {
    for (const shards of [undefined, 1, 3, 16]) {
      expect(outputHash(await pool.simulate(spec, shards === undefined ? {} : { shards }))).toBe(hash)
    }
  })

  test('runs several specifications at once', async () => {
    const specs = [spec, simulationSpec({ paths: 500, seed: '7' }), simulationSpec({ paths: 700, returns: BOOTSTRAP })]
    const results = await Promise.all(specs.map(each => pool.simulate(each, { shards: 4 })))
    expect(results.map(result => outputHash(result))).toEqual(specs.map(each => outputHash(simulate(each))))
  })

  test('sketches more paths than it could keep', async () => {
    const large = simulationSpec({ paths: 200_001, years: 1 })
    expect(outputHash(await pool.simulate(large))).toBe(outputHash(simulate(large)))
  })

  test('tells how far it has come', async () => {
    const progress: number[] = []
    await pool.simulate(spec, { shards: 5, onProgress: paths => progress.push(paths) })
    expect(progress).toEqual([600, 1200, 1800, 2400, 3000])
  })

  test('drops a run that is aborted, and goes on with others', async () => {
    const controller = new AbortController()
    let reports = 0
    const run = pool.simulate(spec, {
      shards: 50,
      signal: controller.signal,
      onProgress: () => {
        reports++
        controller.abort(new Error('enough'))
      },
    })
    await expect(run).rejects.toThrow('enough')
    expect(reports).toBe(1)
    await expect(pool.simulate(spec, { signal: controller.signal })).rejects.toThrow('enough')
    expect(outputHash(await pool.simulate(spec))).toBe(hash)
  })

  test('refuses what cannot be simulated', async () => {
    await expect(pool.simulate({ ...spec, paths: 0 })).rejects.toThrow('paths must be')
    await expect(pool.simulate(spec, { shards: 0 })).rejects.toThrow(RangeError)
  })
})

describe('a worker that dies', () => {
  test('in the middle of a run is replaced, and its shard gives the same hash', async () => {
    const workers: Worker[] = []
    const startWorker = (): Worker => {
      const worker = new Worker(entry)
      workers.push(worker)
      return worker
    }
    const pool = createWorkerPool({ size: 2, startWorker })
    let killed = false
    const result = await pool.simulate(spec, {
      shards: 16,
      onProgress: () => {
        if (!killed) for (const worker of workers) void worker.terminate()
        killed = true
      },
    })
    expect(workers).toHaveLength(4)
    expect(outputHash(result)).toBe(hash)
    await pool.close()
  })

  test('at each attempt fails the run, and not the pool', async () => {
    let broken = true
    let started = 0
    const startWorker = (): Worker => {
      started++
      return broken ? new Worker('setTimeout(() => { throw new Error("no memory") }, 20)', { eval: true }) : new Worker(entry)
    }
    const pool = createWorkerPool({ size: 1, startWorker })
    await expect(pool.simulate(spec, { shards: 1 })).rejects.toThrow('no memory')
    expect(started).toBeGreaterThanOrEqual(3)
    broken = false
    expect(outputHash(await pool.simulate(spec, { shards: 1 }))).toBe(hash)
    await pool.close()
  })
})

test('a pool that is closed rejects what it has not done', async () => {
  const pool = createWorkerPool({ size: 1 })
  const runs = Promise.allSettled([pool.simulate(spec, { shards: 20 }), pool.simulate(spec)])
  await pool.close()
  expect((await runs).map(run => run.status === 'rejected' && String(run.reason))).toEqual([
    'Error: the worker pool was closed',
    'Error: the worker pool was closed',
  ])
})

test('in a bundle the worker is the file beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-pool-'))
  try {
    writeFileSync(
      join(folder, 'run.ts'),
      `import { outputHash } from ${JSON.stringify(new URL('../../../domain/planning/index.ts', import.meta.url).pathname)}
       import { createWorkerPool } from ${JSON.stringify(new URL('../../../lambdas/planning/worker-pool.ts', import.meta.url).pathname)}
       const pool = createWorkerPool({ size: 2 })
       console.log(outputHash(await pool.simulate(${JSON.stringify(spec)})))
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
