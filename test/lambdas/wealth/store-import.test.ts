import { expect, it } from 'vitest'
import { requireStorable, storedAtOnce } from '../../../lambdas/wealth/imports/store-import.ts'

it('a file with more new rows than one import stores is refused, and the reason says what to do', () => {
  expect(requireStorable({ newCount: storedAtOnce })).toBeUndefined()
  expect(() => requireStorable({ newCount: storedAtOnce + 1 })).toThrow(/400001 new rows.*divide the file/)
})
