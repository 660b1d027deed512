import { expect, test } from 'vitest'
import { withinSeconds } from '../../local/gateway.ts'

test('a request that is not completed within the timeout of its route is a 503', async () => {
  const stuck = new Promise<never>(() => undefined)
  await expect(withinSeconds(0.01, stuck)).rejects.toMatchObject({ status: 503, message: expect.stringContaining('0.01 seconds') })
})

test('an answer, or a failure, within the timeout is passed on', async () => {
  expect(await withinSeconds(5, Promise.resolve('answer'))).toBe('answer')
  await expect(withinSeconds(5, Promise.reject(new Error('failed')))).rejects.toThrow('failed')
})
