import { randomUUID } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { lambdaContext } from '../api-event.ts'
import { loadHandler } from '../load-handler.ts'
import type { Invocation, Report } from './workers.ts'

const invoke = async ({ event, task }: Invocation): Promise<Report> => {
  try {
    const handler = await loadHandler<unknown, unknown>(task)
    const context = lambdaContext(task.id.replace('/', '-'), randomUUID(), task.timeoutSeconds)
    return { kind: 'succeeded', result: await handler(event, context) }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

parentPort!.on('message', (invocation: Invocation) => {
  void invoke(invocation).then(report => parentPort!.postMessage(report, []))
})
