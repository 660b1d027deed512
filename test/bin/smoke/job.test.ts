import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, it, onTestFinished } from 'vitest'
import { startJob } from '../../../bin/smoke/job.ts'

/** Starts a job that answers so, and returns what was sent to it. */
const start = async (answer: unknown, FunctionError?: string) => {
  const lambda = mockClient(LambdaClient)
  onTestFinished(() => lambda.restore())
  const Payload = Buffer.from(answer === undefined ? '' : JSON.stringify(answer))
  lambda.on(InvokeCommand).resolves({ StatusCode: 200, Payload: Payload as never, FunctionError })
  await startJob(new LambdaClient({}), 'make-partitions')
  return lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input)
}

it('sends the event of a schedule, with the time of now', async () => {
  for (const status of ['succeeded', 'already-done']) {
    const [input] = await start({ status, result: { made: 0 } })
    expect(input?.FunctionName).toBe('make-partitions')
    const { scheduledTime } = JSON.parse(input?.Payload as string) as { scheduledTime: string }
    expect(Math.abs(Date.now() - Date.parse(scheduledTime))).toBeLessThan(60_000)
  }
})

it('fails with the message of a job that failed, and for an answer that is not that of a job', async () => {
  await expect(start({ errorMessage: 'no connection' }, 'Unhandled')).rejects.toThrow(
    'make-partitions failed (Unhandled): {"errorMessage":"no connection"}',
  )
  await expect(start({ status: 'failed' })).rejects.toThrow('make-partitions answered {"status":"failed"}.')
  await expect(start(undefined)).rejects.toThrow('make-partitions answered nothing.')
})
