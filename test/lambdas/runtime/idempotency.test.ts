import { expect, test } from 'vitest'
import { readIdempotencyKey } from '../../../lambdas/runtime/idempotency.ts'

test('an Idempotency-Key is 1 to 255 visible characters', () => {
  expect([undefined, 'k', 'k'.repeat(255)].map(readIdempotencyKey)).toEqual([undefined, 'k', 'k'.repeat(255)])
  for (const key of ['', ' ', 'a b', 'k'.repeat(256), 'é', 'a\tb']) expect(() => readIdempotencyKey(key)).toThrow('visible ASCII')
})
