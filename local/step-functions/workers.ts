import { Worker } from 'node:worker_threads'
import type { Task } from '../../lambdas/runtime/task.ts'

/** A request to a worker: the task to invoke, and its event. */
export interface Invocation {
  readonly task: Pick<Task, 'id' | 'domain' | 'name' | 'timeoutSeconds'>
  readonly event: unknown
}

/** The answer of a worker. */
export type Report = { readonly kind: 'succeeded'; readonly result: unknown } | { readonly kind: 'failed'; readonly message: string }

export interface Workers {
  /** Invokes a task in a worker that does nothing else meanwhile; waits while all workers are busy. Throws what the task throws. */
  invoke(task: Task, event: unknown): Promise<unknown>
  /** Ends the busy workers. Their invocations fail, as after a crash of the runtime. */
  killBusy(): Promise<void>
  close(): Promise<void>
}

const workerFile = new URL('./worker.ts', import.meta.url)

/** Worker threads in place of Lambda's sandboxes: started when first needed, kept for the next invocation, replaced when they end. */
export const startWorkers = (size: number): Workers => {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: ((worker: Worker) => void)[] = []
  let closed = false

  const take = async (): Promise<Worker> => {
    if (closed) throw new Error('The platform is stopping.')
    const ready = idle.pop()
    if (ready) return ready
    if (all.size >= size) return new Promise(resolve => waiting.push(resolve))
    return launch()
  }
  const launch = (): Worker => {
    const worker = new Worker(workerFile, { env: { ...process.env } })
    all.add(worker)
    worker.unref()
    worker.once('exit', () => {
      all.delete(worker)
      const index = idle.indexOf(worker)
      if (index >= 0) idle.splice(index, 1)
      if (!closed) waiting.shift()?.(launch())
    })
    return worker
  }
  const giveBack = (worker: Worker): void => {
    if (!all.has(worker)) return
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }

  const run = (worker: Worker, invocation: Invocation): Promise<unknown> =>
    new Promise((fulfil, reject) => {
      const settle = (end: () => void) => {
        worker.off('message', onReport).off('exit', onExit).off('error', onError)
        end()
      }
      const onExit = () => settle(() => reject(new Error(`The worker ended during ${invocation.task.id}.`)))
      const onError = (error: Error) => settle(() => reject(error))
      const onReport = (report: Report) => {
        if (report.kind === 'succeeded') settle(() => fulfil(report.result))
        else settle(() => reject(new Error(report.message)))
      }
      worker.on('message', onReport).on('exit', onExit).on('error', onError)
      worker.postMessage(invocation, [])
    })

  return {
    invoke: async ({ domain, id, name, timeoutSeconds }, event) => {
      const worker = await take()
      try {
        return await run(worker, { task: { domain, id, name, timeoutSeconds }, event })
      } finally {
        giveBack(worker)
      }
    },
    killBusy: async () => {
      await Promise.all([...all].filter(worker => !idle.includes(worker)).map(worker => worker.terminate()))
    },
    close: async () => {
      closed = true
      await Promise.all([...all].map(worker => worker.terminate()))
    },
  }
}
