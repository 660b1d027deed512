import { expect, test } from 'vitest'
import { readEnvironment, required } from '../../../lambdas/runtime/environment.ts'

test('the environment names the variable that is wrong or missing', () => {
  expect(() => readEnvironment({ DATABASE_PORT: 'http' })).toThrow('DATABASE_PORT')
  expect(() => readEnvironment({ USER_POOL_ENDPOINT: 'nowhere' })).toThrow('USER_POOL_ENDPOINT')
  const environment = readEnvironment({})
  expect(environment).toMatchObject({
    DATABASE_PORT: 5432,
    DATABASE_POOL_SIZE: 1,
    DATABASE_AUTHENTICATION: 'iam',
    RESPONSE_VALIDATION: 'off',
  })
  expect(() => required(environment, 'DATABASE_HOST')).toThrow('DATABASE_HOST')
})
