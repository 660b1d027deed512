import { expect, test } from 'vitest'
import { DomainError } from '../../../domain/shared/index.ts'

test('the message of a domain error has one line per issue, with its place', () => {
  const issues = [
    { path: 'people.0.birthDate', message: 'must be a date' },
    { path: '', message: 'must have a person' },
  ]
  const cause = new Error('from below')
  const error = new DomainError(issues, { cause })
  expect(error).toMatchObject({ name: 'DomainError', issues, cause, message: 'people.0.birthDate: must be a date\nmust have a person' })
})
